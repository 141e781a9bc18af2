import Crypto
public import Projection
import Vocabulary
public import Wire

/// All versions of all rules that a log and this product know.
public struct RuleBook: Sendable {
  private var versions: [String: [PublishedRule]] = [:]
  private var pending: [String: [RuleProposal]] = [:]
  /// Published versions whose bodies do not fit their kind. They are never in force; asking for one tells why.
  private var refused: [String: [Int: EngineError]] = [:]

  /// The versions that ship.
  public init(kinds: [RuleKind]) {
    for kind in kinds where versions[kind.name] == nil {
      versions[kind.name] = kind.shipped.map { PublishedRule(kind: kind.name, rule: $0) }
    }
  }

  /// The versions that the projections ship.
  public init(_ projections: [AnyProjection]) { self.init(kinds: projections.ruleKinds) }

  public var kinds: [String] { versions.keys.sorted() }

  /// Every version of a kind, oldest first.
  public func all(_ kind: String) throws(EngineError) -> [PublishedRule] {
    guard let list = versions[kind] else { throw EngineError.unknownRuleKind(kind, known: kinds) }
    return list
  }

  /// Proposals of a kind that were neither published nor rejected, oldest first.
  public func proposals(_ kind: String) throws(EngineError) -> [RuleProposal] {
    _ = try all(kind)
    return (pending[kind] ?? []).filter { proposal in
      proposal.rejectedAt == nil && versions[kind]?.contains { $0.rule.version == proposal.draft.rule.version } == false
    }
  }

  public func version(_ number: Int, of kind: String) throws(EngineError) -> PublishedRule {
    let list = try all(kind)
    if !list.contains(where: { $0.rule.version == number }), let error = refused[kind]?[number] { throw error }
    guard let rule = list.first(where: { $0.rule.version == number }) else {
      throw EngineError.unknownRule(kind: kind, version: number, known: list.map(\.rule.version))
    }
    return rule
  }

  /// The version in force at an instant: the newest that took effect at or before it.
  public func inForce(_ kind: String, at instant: Instant) throws(EngineError) -> PublishedRule {
    let list = try all(kind)
    let begun = list.filter { $0.rule.effective <= instant }
    guard let rule = begun.max(by: { ($0.rule.effective, $0.rule.version) < ($1.rule.effective, $1.rule.version) }) else {
      throw EngineError.unknownRule(kind: kind, version: 0, known: list.map(\.rule.version))
    }
    return rule
  }

  /// The instant from which another version is in force; `nil` while none is announced.
  public func end(of rule: PublishedRule) -> Instant? {
    let later = (versions[rule.kind] ?? []).filter {
      ($0.rule.effective, $0.rule.version) > (rule.rule.effective, rule.rule.version)
    }
    return later.map(\.rule.effective).min()
  }

  /// The number that the next version of a kind gets. Numbers that were refused or proposed are not used again.
  public func nextNumber(_ kind: String) throws(EngineError) -> Int {
    let taken = try all(kind).map(\.rule.version) + (refused[kind]?.keys.map { $0 } ?? [])
      + (pending[kind] ?? []).map(\.draft.rule.version)
    return (taken.max() ?? 0) + 1
  }
}

// As the log tells it.
extension RuleBook {
  /// Adds a version that the log publishes. A later event with the same version replaces nothing: the first stands.
  mutating func add(_ rule: PublishedRule) {
    guard versions[rule.kind] != nil, versions[rule.kind]?.contains(where: { $0.rule.version == rule.rule.version }) == false
    else { return }
    versions[rule.kind, default: []].append(rule)
    versions[rule.kind]?.sort { $0.rule.version < $1.rule.version }
  }

  mutating func propose(_ proposal: RuleProposal) { pending[proposal.draft.kind, default: []].append(proposal) }

  mutating func reject(_ version: Int, of kind: String, hash: String, at seq: Int64) {
    for place in pending[kind]?.indices ?? 0..<0 {
      guard let proposal = pending[kind]?[place], proposal.draft.rule.version == version, proposal.draft.hash == hash,
        proposal.rejectedAt == nil
      else { continue }
      pending[kind]?[place].rejectedAt = seq
    }
  }

  mutating func refuse(_ version: Int, of kind: String, because error: EngineError) {
    if refused[kind]?[version] == nil { refused[kind, default: [:]][version] = error }
  }

  /// The versions that were known when the log had `position` events.
  public func known(at position: Int64) -> RuleBook {
    var book = self
    for kind in kinds {
      book.versions[kind]?.removeAll { $0.seq.map { $0 >= position } ?? false }
      book.pending[kind]?.removeAll { $0.draft.seq.map { $0 >= position } ?? false }
      for place in book.pending[kind]?.indices ?? 0..<0 {
        if let rejected = book.pending[kind]?[place].rejectedAt, rejected >= position {
          book.pending[kind]?[place].rejectedAt = nil
        }
      }
    }
    return book
  }
}
