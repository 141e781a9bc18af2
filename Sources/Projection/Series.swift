import Wire

/// A growing list of dated numbers that belongs to one subject: its payments, its orders, its answers.
///
/// The handle is small and has no reference of its own, so that facts can lie in one array without an object each; the
/// entries live in the fold's `SeriesStore`. Entries stand in the order in which they were appended.
public struct Series: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var first: Int32 = -1
  @usableFromInline var last: Int32 = -1
  /// Entries at the front that were dropped.
  @usableFromInline var dropped: Int32 = 0
  @usableFromInline var held: Int32 = 0

  @inlinable public init() {}

  /// Entries that are in the list.
  @inlinable public var count: Int32 { held }
}

/// The entries of all series of one fold, in chunks that double in size, from 2 to 64 entries.
///
/// Appending costs no allocation but for the growth of four arrays, whatever the number of subjects.
public struct SeriesStore: Sendable {
  /// One entry: which event, and the number it brought.
  public struct Entry: Hashable, Sendable, BitwiseCopyable {
    public let moment: Moment
    public let value: Int64

    @inlinable init(moment: Moment, value: Int64) {
      self.moment = moment
      self.value = value
    }
  }
  @usableFromInline struct Chunk: BitwiseCopyable, Sendable {
    @usableFromInline var start: Int32
    @usableFromInline var used: Int32
    @usableFromInline var capacity: Int32
    @usableFromInline var next: Int32
  }
  @usableFromInline var chunks: [Chunk] = []
  @usableFromInline var entries: [Entry] = []

  @inlinable public init() {}

  /// Adds an entry at the end of `series`. Complexity: O(1) amortised.
  @inlinable public mutating func append(_ moment: Moment, _ value: Int64 = 0, to series: inout Series) {
    if series.last < 0 {
      series.first = newChunk(capacity: 2)
      series.last = series.first
    } else if chunks[Int(series.last)].used == chunks[Int(series.last)].capacity {
      let next = newChunk(capacity: min(64, chunks[Int(series.last)].capacity * 2))
      chunks[Int(series.last)].next = next
      series.last = next
    }
    let chunk = Int(series.last)
    entries[Int(chunks[chunk].start + chunks[chunk].used)] = Entry(moment: moment, value: value)
    chunks[chunk].used += 1
    series.held += 1
  }

  @usableFromInline mutating func newChunk(capacity: Int32) -> Int32 {
    let empty = Entry(moment: Moment(at: Instant(microseconds: 0), seq: 0), value: 0)
    chunks.append(Chunk(start: Int32(entries.count), used: 0, capacity: capacity, next: -1))
    entries.append(contentsOf: repeatElement(empty, count: Int(capacity)))
    return Int32(chunks.count - 1)
  }

  /// The entry at the front, or `nil` where there is none.
  @inlinable public func front(of series: Series) -> Entry? {
    guard series.count > 0 else { return nil }
    return entries[Int(chunks[Int(series.first)].start + series.dropped)]
  }

  /// Drops the entry at the front.
  /// - Precondition: the series is not empty.
  @inlinable public mutating func dropFront(of series: inout Series) {
    precondition(series.held > 0)
    series.dropped += 1
    series.held -= 1
    let chunk = chunks[Int(series.first)]
    guard series.dropped == chunk.used else { return }
    // The last chunk is filled again from its start.
    if chunk.next >= 0 { series.first = chunk.next } else { chunks[Int(series.first)].used = 0 }
    series.dropped = 0
  }

  /// Calls `body` with each entry, front to back.
  @inlinable public func forEach(in series: Series, _ body: (Entry) -> Void) {
    var chunk = series.first
    var skip = series.dropped
    while chunk >= 0 {
      let here = chunks[Int(chunk)]
      for place in Int(here.start + skip)..<Int(here.start + here.used) { body(entries[place]) }
      skip = 0
      chunk = here.next
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
