import Events
import Vocabulary
import Wire

// Procedures: published, departed from, looked after and improved.

extension House {
  mutating func planPublication(_ document: Int, _ version: Int, _ world: inout World) {
    let effective = world.handbook.documents[document].versions[version].effectiveOn
    // What stood before the books began is asked for on their first days.
    plan(.process(.publication(document: document, version: version)), on: max(world.start, effective + -14), &world)
  }

  mutating func planProcess(_ world: inout World) {
    plan(.process(.audit(0)), in: 80, &world)
    plan(.process(.improvement(0)), in: 110, &world)
    plan(.process(.deviation), in: 40, &world)
  }

  mutating func keepOrder(_ step: ProcessStep, _ lives: [Life], in world: inout World) {
    switch step {
    case .publication(let document, let version): publish(document, version, &world)
    case .deviation: depart(lives, &world)
    case .audit(let number): audit(number, lives, &world)
    case .improvement(let number): propose(number, &world)
    case .improved(let number): verify(number, &world)
    }
  }

  private mutating func publish(_ number: Int, _ version: Int, _ world: inout World) {
    let document = world.handbook.documents[number]
    let text = document.versions[version]
    var data: JSONObject = [
      "kind": .string(document.kind), "version": .int(Int64(text.number)), "title": say(document.title),
      "steps": .array(text.steps.map { .string($0) }), "docHash": .string(text.hash(of: document.id)), "effectiveOn": .day(text.effectiveOn),
    ]
    if version > 0 { data["retires"] = .int(Int64(document.versions[version - 1].number)) }
    let person = world.team.quality[0]
    let act = Act(type: Declared(Process.published), subject: .of(.process, document.id), data: data, person: person)
    world.propose(act, to: [decider(world.team.quality, "PO", besides: person)], by: person, odds: Odds())
    askReaders(of: number, version, &world)
  }

  private mutating func depart(_ lives: [Life], _ world: inout World) {
    plan(.process(.deviation), in: random.int(25...60), &world)
    let deviation = random.pick(Phrases.deviations)
    guard let life = lives.filter({ $0.standing == .active }).randomly(&random), let document = world.handbook.document(deviation.sop) else { return }
    var data: JSONObject = ["customer": .string(life.profile.id), "step": .string(deviation.step)]
    data["version"] = document.version(on: world.today).map { .int(Int64($0.number)) }
    world.record(
      Process.deviationRecorded, data, on: .of(.process, deviation.sop), by: random.pick(world.team.managers), reason: say(deviation.why).string)
  }

  /// One of the four kinds a quarter, with a sample that can be drawn again.
  private mutating func audit(_ number: Int, _ lives: [Life], _ world: inout World) {
    plan(.process(.audit(number + 1)), in: random.int(70...100), &world)
    let audit = Phrases.audits[number % Phrases.audits.count]
    let customers = lives.filter { $0.standing.isCustomer }
    let items = (0..<min(8, customers.count)).map { _ in JSON.string("customer:" + customers[random.below(customers.count)].profile.id) }
    let person = audit.kind == "access-review" ? world.team.security[0] : world.team.auditors[number % 2]
    var data: JSONObject = [
      "kind": .string(audit.kind), "sampleSeed": .int(Int64(random.below(1_000_000))), "population": .int(Int64(customers.count)), "items": .array(items),
      "conclusion": say(audit.conclusion),
    ]
    if random.chance(620) {
      data["findings"] = [["severity": random.pick(["note", "minor", "minor", "major"]), "clause": .string(audit.clause), "what": say(audit.finding)]]
    }
    world.record(Process.auditPerformed, data, on: .of(.audit, world.number(.audit)), by: person)
  }

  private mutating func propose(_ number: Int, _ world: inout World) {
    plan(.process(.improvement(number + 1)), in: random.int(60...110), &world)
    let improvement = Phrases.improvements[number % Phrases.improvements.count]
    let id = world.number(.improvement)
    open["improvement-\(number)"] = id
    world.record(
      Process.improvementProposed,
      [
        "kind": .string(improvement.kind), "problem": say(improvement.problem),
        "baseline": ["metric": .string(improvement.metric), "value": .string(improvement.before)],
        "expected": ["metric": .string(improvement.metric), "value": .string(improvement.hoped)],
      ], on: .of(.improvement, id), by: random.pick(world.team.managers))
    plan(.process(.improved(number)), in: random.int(60...140), &world)
  }

  private func verify(_ number: Int, _ world: inout World) {
    guard let id = open["improvement-\(number)"] else { return }
    let improvement = Phrases.improvements[number % Phrases.improvements.count]
    world.record(
      Process.improvementClosed,
      [
        "adopted": .bool(number % 5 != 3), "actual": ["metric": .string(improvement.metric), "value": .string(improvement.after)],
        "verifiedBy": .string(world.team.auditors[0].id),
      ], on: .of(.improvement, id), by: world.team.quality[0])
  }
}
