import Events
import Vocabulary
import Wire

// Who comes, rises and goes.

extension House {
  mutating func lead(_ step: StaffStep, _ world: inout World) {
    switch step {
    case .joins(let place): join(place, &world)
    case .leaves(let place): depart(place, &world)
    case .promotions: promote(&world)
    case .moved: move(&world)
    case .meeting(let team): meet(team, &world)
    case .coaching(let team): coach(team, &world)
    case .retrospective(let team): lookBack(team, &world)
    case .recognition: honour(&world)
    case .culture: celebrate(&world)
    case .taskDone(let task, let place): finish(task, by: place, &world)
    case .tidied: tidy(&world)
    }
  }

  /// Enters who is here when the books begin, and plans who comes and goes.
  mutating func enrol(_ place: Int, _ world: inout World) {
    let employee = world.team.employees[place]
    if employee.joins <= world.start {
      let moment = WorkCalendar.officeMoment(on: employee.joins, &random)
      record(joining: employee, happened: moment, reason: Phrases.takenOver.zh, channel: "import", &world)
      plan(.guardians(.grant(place)), on: world.start + random.below(12), &world)
    } else {
      plan(.staff(.joins(place)), on: employee.joins, &world)
    }
    if let leaves = employee.leaves {
      var last = leaves + -1
      while !WorkCalendar.isWorkday(last) { last = last + -1 }
      plan(.staff(.leaves(place)), on: last, &world)
    }
  }

  private mutating func record(
    joining employee: Employee, happened: Instant?, reason: String?, channel: String, _ world: inout World
  ) {
    let items = ["interview", "case-study", "product-test", "references"]
    world.record(
      People.joined,
      [
        "person": .string(employee.person.name), "position": .string(employee.position), "team": .string(employee.team),
        "selectionScores": .array(items.map { ["item": .string($0), "score": .int(Int64(random.int(62...97)))] }),
        "probationEndsOn": .day(employee.joins + 90),
      ], on: .of(.employee, employee.person.id), by: world.team.people[0], reason: reason, channel: channel,
      happened: happened)
  }

  private mutating func join(_ place: Int, _ world: inout World) {
    let employee = world.team.employees[place]
    record(joining: employee, happened: nil, reason: nil, channel: "ui", &world)
    plan(.guardians(.grant(place)), in: 0, &world)
    plan(.training(.course(place)), in: random.int(2...6), &world)
    for (line, _) in Product.lines.enumerated() {
      plan(.training(.exam(place, line: line, attempt: 0)), in: 8 + line * 2 + random.below(3), &world)
    }
    for (number, document) in world.handbook.documents.enumerated() {
      guard document.readers.include(employee), let version = document.versions.lastIndex(where: { $0.effectiveOn <= world.today })
      else { continue }
      plan(.training(.reading(place, document: number, version: version)), in: random.int(2...13), &world)
    }
  }

  /// The last day: who takes over, and when the doors closed. One keeps access for some days; an access review finds it.
  private mutating func depart(_ place: Int, _ world: inout World) {
    let employee = world.team.employees[place]
    let others = world.team.employees.filter {
      $0.team == employee.team && $0.person != employee.person && $0.works(on: world.today + 30)
    }
    let isLate = open["late-revocation"] == nil && world.today > world.start + 400
    if isLate { open["late-revocation"] = employee.person.id }
    let revoked = isLate ? world.now.adding(days: 6) : world.now + .seconds(random.int(1...4) * 3_600)
    world.record(
      People.departed,
      [
        "lastDay": .day(world.today), "handoverTo": .array(others.prefix(3).map { .string($0.person.id) }),
        "accessRevokedAt": .string(revoked.description), "note": say(random.pick(Phrases.whyPeopleLeave)),
      ], on: .of(.employee, employee.person.id), by: random.pick(world.team.people))
    plan(.guardians(.revoke(place)), in: isLate ? 4 : 0, &world)
  }
}

// Posts.
extension House {
  private static let ladder = [
    "sales assistant", "sales rep", "senior sales rep", "account manager", "senior account manager", "key account manager",
  ]

  /// Twice a year those rise who have stood long enough on a step and did well there.
  private mutating func promote(_ world: inout World) {
    plan(.staff(.promotions), in: 181, &world)
    for (place, employee) in world.team.employees.enumerated() {
      guard employee.works(on: world.today), employee.works(on: world.today + 60),
        let step = House.ladder.firstIndex(of: posts[place]), step + 1 < House.ladder.count,
        world.today - since[place] > [180, 365, 540, 730, 1_095][step], random.chance(260)
      else { continue }
      change(place, kind: "promotion", to: House.ladder[step + 1], Phrases.promoted, &world)
    }
  }

  /// Now and then somebody gets another duty.
  private mutating func move(_ world: inout World) {
    plan(.staff(.moved), in: random.int(80...130), &world)
    let able = world.team.employees.indices.filter {
      let employee = world.team.employees[$0]
      return employee.region != nil && employee.person.roles[0] == "SR" && employee.works(on: world.today)
        && employee.works(on: world.today + 60)
    }
    guard !able.isEmpty else { return }
    let duty = random.pick(Phrases.duties)
    change(random.pick(able), kind: duty.kind, to: nil, duty.why, &world)
  }

  private mutating func change(_ place: Int, kind: String, to post: String?, _ why: Name, _ world: inout World) {
    let employee = world.team.employees[place]
    guard let region = employee.region else { return }
    let manager = world.team.managers[region.rawValue]
    var evidence: [JSON] = []
    let seller = world.team.sellers.firstIndex { $0.person == employee.person }
    if let sheet = seller.flatMap({ sheets[$0] }), let total = sheet["total"]?.int, let period = sheet["period"]?.string {
      evidence.append(.string("kpi \(period): \(total)"))
    }
    evidence.append(.string("certificates: " + Product.lines.joined(separator: " ")))
    let before = posts[place]
    if let post { (posts[place], since[place]) = (post, world.today) }
    let act = Act(
      type: Declared(People.positionChanged), subject: .of(.employee, employee.person.id),
      data: [
        "kind": .string(kind), "from": .string(before), "to": .string(post ?? before), "team": .string(employee.team),
        "manager": .string(manager.id), "evidence": .array(evidence), "effectiveOn": .day(world.today + 10),
      ], person: manager, reason: say(why, in: region).string)
    let officer = Decider(person: random.pick(world.team.people), role: "HR", limit: nil)
    world.propose(act, to: [officer], by: manager, beneficiary: employee.person.id)
  }
}
