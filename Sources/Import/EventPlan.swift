import Vocabulary
import Wire

/// What one event of a section remembers from row to row: keys that were there, and how often.
///
/// A row's marks count only once the whole row is accepted.
final class EventMemory {
  private var seen: Set<String> = []
  private var counts: [String: Int] = [:]
  private var newKey: String?
  private var newCount: String?

  func isFirst(_ key: String) -> Bool {
    guard !seen.contains(key) else { return false }
    newKey = key
    return true
  }

  func occurrence(of key: String) -> Int {
    newCount = key
    return (counts[key] ?? 0) + 1
  }

  func accept() {
    if let newKey { seen.insert(newKey) }
    if let newCount { counts[newCount, default: 0] += 1 }
    forget()
  }

  func forget() {
    newKey = nil
    newCount = nil
  }
}

/// An event of a section, ready to be made from rows of one file.
final class EventPlan {
  /// A member of the envelope, ready to be made.
  private struct Member {
    let name: String
    let path: any WritableKeyPath<Circumstances, String?> & Sendable
    let text: TextPlan
    let isOptional: Bool
  }

  private let declaration: Declaration
  private let when: ConditionPlan?
  private let first: TextPlan?
  private let subject: TextPlan
  private let at: TextPlan
  private let dates: [DatePattern]
  private let zone: Zone
  private let id: TextPlan
  private let countsOccurrences: Bool
  private let members: [Member]
  private let data: [(name: String, plan: ShapePlan)]
  let memory: EventMemory

  init(_ spec: EventSpec, _ binder: Binder, _ dialect: Dialect, _ memory: EventMemory) throws(MappingError) {
    declaration = spec.declaration
    when = try spec.when.map { condition throws(MappingError) in try ConditionPlan(condition, binder, dialect) }
    first = try spec.first.map { value throws(MappingError) in try TextPlan(value, binder) }
    subject = try TextPlan(spec.subject, binder)
    at = try TextPlan(spec.at, binder)
    dates = spec.at.dates ?? dialect.dates
    zone = spec.at.zone ?? dialect.zone
    id = try TextPlan(spec.id, binder)
    countsOccurrences = id.countsOccurrences
    var members: [Member] = []
    for member in spec.members {
      let text = try TextPlan(member.value, binder)
      members.append(Member(name: member.name, path: member.path, text: text, isOptional: member.value.isOptional))
    }
    self.members = members
    data = try ShapePlan.fields(spec.data, binder, dialect)
    self.memory = memory
    guard spec.at.template.constant != nil else { return }
    do { _ = try time(of: Row(file: "")) } catch { throw binder.fail(.badConstant(error), spec.at.spot) }
  }

  /// The event of a row, or `nil` where the row has none of this kind.
  func event(of row: Row, about: Circumstances) throws(RowProblem) -> Event? {
    if let when, !(try when.holds(in: row)) { return nil }
    if let first {
      let key = try first.range(in: row)
      guard !key.isEmpty, memory.isFirst(row.string(key)) else { return nil }
    }
    let text = row.string(try subject.range(in: row))
    guard let subject = Subject(text) else { throw RowProblem(.refused(EventError(.badSubject(text), at: "subject"))) }
    var event = Event(
      declaration.name, subject, at: try time(of: row), try ShapePlan.object(data, in: row), version: declaration.version,
      id: try identity(of: row))
    event.about = about
    try fill(&event.about, from: row)
    do throws(EventError) {
      try event.check(against: declaration)
      try EventPlan.check(event.id?.utf8.count ?? 0, limit: Event.idLengthLimit, at: "id")
    } catch {
      throw RowProblem(.refused(error))
    }
    return event
  }

  private func fill(_ about: inout Circumstances, from row: Row) throws(RowProblem) {
    for member in members {
      let range = try member.text.range(in: row)
      if range.isEmpty, member.isOptional { continue }
      do { try EventPlan.check(range.count, limit: Circumstances.lengthLimit, at: member.name) } catch {
        throw RowProblem(.refused(error))
      }
      about[keyPath: member.path] = row.string(range)
    }
  }

  /// What `append` would refuse is refused here, where the row can still be named.
  private static func check(_ bytes: Int, limit: Int, at path: String) throws(EventError) {
    if bytes == 0 { throw EventError(.missing, at: path) }
    if bytes > limit { throw EventError(.tooLong(bytes: bytes, limit: limit), at: path) }
  }

  private func time(of row: Row) throws(RowProblem) -> Instant {
    let range = try at.range(in: row)
    guard !range.isEmpty else { throw RowProblem(.blank, at: at.label) }
    do { return try Conversion.instant(range, in: row, dates, zone) } catch { throw error.at(at.label) }
  }

  private func identity(of row: Row) throws(RowProblem) -> String {
    row.occurrence = 0
    if countsOccurrences { row.occurrence = memory.occurrence(of: row.string(try id.range(in: row))) }
    return row.string(try id.range(in: row))
  }
}

/// A section, ready for the rows of one file.
final class SectionPlan {
  private let quarantine: [(condition: ConditionPlan, reason: Name)]
  private let events: [EventPlan]
  private let allowsIdle: Bool

  /// - Parameter memories: one for each event of the section, shared by its files; `nil` to check only.
  init(_ spec: SectionSpec, _ binder: Binder, memories: [EventMemory]? = nil) throws(MappingError) {
    var rules: [(ConditionPlan, Name)] = []
    for rule in spec.quarantine { rules.append((try ConditionPlan(rule.condition, binder, spec.dialect), rule.reason)) }
    quarantine = rules
    var events: [EventPlan] = []
    for (place, event) in spec.events.enumerated() {
      events.append(try EventPlan(event, binder, spec.dialect, memories?[place] ?? EventMemory()))
    }
    self.events = events
    allowsIdle = spec.allowsIdle
  }

  /// All events of a row, in the order of the mapping; none where one of them is refused.
  func events(of row: Row, about: Circumstances) throws(RowProblem) -> [Event] {
    for rule in quarantine where try rule.condition.holds(in: row) { throw RowProblem(.declared(rule.reason)) }
    var made: [Event] = []
    for event in events {
      if let event = try event.event(of: row, about: about) { made.append(event) }
    }
    if made.isEmpty, !allowsIdle { throw RowProblem(.idle) }
    return made
  }

  func accept() { for event in events { event.memory.accept() } }
  func forget() { for event in events { event.memory.forget() } }
}
