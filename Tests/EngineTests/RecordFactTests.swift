import Events
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

@testable import Engine
@testable import Facts

private let plans = LinePlans(.keshi)

private func activated(_ id: String, _ obligations: [JSON], kind: String = "supply") -> Event {
  Event(
    Contract.activated, subject("contract:" + id), at: at("2026-01-01"),
    ["customer": "1", "obligations": .array(obligations), "kind": .string(kind)])
}

private func obligation(_ id: String, due: String? = nil, amount: Int64? = nil) -> JSON {
  var record: JSONObject = ["id": .string(id), "what": "deliver"]
  if let due { record["dueOn"] = .string(due) }
  if let amount { record["amountMinor"] = .int(amount) }
  return .object(record)
}

private func load(_ events: [Event]) throws -> FactsStore {
  try FactsStore.load(directory: "/nowhere", plans: plans, source: MemorySource(events), stretch: 4, save: false)
}

/// One record as a fold is shown it: the facts that it has.
private struct Shown: Hashable {
  var id: String?
  var due: Day?
  var amount: Int64?
}

/// What folds are shown of a list of obligations, by position.
private final class Witness: @unchecked Sendable {  // used by the one thread of its test
  var records: [Int64: [Shown]] = [:]
  var counts: [Int64: Int] = [:]
  var kinds: [Int64: Int64] = [:]
  var subjects: [Int64: OwnSubject] = [:]
}

private enum Watching: Gathering {
  struct Facts: BitwiseCopyable, Sendable {}
  @TaskLocal static var witness = Witness()
  @TaskLocal static var names: any Names = NoNames()
  static let key = Key.account
  static let families: [any Family.Type] = [Contract.self, Approval.self]
  static let initial = Facts()
  static let readsSubjects = true
  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    let (witness, names, seq) = (witness, names, event.seq)
    witness.subjects[seq] = event.subject
    witness.counts[seq] = event.count(Contract.Fact.obligations)
    witness.kinds[seq] = event.number(Contract.Fact.kind)
    guard event.type == TypeCode(Contract.activated) else { return }
    event.forEachRecord(Contract.Fact.obligations) { record in
      witness.records[seq, default: []].append(
        Shown(
          id: record.number(Contract.Fact.obligation).flatMap { names.text($0) }, due: record.day(Contract.Fact.dueOn),
          amount: record.number(Contract.Fact.amount)))
    }
  }
}

/// Folds stretch by stretch, and line by line: both must show the same.
private func watch(_ events: [Event]) throws -> Witness {
  let (source, store) = (MemorySource(events), try load(events))
  let (whole, alone) = (Witness(), Witness())
  var batch = Batch()
  for stretch in store.stretches {
    stretch.unpack(into: &batch, partition: .whole, before: .max, subjects: store.table)
    let fold = Fold<Watching>(.whole, kind: nil)
    fold.reserve(store.table.accountCount)
    Watching.$names.withValue(store.names) { Watching.$witness.withValue(whole) { fold.fold(batch, until: .distantFuture) } }
  }
  for seq in 0..<source.size {
    let line = source.lines[Int(seq)]
    let held = try plans.held(line.span, seq: seq, store.names.numbering(at: seq))
    let fold = Fold<Watching>(.whole, kind: nil)
    Watching.$names.withValue(store.names) {
      Watching.$witness.withValue(alone) { held.withRecorded { fold.fold($0) } }
    }
  }
  #expect(whole.records == alone.records && whole.counts == alone.counts && whole.kinds == alone.kinds)
  #expect(whole.subjects == alone.subjects)
  return whole
}

@Suite struct `Records of a list as facts` {
  @Test func `each has its own facts, and what it leaves out stays out`() throws {
    let seen = try watch([
      activated(
        "A",
        [
          obligation("pay", due: "2026-02-01", amount: 500), obligation("deliver"), obligation("train", amount: 7),
          obligation("验收", due: "2026-03-01"),
        ], kind: "service"),
      activated("B", []), activated("C", [obligation("pay", due: "2026-04-01")]),
    ])
    #expect(
      seen.records[0] == [
        Shown(id: "pay", due: Day("2026-02-01"), amount: 500), Shown(id: "deliver"), Shown(id: "train", amount: 7),
        Shown(id: "验收", due: Day("2026-03-01")),
      ])
    #expect(seen.records[1] == nil && seen.counts == [0: 4, 1: 0, 2: 1])
    #expect(seen.records[2] == [Shown(id: "pay", due: Day("2026-04-01"))])
    #expect(seen.kinds[0] != seen.kinds[1] && seen.kinds[1] == seen.kinds[2], "a field outside the records")
  }

  @Test(arguments: [Field.recordsPerList - 1, Field.recordsPerList, Field.recordsPerList + 1])
  func `up to the limit of a list, and the length alone beyond`(count: Int) throws {
    let seen = try watch([activated("A", (0..<count).map { obligation("o\($0)", amount: Int64($0)) })])
    #expect(seen.counts[0] == count)
    #expect(seen.records[0]?.map(\.amount) == (count <= Field.recordsPerList ? (0..<count).map { Int64($0) } : nil))
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func `whatever is left out where`(seed: UInt64) throws {
    var dice = Dice(seed)
    var events: [Event] = []
    var expected: [Int64: [Shown]] = [:]
    for number in 0..<40 {
      var records: [JSON] = []
      for place in 0..<Int.random(in: 0...5, using: &dice) {
        let due = Bool.random(using: &dice) ? "2026-0\(Int.random(in: 1...9, using: &dice))-15" : nil
        let amount = Bool.random(using: &dice) ? Int64.random(in: -9...9_000_000, using: &dice) : nil
        records.append(obligation("o\(place)", due: due, amount: amount))
        expected[Int64(number), default: []].append(Shown(id: "o\(place)", due: due.flatMap { Day($0) }, amount: amount))
      }
      events.append(activated("K\(number)", records))
    }
    #expect(try watch(events).records == expected, "seed \(seed)")
  }

  @Test func `a list without facts inside is counted`() throws {
    let change: JSON = ["key": "price", "after": "9"]
    let event = Event(
      Contract.revised, subject("contract:A"), at: at("2026-01-01"),
      ["purpose": "draft", "clauseChanges": .array(Array(repeating: change, count: 40))])
    let line = MemorySource([event]).lines[0]
    let held = try plans.held(line.span, seq: 0, Unnumbered())
    #expect(held.withRecorded { $0.count(Contract.Fact.clauseChanges) } == 40)
  }
}

@Suite struct `What an event is about, and where it belongs` {
  private func requested(_ id: String, about: String, customer: String? = nil) -> Event {
    var data: JSONObject = ["about": .string(about), "eventType": "contract.amended"]
    if let customer { data["customer"] = .string(customer) }
    return Event(Approval.requested, subject("approval:" + id), at: at("2026-01-02"), data)
  }
  private func decided(_ id: String) -> Event {
    Event(Approval.decided, subject("approval:" + id), at: at("2026-01-03"), ["verdict": "approve"])
  }
  private func drafted(_ id: String, customer: String) -> Event {
    Event(Contract.drafted, subject("contract:" + id), at: at("2026-01-01"), ["customer": .string(customer)])
  }

  private func holder(_ store: FactsStore, _ name: String) throws -> String {
    let table = store.lookupTable
    return table.name(of: table.holder(of: Int(table.entry(try #require(table.find(name))).account)))
  }

  @Test(arguments: [0, 3]) func `an approval belongs to the customer of what it is about`(between: Int) throws {
    // With three others between them, the contract is known from an earlier stretch.
    let others = (0..<between).map { drafted("X\($0)", customer: "9") }
    let store = try load([drafted("A", customer: "1")] + others + [requested("p", about: "contract:A"), decided("p")])
    #expect(try holder(store, "approval:p") == "customer:1")
  }

  @Test func `a customer that it names comes first`() throws {
    let store = try load([drafted("A", customer: "1"), requested("p", about: "contract:A", customer: "2")])
    #expect(try holder(store, "approval:p") == "customer:2")
  }

  @Test func `what the log does not know yet leads nowhere`() throws {
    let store = try load([requested("p", about: "contract:A"), drafted("A", customer: "1")])
    #expect(try holder(store, "approval:p") == "approval:p")
  }

  @Test func `through a thing that is its own account`() throws {
    let joined = Event(
      People.positionChanged, subject("employee:E7"), at: at("2026-01-01"), ["kind": "promotion", "to": "manager"])
    let store = try load([joined, requested("p", about: "employee:E7"), requested("q", about: "approval:p")])
    #expect(try holder(store, "approval:p") == "employee:E7" && holder(store, "approval:q") == "employee:E7")
  }

  @Test func `a subject as a fact is what the event about it says of itself`() throws {
    let events = [drafted("A", customer: "1"), requested("p", about: "contract:A"), requested("q", about: "contract:none")]
    let seen = try watch(events)
    let store = try load(events)
    #expect(seen.subjects[0].flatMap { store.names.name(of: $0) } == "contract:A")
    let about = try (1...2).map { seq in
      let line = MemorySource(events).lines[seq]
      return try plans.held(line.span, seq: Int64(seq), store.names.numbering(at: Int64(seq)))
        .withRecorded { $0.subject(Approval.Fact.about) }
    }
    #expect(about[0] == seen.subjects[0] && about[1] == nil)
  }

  @Test func `the role is a fact where it is asked for`() throws {
    var event = decided("p")
    event.about.role = "LG"
    event.about.actor = "Li Na"
    var bare = event
    bare.about.role = nil
    let store = try load([event, bare])
    func role(_ event: Event) throws -> String? {
      let line = MemorySource([event]).lines[0]
      return try plans.held(line.span, seq: 0, store.names.numbering(at: 0))
        .withRecorded { recorded in recorded.role.flatMap { store.names.text($0) } }
    }
    #expect(try role(event) == "LG" && role(bare) == nil)
    let folded = store.stretches[0].layouts.map { $0.slots.contains { $0.tag == EnvelopeFact.role.rawValue } }
    #expect(folded.sorted { $0 && !$1 } == [true, false])
  }
}
