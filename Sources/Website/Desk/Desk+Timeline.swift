import Answers
import Engine
import Events
import Pages
import Vocabulary
import Wire

// Events as people read them.

extension Desk {
  /// Events by the day on which they happened, newest first.
  func timeline(_ events: [StoredEvent]) -> [TimelineDay] {
    let ordered = events.sorted { ($0.event.occurredAt, $0.seq) > ($1.event.occurredAt, $1.seq) }
    var days: [TimelineDay] = []
    for stored in ordered {
      let day = stored.event.occurredAt.day.description
      if days.last?.day == day { days[days.count - 1].items.append(item(stored)) } else { days.append(TimelineDay(day, [item(stored)])) }
    }
    return days
  }

  private func item(_ stored: StoredEvent) -> TimelineDay.Item {
    let event = stored.event
    let declaration = Catalogue.keshi.entry(named: event.type)?.declaration
    var links = [Link(say("Event \(stored.seq)", "事件 \(stored.seq)"), eventLink(stored.seq))]
    links.append(Link(title(of: event.subject.description), subjectLink(event.subject.description)))
    return TimelineDay.Item(
      declaration?.title[language] ?? event.type, text: text(of: stored), about: circumstances(of: stored), links: links)
  }

  /// What an event says, in one line; values that the reader may not see are left out and said to be.
  func text(of stored: StoredEvent) -> String {
    guard let declaration = Catalogue.keshi.entry(named: stored.event.type)?.declaration else { return "" }
    let hidden = declaration.fields.filter { !asking.user.sees($0) && stored.event.data[$0.name] != nil }
    guard !hidden.isEmpty else { return EventDigest(declaration, language).text(of: stored) }
    var data = stored.event.data
    for field in hidden { data[field.name] = nil }
    let list = hidden.map { $0.title[language] }.joined(separator: say(", ", "、"))
    return EventDigest(declaration, language).text(of: data) + say(" [not shown to you: \(list)]", " ［无权查看：\(list)］")
  }

  /// `Li Na (SR), 09:30, recorded two days later · "renewal due"`
  private func circumstances(of stored: StoredEvent) -> String {
    let event = stored.event
    var parts: [String] = []
    if let actor = event.about.actor { parts.append(actor + (event.about.role.map { " (\($0))" } ?? "")) }
    parts.append(String(event.occurredAt.description.dropFirst(11).prefix(5)) + " UTC")
    if let recorded = event.recordedAt, recorded.day != event.occurredAt.day {
      parts.append(say("recorded on \(recorded.day)", "于 \(recorded.day) 入账"))
    }
    if let reason = event.about.reason { parts.append("“\(reason)”") }
    return parts.joined(separator: " · ")
  }
}
