import Answers
import Engine
import Projection
import Vocabulary
import Wire

// For people, on a terminal: what the rules say differently, who moves where, whose money, then everyone.
extension RuleDiffAnswer {
  func give(in session: Session) throws {
    switch session.format {
    case .json, .ndjson: try session.console.output.write(json.canonical + "\n")
    case .csv: try session.rows(columns).give(rows)
    case .table: try tell(in: session)
    }
  }

  private func tell(in session: Session) throws {
    let comparison = report.comparison
    let language = session.language
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
        .text(RuleDiffAnswer.text(of: report.money, in: language)),
      ])
    try part(Name("What the rules say differently", "规则的不同之处"), RuleDiffAnswer.fieldColumns, fields(in: language), session)
    try part(Name("From (rows) to (columns)", "由（行）到（列）"), matrixColumns, matrix(in: language), session)
    try part(Name("Conditions that hold", "成立的条件"), RuleDiffAnswer.conditionColumns, conditions(in: language), session)
    try part(Name("By grade", "按等级"), RuleDiffAnswer.totalColumns, totals(in: language) { $0.grade }, session)
    try part(Name("By owner", "按负责人"), RuleDiffAnswer.totalColumns, totals(in: language) { $0.owner }, session)
    try part(Name("Everyone concerned", "全部相关主体"), columns, people(in: language), session)
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
    try session.rows(columns).give(rows)
  }
}
