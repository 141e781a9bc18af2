public import Projection
import Wire

// Some rows of a stretch, and single events, into a batch of somebody's own: what one account's questions are answered from.

extension SegmentFacts {
  /// Adds rows to a batch that holds nothing else than such.
  ///
  /// Complexity: O(rows asked for), each after at most seven others that are stepped over.
  /// - Parameters:
  ///   - positions: of the rows in the log.
  ///   - account: by which number the batch has them.
  ///   - subjects: names the rows' own subjects.
  /// - Precondition: the positions ascend, and are of this stretch.
  public func add(_ positions: some Sequence<Int64>, as account: UInt32, to batch: inout Batch, _ subjects: SubjectTable) {
    let (accounts, layoutNumbers) = (accounts.reader, layoutColumn.reader)
    let (times, fields) = (times.reader, stream.span.bytes)
    var known = [UInt32?](repeating: nil, count: layouts.count)
    for position in positions {
      let place = Int(position - first)
      let mark = place / RowIndex.step
      var bit = Int(index.bits[mark])
      for row in mark * RowIndex.step..<place { bit += Int(index.bitCounts[Int(layoutNumbers[row])]) }
      let number = Int(layoutNumbers[place])
      let layout = layouts[number]
      let shown = known[number] ?? batch.addLayout(layout.type, layout.shown)
      known[number] = shown
      let subject: OwnSubject
      if let kind = layout.kind, let slot = layout.subject {
        subject = OwnSubject(kind: kind, ordinal: slot.ordinal(in: fields, at: bit))
      } else {
        subject = subjects.own(holderOf: Int(accounts[place]))
      }
      batch.add(
        at: times.time(
          of: place, from: mark * RowIndex.step - 1, at: index.times[mark], groupAt: Int(index.groups[place / PackedTimes.group])),
        seq: position, account: account, layout: shown, about: subject,
        fields: stream[bit >> 3..<(bit + layout.bitCount + 7) >> 3 + BitPacking.slack], from: bit & 7)
    }
  }
}

extension Batch {
  /// Adds an event that is held apart from the facts: one behind them, or as it should have been.
  public mutating func add(_ event: HeldEvent, as account: UInt32) {
    let layout = addLayout(event.type, event.slots)
    add(at: event.at.microseconds, seq: event.seq, account: account, layout: layout, about: event.own, fields: [], from: 0)
  }

  /// Puts an event as it should have been in the place of the wrong one.
  public mutating func replace(at place: Int, by event: HeldEvent) {
    add(event, as: rows[place].account)
    (rows[place], subjects[place]) = (rows.removeLast(), subjects.removeLast())
    count -= 1
  }
}
