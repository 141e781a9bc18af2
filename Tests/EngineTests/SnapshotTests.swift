import Events
import Facts
import Projection
import Testing
import Vocabulary
import Wire

@testable import Engine

/// Counts orders and remembers the last one: enough to see what a fold was shown.
enum Orders: Gathering, Projection {
  struct Facts: BitwiseCopyable, Sendable {
    var count: Int64 = 0
    var total: Int64 = 0
    var last: Moment?
  }
  struct Limit: RuleBody {
    static let fields: [Field] = [.count("many", "Many", "多", 1...1000)]
    let many: Int
    init(_ values: JSONObject) { many = values.number("many") }
  }
  struct Line: Row {
    static let columns = [
      Column("orders", .integer, "Orders", "订单数"), Column("total", .money, "Total", "总额"),
      Column("many", .flag, "Many", "多"),
    ]
    let facts: (count: Int64, total: Int64)
    let many: Bool
    let since: Instant?
    let because: Int64?
    var values: [Value] { [.integer(facts.count), .integer(facts.total), .flag(many)] }
    static func == (a: Line, b: Line) -> Bool { a.values == b.values }
    func hash(into hasher: inout Hasher) { hasher.combine(values) }
  }
  static let name = "orders"
  static let shape = 1
  static let title = Name("Orders", "订单")
  static let key = Key.account
  static let families: [any Family.Type] = [Order.self]
  static let ruleKind: String? = "tier"
  static let shippedRules = [RuleVersion(1, why: Name("for the test", "测试"), ["many": 2])]
  static let initial = Facts()

  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Order.self) else { return }
    switch type {
    case .placed:
      facts.count += 1
      facts.total += event.number(Order.Fact.total) ?? 0
      facts.last.advance(to: event.moment)
    case .changed: facts.total += event.number(Order.Fact.delta) ?? 0
    case .delivered, .invoiced: break
    }
  }

  static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<Limit>, asOf now: Instant, trace: inout some Trace
  ) -> Line? {
    let many = facts.count >= rule.body.many
    trace.note(
      Finding(
        "many", Name("Many orders", "订单多"), value: String(facts.count), threshold: String(rule.body.many), holds: many,
        evidence: [facts.last?.seq]))
    return Line(facts: (facts.count, facts.total), many: many, since: facts.last?.at, because: facts.last?.seq)
  }
}

private func order(_ id: String, of customer: String, on day: String, _ total: Int64) -> Event {
  Event(
    Order.placed, subject("order:" + id), at: at(day),
    ["customer": .string(customer), "totalMinor": .int(total), "cur": "CNY"])
}

private let story: [Event] = [
  order("A1", of: "4", on: "2026-01-05", 1000),
  order("A2", of: "7", on: "2026-01-06", 500),
  order("A3", of: "4", on: "2026-02-01", 2500),
  {
    var event = Event(
      Order.changed, subject("order:A1"), at: at("2026-02-03"),
      ["kind": "return", "deltaMinor": -400, "cur": "CNY"])
    event.about.reason = "damaged"
    return event
  }(),
  order("A4", of: "9\"x", on: "2026-02-04", 1),
  {
    Event(
      Rule.published, subject("rule:tier"), at: at("2026-02-10"),
      ["kind": "tier", "version": 2, "body": ["many": 1], "effectiveOn": "2026-02-10T00:00:00Z"])
  }(),
  order("A5", of: "7", on: "2026-02-11", 70),
]

private func snapshot(_ events: [Event] = story) -> Snapshot {
  let source = MemorySource(events)
  return Snapshot(catalogue: .keshi, projections: [AnyProjection(Orders.self)], source: source) { _, progress in
    try FactsStore.load(
      directory: "/nonexistent", plans: LinePlans(.keshi), source: source, save: false, progress: progress)
  }
}

@Suite struct `A snapshot answers` {
  @Test func `one customer's history with all that belongs to it`() throws {
    var seqs: [Int64] = []
    try snapshot().history(of: "customer:4") { seqs.append($0.seq) }
    #expect(seqs == [0, 2, 3])
  }

  @Test func `the history of one order`() throws {
    var types: [String] = []
    try snapshot().history(of: "order:A1") { types.append($0.event.type) }
    #expect(types == ["order.placed", "order.changed"])
  }

  @Test func `a bare id means a customer, and an id may hold quotes`() throws {
    var count = 0
    try snapshot().history(of: "9\"x") { _ in count += 1 }
    #expect(count == 1)
    #expect(throws: EngineError.unknownSubject("12")) { try snapshot().resolve("12") }
  }

  @Test(arguments: [
    (nil as String?, nil as Int64?, 2 as Int64, 3100 as Int64), ("2026-01-31", nil, 1, 1000), ("2026-02-02", nil, 2, 3500),
    (nil, 3, 2, 3500), (nil, 1, 1, 1000),
  ])
  func `a row as of a day and as known at a position`(day: String?, known: Int64?, orders: Int64, total: Int64) throws {
    var view = View()
    view.asOf = day.map { at($0) }
    view.knownAt = known.map { .position($0) }
    let row = try #require(try snapshot().row(of: "orders", subject: "customer:4", view: view))
    #expect(row.values[0] == .integer(orders))
    #expect(row.values[1] == .integer(total))
  }

  @Test(arguments: [(nil as String?, 2), ("2026-02-09", 1), ("2026-02-10", 2)])
  func `the rule in force at the time`(day: String?, version: Int) throws {
    var view = View()
    view.asOf = day.map { at($0) }
    let row = try #require(try snapshot().row(of: "orders", subject: "7", view: view))
    #expect(row.rule == "tier@\(version)")
    view.rules["tier"] = 1
    #expect(try snapshot().row(of: "orders", subject: "7", view: view)?.rule == "tier@1")
    view.rules["tier"] = 3
    #expect(throws: EngineError.unknownRule(kind: "tier", version: 3, known: [1, 2])) {
      try snapshot().row(of: "orders", subject: "7", view: view)
    }
  }

  @Test func `why, with the events behind it`() throws {
    let answer = try snapshot().explain("orders", subject: "customer:4")
    #expect(answer.findings.map(\.id) == ["many"])
    #expect(answer.findings[0].value == "2" && answer.findings[0].holds)
    #expect(answer.events.map(\.seq) == [2])
  }

  @Test(arguments: [1, 2, 3]) func `the same rows whatever the number of workers`(workers: Int) throws {
    let snapshot = snapshot()
    let run = FoldRun(
      snapshot.projections, over: try snapshot.facts(), FoldScope(before: snapshot.size), workers: workers,
      progress: { _, _ in })
    var totals: [Int: Value] = [:]
    for part in run.results[0].parts {
      let judge = run.results[0].projection.each.judge(part, by: Orders.shippedRules[0], asOf: at("2027-01-01"))
      for key in part.keys { totals[key] = judge(key)?.values[1] }
    }
    #expect(totals.values.map { "\($0)" }.sorted() == ["integer(1)", "integer(3100)", "integer(570)"])
    #expect(run.latest == at("2026-02-11"))
  }

  @Test func `as known at an instant between two recordings`() throws {
    var view = View()
    view.knownAt = .recorded(Instant(microseconds: 1_800_000_000_000_000).adding(days: 2))
    #expect(try snapshot().position(of: view) == 3)
  }

  @Test func `a rule is judged by only where it was known`() throws {
    var view = View()
    view.asOf = at("2026-03-01")
    view.knownAt = .position(5)
    #expect(try snapshot().row(of: "orders", subject: "7", view: view)?.rule == "tier@1")
    view.knownAt = .position(6)
    #expect(try snapshot().row(of: "orders", subject: "7", view: view)?.rule == "tier@2")
  }

  @Test func `a published rule that does not fit its kind is never in force`() throws {
    let bad = Event(
      Rule.published, subject("rule:tier"), at: at("2026-02-12"),
      ["kind": "tier", "version": 3, "body": [:], "effectiveOn": "2026-02-10T00:00:00Z"])
    let snapshot = snapshot(story + [bad])
    #expect(try snapshot.row(of: "orders", subject: "7")?.rule == "tier@2")
    var view = View()
    view.rules["tier"] = 3
    #expect { try snapshot.row(of: "orders", subject: "7", view: view) } throws: { ($0 as? EngineError)?.code == "E-RULE" }
  }

  /// A lead comes before the customer that it becomes: whoever goes by accounts must lose neither.
  @Test(arguments: [
    (nil as Int64?, ["customer:4": [0, 2, 3, 4], "customer:7": [1]] as [String: [Int64]]),
    (3 as Int64?, ["lead:L": [0], "customer:7": [1], "customer:4": [2]] as [String: [Int64]]),
  ]) func `every event once, account by account, whatever is known of them`(known: Int64?, expected: [String: [Int64]]) throws {
    let snapshot = snapshot([
      Event(Lead.created, subject("lead:L"), at: at("2026-01-02"), ["source": "web"]), order("A1", of: "7", on: "2026-01-03", 1),
      Event(Customer.registered, subject("customer:4"), at: at("2026-01-04"), ["name": "Acme"]),
      Event(Lead.converted, subject("lead:L"), at: at("2026-01-05"), ["customer": "4"]), order("A2", of: "4", on: "2026-01-06", 2),
    ])
    var view = View()
    view.knownAt = known.map { .position($0) }
    var found: [String: [Int64]] = [:]
    _ = try snapshot.eventsByAccount(view: view) { account, events in found[account] = events.map(\.seq) }
    #expect(found == expected)
  }

  @Test func `names with escapes stand where their bytes say`() throws {
    let ids = ["CORP\\anna", "CORP2", "CORP", "CORP\"x", "A-name-longer-than-sixteen-1", "A-name-longer-than-sixteen-0"]
    let events = ids.enumerated().map { order("N\($0)", of: $1, on: "2026-01-05", 1) }
    let table = try snapshot(events).facts().table
    let sorted = table.sortedByName((0..<table.accountCount).map { table.holder(of: $0) }).map { table.name(of: $0) }
    #expect(sorted == sorted.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } && sorted.count == ids.count)
  }
}
