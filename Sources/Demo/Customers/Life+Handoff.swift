import Events
import Vocabulary
import Wire

// What sellers hand to service, or to the colleague who follows them: taken, taken late, or refused because something is
// missing.

extension Life {
  mutating func hand(_ step: HandoffStep, _ handoff: Handoff, _ world: inout World) {
    switch step {
    case .given: give(handoff, by: giver(handoff, world), &world)
    case .answered: answer(handoff, &world)
    }
  }

  private func giver(_ handoff: Handoff, _ world: World) -> Person { seller(in: world) }

  /// Hands something over: a task with what must be there before it is taken.
  mutating func give(_ handoff: Handoff, by giver: Person, _ world: inout World) {
    guard standing != .gone, !isPooled else { return }
    var handoff = handoff
    handoff.task = world.number(.task)
    let taker = handoff.to ?? random.pick(world.team.service)
    handoff.to = taker
    let days = handoff.kind == .account ? 14 : 3
    record(
      Task.assigned,
      [
        "customer": reference, "kind": "handoff", "title": say(Phrases.handoffTitle(handoff.kind, handoff.about)),
        "to": .string(taker.id), "dueOn": .day(WorkCalendar.workday(onOrAfter: world.today + days)),
        "criteria": .array(Phrases.handoffCriteria(handoff.kind).map { say($0) }),
      ], on: .of(.task, handoff.task), by: giver, in: &world)
    guard handoff.kind != .account else {
      return plan(.talk(.visit(task: handoff.task)), in: random.int(4...25), &world)
    }
    let late = random.chance(140)
    if random.chance(970) { plan(.handoff(.answered, handoff), in: late ? random.int(4...11) : random.int(0...3), &world) }
  }

  private mutating func answer(_ handoff: Handoff, _ world: inout World) {
    guard let taker = handoff.to else { return }
    let isRefused = handoff.refusals == 0 && random.chance(95)
    var data: JSONObject = ["customer": reference, "result": isRefused ? "rejected" : "done"]
    if isRefused { data["note"] = say(random.pick(Phrases.refusals)) }
    record(Task.completed, data, on: .of(.task, handoff.task), by: taker, in: &world)
    guard isRefused else { return }
    var again = handoff
    again.refusals += 1
    plan(.handoff(.given, again), in: random.int(1...4), &world)
  }
}
