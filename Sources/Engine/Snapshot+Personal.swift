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
}

// The one place where personal values come back into events.

extension Snapshot {
  /// The event of a line, with the personal values that can be opened.
  func stored(_ seq: Int64, _ line: Span<UInt8>) throws -> StoredEvent {
    var stored = try StoredEvent(seq: seq, line: line, catalogue: catalogue)
    if !stored.event.sealed.isEmpty { try reveal(&stored) }
    return stored
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

  /// The subjects whose personal values an erasure of `subject` must reach, its own name first: for an account all that
  /// belongs to it, and the accounts that were joined to it; for anything else itself.
  public func reach(of subject: String) throws -> (name: String, account: String?, owners: Set<String>) {
    let name = try resolve(subject)
    let table = try self.table()
    guard let number = table.find(name) else { throw EngineError.unknownSubject(name) }
    let account = Int(table.entry(number).account)
    let accounts = table.accounts(joinedTo: account)
    let holder = table.name(of: table.holder(of: account))
    guard table.holder(of: account) == number else { return (name, holder, [name]) }
    var owners: Set = [name]
    try forEachLine(of: accounts, at: try positions(of: accounts, before: size)) { seq, line in
      guard !line.isRedaction else { return }
      owners.insert(try StoredEvent(seq: seq, line: line, catalogue: catalogue).event.subject.description)
    }
    return (name, holder, owners)
  }
}
