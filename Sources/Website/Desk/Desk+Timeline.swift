import Answers
import Engine
import Events
import Pages
import Vocabulary
import Wire

// Events as people read them.

extension Desk {
  /// Events by the day on which they happened, newest first. - Parameter subject: whose page it is, and need not be named.
  func timeline(_ events: [StoredEvent], besides subject: String = "") -> [TimelineDay] {
    let ordered = events.sorted { ($0.event.occurredAt, $0.seq) > ($1.event.occurredAt, $1.seq) }
    var days: [TimelineDay] = []
    for stored in ordered {
      let day = stored.event.occurredAt.day.description
      if days.last?.day == day { days[days.count - 1].items.append(item(stored, besides: subject)) } else { days.append(TimelineDay(day, [item(stored, besides: subject)])) }
    }
    return days
  }

  private func item(_ stored: StoredEvent, besides subject: String) -> TimelineDay.Item {
    let event = stored.event
    let declaration = Catalogue.keshi.entry(named: event.type)?.declaration
    var links = [Link(say("Event \(stored.seq)", "事件 \(stored.seq)"), eventLink(stored.seq))]
    let about = event.subject.description
    if about != subject { links.append(Link(title(of: about), subjectLink(about))) }
    return TimelineDay.Item(
      declaration?.title[language] ?? event.type, text: text(of: stored), about: circumstances(of: stored), links: links)
  }

  /// What an event says, in one line.
  func text(of stored: StoredEvent) -> String {
    guard let declaration = Catalogue.keshi.entry(named: stored.event.type)?.declaration else { return "" }
    return EventDigest(declaration, language).text(of: stored)
  }

  /// `Li Na (SR), 09:30, recorded two days later · "renewal due"`
  private func circumstances(of stored: StoredEvent) -> String {
    let event = stored.event
    var parts: [String] = []
    if let actor = event.about.actorName ?? event.about.actor { parts.append(actor + (event.about.role.map { " (\($0))" } ?? "")) }
    parts.append(String(event.occurredAt.description.dropFirst(11).prefix(5)) + " UTC")
    if let recorded = event.recordedAt, recorded.day != event.occurredAt.day {
      parts.append(say("recorded on \(recorded.day)", "于 \(recorded.day) 入账"))
    }
    if let reason = event.about.reason { parts.append("“\(reason)”") }
    return parts.joined(separator: " · ")
  }
}
