import Facts
import Log
import Vault
import Vocabulary
import Wire

/// What is wrong between lines, vault and keys.
public struct VaultProblem: Hashable, Sendable {
  public enum Kind: String, Sendable {
    /// A line commits to a value that the vault does not hold, and no erasure explains it.
    case missing = "vault-missing"
    /// The vault holds something else than the line commits to.
    case altered = "vault-altered"
    /// The vault holds what an erasure took out: an older copy of it was put back.
    case revived = "vault-revived"
    /// The vault holds something for an event that commits to nothing.
    case stray = "vault-stray"
    /// A file or frame of the vault is not as it was written.
    case damaged = "vault-damaged"
    /// A key is here that an erasure destroyed.
    case keyRevived = "key-revived"
    /// A value is held whose key is not here, though keys are, and no erasure explains it.
    case keyMissing = "key-missing"
    /// A key was destroyed, and no event says so: an erasure stopped halfway, or an older log was put back.
    case unfinished = "erasure-unfinished"
    /// A line gave place to its hash without an approval in the log.
    case unapproved = "redaction-unapproved"
  }

  public let kind: Kind
  public let seq: Int64?
  public let what: String
}

/// Compares every line that commits to personal values with the vault, and the vault with the erasures in the log.
///
/// With keys every value is opened and compared with its commitment; without them (an auditor's place) that nothing is
/// missing, added or put back can be seen all the same.
public struct VaultCheck {
  let snapshot: Snapshot
  let reader: LogReader
  let sealing: Sealing?
  private var problems: [VaultProblem] = []
  /// Values that were opened and found to be what their lines commit to.
  private var opened = 0
  private var tombstones: Set<KeyID> = []
  private var book = PrivacyBook()
  private var hasKeys = false

  init(_ snapshot: Snapshot, _ reader: LogReader, _ sealing: Sealing?) {
    (self.snapshot, self.reader, self.sealing) = (snapshot, reader, sealing)
  }

  /// Reads all lines. Throws for the disk's failures only.
  mutating func run() throws -> (problems: [VaultProblem], opened: Int) {
    var waiting: [UInt64] = []
    var damages: [VaultProblem] = []
    try reader.forEachVaultRecord { waiting.append($0.seq) } damaged: { damage in
      damages.append(VaultProblem(kind: .damaged, seq: nil, what: damage.description))
    }
    problems += damages
    book = try readBook()
    try lookAtKeys()
    var (next, redactions): (Int, [Int64]) = (0, [])
    try snapshot.source.forEachLine(in: 0..<snapshot.size) { seq, line in
      while next < waiting.count, Int64(waiting[next]) < seq { next += 1 }
      var record: [UInt8]?
      if next < waiting.count, Int64(waiting[next]) == seq { record = try reader.vaultRecord(at: UInt64(seq)) }
      if line.isRedaction {
        redactions.append(seq)
      } else if record != nil || line.mayCommit {
        try check(seq, line, record)
      }
    }
    for seq in redactions where !book.erasures.contains(where: { $0.line == seq && isApproved($0) }) {
      problems.append(VaultProblem(kind: .unapproved, seq: seq, what: "no approved erasure names this line"))
    }
    return (problems, opened)
  }

  private func isApproved(_ erasure: PrivacyBook.Erasure) -> Bool {
    book.requests.contains { $0.seq == erasure.request && $0.line == erasure.line && $0.approval != nil }
  }

  /// From the lines and not from derived facts: a verifier believes nothing else.
  private func readBook() throws -> PrivacyBook {
    var book = PrivacyBook()
    try snapshot.source.forEachLine(in: 0..<snapshot.size) { seq, line in
      guard !line.isRedaction, let type = line.type, PrivacyBook.typeNames.contains(type) else { return }
      guard let event = event(seq, line) else { return }
      book.add(event, seq: seq)
    }
    return book
  }

  /// `nil` for a line that is no event; `LineCheck` names it.
  private func event(_ seq: Int64, _ line: Span<UInt8>) -> Event? {
    try? StoredEvent(seq: seq, line: line, catalogue: snapshot.catalogue).event
  }

  private mutating func lookAtKeys() throws {
    guard let keys = sealing?.keys else { return }
    let here = try keys.owners()
    let stones = try keys.tombstones()
    tombstones = Set(stones.map(\.id))
    hasKeys = !here.isEmpty || !stones.isEmpty
    let told = book.destroyed
    for id in here.keys.sorted() where told[id] != nil {
      problems.append(VaultProblem(kind: .keyRevived, seq: told[id], what: "key \(id.hex)"))
    }
    for stone in stones where told[stone.id] == nil {
      problems.append(VaultProblem(kind: .unfinished, seq: nil, what: "key \(stone.id.hex) of \(stone.owner.subject)"))
    }
  }

  private mutating func check(_ seq: Int64, _ line: Span<UInt8>, _ bytes: [UInt8]?) throws {
    guard let event = event(seq, line) else { return }
    let own = event.sealed.members.filter { !Commitment.isCarried($0.value.string ?? "") }.map(\.name)
    guard let bytes else { return expectErased(own, of: event, seq) }
    guard !own.isEmpty else { return note(.stray, seq, "event \(seq)") }
    guard let record = PersonalRecord(bytes) else { return note(.altered, seq, "no record of a known form") }
    for key in record.keys where book.destroyed[key] != nil { note(.revived, seq, "key \(key.hex)") }
    let held = Set(record.categories)
    expectErased(own.filter { name in category(name, event).map { !held.contains($0) } ?? false }, of: event, seq)
    guard let sealing else { return }
    let result = try sealing.open(record, sealed: event.sealed)
    opened += result.values.members.count
    for name in result.altered { note(.altered, seq, name) }
    let missing = own.filter { name in
      result.values[name] == nil && !result.altered.contains(name) && category(name, event).map(held.contains) ?? false
    }
    let lost = record.keys.contains { book.destroyed[$0] == nil && !tombstones.contains($0) }
    if !missing.isEmpty, result.lacksKey, hasKeys, lost { note(.keyMissing, seq, missing.joined(separator: ", ")) }
    if !missing.isEmpty, !result.lacksKey { note(.missing, seq, missing.joined(separator: ", ")) }
  }

  private func category(_ field: String, _ event: Event) -> PersonalCategory? {
    snapshot.catalogue.entry(named: event.type)?.declaration.field(named: field)?.category
  }

  /// Values that are not there must have been erased.
  private mutating func expectErased(_ fields: [String], of event: Event, _ seq: Int64) {
    let missing = fields.filter { name in
      guard let category = category(name, event) else { return true }
      return book.erasure(of: KeyOwner(subject: event.subject.description, category: category), before: seq) == nil
    }
    if !missing.isEmpty { note(.missing, seq, missing.joined(separator: ", ")) }
  }

  private mutating func note(_ kind: VaultProblem.Kind, _ seq: Int64, _ what: String) {
    problems.append(VaultProblem(kind: kind, seq: seq, what: what))
  }
}

extension Store {
  /// Compares lines, vault, keys and erasures; see `VaultCheck`.
  public func verifyVault() throws -> (problems: [VaultProblem], opened: Int) {
    var check = VaultCheck(try snapshot(), log.reader, sealing)
    return try check.run()
  }
}

extension Span where Element == UInt8 {
  /// Whether a `"p":` stands anywhere in the line; only then can it commit to anything.
  fileprivate var mayCommit: Bool {
    guard count > 4 else { return false }
    for place in 0..<count - 4 where self[place + 1] == UInt8(ascii: "p") {
      if self[place] == 0x22, self[place + 2] == 0x22, self[place + 3] == UInt8(ascii: ":") { return true }
    }
    return false
  }

  /// The event's type: the last text of a line, before the version.
  fileprivate var type: String? {
    var end = count - 1
    while end > 0, self[end] != UInt8(ascii: ",") { end -= 1 }
    var start = end - 2
    while start > 0, self[start] != 0x22 { start -= 1 }
    guard start > 0, end - 1 > start else { return nil }
    return String(decoding: (start + 1..<end - 1).map { self[$0] }, as: UTF8.self)
  }
}
