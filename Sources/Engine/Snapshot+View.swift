import Facts
import Projection
import Vocabulary
import Wire

// From a view to positions, instants and rules.

extension Snapshot {
  /// How many of the log's events a view sees.
  func position(of view: View) throws -> Int64 {
    switch view.knownAt {
    case nil: return size
    case .position(let count):
      guard count <= size, count >= 0 else { throw EngineError.beyondHead(count, head: size) }
      return count
    case .recorded(let instant): return try firstRecorded(after: instant)
    }
  }

  /// The first position that was recorded later than `instant`. Recording times never decrease.
  private func firstRecorded(after instant: Instant) throws -> Int64 {
    var low: Int64 = 0
    var high = size
    while low < high {
      let middle = (low + high) / 2
      var recorded = Instant.distantFuture
      try source.forEachLine(at: [middle]) { seq, line in
        recorded = try recordedAt(seq, line)
      }
      if recorded <= instant { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// When a line was recorded; for one that gave place to its hash, when the line after it was.
  private func recordedAt(_ seq: Int64, _ line: Span<UInt8>) throws -> Instant {
    guard line.isRedaction else {
      return try StoredEvent(seq: seq, line: line, catalogue: catalogue).event.recordedAt ?? .distantFuture
    }
    guard seq + 1 < size else { return .distantFuture }
    var recorded = Instant.distantFuture
    try source.forEachLine(at: [seq + 1]) { recorded = try recordedAt($0, $1) }
    return recorded
  }

  /// The business time as of which a view judges: its own, or the latest that the events it sees know.
  func asOf(_ view: View, before position: Int64) throws -> Instant {
    if let asOf = view.asOf { return asOf }
    return try latest(before: position) ?? Instant(microseconds: 0)
  }

  /// How many of the log's events a view sees, and the business time as of which it judges.
  public func moment(of view: View) throws -> (position: Int64, asOf: Instant) {
    let position = try position(of: view)
    return (position, try asOf(view, before: position))
  }

  /// The rule by which a view judges a projection; `nil` where it judges nothing.
  func rule(for projection: AnyProjection, _ view: View, asOf: Instant) throws -> PublishedRule? {
    try rule(for: projection, view, asOf: asOf, among: try ruleBook(before: try position(of: view)))
  }

  /// The same for who has the rules that the view knows.
  func rule(for projection: AnyProjection, _ view: View, asOf: Instant, among book: RuleBook) throws -> PublishedRule? {
    guard let kind = projection.ruleKind else { return nil }
    let rule = try book.rule(of: kind, view, asOf: asOf)
    let beside = try projection.kindsBeside.map { try book.rule(of: $0, view, asOf: asOf) }
    return beside.isEmpty ? rule : joined(rule, beside)
  }

  /// The rules that are known by who knows the log's first `position` events.
  func ruleBook(before position: Int64) throws -> RuleBook {
    try position < size ? ruleBook().known(at: position) : ruleBook()
  }

  /// A rule with what a view hands a projection beside it.
  func joined(_ rule: PublishedRule, for projection: AnyProjection, _ view: View, asOf: Instant) throws -> PublishedRule {
    let book = try ruleBook(before: try position(of: view))
    return try rule.joined(by: projection.kindsBeside.map { try book.rule(of: $0, view, asOf: asOf) })
  }
}

extension RuleBook {
  /// The version that a view names, else the one in force.
  fileprivate func rule(of kind: String, _ view: View, asOf: Instant) throws(EngineError) -> PublishedRule {
    if let version = view.rules[kind] { return try self.version(version, of: kind) }
    return try inForce(kind, at: asOf)
  }
}

extension PublishedRule {
  /// The same rule with the bodies of others beside its own. Its hash tells what it was joined with.
  func joined(by others: [PublishedRule]) -> PublishedRule {
    guard !others.isEmpty else { return self }
    var body = rule.body
    for other in others { body[RuleVersion.beside(other.kind)] = .object(other.rule.body) }
    let joined = RuleVersion(rule.version, effective: rule.effective, why: rule.why, body)
    return PublishedRule(kind: kind, rule: joined, seq: seq, publication: publication)
  }
}

extension FactsStore {
  /// The latest business time of the events before `position`. Complexity: O(events).
  func latest(before position: Int64) -> Instant? {
    let timeless = plans.timeless
    var latest: Int64?
    for stretch in stretches where stretch.first < position {
      let rows = Int(min(Int64(stretch.count), position - stretch.first))
      latest = [latest, stretch.latest(ofFirst: rows, besides: timeless)].compactMap { $0 }.max()
    }
    return latest.map { Instant(microseconds: $0) }
  }
}
