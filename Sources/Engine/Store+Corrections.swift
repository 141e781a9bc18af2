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
    try refusePersonal(event, of: wrong.event)
    let right = try Corrections.apply(event, to: wrong.event, catalogue)
    if let at = right.event?.occurredAt, at > now { throw EventError(.occurredLater, at: "data.happenedAt") }
  }

  /// A correction says the whole data in its line, where no personal value may ever stand.
  private func refusePersonal(_ correction: Event, of wrong: Event) throws(EventError) {
    guard sealing != nil, let data = correction.data["data"]?.object else { return }
    let personal = catalogue.entry(named: wrong.type)?.declaration.personalFields ?? []
    for field in personal where data[field.name] != nil {
      throw EventError(
        .refused(
          Name(
            "is a personal value and cannot be corrected here; leave it out to keep it, or retract the event and record it anew",
            "属个人信息，不能在此更正；省略即保留原值，或撤销该事件后重新入账")),
        at: "data.data." + field.name)
    }
  }
}
