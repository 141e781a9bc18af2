import Engine
import Events
import Projection
import Vocabulary
import Wire

/// The answer to "why this row", for programs and for people.
public struct ExplanationAnswer {
  public let explanation: Explanation
  public let projection: AnyProjection
  /// The subject by its whole name.
  public let subject: String
  private let events: [Int64: StoredEvent]

  /// Asks why the row of a subject is as it is.
  ///
  /// - Parameter field: which events this field of the row rests on, too.
  /// - Throws: `EngineError` where the read model, the subject or the field is not there.
  public init(_ name: String, _ subject: String, view: View, field: String? = nil, in snapshot: Snapshot) throws {
    projection = try snapshot.projection(name)
    explanation = try snapshot.explain(name, subject: subject, view: view, field: field)
    self.subject = try explanation.line?.subject ?? snapshot.resolve(subject)
    events = Dictionary(explanation.events.map { ($0.seq, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether there is neither a row nor a condition to tell of.
  public var isEmpty: Bool { explanation.line == nil && explanation.findings.isEmpty }

  public static let findingColumns = [
    Column("id", .text, "Condition", "条件"), Column("title", .text, "Meaning", "含义"),
    Column("holds", .flag, "Holds", "成立"), Column("value", .text, "Value", "取值"),
    Column("threshold", .text, "Threshold", "阈值"), Column("evidence", .text, "Evidence", "依据"),
  ]

  public func findings(in language: Language) -> [[Cell]] {
    explanation.findings.map { finding in
      let evidence = finding.evidence.map { naming($0, in: language) }.joined(separator: "; ")
      return [
        .text(finding.id), .text(finding.title[language]), .flag(finding.holds), .text(finding.value), .text(finding.threshold),
        .text(evidence),
      ]
    }
  }

  /// `17 Order placed 2026-01-05`
  private func naming(_ seq: Int64, in language: Language) -> String {
    guard let event = events[seq]?.event else { return String(seq) }
    let title = Catalogue.keshi.entry(named: event.type)?.declaration.title[language] ?? event.type
    return "\(seq) \(title) \(event.occurredAt.day)"
  }
}

// For programs: complete.
extension ExplanationAnswer {
  public var json: JSON {
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
    let column = column(named: field.name)
    return [
      "name": .string(field.name), "value": field.value.map { Cell($0, in: column).asJSON } ?? .null,
      "isPartial": .bool(field.isPartial),
      "events": .array(
        field.decisive.map { decisive in
          var object = events[decisive.seq].map { ExplanationAnswer.brief($0) } ?? ["seq": .int(decisive.seq)]
          object["without"] = decisive.without.map { Cell($0, in: column).asJSON } ?? .null
          return .object(object)
        }),
    ]
  }

  /// The column of a field; one without a meaning where the model has none of that name.
  private func column(named name: String) -> Column {
    projection.columns.first { $0.name == name } ?? Column(name, .text, name, name)
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
  /// `Becomes Urgent on 2026-12-04 if nothing happens.` `nil` where the outcome has no words, or there is none.
  public func outlook(in language: Language) -> String? {
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

  public static let decisiveColumns = [
    Column("event", .text, "Event", "事件"), Column("without", .text, "Without it", "若无此事件"),
  ]

  /// The events without which a field would be another: a sentence, and a row for each.
  public func decisive(of field: FieldCause, in language: Language) -> (sentence: String, rows: [[Cell]]) {
    let column = column(named: field.name)
    func shown(_ value: Value?) -> String {
      guard let value else { return Name("no row", "无结论")[language] }
      return Cell(value, in: column).text(in: column, language)
    }
    let title = column.title[language]
    let heading = Name("\(title) is \(shown(field.value)). Without one of these events it would be:", "\(title)：\(shown(field.value))。若没有下列事件之一，则为：")
    let none = Name(
      "\(title) is \(shown(field.value)). No single event decides it: each has another that would do as well.",
      "\(title)：\(shown(field.value))。没有单独起决定作用的事件：每一个都有其他事件可替代。")
    return (
      (field.decisive.isEmpty ? none : heading)[language],
      field.decisive.map { [.text(naming($0.seq, in: language)), .text(shown($0.without))] }
    )
  }
}
