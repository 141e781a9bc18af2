// Series read in the order of business time. Entries stand in the order in which they were recorded; a late entry
// stands behind events that happened after it.

extension SeriesStore {
  /// The entries of `series` by business time. Costs a sort only where an entry came late.
  public func inOrder(_ series: Series) -> [Entry] {
    guard series.count > 0 else { return [] }
    var all = array(series)
    if !all.isInOrder { all.sort { $0.moment < $1.moment } }
    return all
  }

  /// When the entries of `series` happened, by business time, as `inOrder`.
  public func momentsInOrder(_ series: Series) -> [Moment] {
    guard series.count > 0 else { return [] }
    var all: [Moment] = []
    all.reserveCapacity(Int(series.count))
    var isInOrder = true
    forEach(in: series) { entry in
      if let last = all.last, entry.moment < last { isInOrder = false }
      all.append(entry.moment)
    }
    if !isInOrder { all.sort() }
    return all
  }

  /// The latest entry by business time.
  public func latest(of series: Series) -> Entry? {
    var latest: Entry?
    forEach(in: series) { entry in
      if let old = latest, old.moment > entry.moment { return }
      latest = entry
    }
    return latest
  }
}

extension [SeriesStore.Entry] {
  fileprivate var isInOrder: Bool {
    for place in indices.dropFirst() where self[place].moment < self[place - 1].moment { return false }
    return true
  }
}
