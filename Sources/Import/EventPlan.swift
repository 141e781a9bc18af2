import Vocabulary
import Wire

/// What one event of a section remembers from row to row: keys that were there, and how often.
///
/// A row's marks count only once the whole row is accepted.
final class EventMemory {
  @exclusivity(unchecked) private var seen: Set<String> = []
  @exclusivity(unchecked) private var counts: [String: Int] = [:]
  @exclusivity(unchecked) private var newKey: String?
  @exclusivity(unchecked) private var newCount: String?

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
    if newKey != nil { newKey = nil }
    if newCount != nil { newCount = nil }
  }
}

/// An event of a section, ready to be written from rows of one file.
final class EventPlan {
  private let declaration: Declaration
  /// The place of the type among the catalogue's entries.
  private let type: Int
  private let when: ConditionPlan?
  private let first: TextPlan?
  private let subject: TextPlan
  /// `customer:` and the like, with which subjects of the type begin.
  private let kinds: [[UInt8]]
  private let at: TextPlan
  private let dates: [DatePattern]
  private let zone: ZoneClock
  private let id: TextPlan
  private let countsOccurrences: Bool
  private let data: DataPlan
  private let envelope: EnvelopePlan
  let memory: EventMemory
  /// The data of the row at hand, as a line has it.
  @exclusivity(unchecked) private var scratch = Text()

  init(
    _ spec: EventSpec, _ binder: Binder, _ dialect: Dialect, _ memory: EventMemory, about: Circumstances
  ) throws(MappingError) {
    declaration = spec.declaration
    type = binder.mapping.catalogue.place(named: spec.declaration.name) ?? 0
    when = try spec.when.map { condition throws(MappingError) in try ConditionPlan(condition, binder, dialect) }
    first = try spec.first.map { value throws(MappingError) in try TextPlan(value, binder) }
    subject = try TextPlan(spec.subject, binder)
    kinds = spec.declaration.subjects.map { Array(($0.word + ":").utf8) }
    at = try TextPlan(spec.at, binder)
    dates = spec.at.dates ?? dialect.dates
    zone = ZoneClock(spec.at.zone ?? dialect.zone)
    id = try TextPlan(spec.id, binder)
    countsOccurrences = id.countsOccurrences
    data = try DataPlan(spec.data, of: spec.declaration, binder, dialect)
    envelope = try EnvelopePlan(spec.members, of: spec.declaration, binder, about: about)
    self.memory = memory
    guard spec.at.template.constant != nil else { return }
    do { _ = try time(of: Row(file: "")) } catch { throw binder.fail(.badConstant(error), spec.at.spot) }
  }

  /// Writes the event of a row; says whether the row has one of this kind. What was written of one that is refused must
  /// be dropped.
  func write(_ row: Row, into page: inout WrittenEvents) throws(RowProblem) -> Bool {
    if let when, !(try when.holds(in: row)) { return false }
    if let first {
      let key = try first.range(in: row)
      guard !key.isEmpty, memory.isFirst(row.string(key)) else { return false }
    }
    let subject = try subject(of: row)
    let time = try time(of: row)
    scratch.bytes.removeAll(keepingCapacity: true)
    try data.write(row, into: &scratch)
    let id = try identity(of: row)
    let members = try envelope.ranges(in: row)
    try EventPlan.check(id.count, limit: Event.idLengthLimit, at: "id")
    page.begin(type: type, at: time)
    envelope.write(members, of: row, EnvelopePlan.Own(data: scratch.bytes, id: id, time: time, subject: subject), into: &page)
    return true
  }

  private func subject(of row: Row) throws(RowProblem) -> Range<Int> {
    let range: Range<Int>
    do { range = try subject.range(in: row) } catch { throw error.at("subject") }
    for kind in kinds where row.bytes[range].starts(with: kind) {
      if Fit.isPlainIdentifier(row.bytes[range].dropFirst(kind.count)) { return range }
    }
    let text = row.string(range)
    guard let subject = Subject(text) else { throw RowProblem(.refused(EventError(.badSubject(text), at: "subject"))) }
    let words = declaration.subjects.map(\.word)
    guard words.contains(subject.kind) else {
      throw RowProblem(.refused(EventError(.wrongSubject(found: subject.kind, allowed: words), at: "subject")))
    }
    return range
  }

  /// What `append` would refuse is refused here, where the row can still be named.
  static func check(_ bytes: Int, limit: Int, at path: String) throws(RowProblem) {
    if bytes == 0 { throw RowProblem(.refused(EventError(.missing, at: path))) }
    if bytes > limit { throw RowProblem(.refused(EventError(.tooLong(bytes: bytes, limit: limit), at: path))) }
  }

  private func time(of row: Row) throws(RowProblem) -> Instant {
    let range = try at.range(in: row)
    guard !range.isEmpty else { throw RowProblem(.blank, at: at.label) }
    do { return try Conversion.instant(range, in: row, dates, zone) } catch { throw error.at(at.label) }
  }

  private func identity(of row: Row) throws(RowProblem) -> Range<Int> {
    row.occurrence = 0
    do {
      if countsOccurrences { row.occurrence = memory.occurrence(of: row.string(try id.range(in: row))) }
      return try id.range(in: row)
    } catch { throw error.at("id") }
  }
}

/// A section, ready for the rows of one file.
final class SectionPlan {
  private let quarantine: [(condition: ConditionPlan, reason: Name)]
  private let events: [EventPlan]
  private let allowsIdle: Bool
  /// What quarantine may repeat of its rows.
  let open: OpenPart

  /// - Parameters:
  ///   - memories: one for each event of the section, shared by its files; `nil` to check only.
  ///   - about: what the envelope says where the mapping says nothing.
  init(
    _ spec: SectionSpec, _ binder: Binder, memories: [EventMemory]? = nil, about: Circumstances = Circumstances()
  ) throws(MappingError) {
    var rules: [(ConditionPlan, Name)] = []
    for rule in spec.quarantine { rules.append((try ConditionPlan(rule.condition, binder, spec.dialect), rule.reason)) }
    quarantine = rules
    var events: [EventPlan] = []
    for (place, event) in spec.events.enumerated() {
      events.append(try EventPlan(event, binder, spec.dialect, memories?[place] ?? EventMemory(), about: about))
    }
    self.events = events
    allowsIdle = spec.allowsIdle
    open = OpenPart(spec, binder)
  }

  /// Writes all events of a row, in the order of the mapping. Where it throws, those that it wrote must be dropped.
  func write(_ row: Row, into page: inout WrittenEvents) throws(RowProblem) {
    for rule in quarantine where try rule.condition.holds(in: row) { throw RowProblem(.declared(rule.reason)) }
    var hasAny = false
    for event in events where try event.write(row, into: &page) { hasAny = true }
    if !hasAny, !allowsIdle { throw RowProblem(.idle) }
  }

  func accept() { for event in events { event.memory.accept() } }
  func forget() { for event in events { event.memory.forget() } }
}
