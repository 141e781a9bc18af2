import Engine
import Events
import Projection
import Vocabulary
import Wire

/// The answer to "why this row", for programs and for people.
struct ExplanationAnswer {
  private let explanation: Explanation
  private let projection: AnyProjection
  private let subject: String
  private let events: [Int64: StoredEvent]

  init(_ explanation: Explanation, of projection: AnyProjection, subject: String) {
    self.explanation = explanation
    self.projection = projection
    self.subject = subject
    events = Dictionary(explanation.events.map { ($0.seq, $0) }, uniquingKeysWith: { first, _ in first })
  }

  static let findingColumns = [
    Column("id", .text, "Condition", "条件"), Column("title", .text, "Meaning", "含义"),
    Column("holds", .flag, "Holds", "成立"), Column("value", .text, "Value", "取值"),
    Column("threshold", .text, "Threshold", "阈值"), Column("evidence", .text, "Evidence", "依据"),
  ]

  func giveFindings(to rows: any RowWriter, in language: Language) throws {
    for finding in explanation.findings {
      let evidence = finding.evidence.map { naming($0, in: language) }.joined(separator: "; ")
      try rows.write([
        .text(finding.id), .text(finding.title[language]), .flag(finding.holds), .text(finding.value), .text(finding.threshold),
        .text(evidence),
      ])
    }
    try rows.finish()
  }
}

// For programs: complete.
extension ExplanationAnswer {
  var json: JSON {
    var object: JSONObject = [
      "projection": .string(projection.name), "subject": .string(subject), "row": row,
      "findings": .array(explanation.findings.map { .object(json(of: $0)) }),
      "events": .array(explanation.events.map { .object(ExplanationAnswer.json(of: $0)) }),
    ]
    if let field = explanation.field { object["field"] = json(of: field) }
    object["next"] = nextJSON
    if let line = explanation.line {
      object["rule"] = line.rule.map { .string($0) } ?? .null
      object["asOf"] = .string(line.asOf.description)
      object["position"] = .int(line.position - 1)
    }
    return .object(object)
  }

  private var row: JSON {
    guard let line = explanation.line else { return .null }
    let rows = ModelRows(projection)
    return .object(JSONObject(zip(rows.columns, rows.cells(of: line)).map { ($0.name, $1.asJSON) }))
  }

  private func json(of finding: Finding) -> JSONObject {
    [
      "id": .string(finding.id), "title": ["en": .string(finding.title.en), "zh": .string(finding.title.zh)],
      "value": .string(finding.value), "threshold": .string(finding.threshold), "holds": .bool(finding.holds),
      "evidence": .array(
        finding.evidence.map { seq in events[seq].map { .object(ExplanationAnswer.brief($0)) } ?? ["seq": .int(seq)] }),
    ]
  }

  /// What becomes of the outcome if nothing happens: `null` where it stays over the horizon.
  private var nextJSON: JSON {
    guard let next = explanation.next else { return .null }
    func word(_ outcome: Outcome) -> JSON {
      outcome.word(in: projection.outcomes).map { .string($0.text) } ?? .null
    }
    return ["at": .string(next.at.description), "from": word(next.from), "to": word(next.to)]
  }

  private func json(of field: FieldCause) -> JSON {
    [
      "name": .string(field.name), "value": field.value.map { Cell($0).asJSON } ?? .null,
      "isPartial": .bool(field.isPartial),
      "events": .array(
        field.decisive.map { decisive in
          var object = events[decisive.seq].map { ExplanationAnswer.brief($0) } ?? ["seq": .int(decisive.seq)]
          object["without"] = decisive.without.map { Cell($0).asJSON } ?? .null
          return .object(object)
        }),
    ]
  }

  /// An event by number, type and time.
  private static func brief(_ stored: StoredEvent) -> JSONObject {
    [
      "seq": .int(stored.seq), "type": .string(stored.event.type), "time": .string(stored.event.occurredAt.description),
    ]
  }

  private static func json(of stored: StoredEvent) -> JSONObject {
    var object = brief(stored)
    object["subject"] = .string(stored.event.subject.description)
    object["data"] = .object(stored.shownData)
    return object
  }
}

// For people.
extension ExplanationAnswer {
  func tell(in session: Session) throws {
    let language = session.language
    try session.console.output.write("\(subject) — \(projection.title[language])\n\n")
    if let line = explanation.line {
      let rows = ModelRows(projection)
      try session.give(rows.columns, rows.cells(of: line))
      try session.console.output.write("\n")
    }
    if let next = sentence(in: language) { try session.console.output.write(next + "\n\n") }
    if !explanation.findings.isEmpty {
      try giveFindings(to: session.rows(ExplanationAnswer.findingColumns), in: language)
    }
    if let field = explanation.field { try tell(field, in: session) }
    guard !explanation.events.isEmpty else { return }
    try session.console.output.write("\n")
    let history = HistoryWriter(session)
    for event in explanation.events { try history.write(event) }
    try history.finish()
  }

  /// `Warning: Watch; Urgent from 2026-12-04 if nothing happens.` Where the outcome has no words, nothing.
  private func sentence(in language: Language) -> String? {
    guard !projection.outcomes.isEmpty, explanation.line != nil || explanation.next != nil else { return nil }
    guard let next = explanation.next else {
      return Name(
        "Stays so for the next \(Foresight.horizonDays) days if nothing happens.",
        "若无新事件，今后 \(Foresight.horizonDays) 天内不变。")[language]
    }
    let to = next.to.word(in: projection.outcomes)?.title ?? Name("no row", "无结论")
    let isMidnight = next.at == next.at.day.start
    let at = isMidnight ? next.at.day.description : next.at.description
    return Name("Becomes \(to.en) on \(at) if nothing happens.", "若无新事件，将于 \(at) 变为\(to.zh)。")[language]
  }

  /// The events without which the field would be another.
  private func tell(_ field: FieldCause, in session: Session) throws {
    let language = session.language
    let column = projection.columns.first { $0.name == field.name }
    func shown(_ value: Value?) -> String {
      guard let value else { return Name("no row", "无结论")[language] }
      return TableWriter.text(Cell(value), in: column ?? Column(field.name, .text, "", ""))
    }
    let title = column?.title[language] ?? field.name
    let heading = Name("\(title) is \(shown(field.value)). Without one of these events it would be:", "\(title)：\(shown(field.value))。若没有下列事件之一，则为：")
    let none = Name(
      "\(title) is \(shown(field.value)). No single event decides it: each has another that would do as well.",
      "\(title)：\(shown(field.value))。没有单独起决定作用的事件：每一个都有其他事件可替代。")
    try session.console.output.write("\n" + (field.decisive.isEmpty ? none : heading)[language] + "\n\n")
    guard !field.decisive.isEmpty else { return }
    let rows = session.rows([Column("event", .text, "Event", "事件"), Column("without", .text, "Without it", "若无此事件")])
    for decisive in field.decisive {
      try rows.write([.text(naming(decisive.seq, in: language)), .text(shown(decisive.without))])
    }
    try rows.finish()
  }

  /// `17 Order placed 2026-01-05`
  private func naming(_ seq: Int64, in language: Language) -> String {
    guard let event = events[seq]?.event else { return String(seq) }
    let title = Catalogue.keshi.entry(named: event.type)?.declaration.title[language] ?? event.type
    return "\(seq) \(title) \(event.occurredAt.day)"
  }
}

extension Cell {
  var asJSON: JSON {
    switch self {
    case .null, .absent: .null
    case .text(let text): .string(text)
    case .integer(let number): .int(number)
    case .flag(let flag): .bool(flag)
    case .decimal(let number, let places): .string(number.fixed(places))
    case .day(let day): .string(day.description)
    case .instant(let instant): .string(instant.description)
    case .json(let json): json
    }
  }
}
