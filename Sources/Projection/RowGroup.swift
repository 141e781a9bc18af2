import Wire

/// A few rows of a batch that one fold wants, with the keys of their states.
///
/// The states of a million customers fit no cache, and which one an event concerns looks random. Taken one by one, the
/// loop waits for memory at most events; asked for by the group, many accesses wait at once (group prefetching: Chen,
/// Ailamaki, Gibbons, Mowry, "Improving hash join performance through prefetching", ICDE 2004). Which rows are wanted is
/// written down without a branch, as no processor could guess it.
@usableFromInline struct RowGroup {
  /// Rows looked at together: their states fit the nearest cache.
  @inlinable static var size: Int { 128 }

  /// Places in the batch; the first `count` count.
  @usableFromInline var rows = InlineArray<128, UInt32>(repeating: 0)
  /// The keys, and after `find` the places of their states.
  @usableFromInline var keys = InlineArray<128, UInt32>(repeating: 0)
  @usableFromInline var count = 0

  @inlinable init() {}

  /// Takes the wanted rows of those from `start` on.
  /// - Parameter kind: where the fold is keyed by subjects, the number of their kind.
  @inlinable @inline(__always) mutating func select(
    _ batch: borrowing Batch, from start: Int, _ wanted: [Bool], until limit: Instant, keyedBy kind: UInt8?
  ) {
    count = 0
    for place in start..<min(start + RowGroup.size, batch.count) {
      let row = batch.rows[place]
      rows[count] = UInt32(truncatingIfNeeded: place)
      keys[count] = row.account
      count += wanted[Int(row.layout)] && row.at <= limit.microseconds ? 1 : 0
      // The last place may be written again and again, never one behind it: a group has no more rows than places.
    }
    guard let kind else { return }
    var kept = 0
    for place in 0..<count {
      let subject = batch.subjects[Int(rows[place])]
      rows[kept] = rows[place]
      keys[kept] = subject.ordinal
      kept += subject.kind == kind ? 1 : 0
    }
    count = kept
  }

  /// Turns keys into the places of their states, and asks the processor for these. A subject that has none gets one.
  @inlinable @inline(__always) mutating func find<State>(in places: inout [StatePlace], _ states: inout [State], new: State) {
    let hints = PrefetchHints(of: places)
    for row in 0..<count { hints.willNeed(Int(keys[row])) }
    let ahead = PrefetchHints(of: states)
    for row in 0..<count {
      let place = places[Int(keys[row])].make(in: &states, new)
      keys[row] = UInt32(truncatingIfNeeded: place)
      ahead.willNeed(place)
    }
  }
}
