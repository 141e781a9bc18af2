public import Wire

/// A question about every customer, contract or opportunity that its own events answer.
///
/// Two steps, kept apart: the source's `evolve` gathers facts; `conclude` judges them by a rule that it is handed, as of
/// a time that it is handed.
public protocol Projection: Question {
  // Said again, so that they are inferred from `conclude`.
  associatedtype Source = Self
  associatedtype Rules
  associatedtype Conclusion

  /// Judges by the rule and the time that it is handed. `nil`: this subject has no row.
  static func conclude(
    _ facts: Source.Facts, _ series: borrowing SeriesStore, by rule: Ruled<Rules>, asOf now: Instant,
    trace: inout some Trace
  ) -> Conclusion?

  /// Judges by two rules. Has a default that judges twice; worth saying where most of a judgement is to read the facts.
  static func concludeBoth(
    _ facts: Source.Facts, _ series: borrowing SeriesStore, by old: Ruled<Rules>, and new: Ruled<Rules>, asOf now: Instant
  ) -> (old: Conclusion?, new: Conclusion?)
}

extension Projection {
  @inlinable public static func concludeBoth(
    _ facts: Source.Facts, _ series: borrowing SeriesStore, by old: Ruled<Rules>, and new: Ruled<Rules>, asOf now: Instant
  ) -> (old: Conclusion?, new: Conclusion?) {
    var trace = NoTrace()
    return (
      conclude(facts, series, by: old, asOf: now, trace: &trace), conclude(facts, series, by: new, asOf: now, trace: &trace)
    )
  }
}
