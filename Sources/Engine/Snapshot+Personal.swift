import Facts
import Log
import Vault
import Vocabulary
import Wire

/// Why a personal value that a line commits to cannot be shown.
public enum Withheld: Hashable, Sendable {
  /// Its key was destroyed, as the event of this number says.
  case erased(event: Int64, on: Instant)
  /// No erasure explains it: the key is elsewhere.
  case noKey
  /// The vault does not hold what the line commits to.
  case altered
  /// The line was carried over from another log, which alone can open it.
  case elsewhere
  /// Whoever asks may not see values of this category.
  case notCleared
}

// The one place where personal values come back into events.

extension Snapshot {
  /// Answers with personal values of these categories only, and tells which of them were shown.
  public func showing<R>(
    only visible: Set<PersonalCategory>, _ body: (Snapshot) throws -> R
  ) rethrows -> (answer: R, shown: Set<PersonalCategory>) {
    let before = (self.visible, shown)
    (self.visible, shown) = (visible, [])
    defer { (self.visible, shown) = before }
    return (try body(self), shown)
  }

  /// The event of a line, with the personal values that can be opened.
  func stored(_ seq: Int64, _ line: Span<UInt8>) throws -> StoredEvent {
    var stored = try StoredEvent(seq: seq, line: line, catalogue: catalogue)
    if !stored.event.sealed.isEmpty { try reveal(&stored) }
    hide(in: &stored)
    return stored
  }

  /// Takes out what the asker may not see, sealed or not, and notes what they are shown.
  private func hide(in stored: inout StoredEvent) {
    guard let entry = catalogue.entry(named: stored.event.type), entry.isPersonal else { return }
    for field in entry.declaration.fields {
      guard let category = field.category, stored.event.data[field.name] != nil else { continue }
      if visible.contains(category) {
        shown.insert(category)
      } else {
        stored.event.data[field.name] = nil
        stored.withheld[field.name] = .notCleared
      }
    }
  }

  /// The event of a line of `source`, for those who do not ask why a value cannot be opened: what can be is in the data.
  func readable(_ seq: Int64, _ line: Span<UInt8>, of source: any LineSource) throws -> Event {
    var event = try StoredEvent(seq: seq, line: line, catalogue: catalogue).event
    guard !event.sealed.isEmpty else { return event }
    for member in try opened(event.sealed, at: seq, of: source).values.members { event.data[member.name] = member.value }
    return event
  }

  /// What the vault gives for the commitments of a line.
  private func opened(
    _ commitments: JSONObject, at seq: Int64, of source: any LineSource
  ) throws -> Sealing.Opened {
    var opened = Sealing.Opened()
    do {
      if let sealing, let bytes = try source.vaultRecord(at: seq), let record = PersonalRecord(bytes) {
        opened = try sealing.open(record, sealed: commitments)
      }
    } catch LogError.damaged(_) {
      opened.altered = commitments.members.map(\.name)
    }
    return opened
  }

  private func reveal(_ stored: inout StoredEvent) throws {
    let commitments = stored.event.sealed
    let opened = try opened(commitments, at: stored.seq, of: source)
    for member in commitments.members {
      if let value = opened.values[member.name] {
        stored.event.data[member.name] = value
      } else {
        stored.withheld[member.name] = try reason(stored, member.name, member.value.string ?? "", opened)
      }
    }
  }

  private func reason(
    _ stored: StoredEvent, _ field: String, _ commitment: String, _ opened: Sealing.Opened
  ) throws -> Withheld {
    let category = catalogue.entry(named: stored.event.type)?.declaration.field(named: field)?.category
    if let category, !opened.altered.contains(field),
      let erasure = try privacyBook().erasure(
        of: KeyOwner(subject: stored.event.subject.description, category: category), before: stored.seq)
    {
      return .erased(event: erasure.seq, on: erasure.at)
    }
    if Commitment.isCarried(commitment) { return .elsewhere }
    return opened.altered.contains(field) ? .altered : .noKey
  }

  /// All events that a view sees, in the log's order. Lines that gave place to their hash are counted only; says how
  /// many they were.
  public func forEachEvent(view: View = .present, _ body: (StoredEvent) throws -> Void) throws -> Int64 {
    var redacted: Int64 = 0
    try source.forEachLine(in: 0..<(try position(of: view))) { seq, line in
      guard !line.isRedaction else { return redacted += 1 }
      let event = try stored(seq, line)
      if event.event.occurredAt <= view.asOf ?? .distantFuture { try body(event) }
    }
    return redacted
  }

  /// The events at these positions, as far as they are in the log, in its order. Lines that gave place to their hash are
  /// left out.
  public func forEachEvent(in range: Range<Int64>, _ body: (StoredEvent) throws -> Void) throws {
    try source.forEachLine(in: range.clamped(to: 0..<size)) { seq, line in
      if !line.isRedaction { try body(try stored(seq, line)) }
    }
  }

  /// Whose keys are still here; nobody's where no keys are at hand.
  public func keyOwners() throws -> Set<KeyOwner> { Set(try sealing?.keys.owners().values.map { $0 } ?? []) }

  /// Under which of these keys the values of an account's events lie: for each owner of keys, the types of the events and
  /// how many there are.
  public func personalUses(of account: String, among here: Set<KeyOwner>) throws -> [KeyOwner: [String: Int]] {
    guard !here.isEmpty, let account = try self.account(of: account) else { return [:] }
    let accounts = try accounts(joinedTo: account)
    var uses: [KeyOwner: [String: Int]] = [:]
    try forEachLine(of: accounts, at: try positions(of: accounts, before: size)) { seq, line in
      guard !line.isRedaction else { return }
      let event = try StoredEvent(seq: seq, line: line, catalogue: catalogue).event
      guard !event.sealed.isEmpty, let declaration = catalogue.entry(named: event.type)?.declaration else { return }
      let categories = Set(event.sealed.members.compactMap { declaration.field(named: $0.name)?.category })
      for category in categories {
        let owner = KeyOwner(subject: event.subject.description, category: category)
        if here.contains(owner) { uses[owner, default: [:]][event.type, default: 0] += 1 }
      }
    }
    return uses
  }

  /// The subjects whose personal values an erasure of `subject` must reach, its own name first: for an account all that
  /// belongs to it, and the accounts that were joined to it; for anything else itself.
  public func reach(of subject: String) throws -> (name: String, account: String?, owners: Set<String>) {
    let name = try resolve(subject)
    guard let account = try account(of: name) else { throw EngineError.unknownSubject(name) }
    let (accounts, holder) = (try accounts(joinedTo: account), account.holder)
    guard holder == name else { return (name, holder, [name]) }
    var owners: Set = [name]
    try forEachLine(of: accounts, at: try positions(of: accounts, before: size)) { seq, line in
      guard !line.isRedaction else { return }
      owners.insert(try StoredEvent(seq: seq, line: line, catalogue: catalogue).event.subject.description)
    }
    return (name, holder, owners)
  }
}
