public import Wire

/// One subject about whom two rules conclude differently. A class, because hundreds of thousands are sorted and handed on.
public final class RowChange: Sendable {
  /// Account or ordinal, as the fold's key says; −1 where a census judged somebody who is neither.
  public let key: Int
  public let old: AnyRow?
  public let new: AnyRow?
  public let oldOutcome: Outcome
  public let newOutcome: Outcome

  public init(key: Int, old: AnyRow?, new: AnyRow?, oldOutcome: Outcome, newOutcome: Outcome) {
    self.key = key
    self.old = old
    self.new = new
    self.oldOutcome = oldOutcome
    self.newOutcome = newOutcome
  }

  public var difference: Difference { oldOutcome == newOutcome ? .particulars : .outcome }
}

/// What two rules make of the same facts.
public struct Differences: Sendable {
  /// Places of an outcome: the words, and before them "no row".
  public let width: Int
  /// Subjects by old × `width` + new outcome, those included who stay where they are.
  public private(set) var matrix: [Int]
  /// Subjects for whom each condition holds, by the old rule and by the new.
  public private(set) var heldBefore: [Int]
  public private(set) var heldAfter: [Int]
  /// Every subject whose rows differ, in the order of the keys.
  public private(set) var changes: [RowChange] = []

  @usableFromInline init(outcomes: Int, conditions: Int) {
    width = outcomes + 1
    matrix = Array(repeating: 0, count: width * width)
    heldBefore = Array(repeating: 0, count: conditions)
    heldAfter = heldBefore
  }

  /// Nothing compared yet.
  public init(_ projection: AnyProjection) {
    self.init(outcomes: projection.outcomes.count, conditions: projection.conditions.count)
  }

  public mutating func count(_ old: Outcome, _ new: Outcome, _ before: UInt64, _ after: UInt64) {
    matrix[old.place * width + new.place] += 1
    if before != 0 { for place in heldBefore.indices where before >> UInt64(place) & 1 == 1 { heldBefore[place] += 1 } }
    if after != 0 { for place in heldAfter.indices where after >> UInt64(place) & 1 == 1 { heldAfter[place] += 1 } }
  }

  public mutating func add(_ change: RowChange) { changes.append(change) }

  /// Adds what another part of the subjects gave.
  public mutating func add(_ other: Differences) {
    for place in matrix.indices { matrix[place] += other.matrix[place] }
    for place in heldBefore.indices {
      heldBefore[place] += other.heldBefore[place]
      heldAfter[place] += other.heldAfter[place]
    }
    changes += other.changes
  }
}

extension Fold {
  /// Judges every subject by both rules. Rows are made only of what differs.
  @inlinable func compare<P: Projection>(
    _: P.Type, _ old: RuleVersion, with new: RuleVersion, asOf now: Instant, _ names: any Names
  ) -> Differences where P.Source == G {
    let before = Ruled<P.Rules>(old, names)
    let after = Ruled<P.Rules>(new, names)
    var found = Differences(outcomes: P.Conclusion.outcomes.count, conditions: P.Conclusion.conditions.count)
    forEachState { key, facts, series in
      let (a, b) = P.concludeBoth(facts, series, by: before, and: after, asOf: now)
      if a == nil, b == nil { return }
      let (from, to) = (Outcome(a), Outcome(b))
      found.count(from, to, a?.holding ?? 0, b?.holding ?? 0)
      if a == b { return }
      found.add(
        RowChange(
          key: key, old: a.map { AnyRow($0, names) }, new: b.map { AnyRow($0, names) }, oldOutcome: from,
          newOutcome: to))
    }
    return found
  }

  @inlinable func outcome<P: Projection>(
    _: P.Type, by rule: RuleVersion, _ names: any Names
  ) -> (Int, Instant) -> Outcome where P.Source == G {
    let ruled = Ruled<P.Rules>(rule, names)
    return { key, now in
      var trace = NoTrace()
      return Outcome(self.conclude(P.self, key: key, by: ruled, asOf: now, trace: &trace))
    }
  }

  @inlinable func difference<P: Projection>(
    _: P.Type, _ old: RuleVersion, _ new: RuleVersion, _ names: any Names
  ) -> (Int, Instant) -> Difference where P.Source == G {
    let before = Ruled<P.Rules>(old, names)
    let after = Ruled<P.Rules>(new, names)
    return { key, now in
      var trace = NoTrace()
      let a = self.conclude(P.self, key: key, by: before, asOf: now, trace: &trace)
      let b = self.conclude(P.self, key: key, by: after, asOf: now, trace: &trace)
      return a == b ? .none : Outcome(a) == Outcome(b) ? .particulars : .outcome
    }
  }
}
