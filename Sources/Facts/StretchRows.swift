public import Projection
import Vocabulary

/// Single rows of a stretch, found without walking there from the first: where every eighth begins is noted.
///
/// Follows from the columns, which it shares; made when they are read or packed, 13 bytes for eight rows. A class, because who
/// takes few rows out of each of many stretches would spend more on copies of a value's lists than on the rows.
public final class StretchRows: Sendable {
  /// Rows from one mark to the next: at most one fewer are stepped over for a row. Divides a group of times.
  static let step = 8
  private let first: Int64
  private let layouts: [SegmentFacts.Layout]
  private let times: PackedTimes
  private let accounts: PackedColumn
  private let layoutColumn: PackedColumn
  private let stream: [UInt8]
  /// Bits of a row of each layout.
  private let bitCounts: [UInt32]
  private let marks: Marks

  /// The latest business time of each family's events, in microseconds.
  var latest: [UInt8: Int64] { marks.latest }

  /// - Precondition: the columns have been checked.
  init(of facts: borrowing SegmentFacts) {
    (first, layouts, times, accounts) = (facts.first, facts.layouts, facts.times, facts.accounts)
    (layoutColumn, stream) = (facts.layoutColumn, facts.stream)
    bitCounts = facts.layouts.map { UInt32($0.bitCount) }
    marks = Marks(of: facts, bitCounts)
  }
}

extension StretchRows {
  /// What is noted on one walk through the rows.
  private struct Marks {
    /// At each mark, where the fields of its row begin in the stream, in bits.
    private(set) var bits: [UInt32] = []
    /// At each mark, the business time of the row before it.
    private(set) var times: [Int64] = []
    /// Where the times of each group begin in their bytes.
    private(set) var groups: [UInt32] = []
    private(set) var latest: [UInt8: Int64] = [:]

    init(of facts: borrowing SegmentFacts, _ bitCounts: [UInt32]) {
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
          if place.isMultiple(of: StretchRows.step) {
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
}

extension StretchRows {
  /// Adds rows of one account to a batch that holds nothing else than such.
  ///
  /// Complexity: O(rows asked for), each after at most seven others that are stepped over.
  /// - Parameters:
  ///   - positions: of the rows in the log.
  ///   - account: by which number the batch has them.
  ///   - subjects: names the rows' own subjects.
  /// - Precondition: the positions ascend, and are of this stretch and of one account.
  public func add(_ positions: ArraySlice<Int64>, as account: UInt32, to batch: inout Batch, _ subjects: SubjectTable) {
    // Held here, because a reader lives no longer than what it reads.
    let (layoutColumn, packedTimes, stream, accounts) = (layoutColumn, times, stream, accounts)
    let (layoutNumbers, times, fields) = (layoutColumn.reader, packedTimes.reader, stream.span.bytes)
    var shapes = [Shape?](repeating: nil, count: layouts.count)
    var holder: OwnSubject?
    for position in positions {
      let place = Int(position - first)
      let mark = place / StretchRows.step
      var bit = Int(marks.bits[mark])
      for row in mark * StretchRows.step..<place { bit += Int(bitCounts[Int(layoutNumbers[row])]) }
      let number = Int(layoutNumbers[place])
      let shape = shapes[number] ?? Shape(layouts[number], in: &batch)
      shapes[number] = shape
      let subject: OwnSubject
      if let own = shape.own {
        subject = OwnSubject(kind: own.kind, ordinal: own.slot.ordinal(in: fields, at: bit))
      } else {
        subject = holder ?? subjects.own(holderOf: Int(accounts.reader[place]))
        holder = subject
      }
      batch.add(
        at: times.time(
          of: place, from: mark * StretchRows.step - 1, at: marks.times[mark], groupAt: Int(marks.groups[place / PackedTimes.group])),
        seq: position, account: account, layout: shape.number, about: subject,
        fields: fields.extracting(bit >> 3..<(bit + Int(bitCounts[number]) + 7) >> 3 + BitPacking.slack), from: bit & 7)
    }
  }

  /// What a layout is to the rows that are added: without its lists, which would be counted at each row.
  private struct Shape {
    let number: UInt32
    let own: (kind: UInt8, slot: FactSlot)?

    init(_ layout: SegmentFacts.Layout, in batch: inout Batch) {
      number = batch.addLayout(layout)
      own = layout.kind.flatMap { kind in layout.subject.map { (kind, $0) } }
    }
  }
}

// An account's rows lie far apart, and each is read by way of what says where it is: asked for ahead, they come meanwhile.
extension StretchRows {
  /// Asks for what says where a row stands. Only a hint.
  public func willFind(_ position: Int64) {
    let place = Int(position - first)
    let mark = place / StretchRows.step
    PrefetchHints(of: marks.bits).willNeed(mark)
    PrefetchHints(of: marks.times).willNeed(mark)
    PrefetchHints(of: marks.groups).willNeed(place / PackedTimes.group)
    PrefetchHints(of: layoutColumn.bytes).willNeed(mark * StretchRows.step * layoutColumn.width / 8)
    times.willNeedWidth(of: place)
  }

  /// Asks for a row itself. Only a hint; cheap when `willFind` was asked some rows before.
  public func willRead(_ position: Int64) {
    let place = Int(position - first)
    PrefetchHints(of: stream).willNeed(Int(marks.bits[place / StretchRows.step]) >> 3)
    times.willNeed(place, groupAt: Int(marks.groups[place / PackedTimes.group]))
  }
}
