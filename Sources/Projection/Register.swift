public import Wire

/// A question about what belongs to a customer: their complaints, their contracts, the clocks that run for them.
///
/// Between a projection and a census: several rows may come from the facts of one account, and each rests on that
/// account's facts alone, so that one row is judged without anybody else's. What belongs to an account is told apart by
/// `Recorded.subject`.
public protocol Register: Question {
  // Said again, so that they are inferred from `conclude`.
  associatedtype Rules
  associatedtype Conclusion

  /// Judges by the rule and the time that it is handed. Each subject has one row at most; the rows may come in any order.
  /// - Parameter account: its number, for a row about the account itself.
  static func conclude(
    _ facts: Source.Facts, _ series: borrowing SeriesStore, of account: Int, by rule: Ruled<Rules>, asOf now: Instant,
    trace: inout some CensusTrace
  ) -> [CensusRow<Conclusion>]
}

extension Fold {
  /// The rows of one account; none where it has no facts here.
  /// - Parameter account: its number in the log, where the fold numbers it otherwise.
  @inlinable func rows<R: Register>(
    _: R.Type, key: Int, of account: Int, by rule: Ruled<R.Rules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<R.Conclusion>] where R.Source == G {
    guard let place = place(of: key) else { return [] }
    return R.conclude(states[place], series, of: account, by: rule, asOf: now, trace: &trace)
  }
}
