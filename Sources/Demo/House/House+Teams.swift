import Events
import Vocabulary
import Wire

// What teams do together, and what is left to do after it.

extension House {
  /// The teams that meet every month: those of the regions, then service.
  private static var teams: [String] { Region.allCases.map(\.code) + ["service"] }

  private func region(_ team: Int) -> Region? { Region(rawValue: team) }

  private func leader(_ team: Int, _ world: World) -> Person {
    team < world.team.managers.count ? world.team.managers[team] : world.team.directors[1]
  }

  private func members(_ team: Int, _ world: World) -> [Employee] {
    world.team.employees.filter { $0.team == House.teams[team] && $0.works(on: world.today) }
  }

  private func ids(_ employees: [Employee]) -> JSON { .array(employees.map { .string($0.person.id) }) }

  /// The month's rounds, and those of the quarter.
  mutating func planTeams(_ world: inout World) {
    let month = world.today.civil.month
    for team in House.teams.indices {
      plan(.staff(.meeting(team)), in: random.int(2...20), &world)
      if random.chance(450) { plan(.staff(.coaching(team)), in: random.int(5...24), &world) }
      if month % 3 == 1, team < Region.allCases.count { plan(.staff(.retrospective(team)), in: random.int(8...22), &world) }
    }
    if month % 3 == 1 {
      plan(.staff(.recognition), in: random.int(10...18), &world)
    }
    if month == 6 || month == 1 { plan(.staff(.culture), in: random.int(8...20), &world) }
  }

  mutating func meet(_ team: Int, _ world: inout World) {
    let leader = leader(team, world)
    let members = members(team, world)
    var data: JSONObject = [
      "kind": "meeting", "attendees": ids(members), "minutes": say(random.pick(Phrases.meetingMinutes), in: region(team)),
    ]
    if random.chance(380), let doer = members.filter({ $0.person != leader }).randomly(&random) {
      let task = world.number(.task)
      world.record(
        Task.assigned,
        [
          "kind": "todo", "title": say(random.pick(Phrases.todos), in: region(team)), "to": .string(doer.person.id),
          "dueOn": .day(WorkCalendar.workday(onOrAfter: world.today + random.int(7...20))),
        ], on: .of(.task, task), by: leader)
      data["followUps"] = [.string(task)]
      if let place = world.team.employees.firstIndex(where: { $0.person == doer.person }), random.chance(900) {
        plan(.staff(.taskDone(task, by: place)), in: random.int(3...26), &world)
      }
    }
    world.record(People.activityHeld, data, on: .of(.team, House.teams[team]), by: leader)
  }

  func finish(_ task: String, by place: Int, _ world: inout World) {
    let employee = world.team.employees[place]
    guard employee.works(on: world.today) else { return }
    world.record(Task.completed, ["result": "done"], on: .of(.task, task), by: employee.person)
  }

  mutating func coach(_ team: Int, _ world: inout World) {
    let leader = leader(team, world)
    guard let one = members(team, world).filter({ $0.person != leader }).randomly(&random) else { return }
    hold("coaching", team, [one], random.pick(Phrases.coachings), by: leader, &world)
  }

  mutating func lookBack(_ team: Int, _ world: inout World) {
    hold("retrospective", team, members(team, world), random.pick(Phrases.retrospectives), by: leader(team, world), &world)
  }

  private mutating func hold(
    _ kind: String, _ team: Int, _ people: [Employee], _ minutes: Name, by leader: Person, _ world: inout World
  ) {
    world.record(
      People.activityHeld,
      ["kind": .string(kind), "attendees": ids(people), "minutes": say(minutes, in: region(team))],
      on: .of(.team, House.teams[team]), by: leader)
  }

  /// The best of the last sheets are named before everybody.
  mutating func honour(_ world: inout World) {
    let scores = sheets.indices.compactMap { place in sheets[place]?["total"]?.int.map { (place, $0) } }
      .filter { world.team.sellers[$0.0].works(on: world.today) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    let best = scores.prefix(3).map { world.team.sellers[$0.0].person }
    guard !best.isEmpty else { return }
    world.record(
      People.activityHeld,
      [
        "kind": "recognition", "attendees": .array(best.map { .string($0.id) }),
        "honours": .array(best.map { .string("\($0.id) · " + random.pick(Phrases.honours).zh) }),
        "minutes": say(Phrases.recognition),
      ], on: .of(.team, "sales"), by: world.team.directors[director])
  }

  mutating func celebrate(_ world: inout World) {
    let here = Array(world.team.present(on: world.today).prefix(500))
    world.record(
      People.activityHeld,
      [
        "kind": "culture", "attendees": ids(here),
        "minutes": say(world.today.civil.month < 4 ? Phrases.yearBegins : Phrases.summerOuting),
      ], on: .of(.team, "company"), by: world.team.directors[director])
  }
}

extension Array {
  /// One of them; `nil` where there is none.
  func randomly(_ random: inout SplitMix64) -> Element? { isEmpty ? nil : self[random.below(count)] }
}
