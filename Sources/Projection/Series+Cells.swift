import Wire

// How entries lie in memory. A rebuild keeps tens of millions, and much of its time is waiting for memory and having it
// cleared: an entry takes 16 bytes instead of 24 where its numbers are of a common size, as nearly all are.

extension SeriesStore {
  /// One place of a chunk: an entry, a link to the next chunk, or free.
  @usableFromInline struct Cell: BitwiseCopyable, Sendable {
    /// Business time in microseconds, above the highest eight bits of the number.
    @usableFromInline let time: Int64
    @usableFromInline let seq: UInt32
    /// What the entry brought; the start of the next chunk; of a wide entry, where it stands.
    @usableFromInline let low: UInt32

    @inlinable init(at: Int64, seq: UInt32, number: Int64) {
      time = at << 8 | number >> 32 & 0xFF
      self.seq = seq
      low = UInt32(truncatingIfNeeded: number)
    }

    @inlinable static var free: Cell { link(to: 0) }
    @inlinable static func link(to start: Int32) -> Cell { Cell(at: 0, seq: 0, number: Int64(start)) }

    @inlinable var start: Int32 { Int32(truncatingIfNeeded: low) }
    /// The entry, of one that is not wide.
    @inlinable var entry: Entry {
      Entry(
        moment: Moment(at: Instant(microseconds: time >> 8), seq: Int64(seq)), value: (time << 56) >> 24 | Int64(low))
    }

    /// Whether an entry stands among the wide ones.
    @inlinable var isWide: Bool { seq == .max }
    @inlinable static func wide(_ place: Int) -> Cell { Cell(at: 0, seq: .max, number: Int64(place)) }
  }

  /// Bytes that entries and free places take.
  var memory: Int { cells.count * MemoryLayout<Cell>.stride + wide.count * MemoryLayout<Entry>.stride }

  /// The entry at a place.
  @inlinable subscript(place: Int) -> Entry {
    let cell = cells[place]
    return cell.isWide ? wide[Int(cell.low)] : cell.entry
  }

  /// Writes an entry: as a cell where that gives it back, and else among the wide ones.
  @inlinable @inline(__always) mutating func write(_ entry: Entry, at place: Int) {
    let cell = Cell(
      at: entry.moment.at.microseconds, seq: UInt32(truncatingIfNeeded: entry.moment.seq), number: entry.value)
    if cell.entry == entry, !cell.isWide { cells[place] = cell } else { writeWide(entry, at: place) }
  }

  /// A place that was wide before keeps where it stands.
  @usableFromInline mutating func writeWide(_ entry: Entry, at place: Int) {
    if cells[place].isWide {
      wide[Int(cells[place].low)] = entry
    } else {
      cells[place] = .wide(wide.count)
      wide.append(entry)
    }
  }
}
