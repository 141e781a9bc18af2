import Projection
import Vocabulary
import Wire

// A report for programs: every section a table of codes, numbers in their unit, days as days.

extension ReportAnswer {
  /// The figures at the head as a table, then the sections.
  public var tables: [ReportSection] { [figureTable] + sections }

  /// - Throws: `E-REPORT-SECTION` with the names that there are.
  public func table(_ id: String) throws -> ReportSection {
    guard let found = tables.first(where: { $0.id == id }) else {
      let names = tables.map(\.id).joined(separator: ", ")
      throw Trouble(
        .unknownName, "E-REPORT-SECTION",
        Name("the report \(name.rawValue) has no section \(id)", "报告 \(name.rawValue) 没有 \(id) 这一部分"), unharmed: Unharmed.everything,
        remedy: Name("choose one of: \(names)", "请从中选择：\(names)"))
    }
    return found
  }

  private var figureTable: ReportSection {
    ReportSection(
      "figures", Name("Figures", "主要指标"),
      [
        Column("figure", .text, "Figure", "指标", words: figures.map { Word($0.id, $0.title.en, $0.title.zh) }),
        Column("unit", .text, "Unit", "单位"), Column("value", .text, "Value", "本期"), Column("before", .text, "Before", "上期"),
        Column("lower", .text, "From", "下限"), Column("upper", .text, "To", "上限"),
      ],
      figures.map { figure in
        [
          .text(figure.id), .text(figure.unit.code), figure.cell(figure.value), figure.cell(figure.before), figure.cell(figure.interval?.lower),
          figure.cell(figure.interval?.upper),
        ]
      })
  }

  /// One row a value: for a spreadsheet that takes the whole report at once.
  public static let columns: [Column] = [
    Column("section", .text, "Section", "部分"), Column("line", .integer, "Line", "行"), Column("column", .text, "Column", "列"),
    Column("value", .text, "Value", "值"),
  ]

  public var rows: [[Cell]] {
    tables.flatMap { table in
      table.rows.enumerated().flatMap { line, row in
        zip(table.columns, row).map { column, cell in
          [.text(table.id), .integer(Int64(line + 1)), .text(column.name), cell == .null ? .null : .text(cell.plain)]
        }
      }
    }
  }

  /// - Parameter page: the page about it, where one was made.
  public func json(with page: IssuedPage? = nil) -> JSON {
    var object: JSONObject = [
      "report": .string(name.rawValue), "title": title.json, "period": .string(period.description),
      "from": .string(period.first.description), "to": .string(period.last.description), "partial": .bool(isPartial),
      "asOf": .string(asOf.description), "position": .int(position),
      "models": .array(models.map { ["name": .string($0.name), "rule": $0.rule.map { .string($0) } ?? .null] }),
      "rules": .array(rules.map { ["rule": .string($0.label), "hash": .string($0.hash)] }),
      "figures": .array(figures.map(\.json)), "sections": .array(sections.map(\.json)),
    ]
    object["page"] = page?.json
    return .object(object)
  }
}

extension Name {
  fileprivate var json: JSON { ["en": .string(en), "zh": .string(zh)] }
}

extension ReportSection {
  fileprivate var json: JSON {
    .object([
      "id": .string(id), "title": heading.json, "note": note?.json ?? .null,
      "columns": .array(columns.map { ["name": .string($0.name), "kind": .string($0.kind.rawValue), "title": $0.title.json] }),
      "rows": .array(rows.map { row in .object(JSONObject(zip(columns, row).map { ($0.name, $1.asJSON) })) }),
    ])
  }
}

extension ReportFigure {
  fileprivate var json: JSON {
    .object([
      "id": .string(id), "title": title.json, "unit": .string(unit.code), "value": cell(value).asJSON, "before": cell(before).asJSON,
      "lower": cell(interval?.lower).asJSON, "upper": cell(interval?.upper).asJSON, "definition": definition.json,
    ])
  }

  /// Minor units and counts as whole numbers, everything else with four decimals.
  fileprivate func cell(_ number: Double?) -> Cell {
    guard let number else { return .null }
    return switch unit {
    case .count, .money: .money(number)
    case .percent, .days, .score: .decimal(number, places: 4)
    }
  }
}

extension ReportFigure.Unit {
  /// `count`, `CNY` (minor units), `percent`, `days`, `score`.
  public var code: String {
    switch self {
    case .count: "count"
    case .money(let currency): currency.isEmpty ? "minor" : currency
    case .percent: "percent"
    case .days: "days"
    case .score: "score"
    }
  }
}
