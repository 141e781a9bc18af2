import Backtest
import Projection
import Statistics
import Vocabulary
import Wire

// The answer.
extension RulesBacktestCommand {
  static let columns = [
    Column(
      "scope", .text, "Scope", "范围", words: [Word("day", "Day", "当日"), Word("total", "All days", "合计")]),
    Column("asOf", .day, "As of", "判断日"), Column("score", .text, "Score", "评分", words: BuyingScores.words),
    Column("customers", .integer, "Customers", "客户数"), Column("outcomes", .integer, "Outcomes", "出现结果"),
    Column("baseRate", .integer, "Base rate", "基准比例"), Column("flagged", .integer, "Flagged", "被预警"),
    Column("caught", .integer, "Caught", "预警命中"), Column("precision", .integer, "Precision", "精确率"),
    Column("recall", .integer, "Recall", "召回率"), Column("auc", .integer, "AUC", "AUC"),
    Column("leadDays", .integer, "Lead days", "提前天数"), Column("outcome", .text, "Outcome", "结果"),
    Column("horizonDays", .integer, "Horizon", "观察天数"), Column("rule", .text, "Rule", "规则"),
  ]

  func give(_ backtest: Backtest, in session: Session) throws {
    let rows = session.rows(RulesBacktestCommand.columns)
    for line in backtest.lines { try rows.write(cells(line)) }
    try rows.finish()
    session.console.remark(
      Name("Outcome: \(outcome.title.en), \(horizon.days) days.", "结果：\(outcome.title.zh)，\(horizon.days) 天。"))
  }

  private func cells(_ line: Backtest.Line) -> [Cell] {
    let hits = line.hits
    let isWarning = line.score == nil
    func share(_ value: Double?) -> Cell { value.map { .decimal($0, places: 4) } ?? .null }
    return [
      .text(line.asOf == nil ? "total" : "day"), line.asOf.map { .day($0) } ?? .null, .text(line.score ?? "health"),
      .integer(Int64(hits.judged)), .integer(Int64(hits.outcomes)), share(hits.baseRate),
      isWarning ? .integer(Int64(hits.flagged)) : .null, isWarning ? .integer(Int64(hits.caught)) : .null,
      isWarning ? share(hits.precision) : .null, isWarning ? share(hits.recall) : .null, share(line.area),
      line.leadDays.map { .decimal($0, places: 1) } ?? .null, .text(outcome.rawValue), .integer(Int64(horizon.days)),
      .text(ruleLabel),
    ]
  }

  private var ruleLabel: String {
    if let draft { return "\(kind)@\(draft)" }
    return rule.first { $0.kind == kind }.map { "\(kind)@\($0.version)" } ?? kind
  }

  func tell(_ comparison: BuyingScores, in session: Session) {
    guard scores else { return }
    for failure in comparison.failed { session.console.remark(Name("Not fitted: \(failure).", "未能拟合：\(failure)。")) }
    session.console.remark(
      Name(
        "Do not rank by P(alive) alone: BG/NBD gives 1 to everyone who never bought again. Rank by expected purchases.",
        "不要单凭 P(存活) 排序：BG/NBD 对从未再次购买的客户一律给 1。请按预期购买排序。"))
  }
}
