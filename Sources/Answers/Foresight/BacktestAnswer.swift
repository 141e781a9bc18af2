import Backtest
import Projection
import Statistics
import Vocabulary
import Wire

/// What warnings were worth: a row for each day and score, and for all days together.
public struct BacktestAnswer {
  private let request: BacktestRequest
  private let backtest: Backtest
  /// The models that could not be fitted, by day.
  private let failed: [Name]

  init(_ backtest: Backtest, _ request: BacktestRequest, failed: [Name]) {
    (self.backtest, self.request, self.failed) = (backtest, request, failed)
  }

  public static let columns = [
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

  public var rows: [[Cell]] { backtest.lines.map(cells) }

  private func cells(_ line: Backtest.Line) -> [Cell] {
    let hits = line.hits
    let isWarning = line.score == nil
    func share(_ value: Double?) -> Cell { value.map { .decimal($0, places: 4) } ?? .null }
    return [
      .text(line.asOf == nil ? "total" : "day"), line.asOf.map { .day($0) } ?? .null, .text(line.score ?? "health"),
      .integer(Int64(hits.judged)), .integer(Int64(hits.outcomes)), share(hits.baseRate),
      isWarning ? .integer(Int64(hits.flagged)) : .null, isWarning ? .integer(Int64(hits.caught)) : .null,
      isWarning ? share(hits.precision) : .null, isWarning ? share(hits.recall) : .null, share(line.area),
      line.leadDays.map { .decimal($0, places: 1) } ?? .null, .text(request.outcome.rawValue), .integer(Int64(request.horizon.days)),
      .text(request.ruleLabel),
    ]
  }

  /// What a reader should know beside the rows.
  public var notes: [Name] {
    let outcome = request.outcome.title
    let days = request.horizon.days
    var notes = [Name("Outcome: \(outcome.en), \(days) days.", "结果：\(outcome.zh)，\(days) 天。")]
    guard request.scores else { return notes }
    notes += failed.map { Name("Not fitted: \($0.en).", "未能拟合：\($0.zh)。") }
    notes.append(
      Name(
        "Do not rank by P(alive) alone: BG/NBD gives 1 to everyone who never bought again. Rank by expected purchases.",
        "不要单凭 P(存活) 排序：BG/NBD 对从未再次购买的客户一律给 1。请按预期购买排序。"))
    return notes
  }
}
