public import CPrefetch
import Wire

/// A growing list of dated numbers that belongs to one subject: its payments, its orders, its answers.
///
/// The handle is small and has no reference of its own, so that facts can lie in one array without an object each; the
/// entries live in the fold's `SeriesStore`. Entries stand in the order in which they were appended.
public struct Series: Hashable, Sendable, BitwiseCopyable {
  /// Where the first and the last chunk begin; -1 while there is none.
  @usableFromInline var first: Int32 = -1
  @usableFromInline var last: Int32 = -1
  @usableFromInline var held: Int32 = 0
  /// Entries of the first chunk that were dropped.
  @usableFromInline var dropped: UInt8 = 0
  /// Entries of the last chunk that are filled.
  @usableFromInline var used: UInt8 = 0
  @usableFromInline var firstCapacity: UInt8 = 0
  @usableFromInline var lastCapacity: UInt8 = 0

  @inlinable public init() {}

  /// Entries that are in the list.
  @inlinable public var count: Int32 { held }
}

/// The entries of all series of one fold, in chunks that double in size, from 4 to 64 places.
///
/// The first place of a chunk names the next chunk; its length is known from the handle. So an append touches the
/// handle and one place, and nothing is allocated but for the growth of one array, whatever the number of subjects.
public struct SeriesStore: Sendable {
  /// One entry: which event, and the number it brought.
  public struct Entry: Hashable, Sendable, BitwiseCopyable {
    public let moment: Moment
    public let value: Int64

    @inlinable public init(moment: Moment, value: Int64) {
      self.moment = moment
      self.value = value
    }
  }
  @usableFromInline var entries: [Entry] = []

  @inlinable public init() {}

  /// Makes room for about so many entries.
  @usableFromInline mutating func reserve(_ count: Int) {
    if count > entries.capacity { entries.reserveInLargePages(count) }
  }

  /// Adds an entry at the end of `series`. Complexity: O(1) amortised.
  @inlinable public mutating func append(_ moment: Moment, _ value: Int64 = 0, to series: inout Series) {
    if series.used == series.lastCapacity { extend(&series) }
    entries[Int(series.last) + 1 + Int(series.used)] = Entry(moment: moment, value: value)
    series.used += 1
    series.held += 1
  }

  /// Links a chunk behind the last one.
  @usableFromInline mutating func extend(_ series: inout Series) {
    let start = Int32(entries.count)
    let capacity = SeriesStore.capacity(after: series.lastCapacity)
    let empty = Entry(moment: Moment(at: Instant(microseconds: 0), seq: 0), value: 0)
    entries.append(contentsOf: repeatElement(empty, count: Int(capacity) + 1))
    if series.last < 0 {
      series.first = start
      series.firstCapacity = capacity
    } else {
      entries[Int(series.last)] = Entry(moment: empty.moment, value: Int64(start))
    }
    (series.last, series.lastCapacity, series.used) = (start, capacity, 0)
  }

  /// Entries of the chunk behind one of so many: 3, 7, 15, 31, 63, 63, …
  @usableFromInline static func capacity(after capacity: UInt8) -> UInt8 {
    capacity == 0 ? 3 : min(63, capacity * 2 + 1)
  }

  /// Asks the processor for the first entries of a series.
  @inlinable @inline(__always) public func willRead(_ series: Series) {
    guard series.held > 0 else { return }
    entries.withUnsafeBytes { bytes in
      let place = Int(series.first) * MemoryLayout<Entry>.stride
      guard let start = bytes.baseAddress, place < bytes.count else { return }
      keshi_prefetch(start + place)
      keshi_prefetch(start + place + PrefetchHints.line)
    }
  }

  /// Puts another entry in the place of the first that `body` gives one for; says whether it did. For lists that stay
  /// short: the last word on each of a few things. Complexity: O(entries).
  @inlinable public mutating func replace(in series: Series, _ body: (Entry) -> Entry?) -> Bool {
    var chunk = series.first
    var capacity = series.firstCapacity
    var place = Int(series.dropped)
    var left = series.held
    while left > 0 {
      if place == Int(capacity) {
        chunk = next(after: chunk)
        capacity = SeriesStore.capacity(after: capacity)
        place = 0
      }
      let index = Int(chunk) + 1 + place
      if let entry = body(entries[index]) {
        entries[index] = entry
        return true
      }
      place += 1
      left -= 1
    }
    return false
  }

  /// The entry at the front, or `nil` where there is none.
  @inlinable public func front(of series: Series) -> Entry? {
    guard series.held > 0 else { return nil }
    return entries[Int(series.first) + 1 + Int(series.dropped)]
  }

  /// Drops the entry at the front.
  /// - Precondition: the series is not empty.
  @inlinable public mutating func dropFront(of series: inout Series) {
    precondition(series.held > 0)
    series.dropped += 1
    series.held -= 1
    if series.held == 0 {
      // The last chunk is filled again from its start.
      (series.first, series.firstCapacity) = (series.last, series.lastCapacity)
      (series.dropped, series.used) = (0, 0)
    } else if series.dropped == series.firstCapacity {
      series.first = next(after: series.first)
      series.firstCapacity = SeriesStore.capacity(after: series.firstCapacity)
      series.dropped = 0
    }
  }

  /// Where the chunk behind that at `start` begins.
  @inlinable func next(after start: Int32) -> Int32 { Int32(truncatingIfNeeded: entries[Int(start)].value) }

  /// Calls `body` with each entry, front to back.
  @inlinable public func forEach(in series: Series, _ body: (Entry) -> Void) {
    var chunk = series.first
    var capacity = series.firstCapacity
    var place = Int(series.dropped)
    var left = series.held
    while left > 0 {
      if place == Int(capacity) {
        chunk = next(after: chunk)
        capacity = SeriesStore.capacity(after: capacity)
        place = 0
      }
      body(entries[Int(chunk) + 1 + place])
      place += 1
      left -= 1
    }
  }

  /// The entries as an array, front to back, for judgements that need to look around.
  public func array(_ series: Series) -> [Entry] {
    var all: [Entry] = []
    all.reserveCapacity(Int(series.count))
    forEach(in: series) { all.append($0) }
    return all
  }
}
