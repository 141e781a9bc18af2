import Events
import Facts
import Log
import LogTestSupport
import Vocabulary
import Wire

@testable import Engine
@testable import Vault

/// A log with its keys on one disk in memory, and what a store does with them.
final class Workplace {
  let disk: FakeDisk
  let log: LogDirectory
  let sealing: Sealing
  let clock = TestClock()

  /// Opens what is on the disk.
  init(on disk: FakeDisk, chance: Chance = .system) throws {
    self.disk = disk
    log = try LogDirectory.open(on: disk, clock: clock, options: .byHand)
    let id = log.manifest.id.hex
    sealing = Sealing(log: id, keys: KeyFile(on: disk, log: id, chance: chance, clock: clock), chance: chance)
  }

  /// A log of 256 leaves a segment, with people in a sealed segment and behind it.
  static func filled() throws -> FakeDisk {
    let disk = FakeDisk()
    try LogDirectory.createForTest(on: disk)
    let place = try Workplace(on: disk)
    for start in stride(from: 0, to: 300, by: 50) { try place.append((start..<start + 50).map { contact($0) }) }
    try place.log.writer?.seal()
    try place.log.close()
    return disk
  }

  /// A contact of one of three customers; every tenth event has nothing personal.
  static func contact(_ number: Int) -> Event {
    let customer = Subject("customer:\(number % 3)") ?? Subject(kind: "customer", id: "x")!
    let time = Instant(microseconds: 1_700_000_000_000_000)
    guard number % 10 != 9 else {
      return Event(Customer.statusChanged, customer, at: time, ["to": "active"]).because("test")
    }
    return Event(
      Customer.contactAdded, customer, at: time,
      [
        "contact": .string("K\(number)"), "name": .string(name(number)), "channels": .array([.string(reach(number))]),
      ], id: "c\(number)")
  }

  static func name(_ number: Int) -> String { "Erasmus-Nr\(number)-of-\(number % 3)" }
  static func reach(_ number: Int) -> String { "+86-555-\(1_000_000 + number)-\(number % 3)" }

  @discardableResult func append(_ events: [Event]) throws -> [Receipt] {
    try log.append(try sealing.seal(events, by: .keshi).map { sealed in
      let parts = sealed.event.lineParts
      return Draft(
        id: sealed.event.id, subject: sealed.event.subject.description, head: parts.head, middle: parts.middle,
        tail: parts.tail, vault: sealed.record)
    })
  }

  /// What the log says of erasures.
  func book() throws -> PrivacyBook {
    var book = PrivacyBook()
    try forEachEvent { book.add($1, seq: Int64($0)) }
    return book
  }

  func forEachEvent(_ body: (UInt64, Event) throws -> Void) throws {
    try log.forEachBlock(from: 0) { block in
      for place in 0..<block.count {
        let line = Array(block.line(place))
        if !line.span.isRedaction { try body(block.first + UInt64(place), try Event(reading: line.span, by: .keshi)) }
      }
    }
  }

  /// Every personal value that can be opened, by event and field.
  func values() throws -> [String: JSON] {
    var values: [String: JSON] = [:]
    try forEachEvent { seq, event in
      guard let bytes = try log.reader.vaultRecord(at: seq), let record = PersonalRecord(bytes) else { return }
      for member in try sealing.open(record, sealed: event.sealed).values.members { values["\(seq).\(member.name)"] = member.value }
    }
    return values
  }

  var eraser: Eraser {
    Eraser(log: log, sealing: sealing, clock: clock) { try self.append($0) }
  }

  func task(_ subject: String) -> Eraser.Task {
    var about = Circumstances()
    about.reason = "test"
    return Eraser.Task(subject: subject, account: subject, owners: [subject], about: about)
  }

  /// Whether any file holds these bytes.
  static func holds(_ bytes: [UInt8], _ disk: FakeDisk) -> Bool {
    disk.paths.contains { path in disk.bytes(path).map { $0.contains(bytes) } ?? false }
  }
}

extension Event {
  func because(_ reason: String) -> Event {
    var event = self
    event.about.reason = reason
    return event
  }
}

extension [UInt8] {
  /// Whether `part` occurs in these bytes.
  func contains(_ part: [UInt8]) -> Bool {
    guard let first = part.first, count >= part.count else { return false }
    return withUnsafeBufferPointer { bytes in
      (0...bytes.count - part.count).contains { start in
        bytes[start] == first && (1..<part.count).allSatisfy { bytes[start + $0] == part[$0] }
      }
    }
  }
}

extension Workplace {
  /// What a verifier finds between lines, vault and keys.
  func problems(withKeys: Bool = true) throws -> [VaultProblem] {
    let snapshot = Snapshot(
      catalogue: .keshi, projections: [], source: LogSource(log.reader), sealing: withKeys ? sealing : nil
    ) { _, _ in throw EngineError.derivedFile(path: "", what: "a verifier believes no derived file") }
    var check = VaultCheck(snapshot, log.reader, withKeys ? sealing : nil)
    return try check.run().problems
  }
}

extension Eraser.Outcome {
  /// What was given out, if something was erased.
  var certificate: Certificate? { if case .done(let certificate) = self { certificate } else { nil } }
  /// The earlier erasure, if nothing was erased.
  var earlier: Int64?? { if case .nothing(let earlier) = self { .some(earlier) } else { nil } }
}
