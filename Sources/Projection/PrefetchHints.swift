public import CPrefetch

/// Asks the processor for states before their turn comes.
@usableFromInline struct PrefetchHints {
  /// Subjects between hint and judgement: a judgement takes longer than an event.
  @inlinable static var judgingDistance: Int { 2 }
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
  }
}
