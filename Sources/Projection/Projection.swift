public import Wire

/// A question about every customer, contract or opportunity that its own events answer.
///
/// Two steps, kept apart: the source's `evolve` gathers facts; `conclude` judges them by a rule that it is handed, as of
/// a time that it is handed.
public protocol Projection: Question {
  // Said again, so that they are inferred from `conclude`.
  associatedtype Rules
  associatedtype Conclusion

  /// Judges by the rule and the time that it is handed. `nil`: this subject has no row.
  static func conclude(
    _ facts: Source.Facts, _ series: borrowing SeriesStore, by rule: Ruled<Rules>, asOf now: Instant,
    trace: inout some Trace
  ) -> Conclusion?
}
