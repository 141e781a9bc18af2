import Events
import Facts
import Foundation
import Projection
import Testing
import Vocabulary
import Wire

@testable import Engine

/// A family whose data changed its shape twice: first it named the customer in a text of another name and had its
/// amount in whole yuan, then in fen, then it got a currency.
private enum Deal: UInt8, Family {
  case made = 1

  static let code: UInt8 = 200
  static let title = Name("Deals", "交易")

  enum Fact: UInt8, CaseIterable, Sendable {
    case amount = 1
    case currency = 2
  }

  var declaration: Declaration {
    Declaration(
      "deal.made", "Deal made", "成交", on: .order,
      fields: [
        .reference("customer", to: .customer, "Customer", "客户"), .money("amountMinor", "Amount", "金额").fact(Fact.amount),
        .currency().fact(Fact.currency),
      ]
    ).upgraded { old in
      var data = old
      data["customer"] = old["client"]
      data["client"] = nil
      data["amountMinor"] = old["yuan"]?.int.map { .int($0 * 100) }
      data["yuan"] = nil
      return data
    }.upgraded { old in
      var data = old
      data["cur"] = data["cur"] ?? "CNY"
      return data
    }
  }
}

private let catalogue = Catalogue([Deal.self, Customer.self], accountKind: .customer)

/// Sums what deals brought, as rows of customers.
private enum Sums: Gathering, Projection {
  struct Facts: BitwiseCopyable, Sendable { var total: Int64 = 0 }
  struct Line: Row {
    static let columns = [Column("total", .money, "Total", "总额")]
    let total: Int64
    let since: Instant?
    let because: Int64?
    var values: [Value] { [.integer(total)] }
  }
  static let name = "sums"
  static let shape = 1
  static let title = Name("Sums", "合计")
  static let key = Key.account
  static let families: [any Family.Type] = [Deal.self]
  static let initial = Facts()

  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Deal.self) else { return }
    switch type {
    case .made: facts.total += event.number(Deal.Fact.amount) ?? 0
    }
  }

  static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some Trace
  ) -> Line? { facts.total == 0 ? nil : Line(total: facts.total, since: nil, because: nil) }
}

private let lines = [
  #"{"data":{"client":"4","yuan":12},"id":"d-1","occurredAt":"2024-01-05T00:00:00Z","recordedAt":"2024-01-05T00:00:01Z","seq":0,"subject":"order:A","type":"deal.made","v":1}"#,
  #"{"data":{"amountMinor":34,"customer":"4"},"id":"d-2","occurredAt":"2025-01-05T00:00:00Z","recordedAt":"2025-01-05T00:00:01Z","seq":1,"subject":"order:B","type":"deal.made","v":2}"#,
  #"{"data":{"amountMinor":5,"cur":"USD","customer":"7"},"id":"d-3","occurredAt":"2026-01-05T00:00:00Z","recordedAt":"2026-01-05T00:00:01Z","seq":2,"subject":"order:C","type":"deal.made","v":3}"#,
]

private struct Lines: LineSource {
  var size: Int64 { Int64(lines.count) }
  var name: String { "lines" }
  var identity: UInt64 { 7 }

  func forEachLine(in range: Range<Int64>, _ body: (Int64, Span<UInt8>) throws -> Void) throws {
    for seq in range { try give(seq, body) }
  }
  func forEachLine(at positions: [Int64], _ body: (Int64, Span<UInt8>) throws -> Void) throws {
    for seq in positions { try give(seq, body) }
  }
  private func give(_ seq: Int64, _ body: (Int64, Span<UInt8>) throws -> Void) throws {
    let line = Array(lines[Int(seq)].utf8)
    try body(seq, line.span)
  }
}

private func snapshot() -> Snapshot {
  Snapshot(catalogue: catalogue, projections: [AnyProjection(Sums.self)], source: Lines()) { _, progress in
    try FactsStore.load(
      directory: "/nonexistent", plans: LinePlans(catalogue), source: Lines(), save: false, progress: progress)
  }
}

@Suite struct `Lines of an older version` {
  @Test func `are read in the newest shape, and stay as they were written`() throws {
    var found: [(Int, JSONObject)] = []
    try snapshot().history(of: "customer:4") { stored in
      found.append((stored.event.version, stored.event.data))
      #expect(stored.line == Array(lines[Int(stored.seq)].utf8))
    }
    #expect(found.map(\.0) == [3, 3])
    #expect(found.map(\.1) == [
      ["customer": "4", "amountMinor": 1200, "cur": "CNY"], ["customer": "4", "amountMinor": 34, "cur": "CNY"],
    ])
  }

  @Test func `belong to the account that they name, in whatever shape`() throws {
    let row = try #require(try snapshot().row(of: "sums", subject: "customer:4"))
    #expect(row.values == [.integer(1234)])
    let run = FoldRun(
      [AnyProjection(Sums.self)], over: try snapshot().facts(), FoldScope(before: 3), workers: 2, progress: { _, _ in })
    var totals: [Value] = []
    for part in run.results[0].parts {
      let judge = run.results[0].projection.each.judge(part, by: RuleVersion(0, why: Name("", ""), [:]), asOf: .distantFuture)
      totals += part.keys.compactMap { judge($0)?.values[0] }
    }
    #expect(Set(totals) == [.integer(1234), .integer(5)])
  }

  @Test(arguments: ["d-1", "d-2", "d-3"]) func `are found by their id`(id: String) throws {
    #expect(try snapshot().event(withID: id)?.id == id)
  }

  @Test(arguments: [
    (#"{"data":{"client":"4"},"occurredAt":"2024-01-05","subject":"order:A","type":"deal.made","v":1}"#, "E-EVENT-MISSING"),
    (#"{"data":{},"occurredAt":"2024-01-05","subject":"order:A","type":"deal.made","v":4}"#, "E-EVENT-VERSION"),
    (#"{"data":{"client":"4","yuan":1},"occurredAt":"2024-01-05","subject":"order:A","type":"deal.made"}"#, "E-EVENT-MISSING"),
  ]) func `are refused where no version fits`(line: String, code: String) {
    let error = #expect(throws: EventError.self) { try Event(reading: Array(line.utf8).span, by: catalogue) }
    #expect(error?.code == code)
  }
}

/// One line of every type and version that was ever declared goes into a log and comes out of it.
@Suite struct `Every type` {
  @Test func `is appended, found by account and by id, and read back`() throws {
    let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "EventsTests/Golden")
    let files = try FileManager.default.contentsOfDirectory(atPath: golden.path).filter { $0.hasSuffix(".json") }.sorted()
    let events = try files.map { file in
      let line = try Data(contentsOf: golden.appending(path: file))
      var event = try Event(reading: Array(line.dropLast()).span, by: .keshi)
      (event.seq, event.recordedAt) = (nil, nil)
      return event
    }
    // A correction must fit the event that it corrects; a lost event is told by readers and never recorded.
    .filter { !["event.corrected", "log.lost"].contains($0.type) }
    #expect(Set(events.map(\.type)).count == Vocabulary.Catalogue.keshi.entries.count - 2)
    let folder = TemporaryFolder()
    var random = SystemRandomNumberGenerator()
    try Store.create(at: folder.path, origin: "test.example/log", clock: FixedClock(), random: &random)
    let store = try Store.open(at: folder.path, .write, catalogue: .keshi, projections: [], clock: FixedClock())
    #expect(try store.append(events).count == events.count)
    let snapshot = try store.snapshot()
    for event in events {
      let found = try snapshot.events(ofType: event.type)
      #expect(found.map(\.data).contains(event.data), "\(event.type)")
      #expect(try snapshot.events(about: event.subject).contains { $0.type == event.type })
      if let id = event.id { #expect(try snapshot.event(withID: id)?.type == event.type) }
    }
    try store.close()
  }
}
