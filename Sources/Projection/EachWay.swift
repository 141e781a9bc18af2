public import Wire

/// How a projection judges each subject of a fold, where the projection is not known by type.
public struct EachWay: Sendable {
  @usableFromInline let makeJudge: @Sendable (AnyFold, RuleVersion, Instant, any Names) -> (Int) -> AnyRow?
  @usableFromInline let explainKey:
    @Sendable (AnyFold, Int, RuleVersion, Instant, any Names) -> (row: AnyRow?, findings: [Finding])
  @usableFromInline let compareAll: @Sendable (AnyFold, RuleVersion, RuleVersion, Instant, any Names) -> Differences
  @usableFromInline let makeOutcome: @Sendable (AnyFold, RuleVersion, any Names) -> (Int, Instant) -> Outcome
  @usableFromInline let makeDifference:
    @Sendable (AnyFold, RuleVersion, RuleVersion, any Names) -> (Int, Instant) -> Difference

  @inlinable init<P: Projection>(_: P.Type) {
    makeJudge = { $0.of(P.Source.self).judge(P.self, by: $1, asOf: $2, $3) }
    explainKey = { $0.of(P.Source.self).explainAny(P.self, key: $1, by: $2, asOf: $3, $4) }
    compareAll = { $0.of(P.Source.self).compare(P.self, $1, with: $2, asOf: $3, $4) }
    makeOutcome = { $0.of(P.Source.self).outcome(P.self, by: $1, $2) }
    makeDifference = { $0.of(P.Source.self).difference(P.self, $1, $2, $3) }
  }

  /// A judge of single subjects by key, for rows in an order of the caller's. The rule is read once.
  public func judge(
    _ fold: AnyFold, by rule: RuleVersion, asOf now: Instant, _ names: any Names = NoNames()
  ) -> (Int) -> AnyRow? { makeJudge(fold, rule, now, names) }

  public func explain(
    _ fold: AnyFold, key: Int, by rule: RuleVersion, asOf now: Instant, _ names: any Names = NoNames()
  ) -> (row: AnyRow?, findings: [Finding]) { explainKey(fold, key, rule, now, names) }

  /// Judges every subject by two rules, and gives what differs.
  public func compare(
    _ fold: AnyFold, _ old: RuleVersion, with new: RuleVersion, asOf now: Instant, _ names: any Names = NoNames()
  ) -> Differences { compareAll(fold, old, new, now, names) }

  /// The outcome of one subject at any time, from the facts as they are. The rule is read once.
  public func outcome(
    _ fold: AnyFold, by rule: RuleVersion, _ names: any Names = NoNames()
  ) -> (_ key: Int, _ now: Instant) -> Outcome { makeOutcome(fold, rule, names) }

  /// How two rules differ about one subject at any time, from the facts as they are.
  public func difference(
    _ fold: AnyFold, _ old: RuleVersion, _ new: RuleVersion, _ names: any Names = NoNames()
  ) -> (_ key: Int, _ now: Instant) -> Difference { makeDifference(fold, old, new, names) }
}

extension Ruled {
  @inlinable public init(_ rule: RuleVersion, _ names: any Names) {
    self.init(version: rule.version, body: Body(rule.body), names: names)
  }
}

extension Fold {
  @inlinable func judge<P: Projection>(
    _: P.Type, by rule: RuleVersion, asOf now: Instant, _ names: any Names
  ) -> (Int) -> AnyRow? where P.Source == G {
    let ruled = Ruled<P.Rules>(rule, names)
    return { key in
      var trace = NoTrace()
      return self.conclude(P.self, key: key, by: ruled, asOf: now, trace: &trace).map { AnyRow($0, names) }
    }
  }

  @inlinable func explainAny<P: Projection>(
    _: P.Type, key: Int, by rule: RuleVersion, asOf now: Instant, _ names: any Names
  ) -> (row: AnyRow?, findings: [Finding]) where P.Source == G {
    let (row, findings) = explain(P.self, key: key, by: Ruled(rule, names), asOf: now)
    return (row.map { AnyRow($0, names) }, findings)
  }
}
