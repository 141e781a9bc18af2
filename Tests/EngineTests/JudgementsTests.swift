import Events
import Facts
import Projection
import Testing
import Vocabulary
import Wire

@testable import Engine

private func snapshot(_ days: [(customer: String, day: String)]) -> Snapshot {
  let events = days.enumerated().map { number, entry in
    Event(
      Order.placed, subject("order:\(number)"), at: at(entry.day),
      ["customer": .string(entry.customer), "totalMinor": 100, "cur": "CNY"])
  }
  let source = MemorySource(events)
  return Snapshot(catalogue: .keshi, projections: [AnyProjection(Orders.self)], source: source) { _, progress in
    try FactsStore.load(
      directory: "/nonexistent", plans: LinePlans(.keshi), source: source, save: false, progress: progress)
  }
}

@Suite struct `Judging all accounts` {
  private let snapshot = EngineTests.snapshot([
    ("4", "2026-01-05"), ("7", "2026-01-06"), ("4", "2026-02-01"), ("9", "2026-02-04"), ("7", "2026-03-01"),
    ("7", "2025-12-01"),
  ])

  /// Customer → orders and whether they are many.
  private func judged(_ day: String, known: Int64? = nil, rule: RuleVersion? = nil) throws -> [String: [Value]] {
    var view = View()
    view.asOf = at(day)
    view.knownAt = known.map { .position($0) }
    var found: [String: [Value]] = [:]
    let asked = [Asked(AnyProjection(Orders.self), by: rule), Asked(AnyProjection(Orders.self))]
    try snapshot.judgeAccounts(by: asked, view: view) { account, rows in
      #expect(rows.count == 2 && rows[0] != nil)
      found[try snapshot.accountName(account)] = rows[0].map { [$0.values[0], $0.values[2]] }
    }
    return found
  }

  @Test func `as of a day nobody knows of later events`() throws {
    #expect(
      try judged("2026-01-05") == [
        "customer:4": [.integer(1), .flag(false)], "customer:7": [.integer(1), .flag(false)],
      ])
    #expect(try judged("2026-02-28")["customer:4"] == [.integer(2), .flag(true)])
    #expect(try judged("2026-03-01").count == 3)
    #expect(try judged("2025-11-30").isEmpty)
  }

  @Test func `as known at a position`() throws {
    #expect(try judged("2026-03-01", known: 5)["customer:7"]?[0] == .integer(2))
    #expect(try judged("2026-03-01", known: 6)["customer:7"]?[0] == .integer(3))
  }

  @Test func `by another rule`() throws {
    #expect(
      try judged("2026-01-06", rule: RuleVersion(0, why: Name("", ""), ["many": 1]))["customer:7"]?[1] == .flag(true))
  }

  @Test func `the days that the log knows`() throws {
    #expect(try snapshot.businessDays() == Day("2025-12-01")!...Day("2026-03-01")!)
    #expect(try EngineTests.snapshot([]).businessDays() == nil)
  }
}
