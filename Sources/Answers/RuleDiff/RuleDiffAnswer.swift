import Engine
import Projection
import Vocabulary
import Wire

/// The answer of `rules diff` and `rules whatif` in every form. README.md beside this file documents the JSON.
public struct RuleDiffAnswer {
  public let report: RuleDiffReport
  /// The page about it, where one was made.
  private let page: IssuedPage?

  public init(_ report: RuleDiffReport, page: IssuedPage? = nil) { (self.report, self.page) = (report, page) }

  var comparison: RuleComparison { report.comparison }
  private var outcomes: [Outcome] { (0..<comparison.differences.width).map { Outcome(place: $0) } }
}

// For programs.
extension RuleDiffAnswer {
  public var json: JSON {
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
    object["page"] = page?.json
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

  private static func json(of money: [Amount]) -> JSON {
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

  func title(_ outcome: Outcome) -> Name {
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
