import Events
import Facts
import Projection
import Vocabulary
import Wire

// One subject's events as a view sees them.

extension Snapshot {
  /// A line as projections see it, by the numbers of its stretch; what only the tail knows is numbered behind them.
  func held(_ seq: Int64, _ line: Span<UInt8>) throws -> HeldEvent {
    let base = try base()
    guard seq >= base.size, let tail else { return try base.plans.held(line, seq: seq, base.names.numbering(at: seq)) }
    return try base.plans.held(line, seq: seq, base.names.numbering { tail.holder(of: $0) })
  }

  /// A subject by its numbers, as facts name it.
  func own(_ subject: String) throws -> OwnSubject {
    let tail = tail
    return OwnSubject(packed: try base().names.numbering { tail?.holder(of: $0) }.subject(named: subject)) ?? .nobody
  }

  /// The event at a position that belongs to a subject's account, from wherever that account's lines are cheapest; `nil`
  /// where there is none, or only its hash.
  public func event(at position: Int64, of subject: String) throws -> StoredEvent? {
    guard let account = try account(of: subject) else { return try event(at: position) }
    var found: StoredEvent?
    try forEachLine(of: [account], at: [position]) { seq, line in
      if seq == position, !line.isRedaction { found = try stored(seq, line) }
    }
    // Of another account, such as that of what the subject turned out to be.
    return try found ?? event(at: position)
  }

  /// The event at a position; `nil` where there is none, or only its hash.
  public func event(at position: Int64) throws -> StoredEvent? {
    guard (0..<size).contains(position) else { return nil }
    var found: StoredEvent?
    try source.forEachLine(at: [position]) { seq, line in
      if !line.isRedaction { found = try stored(seq, line) }
    }
    return found
  }
}

extension PublishedRule? {
  /// The rule as code is handed it; an empty one where a projection judges nothing.
  var version: RuleVersion { map(\.rule) ?? RuleVersion(0, why: Name("", ""), [:]) }
}
