import Engine
import Projection
import Vocabulary
import Wire

/// The answer of `rules diff` and `rules whatif` in every form. README.md beside this file documents the JSON.
struct RuleDiffAnswer {
  let report: RuleDiffReport
  let paper: RuleDiffPaper?

  func give(in session: Session) throws {
    switch session.format {
    case .json, .ndjson: try session.console.output.write(json.canonical + "\n")
    case .csv: try giveChanges(to: session.rows(columns))
    case .table: try tell(in: session)
    }
  }

  private var comparison: RuleComparison { report.comparison }
  private var outcomes: [Outcome] { (0..<comparison.differences.width).map { Outcome(place: $0) } }
}

// For programs.
extension RuleDiffAnswer {
  var json: JSON {
    var object: JSONObject = [
      "kind": .string(comparison.from.kind), "projection": .string(comparison.projection.name),
      "from": RuleDiffAnswer.json(of: comparison.from), "to": RuleDiffAnswer.json(of: comparison.to),
      "fields": .array(report.fields.map { RuleDiffAnswer.json(of: $0) }),
      "asOf": .string(comparison.asOf.description), "position": .int(comparison.position - 1),
      "subjects": .int(Int64(comparison.subjects)), "moved": .int(Int64(comparison.moved)),
      "restated": .int(Int64(report.entries.count - comparison.moved)),
    ]
    object["outcomes"] = .array(outcomes.filter { $0.place > 0 || total($0).from + total($0).to > 0 }.map { json(of: $0) })
    object["matrix"] = .array(matrix)
    object["conditions"] = .array(conditions)
    object["money"] = RuleDiffAnswer.json(of: report.money)
    object["grades"] = json(of: report.totals { $0.grade }, as: "grade")
    object["owners"] = json(of: report.totals { $0.owner }, as: "owner")
    object["firstDifferencesSearched"] = .int(Int64(report.searched))
    object["changes"] = .array(report.entries.map { json(of: $0) })
    object["page"] = paper?.json
    return .object(object)
  }

  private static func json(of rule: PublishedRule) -> JSON {
    [
      "version": .int(Int64(rule.rule.version)), "hash": .string(rule.hash), "seq": rule.seq.map { .int($0) } ?? .null,
      "why": ["en": .string(rule.rule.why.en), "zh": .string(rule.rule.why.zh)],
      "effective": rule.rule.effective == .distantPast ? .null : .string(rule.rule.effective.description),
    ]
  }

  private static func json(of field: RuleDiffReport.FieldChange) -> JSON {
    ["name": .string(field.name), "title": json(of: field.title), "from": field.old ?? .null, "to": field.new ?? .null]
  }

  private static func json(of name: Name) -> JSON { ["en": .string(name.en), "zh": .string(name.zh)] }

  static func json(of money: [Amount]) -> JSON {
    .array(
      money.map {
        ["measure": .string($0.measure.text), "cur": .string($0.currency.description), "minor": .int($0.minor)]
      })
  }

  private func total(_ outcome: Outcome) -> (from: Int, to: Int) {
    (
      outcomes.reduce(0) { $0 + comparison.count(from: outcome, to: $1) },
      outcomes.reduce(0) { $0 + comparison.count(from: $1, to: outcome) }
    )
  }

  private func json(of outcome: Outcome) -> JSON {
    let (from, to) = total(outcome)
    return [
      "outcome": word(outcome), "title": RuleDiffAnswer.json(of: title(outcome)), "from": .int(Int64(from)),
      "to": .int(Int64(to)),
    ]
  }

  private func word(_ outcome: Outcome) -> JSON {
    outcome.word(in: comparison.projection.outcomes).map { .string($0.text) } ?? .null
  }

  private func title(_ outcome: Outcome) -> Name {
    outcome.word(in: comparison.projection.outcomes)?.title ?? Name("No row", "无结论")
  }

  private var matrix: [JSON] {
    outcomes.flatMap { old in
      outcomes.compactMap { new -> JSON? in
        let count = comparison.count(from: old, to: new)
        guard count > 0 else { return nil }
        return [
          "from": word(old), "to": word(new), "count": .int(Int64(count)),
          "money": RuleDiffAnswer.json(of: report.money(from: old, to: new)),
        ]
      }
    }
  }

  private var conditions: [JSON] {
    comparison.projection.conditions.enumerated().map { place, word in
      [
        "id": .string(word.text), "title": RuleDiffAnswer.json(of: word.title),
        "from": .int(Int64(comparison.differences.heldBefore[place])),
        "to": .int(Int64(comparison.differences.heldAfter[place])),
      ]
    }
  }

  private func json(of totals: [RuleDiffReport.Total], as name: String) -> JSON {
    .array(
      totals.map { total in
        .object([
          name: total.name.map { .string($0) } ?? .null, "count": .int(Int64(total.count)),
          "money": RuleDiffAnswer.json(of: total.money),
        ])
      })
  }

  private func json(of entry: RuleDiffReport.Entry) -> JSON {
    let row = entry.change.row
    return .object([
      "subject": .string(entry.change.subject),
      "difference": .string(entry.change.difference == .outcome ? "outcome" : "particulars"),
      "from": json(of: row.old, row.oldOutcome), "to": json(of: row.new, row.newOutcome),
      "since": row.new?.since.map { .string($0.description) } ?? .null,
      "firstDifference": entry.first.map { RuleDiffAnswer.json(of: $0) } ?? .null,
      "grade": entry.grade.map { .string($0) } ?? .null, "owner": entry.owner.map { .string($0) } ?? .null,
      "money": RuleDiffAnswer.json(of: entry.money),
    ])
  }

  private func json(of row: AnyRow?, _ outcome: Outcome) -> JSON {
    guard let row else { return .null }
    let names = comparison.projection.columns.map(\.name)
    var object = JSONObject(zip(names, row.values).map { ($0, Cell($1).asJSON) })
    object["outcome"] = word(outcome)
    object["since"] = row.since.map { .string($0.description) } ?? .null
    object["because"] = row.because.map { .int($0) } ?? .null
    return .object(object)
  }

  private static func json(of first: RuleDiffReport.FirstDifference) -> JSON {
    [
      "at": .string(first.at.description),
      "event": [
        "seq": .int(first.event.seq), "type": .string(first.event.event.type),
        "time": .string(first.event.event.occurredAt.description),
      ],
    ]
  }
}

// For spreadsheets: one row a changed subject.
extension RuleDiffAnswer {
  var columns: [Column] {
    [
      Column("subject", .text, "Subject", "主体"),
      Column("from", .text, "From", "原结论", words: comparison.projection.outcomes),
      Column("to", .text, "To", "新结论", words: comparison.projection.outcomes),
      Column("since", .instant, "Since", "起始"), Column("firstDifference", .instant, "First difference", "首次分歧"),
      Column("event", .position, "Event", "依据事件"), Column("eventType", .text, "Type", "事件类型"),
      Column("grade", .text, "Grade", "等级"), Column("owner", .text, "Owner", "负责人"),
      Column("money", .text, "Money concerned", "涉及金额"),
    ]
  }

  func giveChanges(to rows: any RowWriter) throws {
    for entry in report.entries { try rows.write(cells(of: entry)) }
    try rows.finish()
  }

  func cells(of entry: RuleDiffReport.Entry) -> [Cell] {
    let row = entry.change.row
    let outcomes = comparison.projection.outcomes
    return [
      .text(entry.change.subject), Cell(row.oldOutcome.word(in: outcomes)?.text),
      Cell(row.newOutcome.word(in: outcomes)?.text), Cell(row.new?.since), Cell(entry.first?.at), Cell(entry.first?.event.seq),
      Cell(entry.first?.event.event.type), Cell(entry.grade), Cell(entry.owner), .text(RuleDiffAnswer.text(of: entry.money)),
    ]
  }

  /// `revenue12m CNY 1200; contractsInForce CNY 5000`, in minor units.
  static func text(of money: [Amount]) -> String {
    money.map { "\($0.measure.text) \($0.currency) \($0.minor)" }.joined(separator: "; ")
  }
}
