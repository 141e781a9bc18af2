import Events
import Vocabulary
import Wire

/// The company within its own walls: its people, goals, markets, procedures, and those who watch over them.
struct House {
  var random: SplitMix64
  /// As records name the posts that people hold, by their place among the employees.
  var posts: [String]
  /// Since when they hold them.
  var since: [Day]
  /// The score sheets that were locked last, by seller.
  var sheets: [JSONObject?]
  /// The numbers of targets that others are parts of: `2025Q1 team:east collection`.
  var targets: [String: String] = [:]
  /// How the bodies of the rules read that ship, by kind; kinds that are missing are not laid down anew.
  let shippedRules: [String: JSONObject]
  /// Risks and improvements that are under way, and decisions that are to be reviewed, by what they are about.
  var open: [String: String] = [:]
  var exports = 0

  init(_ random: SplitMix64, _ world: World, shippedRules: [String: JSONObject]) {
    self.random = random
    self.shippedRules = shippedRules
    posts = world.team.employees.map(\.position)
    since = world.team.employees.map(\.joins)
    sheets = [JSONObject?](repeating: nil, count: world.team.sellers.count)
  }

  mutating func perform(_ step: HouseStep, _ lives: [Life], in world: inout World) {
    switch step {
    case .opening: open(&world)
    case .sellerLeaves: break  // happens in their customers' lives
    case .monthEnds(let first): endMonth(first, &world)
    case .training(let step): train(step, &world)
    case .staff(let step): lead(step, &world)
    case .goals(let step): reach(step, &world)
    case .market(let step): look(step, &world)
    case .process(let step): keepOrder(step, lives, in: &world)
    case .guardians(let step): guardData(step, lives, in: &world)
    }
  }
}

extension House {
  /// The words in the language of the house, or of a team abroad.
  func say(_ name: Name, in region: Region? = nil) -> JSON { .string(name[region?.language ?? .zh]) }

  mutating func plan(_ step: HouseStep, on day: Day, _ world: inout World) { world.plan(.house(step), on: day, &random) }

  mutating func plan(_ step: HouseStep, in days: Int, _ world: inout World) { plan(step, on: world.today + days, &world) }

  func employee(_ place: Int) -> Subject { .of(.employee, "e" + String(1_001 + place).dropFirst()) }

  var director: Int { 0 }

  mutating func decider(_ people: [Person], _ role: String, besides person: Person) -> Decider {
    let others = people.filter { $0 != person }
    return Decider(person: others.isEmpty ? people[0] : random.pick(others), role: role, limit: nil)
  }

  /// On the first morning: who is here, what they may do, and everything that is planned by the calendar.
  private mutating func open(_ world: inout World) {
    for place in world.team.employees.indices { enrol(place, &world) }
    certifyAll(&world)
    for (document, number) in world.handbook.documents.enumerated().flatMap({ place, document in
      document.versions.indices.map { (place, $0) }
    }) { planPublication(document, number, &world) }
    planMarket(&world)
    planProcess(&world)
    planGuardians(&world)
    planTeams(&world)
    plan(.staff(.promotions), in: 120, &world)
    plan(.staff(.moved), in: 60, &world)
    planMonthEnd(after: world.start, &world)
  }

  /// The books of a month close before anything happens on the first working day of the next.
  private mutating func planMonthEnd(after day: Day, _ world: inout World) {
    let (year, month, _) = day.civil
    let first = month == 12 ? Day(date: year + 1, 1, 1) : Day(date: year, month + 1, 1)
    let opening = WorkCalendar.workday(onOrAfter: first)
    guard opening <= world.ending else { return }
    world.agenda.add(.house(.monthEnds(first)), for: nil, at: opening.start + .seconds(29 * 60))
    planTidying(on: opening, &world)
  }

  private mutating func endMonth(_ first: Day, _ world: inout World) {
    world.books.close()
    for seller in world.team.sellers.indices {
      let person = world.team.sellers[seller]
      if person.sells(on: first) { plan(.goals(.forecast(seller)), on: first + random.below(3), &world) }
      // Who left during the month is still scored and paid for it.
      guard person.sells(on: first + -28) else { continue }
      if person.works(on: first) { plan(.goals(.score(seller, first)), on: first + 1 + random.below(2), &world) }
      if !world.books.closed[seller].lines.isEmpty { plan(.goals(.commission(seller, first)), on: first + 7 + random.below(3), &world) }
    }
    plan(.goals(.companyForecast(first)), on: first + 4, &world)
    let month = first.civil.month
    if month == 12 { plan(.goals(.targets(year: first.year + 1, quarter: nil)), on: first + 9, &world) }
    if month % 3 == 0 {
      plan(.goals(.targets(year: month == 12 ? first.year + 1 : first.year, quarter: month / 3 % 4 + 1)), on: first + 15, &world)
    }
    planTeams(&world)
    planLooks(first, &world)
    planMonthEnd(after: first, &world)
  }
}

/// `2026-10`, `2026Q4`, `2026`, as records name periods.
enum PeriodName {
  static func month(_ day: Day) -> String {
    let (year, month, _) = day.civil
    return "\(year)-" + String(100 + month).dropFirst()
  }
  static func of(year: Int, quarter: Int?) -> String { quarter.map { "\(year)Q\($0)" } ?? "\(year)" }
}
