import Events
import Facts
import Log
import Vocabulary
import Wire

extension Store {
  /// A correction must fit the event that it names before it is in the log, where it would stay.
  func checkCorrection(_ event: Event, now: Instant) throws {
    guard event.type == Correction.corrected.declaration.name, let seq = event.data["seq"]?.int else { return }
    let size = Int64(head.size)
    guard seq < size else {
      throw EventError(.outOfRange(seq, 0...max(0, size - 1)), at: "data.seq")
    }
    try log.reader.refresh()
    let line = try log.reader.line(at: UInt64(seq))
    guard !line.span.isRedaction else {
      let why = Name("is the number of a line that gave place to its hash", "是已被哈希取代的行的序号")
      throw EventError(.refused(why), at: "data.seq")
    }
    let wrong = try StoredEvent(seq: seq, line: line.span, catalogue: catalogue)
    let right = try Corrections.apply(event, to: wrong.event, catalogue)
    if let at = right.event?.occurredAt, at > now { throw EventError(.occurredLater, at: "data.happenedAt") }
  }
}
