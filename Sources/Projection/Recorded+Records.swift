import Vocabulary

// The records of a list, such as the obligations of a contract, as facts.
//
// A list whose records hold facts stands among the slots as a mark of its own tag before each record, whose value is the
// record's number from 1, then the record's facts, and behind the last record a mark of value 0. A mark is the same for
// all events of a shape and costs no bits. A list that is too long is one mark: its length below zero.

extension Recorded {
  /// How long the list under `fact` is; 0 where there is none. Complexity: O(facts of the event).
  public func count(_ fact: some RawRepresentable<UInt8>) -> Int {
    var count = 0
    for place in slots.indices where slots[place].tag == fact.rawValue {
      let number = Int(clamping: slots[place].base)
      count = number < 0 ? -number : max(count, number)
    }
    return count
  }

  /// Calls `body` with the records of the list under `fact`, in its order: each as an event that has the record's facts
  /// and no others. Of a list of more than `Field.recordsPerList` records none is shown; `count` tells of them.
  public func forEachRecord(_ fact: some RawRepresentable<UInt8>, _ body: (borrowing Recorded) -> Void) {
    var start: Int?
    for place in slots.indices where slots[place].tag == fact.rawValue {
      if let start {
        body(
          Recorded(
            type: type, at: at, seq: seq, subject: subject, slots: slots.extracting(start + 1..<place), payload: payload,
            start: self.start))
      }
      start = place
    }
  }
}
