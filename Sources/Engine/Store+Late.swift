import Events
import Facts
public import Vocabulary
import Wire

/// An event that was recorded later than the approval rule allows without a reason.
public struct LateEntry: Sendable {
  public let event: Event
  /// Days from when it happened to when it was recorded.
  public let days: Int
  /// Days that the rule in force when it happened allows, and that rule: `approval@3`.
  public let allowed: Int
  public let rule: String
}

extension Store {
  /// The late entries of the log, or of one subject's history, oldest recorded first. What an import brought in is history
  /// that was taken over: it is counted and not listed, unless that is asked for.
  ///
  /// - Returns: late entries by imports that were not listed.
  /// - Complexity: a look at the times of each line; late ones are decoded.
  public func lateEntries(
    of subject: String?, withImports: Bool, progress: Progress = { _, _ in }, _ body: (LateEntry) throws -> Void
  ) throws -> Int {
    let snapshot = try snapshot()
    let rules = LatePolicies(LogPast(log, snapshot))
    var skipped = 0
    func look(_ seq: Int64, _ line: Span<UInt8>) throws {
      guard !line.isRedaction, let times = try LineMembers.times(of: line) else { return }
      let days = times.recorded.day - times.occurred.day
      guard days > 0 else { return }
      let policy = try rules.policy(at: times.occurred)
      guard days > policy.lateDays else { return }
      if times.isImport, !withImports { return skipped += 1 }
      let event = try StoredEvent(seq: seq, line: line, catalogue: catalogue).event
      try body(LateEntry(event: event, days: days, allowed: policy.lateDays, rule: policy.label))
    }
    if let subject {
      try snapshot.history(of: subject) { try look($0.seq, $0.line.span) }
      return skipped
    }
    try snapshot.source.forEachLine(in: 0..<snapshot.size) { seq, line in
      try look(seq, line)
      if seq % 4_096 == 0 { progress(seq, snapshot.size) }
    }
    return skipped
  }
}

/// The approval rule in force at a time, asked once for each day throughout which the same is in force.
private final class LatePolicies {
  private let past: LogPast
  private var days: [Int32: Policy] = [:]

  init(_ past: LogPast) { self.past = past }

  func policy(at instant: Instant) throws -> Policy {
    let day = instant.day
    if let known = days[day.number] { return known }
    let policy = try Policy.inForce(at: instant, given: past)
    let end = Instant(microseconds: (day + 1).start.microseconds - 1)
    let (first, last) = (try Policy.inForce(at: day.start, given: past), try Policy.inForce(at: end, given: past))
    if first.label == last.label { days[day.number] = policy }
    return policy
  }
}

extension LineMembers {
  /// When the event of a line happened and was recorded, and whether an import brought it; `nil` where it does not say.
  fileprivate static func times(of line: Span<UInt8>) throws -> (occurred: Instant, recorded: Instant, isImport: Bool)? {
    var scanner = JSONScanner(line, at: 1)
    var occurred: Instant?
    var isImport = false
    while !scanner.atEnd {
      let name = try scanner.string(of: line)
      try scanner.expect(UInt8(ascii: ":"))
      switch name {
      case "channel": isImport = try scanner.string(of: line) == "import"
      case "occurredAt": occurred = Instant(try scanner.string(of: line))
      case "recordedAt":
        guard let occurred, let recorded = Instant(try scanner.string(of: line)) else { return nil }
        return (occurred, recorded, isImport)
      default: try scanner.skipValue()
      }
      guard scanner.accept(UInt8(ascii: ",")) else { return nil }
    }
    return nil
  }
}
