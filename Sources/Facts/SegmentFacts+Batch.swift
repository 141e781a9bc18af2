public import Projection
import Wire

// Packed columns → a batch that folds read.

extension SegmentFacts {
  /// Fills `batch` with the rows of `partition`, in the log's order.
  ///
  /// - Parameters:
  ///   - positions: rows at or beyond this position are left out.
  ///   - subjects: names the rows' own subjects; needed where a gathering is keyed by subjects or reads them.
  public func unpack(
    into batch: inout Batch, partition: Partition, before positions: Int64, subjects: SubjectTable?
  ) {
    batch.first = first
    batch.removeLayouts()
    for layout in layouts { batch.addLayout(layout) }
    batch.stream = stream
    let limit = Int(min(Int64(count), max(0, positions - first)))
    if batch.rows.count < limit { batch.rows = Array(repeating: Batch.Row.empty, count: limit) }
    batch.count = unpackRows(limit, Share(partition), into: &batch.rows)
    if let subjects { nameSubjects(&batch, partition, subjects) }
  }

  /// Unpacks all columns side by side, group by group, so that nothing but the rows leaves the nearest cache.
  private func unpackRows(_ limit: Int, _ share: Share, into rows: inout [Batch.Row]) -> Int {
    var rows = rows.mutableSpan
    let accounts = accounts.reader
    let layoutNumbers = layoutColumn.reader
    let bitCounts = layouts.map { UInt32($0.bitCount) }
    var bit: UInt32 = 0
    var times = times.reader
    var instants = PackedTimes.Group(repeating: 0)
    var kept = 0
    for start in stride(from: 0, to: limit, by: PackedTimes.group) {
      let end = min(start + PackedTimes.group, count)
      times.next(end - start, into: &instants)
      for place in start..<min(end, limit) {
        let (account, isOurs) = share.split(accounts[place])
        let layout = layoutNumbers[place]
        // Written whether it is ours or not, and then kept or written over: cheaper than a guess at every row.
        rows[kept] = Batch.Row(
          at: instants[place - start], account: account, layout: layout, payload: bit,
          place: UInt32(truncatingIfNeeded: place))
        bit &+= bitCounts[Int(layout)]
        kept += isOurs ? 1 : 0
      }
    }
    return kept
  }

  /// Names each row's own subject.
  private func nameSubjects(_ batch: inout Batch, _ partition: Partition, _ subjects: SubjectTable) {
    batch.subjects.removeAll(keepingCapacity: true)
    let bytes = stream.span.bytes
    // Apart from the layouts, whose lists would be counted at each row.
    let own = layouts.map { layout in layout.kind.flatMap { kind in layout.subject.map { (kind: kind, slot: $0) } } }
    for place in 0..<batch.count {
      let row = batch.rows[place]
      if let own = own[Int(row.layout)] {
        batch.subjects.append(OwnSubject(kind: own.kind, ordinal: own.slot.ordinal(in: bytes, at: Int(row.payload))))
      } else {
        let account = Int(row.account) * partition.count + (partition.count > 1 ? partition.index : 0)
        batch.subjects.append(subjects.own(holderOf: account))
      }
    }
  }
}

extension SegmentFacts {
  /// The account of every row.
  public func unpackAccounts(into numbers: inout [UInt32]) {
    if numbers.count != count { numbers = Array(repeating: 0, count: count) }
    let accounts = accounts.reader
    for row in 0..<count { numbers[row] = accounts[row] }
  }

  /// Rows whose event carries an id of this hash.
  public func rows(withIDHash hash: UInt32) -> [Int] { ids.rows(hash) }
  /// The same alone, for who holds nothing else of the stretch.
  public var idIndex: (UInt32) -> [Int] { { [ids] in ids.rows($0) } }
}

extension SegmentFacts {
  /// The business time of every row, in microseconds.
  public func unpackTimes(into times: inout [Int64]) {
    if times.count != count { times = Array(repeating: 0, count: count) }
    var reader = self.times.reader
    var group = PackedTimes.Group(repeating: 0)
    for start in stride(from: 0, to: count, by: PackedTimes.group) {
      let rows = min(PackedTimes.group, count - start)
      reader.next(rows, into: &group)
      for row in 0..<rows { times[start + row] = group[row] }
    }
  }
}

extension Batch {
  /// What projections are shown of a layout: the facts, and behind them the subject's number.
  @discardableResult mutating func addLayout(_ layout: SegmentFacts.Layout) -> UInt32 {
    addLayout(layout.type, layout.slots, and: layout.subject?.tagged(EnvelopeFact.thing.rawValue))
  }
}

extension FactSlot {
  /// The number of a subject within its kind, which stands at the front of a row that begins at `bit`.
  @inline(__always)
  func ordinal(in bytes: RawSpan, at bit: Int) -> UInt32 {
    let rest = width == 0 ? 0 : bytes.bits(at: bit, width: Int(width))
    return UInt32(truncatingIfNeeded: base &+ Int64(bitPattern: rest))
  }
}
