import Events
import Vocabulary
import Wire

// What people are to reach, what they foretell, how they are scored and paid.

extension House {
  mutating func reach(_ step: GoalStep, _ world: inout World) {
    switch step {
    case .forecast(let seller): foretell(seller, &world)
    case .companyForecast(let first): foretellAll(first, &world)
    case .score(let seller, let first): score(seller, first, &world)
    case .rescored(let seller, let first, let isFair): rescore(seller, first, isFair: isFair, &world)
    case .commission(let seller, let first): pay(seller, first, &world)
    case .targets(let year, let quarter): setTargets(year, quarter, &world)
    }
  }

  // MARK: Forecasts

  /// Open opportunities that are expected to close in the month, as the seller's hope or caution colours them.
  private func expected(_ sellers: Range<Int>, in month: Period, _ world: World) -> (commit: Int, best: Int, all: Int) {
    var sum = (commit: 0, best: 0, all: 0)
    for prospect in world.books.prospects
    where prospect.isOpen && prospect.currency == 0 && sellers.contains(prospect.seller) && month.contains(prospect.closeOn) {
      let hope = world.team.sellers[prospect.seller].optimism
      sum.all += prospect.amount
      if prospect.stage >= 2 { sum.best += prospect.amount * hope / 100 }
      if prospect.stage >= 3 { sum.commit += prospect.amount * hope / 100 }
    }
    return sum
  }

  private func submit(
    _ id: String, _ month: Period, _ sum: (commit: Int, best: Int, all: Int), of employee: String?, by person: Person, _ world: inout World
  ) {
    var data: JSONObject = [
      "period": .string(month.description), "commitMinor": .money(sum.commit), "bestMinor": .money(max(sum.best, sum.commit)),
      "pipelineMinor": .money(sum.all), "cur": "CNY",
    ]
    data["employee"] = employee.map { .string($0) }
    world.record(Decision.forecastSubmitted, data, on: .of(.forecast, id), by: person)
  }

  private func foretell(_ seller: Int, _ world: inout World) {
    let person = world.team.sellers[seller].person
    let month = Period(.month, of: world.today)
    let sum = expected(seller..<seller + 1, in: month, world)
    guard sum.all > 0 else { return }
    submit("F-\(person.id)-\(month)", month, sum, of: person.id, by: person, &world)
  }

  private func foretellAll(_ first: Day, _ world: inout World) {
    let month = Period(.month, of: first)
    let sum = expected(0..<world.team.sellers.count, in: month, world)
    submit("F-company-\(month)", month, sum, of: nil, by: world.team.directors[director], &world)
  }

  // MARK: Targets

  /// A year's for the company; a quarter's for each seller, a part of it.
  private mutating func setTargets(_ year: Int, _ quarter: Int?, _ world: inout World) {
    guard let quarter else {
      let id = world.number(.target)
      targets["\(year)"] = id
      let value = world.team.sellers.count { $0.works(on: world.today) } * 520_000_000 / 100 * 100
      return set(id, "revenue", .of(.team, "sales"), "\(year)", value, "CNY", nil, parent: nil, by: world.team.directors[director], &world)
    }
    let period = PeriodName.of(year: year, quarter: quarter)
    for (place, seller) in world.team.sellers.enumerated() where seller.works(on: world.today) && seller.works(on: world.today + 20) && seller.joins < world.today {
      let manager = world.team.managers[seller.region.rawValue]
      let scope = Subject.of(.employee, seller.person.id)
      let before = world.books.orderedBefore[place].suffix(3).reduce(0) { $0 + $1[0] }
      let money = max(before, 60_000_000) * random.int(95...112) / 100 / 100_000 * 100_000
      set(world.number(.target), "collection", scope, period, money, "CNY", "collected-revenue", parent: targets["\(year)"], by: manager, &world)
      set(world.number(.target), "activity", scope, period, random.int(1...2), "customers", "new-customers", parent: nil, by: manager, &world)
    }
  }

  private mutating func set(
    _ id: String, _ kind: String, _ scope: Subject, _ period: String, _ value: Int, _ unit: String, _ item: String?, parent: String?,
    by person: Person, _ world: inout World
  ) {
    var data: JSONObject = [
      "kind": .string(kind), "scope": .string(scope.description), "period": .string(period), "value": .int(Int64(value)), "unit": .string(unit),
    ]
    data["kpi"] = item.map { .string($0) }
    data["parent"] = parent.map { .string($0) }
    let act = Act(type: Declared(Performance.targetSet), subject: .of(.target, id), data: data, person: person)
    let decider = decider(world.team.directors, "SM", besides: person)
    world.propose(act, to: [decider], by: person, beneficiary: scope.kind == Subject.of(.employee, "x").kind ? scope.id : nil)
  }
}

// MARK: Scores

extension House {
  private static let items: [(kpi: String, weight: Int)] = [
    ("collected-revenue", 2_000), ("new-customers", 1_500), ("retention", 1_000), ("satisfaction", 1_500), ("visits", 1_500), ("records", 1_000),
    ("training", 1_500),
  ]

  /// The month's numbers are kept; after a quarter they are scored, and the sheet is locked.
  private mutating func score(_ seller: Int, _ first: Day, _ world: inout World) {
    guard first.civil.month % 3 == 1 else { return }
    let quarter = Period(.quarter, of: first + -1)
    let person = world.team.sellers[seller].person
    let scores = House.items.map { item in
      item.kpi == "collected-revenue" ? collected(seller, world) : item.kpi == "visits" ? min(world.team.sellers[seller].diligence, 100) : random.int(66...98)
    }
    let total = zip(House.items, scores).reduce(0) { $0 + $1.0.weight * $1.1 } / 10_000
    let sheet = sheet(quarter.description, scores, total, revision: 0)
    sheets[seller] = sheet
    lock(sheet, of: person, reason: nil, world.team.managers[world.team.sellers[seller].region.rawValue], &world)
    if random.chance(14) { plan(.goals(.rescored(seller, first, isFair: true)), in: random.int(9...20), &world) }
    if world.plants.takes(.afterLock, on: world.today) { plan(.goals(.rescored(seller, first, isFair: false)), in: 12, &world) }
  }

  /// What was collected against what was ordered on average in the months before.
  private func collected(_ seller: Int, _ world: World) -> Int {
    let orders = world.books.orderedBefore[seller].suffix(6).map { $0[0] }
    guard let count = orders.isEmpty ? nil : orders.count, orders.reduce(0, +) > 0 else { return 70 }
    return min(max(world.books.closed[seller].collected[0] * 100 * count / max(orders.reduce(0, +), 1), 40), 120)
  }

  private func sheet(_ period: String, _ scores: [Int], _ total: Int, revision: Int) -> JSONObject {
    let grade = total >= 95 ? "s" : total >= 85 ? "a" : total >= 70 ? "b" : total >= 60 ? "c" : "d"
    return [
      "period": .string(period),
      "items": .array(
        zip(House.items, scores).map { item, score in
          ["kpi": .string(item.kpi), "weightBp": .int(Int64(item.weight)), "score": .int(Int64(score))]
        }), "total": .int(Int64(total)), "grade": .string(grade), "ruleVersion": 1, "revision": .int(Int64(revision)),
    ]
  }

  private mutating func lock(_ sheet: JSONObject, of person: Person, reason: Name?, _ manager: Person, _ world: inout World) {
    let act = Act(
      type: Declared(Performance.kpiScored), subject: .of(.employee, person.id), data: sheet, person: manager, reason: reason.map { say($0).string ?? "" })
    let officer = Decider(person: random.pick(world.team.people), role: "HR", limit: nil)
    world.propose(act, to: [officer], by: manager, beneficiary: person.id, odds: Odds())
  }

  /// A locked score is changed: with a reason and a second person, or, once, without.
  private mutating func rescore(_ seller: Int, _ first: Day, isFair: Bool, _ world: inout World) {
    guard var sheet = sheets[seller], let total = sheet["total"]?.int else { return }
    let person = world.team.sellers[seller].person
    let manager = world.team.managers[world.team.sellers[seller].region.rawValue]
    sheet["total"] = .int(min(total + 3, 120))
    sheet["revision"] = 1
    sheets[seller] = sheet
    if isFair { return lock(sheet, of: person, reason: Phrases.scoreCorrected, manager, &world) }
    world.record(Performance.kpiScored, sheet, on: .of(.employee, person.id), by: manager, reason: say(Phrases.scoreRaised).string)
  }

  // MARK: Commission

  /// The month's statement: one posting a currency, and the events behind it.
  private mutating func pay(_ seller: Int, _ first: Day, _ world: inout World) {
    let month = Period(.month, of: first + -1)
    let person = world.team.sellers[seller].person
    for (currency, code) in Books.currencies.enumerated() {
      let lines = world.books.closed[seller].lines.filter { $0.currency == currency }
      let amount = lines.reduce(0) { $0 + $1.amount }
      guard amount != 0 else { continue }
      let data: JSONObject = [
        "kind": amount > 0 ? "payout" : "clawback", "period": .string(month.description),
        "basis": .array(lines.flatMap(\.basis).prefix(1_000).map { .string("\($0)") }), "amountMinor": .money(amount), "cur": .string(code),
        "planVersion": "commission@1",
      ]
      let accountant = random.pick(world.team.finance)
      let act = Act(type: Declared(Performance.commissionPosted), subject: .of(.employee, person.id), data: data, person: accountant)
      let manager = Decider(person: world.team.directors[director], role: "SM", limit: nil)
      world.propose(act, to: [decider(world.team.finance, "FN", besides: accountant), manager], by: accountant, amount: abs(amount), currency: code, beneficiary: person.id)
    }
  }
}
