import Wire

/// Someone who works for the company.
struct Person: Sendable, Equatable {
  let id: String
  let name: String
  /// The capacities in which they act, the usual one first: SR sales, AM account manager, SM sales manager, CS service,
  /// FN finance, LG legal, MK marketing, HR people, PO processes, DO data security, AU audit, SY a rule by itself.
  let roles: [String]

  static func == (a: Person, b: Person) -> Bool { a.id == b.id }
}

/// Someone with a desk: since when, until when, as what.
struct Employee: Sendable {
  let person: Person
  /// As records name their team: `east`, `service`.
  let team: String
  /// A post, in the words of the ladder where it is one of sales.
  let position: String
  let joins: Day
  let leaves: Day?
  /// The region of who sells or leads those who do.
  let region: Region?

  /// Whether they are there: on their last day they still are.
  func works(on day: Day) -> Bool { joins <= day && leaves.map { day < $0 } ?? true }
}

/// Someone who sells, in one region, for some time.
struct Seller: Sendable {
  let person: Person
  let region: Region
  let joins: Day
  let leaves: Day?
  /// Visits and calls in a hundred of what is usual.
  let diligence: Int
  /// What they forecast in a hundred of what they see: some hope, some hide.
  let optimism: Int

  /// Days from joining to the last certificate, before which nobody sells.
  static let schooling = 32

  func works(on day: Day) -> Bool { joins <= day && leaves.map { day < $0 } ?? true }
  func sells(on day: Day) -> Bool { works(on: day) && joins + Seller.schooling <= day }
}

/// Everyone whose name may stand beside an event.
struct Team: Sendable {
  private(set) var employees: [Employee] = []
  private(set) var sellers: [Seller] = []
  private(set) var managers: [Person] = []
  private(set) var directors: [Person] = []
  private(set) var service: [Person] = []
  private(set) var finance: [Person] = []
  private(set) var legal: [Person] = []
  private(set) var marketing: [Person] = []
  private(set) var people: [Person] = []
  private(set) var quality: [Person] = []
  private(set) var security: [Person] = []
  private(set) var auditors: [Person] = []
  private var byRegion: [[Int]] = [[Int]](repeating: [], count: Region.allCases.count)

  // What acts by itself.
  let monitor = Person(id: "gateway-1", name: "设备监测网关", roles: ["SY"])
  let loyalty = Person(id: "rule:points", name: "积分规则", roles: ["SY"])
  let pool = Person(id: "rule:pool", name: "公海规则", roles: ["SY"])
  let certificates = Person(id: "guard:certificate", name: "认证守则", roles: ["SY"])
  let enterprise = Person(id: "erp-1", name: "ERP 接口", roles: ["SY"])

  /// About forty sellers for 2,400 customers, fewer or more for others. One in five leaves during the years; somebody new
  /// then takes the desk.
  init(serving customers: Int, from start: Day, to ending: Day, _ random: inout SplitMix64) {
    var hiring = Hiring(start: start, ending: ending)
    let scale = min(customers, 4 * DemoCompany.usualSize)
    func count(_ usual: Int, least: Int) -> Int { max(usual * scale / DemoCompany.usualSize, least) }
    for region in Region.allCases {
      managers.append(hiring.hire("regional sales manager", in: region.code, ["SM"], region: region, &random))
      for _ in 0..<count(max(2, region.weight * 42 / 100), least: 1) {
        let leaves = random.chance(210) ? start + random.int(120...(max(ending - start - 90, 121))) : nil
        takeOn(&hiring, region, leaves: leaves, &random)
      }
    }
    directors = (0..<2).map { hiring.hire(["sales director", "deputy sales director"][$0], in: "management", ["SM"], &random) }
    service = (0..<count(9, least: 3)).map { _ in hiring.hire("service engineer", in: "service", ["CS"], &random) }
    finance = (0..<count(4, least: 3)).map { _ in hiring.hire("accountant", in: "finance", ["FN"], &random) }
    legal = (0..<count(3, least: 3)).map { _ in hiring.hire("legal counsel", in: "legal", ["LG"], &random) }
    marketing = (0..<count(3, least: 2)).map { _ in hiring.hire("marketing specialist", in: "marketing", ["MK"], &random) }
    people = (0..<2).map { _ in hiring.hire("HR officer", in: "people", ["HR"], &random) }
    quality = (0..<2).map { _ in hiring.hire("process manager", in: "quality", ["PO"], &random) }
    security = (0..<2).map { _ in hiring.hire("data security officer", in: "security", ["DO"], &random) }
    auditors = (0..<2).map { _ in hiring.hire("internal auditor", in: "audit", ["AU"], &random) }
    employees = hiring.employees
  }

  /// A seller, and who comes after them where they leave.
  private mutating func takeOn(_ hiring: inout Hiring, _ region: Region, leaves: Day?, _ random: inout SplitMix64) {
    seat(&hiring, region, joins: nil, leaves: leaves, &random)
    if let leaves { seat(&hiring, region, joins: leaves + -50, leaves: nil, &random) }
  }

  /// - Parameter joins: `nil` for somebody who was there when the books began.
  private mutating func seat(
    _ hiring: inout Hiring, _ region: Region, joins: Day?, leaves: Day?, _ random: inout SplitMix64
  ) {
    let person = hiring.sell(in: region, joins: joins, leaves: leaves, &random)
    guard let employee = hiring.employees.last else { return }
    byRegion[region.rawValue].append(sellers.count)
    sellers.append(
      Seller(
        person: person, region: region, joins: employee.joins, leaves: leaves, diligence: random.int(60...135),
        optimism: random.pick([75, 85, 95, 100, 105, 115, 130]) { (95...105).contains($0) ? 4 : 2 }))
  }

  /// Somebody of the region who sells on that day and will for a while.
  func seller(for region: Region, on day: Day, _ random: inout SplitMix64) -> Int {
    let own = byRegion[region.rawValue]
    let able = own.filter { sellers[$0].sells(on: day) && sellers[$0].works(on: day + 31) }
    return able.isEmpty ? own.first { sellers[$0].leaves == nil } ?? 0 : random.pick(able)
  }

  /// Everybody who is there on a day.
  func present(on day: Day) -> [Employee] { employees.filter { $0.works(on: day) } }
}

/// Hands out numbers, names and posts.
private struct Hiring {
  let start: Day
  let ending: Day
  private(set) var employees: [Employee] = []

  init(start: Day, ending: Day) { (self.start, self.ending) = (start, ending) }

  private mutating func person(_ roles: [String], abroad: Bool, _ random: inout SplitMix64) -> Person {
    let id = "e" + String(1_001 + employees.count).dropFirst()
    return Person(id: id, name: abroad ? Names.personAbroad(&random) : Names.person(&random), roles: roles)
  }

  mutating func hire(
    _ position: String, in team: String, _ roles: [String], region: Region? = nil, _ random: inout SplitMix64
  ) -> Person {
    let person = person(roles, abroad: false, &random)
    let joins = WorkCalendar.workday(onOrAfter: start + -random.int(500...3_200))
    employees.append(
      Employee(person: person, team: team, position: position, joins: joins, leaves: nil, region: region))
    return person
  }

  /// The ladder of sales, with the days that people have served before they stand on a step.
  private static let ladder: [(position: String, days: Int)] = [
    ("sales assistant", 0), ("sales rep", 240), ("senior sales rep", 700), ("account manager", 1_250),
    ("senior account manager", 2_000), ("key account manager", 2_900),
  ]

  mutating func sell(in region: Region, joins: Day?, leaves: Day?, _ random: inout SplitMix64) -> Person {
    let person = person(["SR", "AM"], abroad: region == .overseas && random.chance(500), &random)
    let served = random.int(60...3_000)
    let day = WorkCalendar.workday(onOrAfter: joins ?? start + -served)
    let position = joins == nil ? Hiring.ladder.last { $0.days <= served }?.position : random.chance(600) ? "sales rep" : nil
    employees.append(
      Employee(
        person: person, team: region.code, position: position ?? "sales assistant", joins: day, leaves: leaves,
        region: region))
    return person
  }
}
