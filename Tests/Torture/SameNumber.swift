import Events
import Log
import LogTestSupport
import Synchronization
import Vault
import Vocabulary
import Wire

/// After a crash the next event gets the number of one that was lost, under the same key. Were a nonce made of the number,
/// two values would be encrypted by one pair: so, however often the machine stops there, no pair may come twice.
enum SameNumber {
  /// Crashes of one case: with a thousand cases it is a million.
  private static let cycles = 1_000

  static let campaign = Campaign("same number after a crash, 1,000 times") { seed in
    let base = try base.get()
    for cycle in 0..<cycles {
      let disk = base.disk.afterCrash(seed: seed)
      let log = try LogDirectory.open(on: disk, clock: TestClock(), options: manual)
      guard log.head.size == base.size else { throw Broken(what: "the log has \(log.head.size) events") }
      let drafts = try drafts(of: "Li \(cycle)", for: log, on: disk)
      disk.set(.crash(at: 1 + cycle % 3))
      _ = try? log.append(drafts)
      for draft in drafts { try seen.withLock { try $0.add(draft.vault) } }
    }
    return "no pair twice"
  }

  private struct Broken: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
  }

  /// All pairs of this run.
  private static let seen = Mutex(Pairs())

  private struct Pairs {
    private var known: Set<[UInt8]> = []

    mutating func add(_ record: [UInt8]) throws {
      guard let pairs = PersonalRecord(record)?.nonces, !pairs.isEmpty else { throw Broken(what: "nothing was sealed") }
      for pair in pairs where !known.insert(pair).inserted { throw Broken(what: "key and nonce \(pair) came twice") }
    }
  }

  private static var manual: LogOptions {
    var options = LogOptions()
    options.housekeeping = .manual
    return options
  }

  /// A log with one sealed event, and its keys, both on one disk.
  private static let base = Result { () throws -> (disk: FakeDisk, size: UInt64) in
    let disk = FakeDisk()
    try LogDirectory.createForTest(on: disk)
    let log = try LogDirectory.open(on: disk, clock: TestClock(), options: manual)
    _ = try log.append(try drafts(of: "Li", for: log, on: disk))
    let size = log.head.size
    try log.close()
    return (disk, size)
  }

  private static func drafts(of name: String, for log: LogDirectory, on disk: FakeDisk) throws -> [Draft] {
    guard let customer = Subject("customer:4") else { return [] }
    let id = log.manifest.id.hex
    let sealing = Sealing(log: id, keys: KeyFile(on: disk, log: id, chance: .system, clock: TestClock()), chance: .system)
    let event = Event(
      Customer.contactAdded, customer, at: Instant(microseconds: 1_700_000_000_000_000),
      ["contact": "K1", "name": .string(name), "channels": .array(["138"])])
    return try sealing.seal([event], by: .keshi).map { sealed in
      let parts = sealed.event.lineParts
      return Draft(
        id: sealed.event.id, subject: sealed.event.subject.description, line: parts.bytes[...], headCount: parts.headCount,
        middleCount: parts.middleCount, vault: sealed.record)
    }
  }
}
