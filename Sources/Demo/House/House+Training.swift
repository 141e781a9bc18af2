import Events
import Vocabulary
import Wire

// What people learn, sign and are certified for.

extension House {
  mutating func train(_ step: TrainingStep, _ world: inout World) {
    switch step {
    case .course(let place): learn(place, Phrases.onboarding, &world)
    case .exam(let place, let line, let attempt): examine(place, line, attempt, &world)
    case .certificate(let place, let line): certify(place, line, &world)
    case .reading(let place, let document, let version): read(place, document, version, &world)
    case .yearly(let place):
      plan(.training(.yearly(place)), in: random.int(330...400), &world)
      learn(place, random.pick(Phrases.courses), &world)
    }
  }

  private func seller(_ place: Int, _ world: World) -> Int? {
    let person = world.team.employees[place].person
    return world.team.sellers.firstIndex { $0.person == person }
  }

  private mutating func note(_ passed: Bool, of place: Int, _ world: inout World) {
    world.books.update(seller(place, world)) {
      $0.trainings += 1
      $0.passed += passed ? 1 : 0
    }
  }

  private mutating func learn(_ place: Int, _ course: Name, _ world: inout World) {
    let employee = world.team.employees[place]
    guard employee.works(on: world.today) else { return }
    let passed = random.chance(960)
    world.record(
      People.trainingCompleted,
      [
        "kind": "course", "item": say(course, in: employee.region), "score": .int(Int64(passed ? random.int(66...99) : random.int(35...58))),
        "passed": .bool(passed),
      ], on: .of(.employee, employee.person.id), by: employee.person)
    note(passed, of: place, &world)
  }

  /// A line of products: who passes is certified within days, who fails tries again.
  private mutating func examine(_ place: Int, _ line: Int, _ attempt: Int, _ world: inout World) {
    let employee = world.team.employees[place]
    guard employee.works(on: world.today) else { return }
    let passed = attempt > 0 || random.chance(880)
    world.record(
      People.trainingCompleted,
      [
        "kind": "exam", "item": .string(Product.lines[line]), "itemVersion": .string("\(world.today.year)"),
        "score": .int(Int64(passed ? random.int(70...99) : random.int(38...58))), "passed": .bool(passed),
      ], on: .of(.employee, employee.person.id), by: random.pick(world.team.people))
    note(passed, of: place, &world)
    if passed {
      plan(.training(.certificate(place, line: line)), in: random.int(0...2), &world)
    } else {
      plan(.training(.exam(place, line: line, attempt: attempt + 1)), in: random.int(4...6), &world)
    }
  }

  private mutating func certify(_ place: Int, _ line: Int, _ world: inout World) {
    let employee = world.team.employees[place]
    guard employee.works(on: world.today) else { return }
    let until = world.today.adding(years: 2)
    world.record(
      People.trainingCompleted, certificate(Product.lines[line], until), on: .of(.employee, employee.person.id),
      by: random.pick(world.team.people))
    if let seller = seller(place, world) { world.books.certify(seller, line, until: until) }
    note(true, of: place, &world)
    renew(place, line, until, &world)
  }

  private mutating func certificate(_ item: String, _ until: Day) -> JSONObject {
    [
      "kind": "certificate", "item": .string(item), "score": .int(Int64(random.int(72...99))), "passed": true,
      "validUntil": .day(until),
    ]
  }

  /// In time, as a rule. Two sellers let a certificate lapse and sell on: each of those sales is a deviation.
  private mutating func renew(_ place: Int, _ line: Int, _ until: Day, _ world: inout World) {
    let lapses = open["lapses"].flatMap { Int($0) } ?? 0
    let isLapse = lapses < 2 && line < 2 && until > world.start + 200 + lapses * 250 && world.team.employees[place].leaves == nil
    if isLapse { open["lapses"] = String(lapses + 1) }
    plan(.training(.certificate(place, line: line)), on: until + (isLapse ? random.int(35...50) : -random.int(16...45)), &world)
  }

  /// What sellers may sell when the books begin, from the papers of the two years before.
  mutating func certifyAll(_ world: inout World) {
    for (place, employee) in world.team.employees.enumerated() where employee.joins <= world.start {
      if employee.person.roles[0] == "CS" { certifyForAll(employee, &world) }
      guard let seller = seller(place, world) else { continue }
      for line in Product.lines.indices {
        let until = world.start + random.int(40...650)
        let day = WorkCalendar.workday(onOrAfter: max(until.adding(years: -2), employee.joins + 21 + line))
        world.books.certify(seller, line, until: until)
        enter(certificate(Product.lines[line], until), of: employee, on: min(day, world.start + -1), &world)
        renew(place, line, until, &world)
      }
      plan(.training(.yearly(place)), in: random.int(20...360), &world)
    }
  }

  /// Service takes any order.
  private mutating func certifyForAll(_ employee: Employee, _ world: inout World) {
    enter(certificate("*", world.ending.adding(years: 1)), of: employee, on: world.start + -random.int(30...300), &world)
  }

  private mutating func enter(_ data: JSONObject, of employee: Employee, on day: Day, _ world: inout World) {
    world.record(
      People.trainingCompleted, data, on: .of(.employee, employee.person.id), by: world.team.people[0],
      reason: Phrases.takenOver.zh, channel: "import",
      happened: WorkCalendar.officeMoment(on: WorkCalendar.workday(onOrAfter: day + -3), &random))
  }

  /// Everybody whom a document concerns reads and signs; some late, a few never.
  mutating func askReaders(of number: Int, _ version: Int, _ world: inout World) {
    let document = world.handbook.documents[number]
    let from = document.versions[version].effectiveOn
    for (place, employee) in world.team.employees.enumerated() {
      guard employee.works(on: from), document.readers.include(employee) else { continue }
      let late = random.below(1_000)
      guard late < 975 else { continue }
      let wait = late < 900 ? random.int(0...12) : random.int(16...50)
      plan(.training(.reading(place, document: number, version: version)), on: from + wait, &world)
    }
  }

  private mutating func read(_ place: Int, _ number: Int, _ version: Int, _ world: inout World) {
    let employee = world.team.employees[place]
    guard employee.works(on: world.today) else { return }
    let document = world.handbook.documents[number]
    world.record(
      People.trainingCompleted,
      [
        "kind": "read-and-sign", "item": .string(document.id), "itemVersion": .string("\(document.versions[version].number)"),
        "passed": true,
      ], on: .of(.employee, employee.person.id), by: employee.person)
  }
}

extension Handbook.Readers {
  func include(_ employee: Employee) -> Bool {
    let role = employee.person.roles[0]
    return switch self {
    case .everybody: true
    case .sales: ["SR", "SM"].contains(role)
    case .service: ["CS", "SM"].contains(role)
    case .contracts: ["SR", "SM", "LG"].contains(role)
    case .legal: role == "LG"
    case .nobody: false
    }
  }
}
