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
      var drafts = try lineDrafts(of: written)
      let needy = drafts.indices.filter { drafts[$0] == nil }
      for (place, draft) in zip(needy, try eventDrafts(of: written, at: needy)) { drafts[place] = draft }
      return try hand(drafts.compactMap { $0 }, timed: true)
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

  /// The drafts of those that need no more than their line; `nil` in the places of the others.
  private func lineDrafts(of written: [WrittenEvent]) throws(AppendError) -> [Draft?] {
    let now = now
    return try written.indices.map { place throws(AppendError) in
      guard !needsEvent[written[place].type] else { return nil }
      do throws(EventError) { return try Store.draft(of: written[place], now: now) } catch {
        throw AppendError(event: place, error)
      }
    }
  }

  /// The drafts of those in the given places, read as events.
  private func eventDrafts(of written: [WrittenEvent], at places: [Int]) throws -> [Draft] {
    guard !places.isEmpty else { return [] }
    let events = try places.map { place throws(AppendError) in
      do throws(EventError) { return try Event(of: written[place], by: catalogue) } catch {
        throw AppendError(event: place, error)
      }
    }
    do { return try drafts(of: events) } catch let error as AppendError {
      throw AppendError(event: places[error.event], error.reason)
    }
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
