import Events
import Foundation
import Log
import Synchronization
import Testing
import Vocabulary
import Wire

@testable import Engine

private let noon = FixedClock().now()

private func customer(_ name: String, id: String? = "c-1", _ subject: String = "customer:4", at time: Int64 = noon) throws -> Event {
  var event = Event(
    "customer.registered", try #require(Subject(subject)), at: Instant(microseconds: time), ["name": .string(name)], id: id)
  event.about.actor = "ann"
  return event
}

private func contact(_ name: String, id: String = "p-1") throws -> Event {
  var event = Event(
    "contact.added", try #require(Subject("customer:4")), at: Instant(microseconds: noon),
    ["name": .string(name), "channels": ["138"]], id: id)
  event.about.actor = "ann"
  return event
}

private func written(_ events: [Event]) throws -> [WrittenEvent] {
  var all = WrittenEvents()
  for event in events { all.append(event, type: try #require(Catalogue.keshi.place(named: event.type))) }
  return all.indices.map { all[$0] }
}

/// A data folder with or without sealing of personal values.
private struct Place {
  let folder = TemporaryFolder()
  var keys: String { folder.path + "/keys" }

  func create() throws -> Store {
    var random = SystemRandomNumberGenerator()
    try Store.create(at: folder.path, origin: "test.example/log", clock: FixedClock(), random: &random)
    return try open()
  }

  func open(keys: String? = nil) throws -> Store {
    try Store.open(
      at: folder.path, .write, catalogue: .keshi, projections: [], clock: FixedClock(), keys: KeyAccess(folder: keys ?? self.keys))
  }
}

@Suite struct `An id that is taken` {
  @Test func `is refused for another event, and nothing of its batch is written`() throws {
    let place = Place()
    let store = try place.create()
    _ = try store.append([try customer("Acme")])
    for wish in [try customer("Other"), try customer("Acme", "customer:5"), try contact("Li", id: "c-1")] {
      let before = store.head.size
      #expect { try store.append([try customer("New", id: "c-9", "customer:9"), wish]) } throws: { error in
        (error as? Refusal)?.code == "E-GUARD-ID-REUSED" && (error as? Refusal)?.causes.map(\.seq) == [0]
      }
      #expect(throws: Refusal.self) { try store.append(try written([wish])) }
      #expect(store.head.size == before)
    }
    // The id that the refused batch had claimed is free.
    #expect(try store.append([try customer("Third", id: "c-9", "customer:9")])[0].duplicate == false)
    try store.close()
  }

  @Test func `is refused twice in one batch unless both say the same`() throws {
    let place = Place()
    let store = try place.create()
    #expect(throws: Refusal.self) { try store.append([try customer("Acme"), try customer("Other")]) }
    #expect(store.head.size == 0)
    let receipts = try store.append([try contact("Li"), try customer("Acme"), try customer("Acme"), try contact("Li")])
    #expect(receipts.map(\.seq) == [0, 1, 1, 0] && receipts.map(\.duplicate) == [false, false, true, true])
    #expect(receipts[0].leaf == receipts[3].leaf && receipts[1].leaf == receipts[2].leaf)
    try store.close()
  }

  @Test func `repeats where only who and when differ; an import says when`() throws {
    let place = Place()
    let store = try place.create()
    _ = try store.append([try customer("Acme")])
    var again = try customer("Acme", at: noon - 86_400_000_000)
    again.about.actor = "bo"
    again.about.channel = "api"
    #expect(try store.append([again])[0].duplicate)
    #expect(throws: Refusal.self) { try store.append(try written([again])) }
    again.occurredAt = Instant(microseconds: noon)
    #expect(try store.append(try written([again]))[0].duplicate)
    try store.close()
  }

  /// Sealed values lie under a new salt each time: bytes cannot be compared.
  @Test func `repeats with the same personal value, and not with another`() throws {
    let place = Place()
    var store = try place.create()
    _ = try store.append([try contact("Li Na")])
    for _ in 0..<2 {
      #expect(try store.append([try contact("Li Na")])[0].duplicate)
      #expect(throws: Refusal.self) { try store.append([try contact("Wang")]) }
      #expect(throws: Refusal.self) { try store.perform(Command([try contact("Wang")]), guards: []) }
      try store.close()
      store = try place.open()
    }
    try store.close()
    // Whoever cannot open the old value cannot tell.
    let blind = try place.open(keys: place.folder.path + "/none")
    #expect(try blind.append([try contact("Wang")])[0].duplicate)
    try blind.close()
  }

  @Test func `is known in what is sealed, too`() throws {
    let folder = TemporaryFolder()
    var random = SystemRandomNumberGenerator()
    try LogDirectory.create(
      on: PosixDisk(root: folder.path + "/log"), origin: "test.example/log", clock: FixedClock(), random: &random, segmentLeaves: 256)
    let store = try Store.open(at: folder.path, .write, catalogue: .keshi, projections: [], clock: FixedClock())
    _ = try store.append((0..<700).map { try customer("N\($0)", id: "c-\($0)", "customer:\($0)") })
    try store.seal()
    for number in [0, 255, 256, 511, 512, 699] {
      #expect(try store.append([try customer("N\(number)", id: "c-\(number)", "customer:\(number)")])[0].duplicate)
      #expect(throws: Refusal.self) { try store.append([try customer("M", id: "c-\(number)", "customer:\(number)")]) }
    }
    try store.close()
  }

  /// Of those who race for an id one has it, and the others know.
  @Test func `goes to one of those who race for it`() throws {
    let place = Place()
    let store = try place.create()
    for round in 0..<200 {
      let won = Mutex<[Int]>([])
      Parallel.perform(4) { racer in
        do {
          let wish = try customer("N\(racer)", id: "c-\(round)", "customer:\(round)")
          if try store.append([wish])[0].duplicate == false { won.withLock { $0.append(racer) } }
        } catch is Refusal {
        } catch {
          won.withLock { $0.append(-1) }
        }
      }
      #expect(won.withLock { $0.count } == 1 && won.withLock { $0 } != [-1], "round \(round)")
    }
    #expect(store.head.size == 200)
    try store.close()
  }
}

@Suite struct `Events that come as lines` {
  /// In the line, personal values are commitments; the values lie elsewhere, under a bound of their own.
  @Test func `are as long as the line that is kept, not as the one that came`() throws {
    let place = Place()
    let store = try place.create()
    let change: JSON = ["field": "note", "after": .string(String(repeating: "n", count: 4_000))]
    var wordy = Event(
      "contact.updated", try #require(Subject("customer:4")), at: Instant(microseconds: noon),
      ["contact": "K1", "changes": .array(Array(repeating: change, count: 20))], id: "p-1")
    wordy.about.actor = "ann"
    #expect(wordy.lineParts.bytes.count > Log.Limit.lineBytes)
    #expect(try store.append(try written([try customer("Acme"), wordy, try customer("B", id: "c-2")])).map(\.seq) == [0, 1, 2])
    #expect(try store.append([wordy])[0].duplicate)

    let kept = try store.log.reader.line(at: 1).count
    #expect(kept < 1_000)
    try store.close()
  }

  @Test func `are named where they are refused, whichever way they are read`() throws {
    let place = Place()
    let store = try place.create()
    let late = try customer("Late", id: "c-3", at: noon + 1)
    var person = try contact("Late", id: "p-2")
    person.occurredAt = Instant(microseconds: noon + 1)
    for (wishes, number) in [([try contact("Li"), try customer("A"), late], 2), ([try customer("A"), try contact("Li"), person], 2)] {
      #expect { try store.append(try written(wishes)) } throws: { ($0 as? AppendError)?.event == number }
    }
    #expect(store.head.size == 0)
    try store.close()
  }
}
