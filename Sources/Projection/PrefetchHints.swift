public import CPrefetch

/// Asks the processor for states before their turn comes.
@usableFromInline struct PrefetchHints {
  /// Subjects between hint and judgement: a judgement takes longer than an event.
  @inlinable static var judgingDistance: Int { 2 }
  /// Subjects between the hint for a state and the one for its lists, which the state names.
  @inlinable static var stateDistance: Int { 8 }
  /// Bytes that come at once.
  @inlinable static var line: Int { 64 }

  /// Where the states lie. Only ever hinted at, never read through, so it may outlive them.
  @usableFromInline let start: UnsafeRawPointer?
  @usableFromInline let stride: Int

  @inlinable init<State>(of states: [State]) {
    start = states.withUnsafeBytes { $0.baseAddress }
    stride = MemoryLayout<State>.stride
  }

  @inlinable @inline(__always) func willNeed(_ key: Int) {
    guard let start else { return }
    let state = start + key &* stride
    keshi_prefetch(state)
    if stride > PrefetchHints.line { keshi_prefetch(state + PrefetchHints.line) }
    if stride > 2 * PrefetchHints.line { keshi_prefetch(state + 2 * PrefetchHints.line) }
    // States do not begin where lines do: the last byte may lie in one line more.
    if stride > 4 { keshi_prefetch(state + stride - 1) }
  }

  /// Asks for what the judgements of the next subjects will read: first their states, then their lists.
  @inlinable @inline(__always) func willJudge<G: Gathering>(
    _: G.Type, behind local: Int, _ places: [UInt32], _ states: [G.Facts], _ series: borrowing SeriesStore
  ) {
    let (near, far) = (local + PrefetchHints.judgingDistance, local + PrefetchHints.stateDistance)
    if far < places.count, places[far] != 0 { willNeed(Int(places[far]) - 1) }
    if near < places.count, places[near] != 0 { G.willJudge(states[Int(places[near]) - 1], series) }
  }
}
