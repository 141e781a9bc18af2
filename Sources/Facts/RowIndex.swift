import Vocabulary

/// Where every eighth row of a stretch begins, so that single rows are found without walking there from the first.
///
/// Follows from the columns; made when they are read or packed, 13 bytes for eight rows.
struct RowIndex: Sendable {
  /// Rows from one mark to the next: at most one fewer are stepped over for a row. Divides a group of times.
  static let step = 8
  /// At each mark, where the fields of its row begin in the stream, in bits.
  private(set) var bits: [UInt32] = []
  /// At each mark, the business time of the row before it.
  private(set) var times: [Int64] = []
  /// Where the times of each group begin in their bytes.
  private(set) var groups: [UInt32] = []
  /// Bits of a row of each layout.
  let bitCounts: [UInt32]
  /// The latest business time of each family's events, in microseconds.
  private(set) var latest: [UInt8: Int64] = [:]

  /// Of no rows.
  init() { bitCounts = [] }

  /// - Precondition: the columns have been checked.
  init(of facts: borrowing SegmentFacts) {
    bitCounts = facts.layouts.map { UInt32($0.bitCount) }
    var ofLayouts = [Int64?](repeating: nil, count: facts.layouts.count)
    let layoutNumbers = facts.layoutColumn.reader
    var reader = facts.times.reader
    var instants = PackedTimes.Group(repeating: 0)
    var (bit, time) = (UInt32(0), facts.times.base)
    for start in stride(from: 0, to: facts.count, by: PackedTimes.group) {
      groups.append(UInt32(truncatingIfNeeded: reader.offset))
      let rows = min(PackedTimes.group, facts.count - start)
      reader.next(rows, into: &instants)
      for place in 0..<rows {
        if place.isMultiple(of: RowIndex.step) {
          bits.append(bit)
          times.append(time)
        }
        let layout = Int(layoutNumbers[start + place])
        bit &+= bitCounts[layout]
        time = instants[place]
        ofLayouts[layout] = max(ofLayouts[layout] ?? .min, time)
      }
    }
    for (layout, time) in zip(facts.layouts, ofLayouts) {
      if let time { latest[layout.type.family] = max(latest[layout.type.family] ?? .min, time) }
    }
  }
}
