import Events
public import Log
public import Vocabulary
import Wire

// Events that come as lines, many at once.

extension Store {
  /// Appends events that were checked when they were written, all or none; durable when it returns. As `append` of events,
  /// which serves those that need more than their line: personal values to be sealed, corrections, rules.
  ///
  /// Throws `AppendError` naming the event that is refused, `Refusal` where an id names another event, or `LogError`.
  public func append(_ written: [WrittenEvent]) throws -> [Receipt] {
    guard !written.isEmpty else { return [] }
    return try turn.shared {
      let needy = written.indices.filter { needsEvent[written[$0].type] }
      guard needy.isEmpty else { return try append(written, reading: needy) }
      return try hand(try drafts(of: written), timed: true)
    }
  }

  /// Types of which the log may not take a line as it is, by their places in the catalogue: those that are checked
  /// against what is there, and those with personal values or commitments to them.
  static func typesToRead(_ catalogue: Catalogue) -> [Bool] {
    catalogue.entries.map { entry in
      let name = entry.declaration.name
      return name == Correction.corrected.declaration.name || name == LostLine.type
        || name.hasPrefix(EntityKind.rule.word + ".") || entry.isPersonal
    }
  }

  private func append(_ written: [WrittenEvent], reading needy: [Int]) throws -> [Receipt] {
    var drafts = try drafts(of: written)
    var events: [Event] = []
    for place in needy {
      do throws(EventError) { events.append(try Event(of: written[place], by: catalogue)) } catch {
        throw AppendError(event: place, error)
      }
    }
    do {
      for (place, draft) in zip(needy, try self.drafts(of: events)) { drafts[place] = draft }
    } catch let error as AppendError {
      throw AppendError(event: needy[error.event], error.reason)
    }
    return try hand(drafts, timed: true)
  }

  private func drafts(of written: [WrittenEvent]) throws -> [Draft] {
    let now = now
    var drafts: [Draft] = []
    drafts.reserveCapacity(written.count)
    for place in written.indices {
      do throws(EventError) { drafts.append(try Store.draft(of: written[place], now: now)) } catch {
        throw AppendError(event: place, error)
      }
    }
    return drafts
  }

  private static func draft(of event: WrittenEvent, now: Instant) throws(EventError) -> Draft {
    guard event.occurredAt <= now else { throw EventError(.occurredLater, at: "occurredAt") }
    let line = event.line
    guard line.count + Store.stampBytes <= Log.Limit.lineBytes else {
      throw EventError(.lineTooLong(bytes: line.count + Store.stampBytes, limit: Log.Limit.lineBytes))
    }
    return Draft(
      id: event.id, subject: event.subject, line: line, headCount: event.headCount, middleCount: event.middleCount)
  }
}
