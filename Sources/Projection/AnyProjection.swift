public import Vocabulary
public import Wire

/// A row as read models, tables and files take it, whatever the projection.
public struct AnyRow: Hashable, Sendable {
  /// Account or ordinal, as the fold's key says.
  public let key: Int
  public let values: [Value]
  public let since: Instant?
  public let because: Int64?

  @inlinable public init(key: Int, _ row: some Row) {
    self.key = key
    values = row.values
    since = row.since
    because = row.because
  }
}

/// One projection among others: what the engine, the command line and the pages need to know of it.
public struct AnyProjection: Sendable {
  public let type: any Projection.Type
  public let name: String
  public let shape: Int
  public let title: Name
  public let key: Key
  public let columns: [Column]
  public let ruleKind: String?
  public let ruleFields: [Field]
  public let shippedRules: [RuleVersion]
  public let makeFold: @Sendable (Partition, UInt8?) -> any AnyFold

  /// Compiles the projection's fold: the caller's module is where it becomes concrete.
  @inlinable public init<P: Projection>(_: P.Type) {
    type = P.self
    name = P.name
    shape = P.shape
    title = P.title
    key = P.key
    columns = P.Conclusion.columns
    ruleKind = P.ruleKind
    ruleFields = P.Rules.fields
    shippedRules = P.shippedRules
    makeFold = { Fold<P>($0, kind: $1) }
  }
}

/// A fold whose projection is not known by type.
public protocol AnyFold: AnyObject {
  var keys: [Int] { get }
  func reserve(_ count: Int)
  func fold(_ batch: borrowing Batch, until limit: Instant)
  func fold(_ event: borrowing Recorded, key: Int)
  func concludeAny(by rule: RuleVersion, asOf now: Instant, _ body: (AnyRow) throws -> Void) rethrows
  /// A judge of single subjects by key, for rows in an order of the caller's.
  func judge(by rule: RuleVersion, asOf now: Instant) -> (Int) -> AnyRow?
  func explainAny(key: Int, by rule: RuleVersion, asOf now: Instant) -> (row: AnyRow?, findings: [Finding])
}

extension Fold: AnyFold {
  @inlinable public func concludeAny(
    by rule: RuleVersion, asOf now: Instant, _ body: (AnyRow) throws -> Void
  ) rethrows {
    try conclude(by: Ruled(version: rule.version, body: P.Rules(rule.body)), asOf: now) { key, row in
      try body(AnyRow(key: key, row))
    }
  }

  @inlinable public func judge(by rule: RuleVersion, asOf now: Instant) -> (Int) -> AnyRow? {
    let ruled = Ruled(version: rule.version, body: P.Rules(rule.body))
    return { key in
      var trace = NoTrace()
      return self.conclude(key: key, by: ruled, asOf: now, trace: &trace).map { AnyRow(key: key, $0) }
    }
  }

  @inlinable public func explainAny(
    key: Int, by rule: RuleVersion, asOf now: Instant
  ) -> (row: AnyRow?, findings: [Finding]) {
    let (row, findings) = explain(key: key, by: Ruled(version: rule.version, body: P.Rules(rule.body)), asOf: now)
    return (row.map { AnyRow(key: key, $0) }, findings)
  }
}
