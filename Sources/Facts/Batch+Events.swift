public import Projection
import Wire

// Single events into a batch of somebody's own: what one account's questions are answered from.

extension Batch {
  /// Adds an event that is held apart from the facts: one behind them, or as it should have been.
  public mutating func add(_ event: HeldEvent, as account: UInt32) {
    let layout = addLayout(event.type, event.slots)
    add(at: event.at.microseconds, seq: event.seq, account: account, layout: layout, about: event.own, fields: RawSpan(), from: 0)
  }

  /// Puts an event as it should have been in the place of the wrong one.
  public mutating func replace(at place: Int, by event: HeldEvent) {
    add(event, as: rows[place].account)
    (rows[place], subjects[place]) = (rows.removeLast(), subjects.removeLast())
    count -= 1
  }
}
