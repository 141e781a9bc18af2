public import CPrefetch

/// Asks the processor for states before their events come.
///
/// The states of a million customers fit no cache, and which one an event concerns looks random: without a hint the
/// loop waits for memory at most events. The rows say early enough whose turn is next.
@usableFromInline struct PrefetchHints {
  /// Rows between hint and use: time for one access to memory, and few enough for the lines to stay.
  @inlinable static var distance: Int { 12 }
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
  }
}
