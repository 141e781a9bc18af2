public import Projection
import Vocabulary
import Wire

extension LinePlans {
  /// Shows one canonical line to `body` as projections see it, with the name of its subject.
  ///
  /// For one customer's history this spares the derivation of the whole stretch.
  /// - Throws: `FactsError` where the line is not one that Keshi writes.
  public func withRecorded<R>(
    _ line: Span<UInt8>, seq: Int64, _ body: (borrowing Recorded, String) throws -> R
  ) throws -> R {
    var numbers: [LineFact] = []
    do {
      if let facts = try LineReader(plans: self).read(line, facts: &numbers) {
        let slots = numbers.map { FactSlot(tag: $0.tag, value: $0.value) }
        let event = Recorded(
          type: plans[facts.plan].code, at: Instant(microseconds: facts.at), seq: seq, slots: slots.span)
        return try body(event, fromRawJSON(facts.subject.map { line[$0] }))
      }
    } catch let error as JSONError {
      throw FactsError.unreadableLine(seq: seq, offset: error.offset)
    }
    return try withOlder(line, seq: seq, body)
  }

  /// A line whose data has an older shape.
  private func withOlder<R>(
    _ line: Span<UInt8>, seq: Int64, _ body: (borrowing Recorded, String) throws -> R
  ) throws -> R {
    let event: Event
    do { event = try Event(reading: line, by: catalogue) } catch {
      throw FactsError.refused(seq: seq, message: error.message(in: .en))
    }
    guard let entry = catalogue.entry(named: event.type) else { throw FactsError.unreadableLine(seq: seq, offset: 0) }
    let slots = FactEncoder.slots(of: event.data, by: entry.declaration)
    let recorded = Recorded(
      type: entry.code, at: event.occurredAt, seq: seq, slots: slots.span)
    return try body(recorded, event.subject.description)
  }
}
