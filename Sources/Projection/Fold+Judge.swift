public import Wire

// What projections conclude from the facts that a fold gathered.

extension Fold {
  /// Judges every subject that has facts, in the order of the keys.
  @inlinable public func conclude<P: Projection>(
    _: P.Type, by rule: Ruled<P.Rules>, asOf now: Instant, _ body: (Int, P.Conclusion) throws -> Void
  ) rethrows where P.Source == G {
    var trace = NoTrace()
    let (states, places, series) = (states, places, series)
    let hints = PrefetchHints(of: states)
    for local in places.indices where places[local] != 0 {
      hints.willJudge(G.self, behind: local, places, states, series)
      if let row = P.conclude(states[Int(places[local]) - 1], series, by: rule, asOf: now, trace: &trace) {
        try body(key(ofLocal: local), row)
      }
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
