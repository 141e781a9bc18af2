import Events
import Facts
import Projection
import Testing
import Vocabulary
import Wire

@testable import Engine

// Timelines: what was known when about what. `MemorySource` records one event a day from 2027-01-15 on, in the order of
// the list.

private func order(_ id: String, on day: String, _ total: Int64) -> Event {
  Event(Order.placed, subject("order:" + id), at: at(day), ["customer": "4", "totalMinor": .int(total), "cur": "CNY"])
}

private func correction(of seq: Int64, on id: String, _ kind: String, _ data: JSONObject? = nil, at day: String? = nil) -> Event {
  var members: JSONObject = ["seq": .int(seq), "kind": .string(kind)]
  members["data"] = data.map { .object($0) }
  members["happenedAt"] = day.map { .string(at($0).description) }
  var event = Event(Correction.corrected, subject(id), at: at("2026-06-01"), members)
  event.about.reason = "typed wrongly"
  return event
}

private func rule(_ version: Int64, many: Int64, from day: String) -> Event {
  Event(
    Rule.published, subject("rule:tier"), at: at("2026-02-01"),
    ["kind": "tier", "version": .int(version), "body": ["many": .int(many)], "effectiveOn": .string(at(day).description)])
}

private func snapshot(_ events: [Event]) -> Snapshot {
  let source = MemorySource(events)
  return Snapshot(catalogue: .keshi, projections: [AnyProjection(Orders.self)], source: source) { _, progress in
    try FactsStore.load(
      directory: "/nonexistent", plans: LinePlans(.keshi), source: source, save: false, progress: progress)
  }
}

private func view(asOf day: String?, known position: Int64?, rule: Int? = nil) -> View {
  var view = View()
  view.asOf = day.map { at($0) }
  view.knownAt = position.map { .position($0) }
  if let rule { view.rules["tier"] = rule }
  return view
}

/// The same answer by one subject's lines and by the fold over everything.
private func answer(_ snapshot: Snapshot, _ view: View) throws -> ModelLine? {
  let line = try snapshot.row(of: "orders", subject: "customer:4", view: view)
  let run = try snapshot.fold(snapshot.projections, view: view)
  let table = try snapshot.table()
  guard let number = table.find("customer:4"), let line else { return line }
  let account = Int(table.entry(number).account)
  let rule = try #require(try snapshot.rule(for: snapshot.projections[0], view, asOf: line.asOf))
  let rows = run.results[0].parts.compactMap { snapshot.projections[0].each.judge($0, by: rule.rule, asOf: line.asOf)(account) }
  #expect(rows.map(\.values) == [line.values], "a fold over everything disagrees with the subject's own lines")
  return line
}

@Suite struct `The three clocks compose` {
  // 0 order A on 01-05 · 1 order B on 03-01 · 2 rule 2 from 02-15 (many: 1) · 3 late: order C on 01-20
  private let story = [
    order("A", on: "2026-01-05", 100), order("B", on: "2026-03-01", 10), rule(2, many: 1, from: "2026-02-15"),
    order("C", on: "2026-01-20", 1),
  ]

  /// as-of, known-at → orders, total, rule.
  @Test(arguments: [
    (nil as String?, nil as Int64?, nil as Int?, 3 as Int64, 111 as Int64, "tier@2"),  // what we say now
    ("2026-01-31", nil, nil, 2, 101, "tier@1"),  // January as we know it now, under the rule then in force
    ("2026-01-31", 2, nil, 1, 100, "tier@1"),  // January as it was known before the late entry
    ("2026-03-31", 2, nil, 2, 110, "tier@1"),  // March as it was known before rule 2 was published
    ("2026-03-31", 3, nil, 2, 110, "tier@2"),  // … and after
    ("2026-01-31", nil, 2, 2, 101, "tier@2"),  // January as recomputed by today's rule
    ("2026-01-31", 2, 1, 1, 100, "tier@1"),
    (nil, 1, nil, 1, 100, "tier@1"),
  ])
  func `as of, known at, by rule`(day: String?, known: Int64?, by: Int?, orders: Int64, total: Int64, rule: String) throws {
    let line = try #require(try answer(snapshot(story), view(asOf: day, known: known, rule: by)))
    #expect(line.values[0] == .integer(orders) && line.values[1] == .integer(total) && line.rule == rule)
  }

  @Test func `a rule that was not known cannot be asked for`() throws {
    #expect { try snapshot(story).row(of: "orders", subject: "4", view: view(asOf: nil, known: 2, rule: 2)) } throws: {
      ($0 as? EngineError)?.code == "E-RULE"
    }
  }
}

@Suite struct `A correction` {
  // 0 order A 01-05: 100 · 1 order B 03-01: 10 · 2 A was 70 · 3 A was 60 and on 01-07 · 4 B never happened
  private let story = [
    order("A", on: "2026-01-05", 100), order("B", on: "2026-03-01", 10),
    correction(of: 0, on: "order:A", "replace", ["customer": "4", "totalMinor": 70, "cur": "CNY"]),
    correction(of: 0, on: "order:A", "replace", ["customer": "4", "totalMinor": 60, "cur": "CNY"], at: "2026-01-07"),
    correction(of: 1, on: "order:B", "retract"),
  ]

  @Test(arguments: [
    (nil as String?, 2 as Int64?, 2 as Int64?, 110 as Int64?),  // before it was recorded: the wrong event
    (nil, 3, 2, 80),  // known: the right amount, also of a day before the correction
    ("2026-01-06", 3, 1, 70), ("2026-01-06", 2, 1, 100),
    (nil, 4, 2, 70),  // the later correction of the same event replaces the earlier
    ("2026-01-06", 4, nil, nil),  // … and moves it in business time: nothing had happened yet
    ("2026-01-07", 4, 1, 60),
    (nil, nil, 1, 60),  // the order that never was is gone
    ("2026-03-02", 4, 2, 70), ("2026-03-02", nil, 1, 60),
  ])
  func `holds for whom it is known to`(day: String?, known: Int64?, orders: Int64?, total: Int64?) throws {
    let line = try answer(snapshot(story), view(asOf: day, known: known))
    #expect(line?.values[0] == orders.map { .integer($0) } && line?.values[1] == total.map { .integer($0) })
  }

  @Test func `leaves both in the history, and both in the explanation`() throws {
    var seqs: [Int64] = []
    try snapshot(story).history(of: "customer:4") { seqs.append($0.seq) }
    #expect(seqs == [0, 1, 2, 3, 4])
    let answer = try snapshot(story).explain("orders", subject: "customer:4")
    #expect(answer.events.map(\.seq) == [0, 3], "the wrong event, and the correction that counts")
    let before = try snapshot(story).explain("orders", subject: "customer:4", view: view(asOf: nil, known: 2))
    #expect(before.events.map(\.seq) == [1])
  }

  @Test func `of what does not fit is none`() throws {
    let foreign = correction(of: 0, on: "order:B", "retract")
    let ahead = correction(of: 9, on: "order:A", "retract")
    let ofItself = correction(of: 2, on: "order:A", "retract")
    let line = try answer(snapshot(Array(story[..<3]) + [foreign, ahead, ofItself]), view(asOf: nil, known: nil))
    #expect(line?.values[1] == .integer(80))
  }
}

@Suite struct `A lead that became a customer` {
  // 0 lead L created · 1 customer 4 registered · 2 L converted to 4
  private let story = [
    Event(Lead.created, subject("lead:L"), at: at("2026-01-01"), ["company": "Acme", "source": "web"]),
    Event(Customer.registered, subject("customer:4"), at: at("2026-01-02"), ["name": "Acme"]),
    Event(Lead.converted, subject("lead:L"), at: at("2026-01-03"), ["customer": "4"]),
  ]

  @Test(arguments: [(nil, [0, 1, 2]), (3, [0, 1, 2]), (2, [1])] as [(Int64?, [Int64])])
  func `belongs to their history from when that was known`(known: Int64?, expected: [Int64]) throws {
    var seqs: [Int64] = []
    try snapshot(story).history(of: "customer:4", view: view(asOf: nil, known: known)) { seqs.append($0.seq) }
    #expect(seqs == expected)
  }
}
