public import Projection
public import Wire

// Series in which what belongs to one customer stands together: contracts, orders, complaints. An entry that names a
// thing stands before those that are about it. All entries hold their kind in the lowest four bits.

/// What was said of one thing of a customer, by business time.
public struct Thing: Sendable {
  /// Its number within its kind; `nil` where it is an account of its own.
  public let number: Int64?
  public let entries: ArraySlice<SeriesStore.Entry>
}

extension SeriesStore {
  /// The entries that happened by `now`, thing by thing, in the order of their numbers.
  ///
  /// - Parameter whose: the kind of the entries that name a thing, by its number and 1 more.
  /// - Complexity: O(n log n) in the entries.
  public func things(in series: Series, whose: Int64, asOf now: Instant) -> [Thing] {
    var owners: [Int64] = []
    var entries: [Entry] = []
    var current: Int64 = 0
    forEach(in: series) { entry in
      if entry.value & 15 == whose { current = entry.value >> 4 }
      guard entry.value & 15 != whose, entry.moment.at <= now else { return }
      owners.append(current)
      entries.append(entry)
    }
    // Entries of one event share their moment and keep their order.
    let order = entries.indices.sorted {
      owners[$0] != owners[$1]
        ? owners[$0] < owners[$1]
        : entries[$0].moment != entries[$1].moment ? entries[$0].moment < entries[$1].moment : $0 < $1
    }
    let sorted = order.map { entries[$0] }
    var things: [Thing] = []
    var start = 0
    for place in order.indices where place + 1 == order.count || owners[order[place + 1]] != owners[order[place]] {
      let owner = owners[order[place]]
      things.append(Thing(number: owner == 0 ? nil : owner - 1, entries: sorted[start...place]))
      start = place + 1
    }
    return things
  }
}
