import Events
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

@testable import Engine
@testable import Facts

private let plans = LinePlans(.keshi)

private func owner(_ customer: String, _ to: String, on day: String) -> Event {
  Event(Owner.changed, subject("customer:" + customer), at: at(day), ["role": "owner", "to": .string(to), "cause": "assign"])
}

private func payment(_ customer: String, _ invoices: [String], on day: String) -> Event {
  Event(
    Payment.received, subject("customer:" + customer), at: at(day),
    ["amountMinor": 100, "cur": "CNY", "invoices": .array(invoices.map { .string($0) })])
}

private func invoice(_ id: String, of customer: String, on day: String) -> Event {
  Event(
    Order.invoiced, subject("invoice:" + id), at: at(day),
    ["customer": .string(customer), "netMinor": 100, "cur": "CNY", "dueOn": "2026-02-01"])
}

/// Facts in stretches of four, so that what one line names may come in a later stretch.
private func load(_ events: [Event]) throws -> FactsStore {
  try FactsStore.load(directory: "/nowhere", plans: plans, source: MemorySource(events), stretch: 4, save: false)
}

/// The facts of one row of a stretch, as a fold is shown them.
private func slots(_ store: FactsStore, at seq: Int64, _ fact: some RawRepresentable<UInt8>) -> [Int64] {
  var batch = Batch()
  let stretch = store.stretches[Int(seq / 4)]
  stretch.unpack(into: &batch, partition: .whole, before: .max, subjects: store.table)
  let probe = Probe(fact: fact.rawValue)
  let fold = Fold<ProbeFold>(.whole, kind: nil)
  fold.reserve(store.table.accountCount)
  ProbeFold.$probe.withValue(probe) { fold.fold(batch, until: .distantFuture) }
  return probe.found[stretch.first + seq % 4] ?? []
}

/// Notes what the loop over a stretch shows of one fact.
private final class Probe: @unchecked Sendable {  // used by the one thread of its test
  let fact: UInt8
  var found: [Int64: [Int64]] = [:]
  init(fact: UInt8) { self.fact = fact }
}

private enum ProbeFold: Gathering {
  struct Tag: RawRepresentable { let rawValue: UInt8 }
  struct Facts: BitwiseCopyable, Sendable {}
  @TaskLocal static var probe = Probe(fact: 0)
  static let key = Key.account
  static let families: [any Family.Type] = [Owner.self, Payment.self, Order.self]
  static let initial = Facts()
  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    let probe = probe
    let seq = event.seq
    event.forEach(Tag(rawValue: probe.fact)) { probe.found[seq, default: []].append($0) }
  }
}

@Suite struct `Names as facts` {
  @Test func `the same text has the same number, in whatever stretch`() throws {
    let store = try load([
      owner("1", "Li Na", on: "2026-01-01"), owner("2", "周敏", on: "2026-01-02"), owner("3", "Li Na", on: "2026-01-03"),
      owner("1", "Anna \"A\"", on: "2026-01-04"), owner("4", "Li Na", on: "2026-01-05"), owner("5", "周敏", on: "2026-01-06"),
    ])
    let numbers = (0..<6).map { slots(store, at: $0, Owner.Fact.to).first ?? -9 }
    #expect(numbers[0] == numbers[2] && numbers[0] == numbers[4] && numbers[1] == numbers[5])
    #expect(Set(numbers).count == 3)
    #expect(numbers.map { store.names.text($0) } == ["Li Na", "周敏", "Li Na", "Anna \"A\"", "Li Na", "周敏"])
    #expect(store.names.number("周敏") == numbers[1])
    #expect(store.names.number("nobody") == nil && store.names.text(3) == nil && store.names.text(-1) == nil)
  }

  @Test func `a reference is its subject's number, or none where the log did not know it by then`() throws {
    let store = try load([
      invoice("A", of: "1", on: "2026-01-01"), invoice("B", of: "2", on: "2026-01-01"),
      payment("1", ["A"], on: "2026-01-05"), payment("2", ["C"], on: "2026-01-05"),  // C comes in a later stretch
      payment("2", ["B", "D"], on: "2026-01-06"), invoice("D", of: "2", on: "2026-01-01"),  // D in this one, behind it
      invoice("C", of: "2", on: "2026-01-07"), payment("2", [], on: "2026-01-08"),
      payment("2", ["C"], on: "2026-01-09"),
    ])
    func ids(_ seq: Int64) -> [String?] {
      slots(store, at: seq, Payment.Fact.invoices).map { store.names.id(.invoice, $0) }
    }
    #expect(ids(2) == ["A"] && ids(3) == [nil] && ids(4) == ["B", "D"] && ids(7) == [] && ids(8) == ["C"])
    #expect(slots(store, at: 3, Payment.Fact.invoices) == [-1])
  }

  @Test(arguments: [Field.factsPerList - 1, Field.factsPerList, Field.factsPerList + 1])
  func `a list up to its limit`(_ count: Int) throws {
    let ids = (0..<count).map { "I\($0)" }
    let store = try load(ids.map { invoice($0, of: "1", on: "2026-01-01") } + [payment("1", ids, on: "2026-01-05")])
    let found = slots(store, at: Int64(count), Payment.Fact.invoices).map { store.names.id(.invoice, $0) }
    #expect(found == (count <= Field.factsPerList ? ids : []))
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `a line by itself gives the numbers that its stretch gave`(seed: UInt64) throws {
    var dice = Dice(seed)
    let events = (0..<60).map { number in
      let customer = "\(Int.random(in: 0..<5, using: &dice))"
      let ids = (0..<Int.random(in: 0..<4, using: &dice)).map { _ in "I\(Int.random(in: 0..<30, using: &dice))" }
      switch Int.random(in: 0..<3, using: &dice) {
      case 0: return owner(customer, "E\(Int.random(in: 0..<9, using: &dice))", on: "2026-01-01")
      case 1: return payment(customer, ids, on: "2026-01-05")
      default: return invoice("I\(number)", of: customer, on: "2026-01-01")
      }
    }
    let source = MemorySource(events)
    let store = try load(events)
    for seq in 0..<source.size {
      let line = source.lines[Int(seq)]
      let held = try plans.held(line.span, seq: seq, store.names.numbering(at: seq))
      for fact in [Owner.Fact.to.rawValue, Payment.Fact.invoices.rawValue, Order.Fact.net.rawValue] {
        let own = held.slots.filter { $0.tag == fact }.map(\.base)
        #expect(own == slots(store, at: seq, ProbeFold.Tag(rawValue: fact)), "seed \(seed), event \(seq), fact \(fact)")
      }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func `an event shows what it is about as references to it show it`(seed: UInt64) throws {
    var dice = Dice(seed)
    let events = (0..<30).map { number in
      let customer = "\(Int.random(in: 0..<5, using: &dice))"
      return Bool.random(using: &dice)
        ? invoice("I\(number)", of: customer, on: "2026-01-01") : owner(customer, "E", on: "2026-01-01")
    }
    let source = MemorySource(events)
    let store = try load(events)
    for (place, event) in events.enumerated() {
      let expected = event.subject.kind == "invoice" ? event.subject.id : nil
      let line = source.lines[place]
      let held = try plans.held(line.span, seq: Int64(place), store.names.numbering(at: Int64(place)))
      let alone = held.withRecorded { $0.thing }
      let folded = slots(store, at: Int64(place), EnvelopeFact.thing).first
      #expect(alone == folded, "seed \(seed), event \(place)")
      #expect(folded.flatMap { store.names.id(.invoice, $0) } == expected, "seed \(seed), event \(place)")
    }
  }

  @Test func `are read from a file as they were derived`() throws {
    var table = SubjectTable(accountKind: .customer)
    table.prepareLookup()
    var deriver = SegmentDeriver(first: 0, plans: plans, table: table)
    let source = MemorySource([owner("1", "Li Na", on: "2026-01-01"), owner("2", "李娜", on: "2026-01-02")])
    try source.forEachLine(in: 0..<2) { _, line in try deriver.add(line) }
    let bytes = deriver.finish(into: &table).encoded(fingerprint: 1)
    table = SubjectTable(accountKind: .customer)
    let read = try #require(try SegmentFacts(decoding: bytes, fingerprint: 1, table: table, file: "f"))
    #expect(read.applyIfItFits(to: &table))
    #expect(table.wordCount == 2 && table.text(ofWord: 0) == "Li Na" && table.text(ofWord: 1) == "李娜")
  }
}
