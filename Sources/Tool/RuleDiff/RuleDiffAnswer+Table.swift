import Engine
import Projection
import Vocabulary
import Wire

// For people, on a terminal: what the rules say differently, who moves where, whose money, then everyone.
extension RuleDiffAnswer {
  func tell(in session: Session) throws {
    let comparison = report.comparison
    try session.give(
      [
        Column("rules", .text, "Rules", "规则"), Column("asOf", .instant, "As of", "截至"),
        Column("position", .position, "Newest event", "最新事件"), Column("subjects", .integer, "Subjects", "主体数"),
        Column("moved", .integer, "Outcome changes", "结论改变"), Column("restated", .integer, "Only particulars change", "仅细节改变"),
        Column("money", .text, "Money concerned", "涉及金额"),
      ],
      [
        .text("\(comparison.from.label) → \(comparison.to.label)"), .instant(comparison.asOf),
        .integer(comparison.position - 1), .integer(Int64(comparison.subjects)), .integer(Int64(comparison.moved)),
        .integer(Int64(report.entries.count - comparison.moved)),
        .text(RuleDiffAnswer.people(report.money, session.language)),
      ])
    try part(Name("What the rules say differently", "规则的不同之处"), fieldColumns, fieldRows, session)
    try part(Name("From (rows) to (columns)", "由（行）到（列）"), matrixColumns(session.language), matrixRows(session.language), session)
    try part(Name("Conditions that hold", "成立的条件"), conditionColumns, conditionRows, session)
    try part(Name("By grade", "按等级"), totalColumns, totalRows(report.totals { $0.grade }, session.language), session)
    try part(Name("By owner", "按负责人"), totalColumns, totalRows(report.totals { $0.owner }, session.language), session)
    try part(Name("Everyone concerned", "全部相关主体"), columns, report.entries.map { peopleCells($0, session.language) }, session)
    if report.searched < report.entries.count {
      session.console.remark(
        Name(
          "First differences were looked for of \(report.searched) of \(report.entries.count); --first-differences N looks for more.",
          "已查找 \(report.entries.count) 个主体中 \(report.searched) 个的首次分歧；--first-differences N 可查找更多。"))
    }
  }

  /// A table under a heading; nothing where it has no rows.
  private func part(_ heading: Name, _ columns: [Column], _ rows: [[Cell]], _ session: Session) throws {
    guard !rows.isEmpty else { return }
    try session.console.output.write("\n\(heading[session.language])\n\n")
    let writer = session.rows(columns)
    for row in rows { try writer.write(row) }
    try writer.finish()
  }

  /// `Revenue of 12 months CNY 1,200.00`
  static func people(_ money: [Amount], _ language: Language) -> String {
    money.map { "\($0.measure.title[language]) \($0.currency) \($0.minor.asMoney)" }.joined(separator: "; ")
  }

  func peopleCells(_ entry: RuleDiffReport.Entry, _ language: Language) -> [Cell] {
    var cells = cells(of: entry)
    cells[cells.count - 1] = .text(RuleDiffAnswer.people(entry.money, language))
    return cells
  }
}

// The parts, which the page shows too.
extension RuleDiffAnswer {
  var fieldColumns: [Column] {
    [
      Column("field", .text, "Field", "字段"), Column("title", .text, "Meaning", "含义"), Column("from", .text, "From", "原值"),
      Column("to", .text, "To", "新值"),
    ]
  }

  var fieldRows: [[Cell]] {
    report.fields.map { field in
      [
        .text(field.name), .text(field.title[Speech.language]), field.old.map { .json($0) } ?? .null,
        field.new.map { .json($0) } ?? .null,
      ]
    }
  }

  /// Outcomes that at least one subject has by either rule.
  private var present: [Outcome] {
    let all = (0..<report.comparison.differences.width).map { Outcome(place: $0) }
    return all.filter { outcome in
      all.contains { report.comparison.count(from: outcome, to: $0) + report.comparison.count(from: $0, to: outcome) > 0 }
    }
  }

  private func title(_ outcome: Outcome, _ language: Language) -> String {
    (outcome.word(in: report.comparison.projection.outcomes)?.title ?? Name("No row", "无结论"))[language]
  }

  func matrixColumns(_ language: Language) -> [Column] {
    [Column("from", .text, "From", "原结论")]
      + present.map { Column("to\($0.place)", .integer, title($0, .en), title($0, .zh)) }
      + [Column("sum", .integer, "Sum", "合计")]
  }

  func matrixRows(_ language: Language) -> [[Cell]] {
    present.map { old in
      let counts = present.map { Int64(report.comparison.count(from: old, to: $0)) }
      return [.text(title(old, language))] + counts.map { .integer($0) } + [.integer(counts.reduce(0, +))]
    }
  }

  var conditionColumns: [Column] {
    [
      Column("condition", .text, "Condition", "条件"), Column("from", .integer, "From", "原数"),
      Column("to", .integer, "To", "新数"),
    ]
  }

  /// Conditions of which the count changes.
  var conditionRows: [[Cell]] {
    let differences = report.comparison.differences
    return report.comparison.projection.conditions.enumerated().compactMap { place, word in
      let (old, new) = (differences.heldBefore[place], differences.heldAfter[place])
      return old == new ? nil : [.text(word.title[Speech.language]), .integer(Int64(old)), .integer(Int64(new))]
    }
  }

  var totalColumns: [Column] {
    [
      Column("name", .text, "Name", "名称"), Column("count", .integer, "Subjects", "主体数"),
      Column("money", .text, "Money concerned", "涉及金额"),
    ]
  }

  func totalRows(_ totals: [RuleDiffReport.Total], _ language: Language) -> [[Cell]] {
    totals.map { total in
      [
        .text(total.name ?? "–"), .integer(Int64(total.count)), .text(RuleDiffAnswer.people(total.money, language)),
      ]
    }
  }
}
