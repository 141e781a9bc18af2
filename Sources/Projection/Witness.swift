public import Wire

/// A gathering that a census hears besides its source, and what one of its subjects brings.
///
/// For figures that rest on subjects of several kinds: a person's score on the money of customers, on targets and on
/// what the person learnt. Each kind is gathered by itself, once for all who hear it; what belongs together is joined by
/// `Census.conclude`.
public struct Witness<C: Census>: Sendable {
  /// Adds what one subject brings. See `Census.report`.
  public typealias Report<G: Gathering> =
    @Sendable (
      _ facts: G.Facts, _ series: borrowing SeriesStore, _ key: Int, _ rule: Ruled<C.Rules>, _ now: Instant,
      _ returns: inout C.Returns
    ) -> Void

  public let gathering: AnyGathering
  @usableFromInline let bring: @Sendable (AnyFold, Int, Ruled<C.Rules>, Instant, inout C.Returns) -> Void

  @inlinable public init<G: Gathering>(_: G.Type, _ report: @escaping Report<G>) {
    gathering = AnyGathering(G.self)
    bring = { fold, key, rule, now, returns in
      fold.of(G.self).withFacts(of: key) { facts, series in report(facts, series, key, rule, now, &returns) }
    }
  }
}

extension Fold {
  /// Shows the facts of one subject, where it has any here.
  @inlinable func withFacts(of key: Int, _ body: (G.Facts, borrowing SeriesStore) -> Void) {
    guard let place = place(of: key) else { return }
    body(states[place], series)
  }
}
