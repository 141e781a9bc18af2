import Events
import Facts
import Projection
import ReadModels
import Testing
import Vocabulary
import Wire

@testable import Engine

/// Each customer's share of all orders, and each owner's money: rows about the subjects themselves and about others.
private enum Shares: Census {
  typealias Source = Book
  struct Cut: RuleBody {
    static let fields: [Field] = [.basisPoints("bigBp", "Big from", "大客户起点")]
    let big: Int
    init(_ values: JSONObject) { big = values.number("bigBp") }
  }
  struct Return: Sendable {
    let key: Int
    let owner: Int64?
    let money: Int64
    let last: Int64
  }
  enum Size: UInt8, CodeSet {
    case small = 1
    case big = 2
    var word: Word { self == .big ? Word("big", "Big", "大") : Word("small", "Small", "小") }
  }
  struct Line: NamingRow {
    static let columns = [
      Column.code("size", Size.self, "Size", "规模"), Column("shareBp", .integer, "Share", "份额"),
      Column("owner", .text, "Owner", "负责人"),
    ]
    let size: Size
    let share: Int64
    let owner: Int64?
    let since: Instant?
    let because: Int64?
    func values(_ names: any Names) -> [Value] { [Value(size), .integer(share), Value(name: owner, names)] }
  }
  static let name = "shares"
  static let shape = 1
  static let title = Name("Shares", "份额")
  static let ruleKind: String? = "segment"
  static let shippedRules = [
    RuleVersion(1, why: Name("for the test", "测试"), ["bigBp": 5000]),
    RuleVersion(2, effective: at("2030-01-01"), why: Name("for the test", "测试"), ["bigBp": 2000]),
  ]

  static func report(
    _ facts: Book.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<Cut>, asOf now: Instant,
    to returns: inout [Return]
  ) {
    guard facts.money > 0 else { return }
    returns.append(Return(key: key, owner: facts.owner, money: facts.money, last: facts.last))
  }

  static func conclude(
    _ returns: [Return], by rule: Ruled<Cut>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<Line>] {
    let all = returns.reduce(0) { $0 + $1.money }
    var rows = returns.map { one in row(.init(.key(one.key)), one.money, one.owner, one.last, all, rule.body, &trace) }
    var owners: [(name: Int64, money: Int64, last: Int64)] = []
    for one in returns {
      guard let name = one.owner else { continue }
      if let place = owners.firstIndex(where: { $0.name == name }) {
        owners[place].money += one.money
      } else {
        owners.append((name, one.money, one.last))
      }
    }
    rows += owners.map { row(.init(.named(.employee, $0.name), part: "2026"), $0.money, $0.name, $0.last, all, rule.body, &trace) }
    return rows
  }

  private static func row(
    _ subject: CensusSubject, _ money: Int64, _ owner: Int64?, _ last: Int64, _ all: Int64, _ cut: Cut,
    _ trace: inout some CensusTrace
  ) -> CensusRow<Line> {
    let share = money * 10_000 / all
    trace.note(
      subject, Finding("share", Name("Share", "份额"), value: "\(share)", threshold: "\(cut.big)", holds: share >= cut.big, evidence: [last]))
    return CensusRow(
      subject, Line(size: share >= cut.big ? .big : .small, share: share, owner: owner, since: nil, because: last))
  }
}

private enum Book: Gathering {
  struct Facts: BitwiseCopyable, Sendable {
    var money: Int64 = 0
    var last: Int64 = -1
    var owner: Int64?
  }
  static let key = Key.account
  static let families: [any Family.Type] = [Order.self, Owner.self]
  static let initial = Facts()
  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Order.self) {
      switch type {
      case .placed:
        facts.money += event.number(Order.Fact.total) ?? 0
        facts.last = event.seq
      case .changed, .delivered, .invoiced: break
      }
    } else if let type = event.type(in: Owner.self) {
      switch type {
      case .changed: facts.owner = event.number(Owner.Fact.to)
      }
    }
  }
}

private func story() -> [Event] {
  func order(_ id: String, _ customer: String, _ total: Int64, _ day: String) -> Event {
    Event(Order.placed, subject("order:" + id), at: at(day), ["customer": .string(customer), "totalMinor": .int(total), "cur": "CNY"])
  }
  func own(_ customer: String, _ who: String) -> Event {
    Event(Owner.changed, subject("customer:" + customer), at: at("2026-01-01"), ["role": "owner", "to": .string(who), "cause": "assign"])
  }
  return [
    own("1", "Li Na"), own("2", "周敏"), own("3", "Li Na"), order("a", "1", 600, "2026-01-05"), order("b", "2", 250, "2026-01-06"),
    order("c", "3", 150, "2026-01-07"), order("d", "2", 1_000, "2026-02-01"),
  ]
}

private func snapshot(_ events: [Event] = story()) -> Snapshot {
  let source = MemorySource(events)
  return Snapshot(catalogue: .keshi, projections: [AnyProjection(Shares.self)], source: source) { _, progress in
    try FactsStore.load(directory: "/nowhere", plans: LinePlans(.keshi), source: source, stretch: 4, save: false, progress: progress)
  }
}

private func view(_ day: String? = nil, rule: Int? = nil) -> View {
  var view = View()
  view.asOf = day.map { at($0) }
  if let rule { view.rules = ["segment": rule] }
  return view
}

/// Subject → size, share, owner.
private func rows(_ view: View, workers: Int = 2) throws -> [String: [Value]] {
  let snapshot = snapshot()
  let run = try snapshot.fold(snapshot.projections, view: view, workers: workers)
  let asOf = view.asOf ?? run.latest ?? .distantPast
  let judged = Judged(
    result: run.results[0], table: try snapshot.facts().table, rule: try snapshot.rule(for: snapshot.projections[0], view, asOf: asOf),
    asOf: asOf, position: snapshot.size)
  return Dictionary(uniqueKeysWithValues: judged.rows.map { ($0.subject, $0.values) })
}

@Suite struct `A question that rests on all` {
  @Test(arguments: [1, 2, 3]) func `gives the same rows whatever the number of workers`(workers: Int) throws {
    #expect(try rows(view("2026-01-31"), workers: workers) == [
      "customer:1": [.text("big"), .integer(6000), .text("Li Na")],
      "customer:2": [.text("small"), .integer(2500), .text("周敏")],
      "customer:3": [.text("small"), .integer(1500), .text("Li Na")],
      "employee:Li Na/2026": [.text("big"), .integer(7500), .text("Li Na")],
      "employee:周敏/2026": [.text("small"), .integer(2500), .text("周敏")],
    ])
  }

  @Test func `what one did later changes another's row`() throws {
    #expect(try rows(view())["customer:1"]?[0] == .text("small"))
    #expect(try rows(view())["customer:2"]?[0] == .text("big"))
  }

  @Test(arguments: ["customer:1", "1", "employee:Li Na/2026"]) func `one row by any of its names`(name: String) throws {
    let line = try #require(try snapshot().row(of: "shares", subject: name, view: view("2026-01-31")))
    #expect(line.values[0] == .text("big") && line.rule == "segment@1" && line.position == 7)
  }

  @Test func `who has no row is unknown`() {
    #expect(throws: EngineError.unknownSubject("employee:Li")) {
      try snapshot().row(of: "shares", subject: "employee:Li", view: view())
    }
  }

  @Test func `an explanation names the events of the one who is asked about`() throws {
    let answer = try snapshot().explain("shares", subject: "2", view: view("2026-01-31"), field: "shareBp")
    #expect(answer.findings.map(\.value) == ["2500"] && answer.events.map(\.seq) == [4])
    #expect(answer.field?.value == .integer(2500) && answer.field?.isPartial == true && answer.next == nil)
  }

  @Test func `two rules are compared by who moves`() throws {
    let snapshot = snapshot()
    let book = try snapshot.ruleBook()
    let found = try snapshot.compare(
      try book.version(1, of: "segment"), with: try book.version(2, of: "segment"), view: view("2026-01-31"))
    #expect(found.changes.map(\.subject) == ["customer:2", "employee:周敏/2026"])
    #expect(found.changes.map(\.account).map { $0 == nil } == [false, true])
    #expect(found.subjects == 5 && found.moved == 2)
    #expect(found.count(from: Outcome(place: 1), to: Outcome(place: 2)) == 2)
  }
}
