public import Vocabulary
public import Wire

/// A row as read models, tables and files take it, whatever the projection.
public struct AnyRow: Hashable, Sendable {
  /// Account or ordinal, as the fold's key says.
  public let key: Int
  public let values: [Value]
  public let since: Instant?
  public let because: Int64?
  public let amounts: [Amount]

  @inlinable public init(key: Int, _ row: some Row) {
    self.key = key
    values = row.values
    since = row.since
    because = row.because
    amounts = row.amounts
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
  /// See `Row.outcomes` and `Row.conditions`.
  public let outcomes: [Word]
  public let conditions: [Word]
  /// The rules by which it judges; `nil` for a read model that judges nothing.
  public let rules: RuleKind?
  public let makeFold: @Sendable (Partition, UInt8?) -> AnyFold

  /// Compiles the projection's fold: the caller's module is where it becomes concrete.
  @inlinable public init<P: Projection>(_: P.Type) {
    type = P.self
    name = P.name
    shape = P.shape
    title = P.title
    key = P.key
    columns = P.Conclusion.columns
    outcomes = P.Conclusion.outcomes
    conditions = P.Conclusion.conditions
    rules = P.ruleKind.map { RuleKind($0, P.Rules.self, shipped: P.shippedRules) }
    makeFold = { AnyFold(Fold<P>($0, kind: $1)) }
  }
}

extension AnyProjection {
  public var ruleKind: String? { rules?.name }
  public var ruleFields: [Field] { rules?.fields ?? [] }
  public var shippedRules: [RuleVersion] { rules?.shipped ?? [] }
}

/// A fold whose projection is not known by type.
///
/// Its functions are closures over the concrete fold, made where the projection is known, and so compiled for it. A
/// protocol would be called through the generic code, several times slower in the loop over the log.
public final class AnyFold {
  /// The fold itself, for who knows its type.
  public let base: AnyObject
  @usableFromInline let foldBatch: (borrowing Batch, Instant) -> Void
  @usableFromInline let foldEvent: (borrowing Recorded, Int) -> Void
  @usableFromInline let makeRoom: (Int) -> Void
  @usableFromInline let listKeys: () -> [Int]
  @usableFromInline let makeJudge: (RuleVersion, Instant) -> (Int) -> AnyRow?
  @usableFromInline let explainKey: (Int, RuleVersion, Instant) -> (row: AnyRow?, findings: [Finding])
  @usableFromInline let compareAll: (RuleVersion, RuleVersion, Instant) -> Differences
  @usableFromInline let makeOutcome: (RuleVersion) -> (Int, Instant) -> Outcome
  @usableFromInline let makeDifference: (RuleVersion, RuleVersion) -> (Int, Instant) -> Difference

  @inlinable public init<P: Projection>(_ fold: Fold<P>) {
    base = fold
    foldBatch = { batch, limit in fold.fold(batch, until: limit) }
    foldEvent = { event, key in fold.fold(event, key: key) }
    makeRoom = { count in fold.reserve(count) }
    listKeys = { fold.keys }
    makeJudge = { rule, now in fold.judge(by: rule, asOf: now) }
    explainKey = { key, rule, now in fold.explainAny(key: key, by: rule, asOf: now) }
    compareAll = { old, new, now in fold.compare(old, with: new, asOf: now) }
    makeOutcome = { rule in fold.outcome(by: rule) }
    makeDifference = { old, new in fold.difference(old, new) }
  }

  /// The keys of the subjects that have facts, ascending.
  public var keys: [Int] { listKeys() }
  public func reserve(_ count: Int) { makeRoom(count) }
  public func fold(_ batch: borrowing Batch, until limit: Instant) { foldBatch(batch, limit) }
  public func fold(_ event: borrowing Recorded, key: Int) { foldEvent(event, key) }

  /// A judge of single subjects by key, for rows in an order of the caller's. The rule is read once.
  public func judge(by rule: RuleVersion, asOf now: Instant) -> (Int) -> AnyRow? { makeJudge(rule, now) }

  /// Judges every subject by two rules, and gives what differs.
  public func compare(_ old: RuleVersion, with new: RuleVersion, asOf now: Instant) -> Differences {
    compareAll(old, new, now)
  }

  /// The outcome of one subject at any time, from the facts as they are. The rule is read once.
  public func outcome(by rule: RuleVersion) -> (_ key: Int, _ now: Instant) -> Outcome { makeOutcome(rule) }

  /// How two rules differ about one subject at any time, from the facts as they are.
  public func difference(_ old: RuleVersion, _ new: RuleVersion) -> (_ key: Int, _ now: Instant) -> Difference {
    makeDifference(old, new)
  }

  public func explain(key: Int, by rule: RuleVersion, asOf now: Instant) -> (row: AnyRow?, findings: [Finding]) {
    explainKey(key, rule, now)
  }
}

extension Fold {
  @inlinable func judge(by rule: RuleVersion, asOf now: Instant) -> (Int) -> AnyRow? {
    let ruled = Ruled(version: rule.version, body: P.Rules(rule.body))
    return { key in
      var trace = NoTrace()
      return self.conclude(key: key, by: ruled, asOf: now, trace: &trace).map { AnyRow(key: key, $0) }
    }
  }

  @inlinable func explainAny(
    key: Int, by rule: RuleVersion, asOf now: Instant
  ) -> (row: AnyRow?, findings: [Finding]) {
    let (row, findings) = explain(key: key, by: Ruled(version: rule.version, body: P.Rules(rule.body)), asOf: now)
    return (row.map { AnyRow(key: key, $0) }, findings)
  }
}
