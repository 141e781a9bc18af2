import Crypto
import Projection
import Vocabulary
import Wire

/// One version of a rule with where it comes from.
public struct PublishedRule: Hashable, Sendable {
  public let kind: String
  public let rule: RuleVersion
  /// SHA-256 of the body's canonical JSON, lower-case hexadecimal.
  public let hash: String
  /// Position of the `rule.published` event; `nil` for a version that the product ships.
  public let seq: Int64?

  init(kind: String, rule: RuleVersion, seq: Int64?) {
    self.kind = kind
    self.rule = rule
    self.seq = seq
    let canonical = JSON.object(rule.body).canonical
    hash = SHA256.hash(data: Array(canonical.utf8)).reduce(into: Text()) { $0.append(hex: $1) }.string
  }

  /// `lifecycle@1`, as rows name it.
  public var label: String { "\(kind)@\(rule.version)" }
}

/// All versions of all rules that a log and this product know.
public struct RuleBook: Sendable {
  private var versions: [String: [PublishedRule]] = [:]
  /// Published versions whose bodies do not fit their kind. They are never in force; asking for one tells why.
  private var refused: [String: [Int: EngineError]] = [:]

  /// The versions that the projections ship.
  public init(_ projections: [AnyProjection]) {
    for projection in projections {
      guard let kind = projection.ruleKind, versions[kind] == nil else { continue }
      versions[kind] = projection.shippedRules.map { PublishedRule(kind: kind, rule: $0, seq: nil) }
    }
  }

  public var kinds: [String] { versions.keys.sorted() }

  /// Every version of a kind, oldest first.
  public func all(_ kind: String) throws(EngineError) -> [PublishedRule] {
    guard let list = versions[kind] else { throw EngineError.unknownRuleKind(kind, known: kinds) }
    return list
  }

  /// Adds a version that the log publishes. A later event with the same version replaces nothing: the first stands.
  mutating func add(_ rule: PublishedRule) {
    guard versions[rule.kind] != nil, versions[rule.kind]?.contains(where: { $0.rule.version == rule.rule.version }) == false
    else { return }
    versions[rule.kind, default: []].append(rule)
    versions[rule.kind]?.sort { $0.rule.version < $1.rule.version }
  }

  mutating func refuse(_ version: Int, of kind: String, because error: EngineError) {
    if refused[kind]?[version] == nil { refused[kind, default: [:]][version] = error }
  }

  /// The versions that were known when the log had `position` events.
  func known(at position: Int64) -> RuleBook {
    var book = self
    for kind in kinds { book.versions[kind]?.removeAll { $0.seq.map { $0 >= position } ?? false } }
    return book
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
}
