import Events
import Projection
import Testing
import Vocabulary
import Wire

@testable import Engine
@testable import Facts

// Decimal fractions, records by themselves and the account's own number as facts.

private let plans = LinePlans(.keshi)

/// What folds were shown: of each event the figures under a fact, and what a lead became.
private final class Seen: @unchecked Sendable {  // used by the one thread of its test
  var figures: [Int64: [[Int64?]]] = [:]
  var customers: [Int64: Int64?] = [:]
}

private enum Watching: Gathering {
  struct Facts: BitwiseCopyable, Sendable {}
  @TaskLocal static var seen = Seen()
  @TaskLocal static var names: any Names = NoNames()
  static let key = Key.account
  static let families: [any Family.Type] = [Process.self, Lead.self]
  static let initial = Facts()
  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    let (seen, seq) = (seen, event.seq)
    for fact in [Process.Fact.baseline, .expected, .actual] where event.type.family == Process.code {
      event.forEachRecord(fact) { record in
        seen.figures[seq, default: []].append(
          [Int64(fact.rawValue), record.number(Process.Fact.value), record.number(Process.Fact.unit) == nil ? 0 : 1])
      }
    }
    if event.type == TypeCode(Lead.converted) { seen.customers[seq] = event.reference(Lead.Fact.customer) }
  }
}

/// Folds stretch by stretch, and line by line: both must show the same.
private func watch(_ events: [Event]) throws -> (Seen, LogNames) {
  let source = MemorySource(events)
  let store = try FactsStore.load(directory: "/nowhere", plans: plans, source: source, stretch: 4, save: false)
  let (whole, alone) = (Seen(), Seen())
  var batch = Batch()
  for stretch in store.stretches {
    stretch.unpack(into: &batch, partition: .whole, before: .max, subjects: store.table)
    let fold = Fold<Watching>(.whole, kind: nil)
    fold.reserve(store.table.accountCount)
    Watching.$seen.withValue(whole) { fold.fold(batch, until: .distantFuture) }
  }
  for seq in 0..<source.size {
    let line = source.lines[Int(seq)]
    let held = try plans.held(line.span, seq: seq, store.names.numbering(at: seq))
    let fold = Fold<Watching>(.whole, kind: nil)
    Watching.$seen.withValue(alone) { held.withRecorded { fold.fold($0) } }
  }
  #expect(whole.figures == alone.figures && whole.customers == alone.customers)
  return (whole, store.names)
}

private func proposed(_ id: String, baseline: String?, expected: String?, unit: String? = nil) -> Event {
  func figure(_ value: String) -> JSON {
    var figure: JSONObject = ["metric": "days", "value": .string(value)]
    if let unit { figure["unit"] = .string(unit) }
    return .object(figure)
  }
  var data: JSONObject = ["kind": "corrective", "problem": "p"]
  if let baseline { data["baseline"] = figure(baseline) }
  if let expected { data["expected"] = figure(expected) }
  return Event(Process.improvementProposed, subject("improvement:" + id), at: at("2026-01-01"), data)
}

@Suite struct `Figures as facts` {
  @Test func `a record by itself is a list of one, and two of them are told apart`() throws {
    let (seen, _) = try watch([
      proposed("1", baseline: "12.5", expected: "8"), proposed("2", baseline: nil, expected: "-0.25", unit: "d"), proposed("3", baseline: nil, expected: nil),
    ])
    let (before, hoped) = (Int64(Process.Fact.baseline.rawValue), Int64(Process.Fact.expected.rawValue))
    #expect(seen.figures == [0: [[before, 12_500_000, 0], [hoped, 8_000_000, 0]], 1: [[hoped, -250_000, 1]]])
  }

  @Test(arguments: [
    ("0", 0), ("-0", 0), ("1.5", 1_500_000), ("0.000001", 1), ("0.0000019", 1), ("-0.0000019", -1), ("9000000000", 9_000_000_000_000_000),
    ("9000000000.000001", nil), ("-9000000000", -9_000_000_000_000_000), ("99999999999999999999999999999999999999", nil),
  ] as [(String, Int64?)]) func `a decimal is read in millionths, and none beyond what a fact holds`(text: String, millionths: Int64?) throws {
    let (seen, _) = try watch([proposed("1", baseline: text, expected: nil)])
    #expect(seen.figures[0]?.first?[1] == millionths && seen.figures[0]?.count == 1)
    #expect(FactEncoder.number(ofDecimal: Array(text.utf8).span) == millionths)
  }

  @Test(arguments: ["", "-", "1.2.3", "1e5", "+1", " 1", "1 "]) func `what is no decimal has no number`(text: String) {
    #expect(FactEncoder.number(ofDecimal: Array(text.utf8).span) == nil)
  }

  @Test func `the customer whom an event names is an account, and a fact where it is declared so`() throws {
    let (seen, names) = try watch([
      Event(Customer.registered, subject("customer:7"), at: at("2026-01-01"), ["name": "n"]),
      Event(Customer.registered, subject("customer:8"), at: at("2026-01-01"), ["name": "n"]),
      Event(Lead.created, subject("lead:L"), at: at("2026-01-01"), ["source": "web"]),
      Event(Lead.converted, subject("lead:L"), at: at("2026-01-02"), ["customer": "8"]),
    ])
    #expect(seen.customers[3].flatMap { $0 }.flatMap { names.id(.customer, $0) } == "8")
  }
}
