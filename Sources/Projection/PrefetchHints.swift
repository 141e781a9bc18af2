public import CPrefetch

/// Asks the processor for places of a long list, such as states, before their turn comes.
public struct PrefetchHints {
  /// Subjects between hint and judgement: a judgement takes longer than an event.
  @inlinable static var judgingDistance: Int { 2 }
  /// Subjects between the hint for a state and the one for its lists, which the state names.
  @inlinable static var stateDistance: Int { 8 }
  /// Bytes that come at once.
  @inlinable static var line: Int { 64 }

  /// Where the list lies. Only ever hinted at, never read through, so it may outlive it.
  @usableFromInline let start: UnsafeRawPointer?
  @usableFromInline let stride: Int

  @inlinable public init<Element>(of list: [Element]) {
    start = list.withUnsafeBytes { $0.baseAddress }
    stride = MemoryLayout<Element>.stride
  }

  /// Only a hint: a place that the list does not have does no harm.
  @inlinable @inline(__always) public func willNeed(_ place: Int) {
    guard let start else { return }
    let element = start + place &* stride
    keshi_prefetch(element)
    if stride > PrefetchHints.line { keshi_prefetch(element + PrefetchHints.line) }
    if stride > 2 * PrefetchHints.line { keshi_prefetch(element + 2 * PrefetchHints.line) }
    // Elements do not begin where lines do: the last byte may lie in one line more.
    if stride > 4 { keshi_prefetch(element + stride - 1) }
  }

  /// Asks for what the judgements of the next subjects will read: first their states, then their lists.
  @inlinable @inline(__always) func willJudge<G: Gathering>(
    _: G.Type, behind local: Int, _ places: [StatePlace], _ states: [G.Facts], _ series: borrowing SeriesStore
  ) {
    let (near, far) = (local + PrefetchHints.judgingDistance, local + PrefetchHints.stateDistance)
    if far < places.count, let place = places[far].index { willNeed(place) }
    if near < places.count, let place = places[near].index { G.willJudge(states[place], series) }
  }
}
