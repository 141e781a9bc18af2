public import Projection
import Wire

// Packed columns → a batch that folds read.

extension SegmentFacts {
  /// Fills `batch` with this stretch, its order with the rows of `partition`.
  ///
  /// - Parameters:
  ///   - positions: rows at or beyond this position are left out.
  ///   - subjects: fills kinds and ordinals of the rows' own subjects; needed where a projection is keyed by subjects.
  public func unpack(
    into batch: inout Batch, partition: Partition, before positions: Int64, subjects: SubjectTable?
  ) {
    batch.first = first
    batch.removeLayouts()
    for layout in layouts { batch.addLayout(layout.type, layout.slots) }
    batch.stream = stream
    resize(&batch)
    times.unpack(count, into: &batch.times)
    unpack(accounts, into: &batch.accounts)
    unpack(layoutColumn, into: &batch.layoutNumbers)
    if let subjects { walkSubjects(&batch, subjects) } else { walk(&batch) }
    let rows = Int(min(Int64(count), max(0, positions - first)))
    selectRows(&batch, rows, partition)
  }

  private func resize(_ batch: inout Batch) {
    guard batch.times.count != count else { return }
    batch.times = Array(repeating: 0, count: count)
    batch.accounts = Array(repeating: 0, count: count)
    batch.layoutNumbers = Array(repeating: 0, count: count)
    batch.offsets = Array(repeating: 0, count: count)
  }

  private func unpack(_ column: PackedColumn, into numbers: inout [UInt32]) {
    let bytes = column.bytes.span.bytes
    let mask = BitPacking.mask(column.width)
    for row in 0..<count {
      numbers[row] = UInt32(truncatingIfNeeded: BitPacking.number(row, width: column.width, mask: mask, in: bytes))
    }
  }

  /// Finds where each row's varying facts begin.
  private func walk(_ batch: inout Batch) {
    let skips = layouts.map { UInt8($0.varying) }
    let before = layouts.map { UInt8($0.kind == nil ? 0 : 1) }
    let bytes = stream.span
    var position = 0
    for row in 0..<count {
      let layout = Int(batch.layoutNumbers[row])
      if before[layout] != 0 { position = skipVarint(bytes, position) }
      batch.offsets[row] = UInt32(truncatingIfNeeded: position)
      for _ in 0..<skips[layout] { position = skipVarint(bytes, position) }
    }
  }

  @inline(__always) private func skipVarint(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var position = start
    while bytes[position] >= 0x80 { position += 1 }
    return position + 1
  }

  /// As `walk`, and names each row's own subject.
  private func walkSubjects(_ batch: inout Batch, _ subjects: SubjectTable) {
    batch.subjectKinds = Array(repeating: 0, count: count)
    batch.ordinals = Array(repeating: 0, count: count)
    let bytes = stream.span
    var position = 0
    for row in 0..<count {
      let layout = layouts[Int(batch.layoutNumbers[row])]
      if let kind = layout.kind {
        var reader = ByteReader(stream.span.bytes, at: position)
        batch.subjectKinds[row] = kind
        batch.ordinals[row] = UInt32(truncatingIfNeeded: reader.varint() ?? 0)
        position = reader.position
      } else {
        let holder = subjects.entry(subjects.holder(of: Int(batch.accounts[row])))
        batch.subjectKinds[row] = holder.kind
        batch.ordinals[row] = holder.ordinal
      }
      batch.offsets[row] = UInt32(truncatingIfNeeded: position)
      for _ in 0..<layout.varying { position = skipVarint(bytes, position) }
    }
  }

  /// Rows of the partition, sorted by account where there are so many accounts that the order in which their states
  /// are visited decides the speed. The sort is stable, so each account's rows keep their order.
  private func selectRows(_ batch: inout Batch, _ rows: Int, _ partition: Partition) {
    batch.order.removeAll(keepingCapacity: true)
    if partition.count == 1 {
      for row in 0..<rows { batch.order.append(UInt32(row)) }
    } else {
      let count = UInt32(partition.count)
      let index = UInt32(partition.index)
      for row in 0..<rows where batch.accounts[row] % count == index { batch.order.append(UInt32(row)) }
    }
    if accounts.width > SegmentFacts.sortedWidth {
      RadixSort.sort(&batch.order, by: batch.accounts, width: accounts.width)
    }
  }

  /// Bits of account numbers up to which all states fit the processor's caches well enough unsorted.
  static let sortedWidth = 15
}

extension SegmentFacts {
  /// The account of every row.
  public func unpackAccounts(into numbers: inout [UInt32]) {
    if numbers.count != count { numbers = Array(repeating: 0, count: count) }
    unpack(accounts, into: &numbers)
  }

  /// Rows whose event carries an id of this hash.
  public func rows(withIDHash hash: UInt32) -> [Int] { ids.rows(hash) }
}

extension SegmentFacts {
  /// The business time of every row, in microseconds.
  public func unpackTimes(into times: inout [Int64]) {
    if times.count != count { times = Array(repeating: 0, count: count) }
    self.times.unpack(count, into: &times)
  }
}
