import Events
import Vocabulary
import Wire

// Those who watch over access, risk, rules and time limits.

extension House {
  mutating func planGuardians(_ world: inout World) {
    plan(.guardians(.risk(0)), in: 50, &world)
    plan(.guardians(.review(0)), in: 150, &world)
    for year in world.start.year...world.ending.year {
      let day = Day(date: year, 11, 18)
      if day >= world.start { plan(.guardians(.compliance(year: year)), on: day, &world) }
    }
    for place in world.companyRules.versions.indices {
      plan(.guardians(.proposal(place)), on: world.companyRules.versions[place].effectiveOn + -24, &world)
    }
    plan(.guardians(.disposal), on: world.start + 800, &world)
  }

  /// Sensitive records that are looked at in a month, and taken out.
  mutating func planLooks(_ first: Day, _ world: inout World) {
    for _ in 0..<max(2, world.team.sellers.count / 4) { plan(.guardians(.look(isExport: false)), on: first + random.below(27), &world) }
    if random.chance(600) { plan(.guardians(.look(isExport: true)), on: first + random.below(27), &world) }
  }

  mutating func guardData(_ step: GuardianStep, _ lives: [Life], in world: inout World) {
    switch step {
    case .grant(let place): grant(place, &world)
    case .revoke(let place): revoke(place, &world)
    case .look(let isExport): look(isExport, lives, &world)
    case .review(let number): review(number, &world)
    case .risk(let number): see(number, &world)
    case .treated(let number): treat(number, &world)
    case .compliance(let year): check(year, &world)
    case .proposal(let place): propose(rule: place, &world)
    case .rejection(let place): reject(rule: place, &world)
    case .publication(let place): publish(rule: place, &world)
    case .disposal: dispose(lives, &world)
    }
  }

  // MARK: Access

  private static let roles: [String: (role: String, scope: String)] = [
    "SR": ("sales", "own customers"), "SM": ("sales-manager", "region"), "CS": ("service", "complaints"), "FN": ("finance", "receivables"),
    "LG": ("legal", "contracts"), "MK": ("marketing", "campaigns"), "HR": ("people", "employees"), "PO": ("process", "handbook"),
    "DO": ("data-security", "access"), "AU": ("auditor", "everything, read only"),
  ]

  private mutating func grant(_ place: Int, _ world: inout World) { change(place, grant: true, Phrases.granted, &world) }

  private mutating func revoke(_ place: Int, _ world: inout World) { change(place, grant: false, Phrases.revoked, &world) }

  private mutating func change(_ place: Int, grant: Bool, _ why: Name, _ world: inout World) {
    let employee = world.team.employees[place]
    guard let right = House.roles[employee.person.roles[0]] else { return }
    let officer = world.team.security.first { $0 != employee.person } ?? world.team.security[0]
    let act = Act(
      type: Declared(Access.changed), subject: .of(.access, right.role),
      data: ["employee": .string(employee.person.id), "role": .string(right.role), "scope": .string(right.scope), "grant": .bool(grant)],
      person: officer, reason: say(why).string)
    world.propose(
      act, to: [decider(world.team.directors, "SM", besides: employee.person)], by: officer, beneficiary: employee.person.id, odds: Odds())
  }

  private mutating func look(_ isExport: Bool, _ lives: [Life], _ world: inout World) {
    let here = world.team.present(on: world.today).filter { ["SR", "SM", "CS", "FN", "LG"].contains($0.person.roles[0]) }
    guard let employee = here.randomly(&random), let life = lives.filter({ $0.standing.isCustomer }).randomly(&random) else { return }
    let rows = isExport ? random.int(40...900) : random.int(1...30)
    var data: JSONObject = [
      "kind": isExport ? "export" : random.pick(["view", "view", "view", "print"]), "subjects": .int(Int64(isExport ? rows / 4 + 1 : 1)),
      "rows": .int(Int64(rows)), "maxClass": random.chance(120) ? "highly-sensitive" : "sensitive",
    ]
    if isExport {
      (data["query"], data["destination"], data["hash"]) = ("customers by region", "spreadsheet", .string(random.hash()))
    } else {
      data["customer"] = .string(life.profile.id)
    }
    world.record(Access.dataAccessed, data, on: .of(.access, House.roles[employee.person.roles[0]]?.role ?? "sales"), by: employee.person, as: "SY")
  }

  /// Twice a year all rights are looked through.
  private mutating func review(_ number: Int, _ world: inout World) {
    plan(.guardians(.review(number + 1)), in: 180, &world)
    let here = world.team.present(on: world.today)
    world.record(
      Process.auditPerformed,
      [
        "kind": "access-review", "population": .int(Int64(here.count)),
        "items": .array(here.prefix(900).map { .string("employee:\($0.person.id)") }), "conclusion": say(Phrases.audits[2].conclusion),
      ], on: .of(.audit, world.number(.audit)), by: world.team.security[0])
  }

  // MARK: Risks

  private mutating func see(_ number: Int, _ world: inout World) {
    plan(.guardians(.risk(number + 1)), in: random.int(60...120), &world)
    let risk = Phrases.risks[number % Phrases.risks.count]
    let id = world.number(.risk)
    open["risk-\(number)"] = id
    world.record(
      Risk.identified,
      [
        "kind": .string(risk.kind), "what": say(risk.what), "likelihood": .int(Int64(risk.likelihood)), "impact": .int(Int64(risk.impact)),
        "exposureMinor": .money(random.int(20...400) * 1_000_000), "cur": "CNY",
      ], on: .of(.risk, id), by: random.pick(world.team.managers))
    plan(.guardians(.treated(number)), in: random.int(20...80), &world)
  }

  private mutating func treat(_ number: Int, _ world: inout World) {
    guard let id = open["risk-\(number)"] else { return }
    let treatment = random.pick(Phrases.treatments)
    world.record(
      Risk.treated,
      ["action": .string(treatment.action), "closed": .bool(random.chance(500)), "what": say(treatment.what), "likelihood": 1, "impact": 3],
      on: .of(.risk, id), by: world.team.legal[0], reason: say(treatment.what).string)
  }

  private mutating func check(_ year: Int, _ world: inout World) {
    let items = Phrases.checklist.map { item -> JSON in ["id": .string(item.id), "pass": .bool(!random.chance(80)), "note": say(item.note)] }
    world.record(
      Risk.complianceChecked,
      ["about": .string("team:sales"), "checklistVersion": .string("\(year)"), "items": .array(items), "result": "conditional"],
      on: .of(.compliance, world.number(.compliance)), by: world.team.legal[0])
  }
}

// MARK: Rules, and what may go

extension House {
  private func body(of version: RuleHistory.Version) -> JSONObject? {
    guard var body = shippedRules[version.kind] else { return nil }
    switch version.kind {
    case "pool": body["claimsPerDay"] = body["claimsPerDay"].flatMap { $0.int }.map { .int($0 + 1) } ?? body["claimsPerDay"]
    case "churn": body["silenceDays"] = body["silenceDays"].flatMap { $0.int }.map { .int($0 - 30) } ?? body["silenceDays"]
    default: break
    }
    return body
  }

  private func data(of version: RuleHistory.Version) -> JSONObject? {
    body(of: version).map { body in
      [
        "kind": .string(version.kind), "version": .int(Int64(version.number)), "body": .object(body),
        "bodyHash": .string(Digest.of(JSON.object(body).canonical)), "effectiveOn": .string(version.effectiveOn.start.description),
        "supersedes": .int(Int64(version.number - 1)),
      ]
    }
  }

  private mutating func propose(rule place: Int, _ world: inout World) {
    let version = world.companyRules.versions[place]
    guard let data = data(of: version) else { return }
    world.record(
      Rule.proposed, data, on: .of(.rule, version.kind), by: world.team.quality[0], reason: say(Phrases.ruleProposed).string)
    plan(version.kind == "tier" ? .guardians(.rejection(place)) : .guardians(.publication(place)), in: random.int(4...12), &world)
  }

  private func reject(rule place: Int, _ world: inout World) {
    let version = world.companyRules.versions[place]
    guard let data = data(of: version), let hash = data["bodyHash"] else { return }
    world.record(
      Rule.rejected, ["kind": .string(version.kind), "version": .int(Int64(version.number)), "bodyHash": hash], on: .of(.rule, version.kind),
      by: world.team.directors[director], reason: say(Phrases.ruleRejected).string)
  }

  private func publish(rule place: Int, _ world: inout World) {
    let version = world.companyRules.versions[place]
    guard var data = data(of: version) else { return }
    (data["approvedBy"], data["proposedBy"]) = (.string(world.team.directors[director].id), .string(world.team.quality[0].id))
    world.record(Rule.published, data, on: .of(.rule, version.kind), by: world.team.directors[director], reason: say(Phrases.ruleProposed).string)
  }

  /// Once, records of those who never became customers are disposed of.
  private mutating func dispose(_ lives: [Life], _ world: inout World) {
    let gone = lives.filter { $0.isStray && !$0.lead.isEmpty }.prefix(5)
    guard !gone.isEmpty else { return }
    let officer = world.team.security[0]
    let act = Act(
      type: Declared(Access.retentionDisposed), subject: .of(.archive, "leads-\(world.start.year)"),
      data: [
        "class": "leads", "subjects": .array(gone.map { .string("lead:\($0.lead)") }), "method": "key-destroy", "listHash": .string(random.hash()),
      ], person: officer, reason: say(Phrases.timeIsOver).string)
    world.propose(act, to: [Decider(person: world.team.legal[0], role: "LG", limit: nil)], by: officer)
  }
}
