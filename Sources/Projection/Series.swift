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
  /// Places of the first and the last chunk.
  @usableFromInline var firstCapacity: UInt8 = 0
  @usableFromInline var lastCapacity: UInt8 = 0

  @inlinable public init() {}

  /// A list whose first so many entries, 64 at most, lie together: where that many are expected and looked through.
  @inlinable public init(expecting count: UInt8) {
    // As if the chunk before the first were full.
    while SeriesStore.capacity(after: lastCapacity) < min(count, 64) {
      lastCapacity = SeriesStore.capacity(after: lastCapacity)
    }
    used = lastCapacity
  }

  /// Entries that are in the list.
  @inlinable public var count: Int32 { held }
}

/// The entries of all series of one fold, in chunks that grow, from 2 to 64 places.
///
/// A chunk has no head: when it is full and another is linked behind it, its last entry moves there and its last place
/// names the next chunk, whose length follows from its own. Most series have one or two entries and so one chunk without
/// waste; an append touches the handle and one place, and nothing is allocated but for the growth of one array, whatever
/// the number of subjects.
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
  @usableFromInline var cells: [Cell] = []
  @usableFromInline var wide: [Entry] = []

  @inlinable public init() {}

  /// Makes room for about so many entries.
  @usableFromInline mutating func reserve(_ count: Int) {
    if count > cells.capacity { cells.reserveInLargePages(count) }
  }

  /// Adds an entry at the end of `series`. Complexity: O(1) amortised.
  @inlinable public mutating func append(_ moment: Moment, _ value: Int64 = 0, to series: inout Series) {
    if series.used == series.lastCapacity { extend(&series) }
    write(Entry(moment: moment, value: value), at: Int(series.last) + Int(series.used))
    series.used += 1
    series.held += 1
  }

  /// Links a chunk behind the last one, which is full: its last entry becomes the first of the new one.
  @usableFromInline mutating func extend(_ series: inout Series) {
    let start = Int32(cells.count)
    let capacity = SeriesStore.capacity(after: series.lastCapacity)
    cells.append(contentsOf: repeatElement(.free, count: Int(capacity)))
    guard series.last >= 0 else {
      (series.first, series.firstCapacity) = (start, capacity)
      (series.last, series.lastCapacity, series.used) = (start, capacity, 0)
      return
    }
    let end = Int(series.last) + Int(series.lastCapacity) - 1
    cells[Int(start)] = cells[end]
    cells[end] = .link(to: start)
    if series.first == series.last, series.dropped + 1 == series.firstCapacity {
      (series.first, series.firstCapacity, series.dropped) = (start, capacity, 0)
    }
    (series.last, series.lastCapacity, series.used) = (start, capacity, 1)
  }

  /// Places of the chunk behind one of so many: 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 64, …: nearly half as much again, so
  /// that few stay free, and never so few that a long list is scattered.
  @inlinable static func capacity(after capacity: UInt8) -> UInt8 {
    let isPower = capacity & (capacity &- 1) == 0
    return capacity < 4 ? 2 + capacity : min(64, isPower ? capacity / 2 * 3 : capacity / 3 * 4)
  }

  /// Where one reads in a series.
  @usableFromInline struct Reader {
    @usableFromInline var chunk: Int32
    @usableFromInline var capacity: UInt8
    @usableFromInline var place: UInt8
    @usableFromInline let last: Int32

    @inlinable init(_ series: Series) {
      (chunk, capacity, place, last) = (series.first, series.firstCapacity, series.dropped, series.last)
    }

    /// Where the next entry stands.
    /// - Precondition: there is one.
    @inlinable @inline(__always) mutating func next(in cells: [Cell]) -> Int {
      if chunk != last, place + 1 == capacity {
        chunk = cells[Int(chunk) + Int(place)].start
        capacity = SeriesStore.capacity(after: capacity)
        place = 0
      }
      defer { place += 1 }
      return Int(chunk) + Int(place)
    }
  }

  /// Asks the processor for a series: for its first chunk and, where that is not all, for its last and longest.
  @inlinable @inline(__always) public func willRead(_ series: Series) {
    guard series.held > 0 else { return }
    let first = Int(series.first) * MemoryLayout<Cell>.stride
    let last = Int(series.last) * MemoryLayout<Cell>.stride
    cells.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, max(first, last) < bytes.count else { return }
      keshi_prefetch(start + first)
      if first != last { keshi_prefetch(start + last) }
      if Int(series.used) * MemoryLayout<Cell>.stride > PrefetchHints.line { keshi_prefetch(start + last + PrefetchHints.line) }
    }
  }

  /// Asks the processor for the place behind the last entry of a series.
  @inlinable @inline(__always) public func willAppend(to series: Series) {
    guard series.last >= 0 else { return }
    cells.withUnsafeBytes { bytes in
      let place = (Int(series.last) + Int(series.used)) * MemoryLayout<Cell>.stride
      if let start = bytes.baseAddress, place < bytes.count { keshi_prefetch(start + place) }
    }
  }

  /// Puts another entry in the place of the first that `body` gives one for; says whether it did. For lists that stay
  /// short: the last word on each of a few things. Complexity: O(entries).
  @inlinable public mutating func replace(in series: Series, _ body: (Entry) -> Entry?) -> Bool {
    var reader = Reader(series)
    for _ in 0..<series.held {
      let place = reader.next(in: cells)
      guard let entry = body(self[place]) else { continue }
      write(entry, at: place)
      return true
    }
    return false
  }

  /// The entry at the front, or `nil` where there is none.
  @inlinable public func front(of series: Series) -> Entry? {
    guard series.held > 0 else { return nil }
    return self[Int(series.first) + Int(series.dropped)]
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
    } else if series.first != series.last, series.dropped + 1 == series.firstCapacity {
      series.first = cells[Int(series.first) + Int(series.dropped)].start
      series.firstCapacity = SeriesStore.capacity(after: series.firstCapacity)
      series.dropped = 0
    }
  }

  /// Calls `body` with each entry, front to back.
  @inlinable public func forEach(in series: Series, _ body: (Entry) -> Void) {
    var reader = Reader(series)
    for _ in 0..<series.held { body(self[reader.next(in: cells)]) }
  }

  /// The entries as an array, front to back, for judgements that need to look around.
  public func array(_ series: Series) -> [Entry] {
    guard series.held > 0 else { return [] }
    return cells.withUnsafeBufferPointer { cells in
      Array(unsafeUninitializedCapacity: Int(series.held)) { room, filled in
        var (chunk, capacity, place) = (Int(series.first), series.firstCapacity, Int(series.dropped))
        while true {
          let isLast = chunk == Int(series.last)
          // The last place of a full chunk names the next.
          let end = isLast ? Int(series.used) : Int(capacity) - 1
          for cell in cells[chunk + place..<chunk + end] {
            room.initializeElement(at: filled, to: cell.isWide ? wide[Int(cell.low)] : cell.entry)
            filled += 1
          }
          if isLast { return }
          (chunk, capacity, place) = (Int(cells[chunk + end].start), SeriesStore.capacity(after: capacity), 0)
        }
      }
    }
  }
}
