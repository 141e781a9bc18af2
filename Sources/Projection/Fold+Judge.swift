public import Wire

// What projections conclude from the facts that a fold gathered.

extension Fold {
  /// Judges every subject that has facts, in the order of the keys.
  @inlinable public func conclude<P: Projection>(
    _: P.Type, by rule: Ruled<P.Rules>, asOf now: Instant, _ body: (Int, P.Conclusion) throws -> Void
  ) rethrows where P.Source == G {
    var trace = NoTrace()
    try forEachState { key, facts, series in
      if let row = P.conclude(facts, series, by: rule, asOf: now, trace: &trace) { try body(key, row) }
    }
  }

  /// Shows the facts of every subject that has any, in the order of the keys. What the next judgements will read is asked
  /// for meanwhile.
  @inlinable @inline(__always) func forEachState(
    _ body: (_ key: Int, _ facts: G.Facts, _ series: borrowing SeriesStore) throws -> Void
  ) rethrows {
    // Held apart from the object, so that the loop does not ask at each subject whether it may read them.
    let (states, places, series) = (states, places, series)
    let hints = PrefetchHints(of: states)
    for local in places.indices {
      guard let place = places[local].index else { continue }
      hints.willJudge(G.self, behind: local, places, states, series)
      try body(key(ofLocal: local), states[place], series)
    }
  }

  /// Judges one subject; `nil` where it has no facts here, or no row.
  @inlinable public func conclude<P: Projection>(
    _: P.Type, key: Int, by rule: Ruled<P.Rules>, asOf now: Instant, trace: inout some Trace
  ) -> P.Conclusion? where P.Source == G {
    guard let place = place(of: key) else { return nil }
    return P.conclude(states[place], series, by: rule, asOf: now, trace: &trace)
  }

  /// Judges one subject and tells why.
  @inlinable public func explain<P: Projection>(
    _: P.Type, key: Int, by rule: Ruled<P.Rules>, asOf now: Instant
  ) -> (row: P.Conclusion?, findings: [Finding]) where P.Source == G {
    var findings = Findings()
    let row = conclude(P.self, key: key, by: rule, asOf: now, trace: &findings)
    return (row, findings.list)
  }
}
