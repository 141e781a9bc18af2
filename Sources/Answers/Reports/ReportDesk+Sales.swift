import Projection
import Statistics
import Vocabulary
import Wire

// The sales review: what was won and lost, by whom and why; what is open, and what it may bring.

extension ReportDesk {
  func sales() throws -> ReportContents {
    let deals = try records("funnel").compactMap(ReportDeal.init)
    let currency = deals.map(\.record).mainCurrency()
    let main = deals.filter { $0.currency == currency }
    return ReportContents(
      figures: try salesFigures(deals, main, currency),
      sections: [
        try wonByMonth(deals, currency), try ordersByMonth(), stageSteps(try records("cycle")), wonBySeller(deals, currency), reasons(deals, currency),
        leadSources(try records("market"), currency), openDeals(deals, currency), try pipeline(main, currency),
        try revenueForecast(main, currency), currencies(deals),
      ])
  }

  private func results(_ deals: [ReportDeal], _ period: Period) throws -> SalesResults {
    try SalesResults(deals.compactMap(\.statistics), from: Int(period.first.number), to: Int(min(period.last, last).number))
  }
}

/// An opportunity as the funnel has it.
struct ReportDeal {
  let record: ReportRecord
  let opened: Day
  let closed: Day?
  let currency: String?
  /// Expected of an open one, final of a closed one, minor units.
  let value: Int64
  let state: String

  init?(_ record: ReportRecord) {
    guard let opened = record.day("openedOn"), let state = record.text("state") else { return nil }
    (self.record, self.opened, self.state) = (record, opened, state)
    closed = record.day("closedOn")
    currency = record.text("cur")
    value = record.number("amountMinor") ?? 0
  }

  var isOpen: Bool { closed == nil }
  func isWon(in period: Period) -> Bool { state == "won" && closed.map(period.contains) == true }
  func isLost(in period: Period) -> Bool { state == "lost" && closed.map(period.contains) == true }

  /// As the statistics take it; `nil` of an abandoned one, which is in no rate.
  var statistics: DealRecord? {
    let (opened, closed) = (Int(opened.number), self.closed.map { Int($0.number) })
    guard let closed else { return DealRecord(opened: opened, amount: value > 0 ? value : nil) }
    switch state {
    case "won": return DealRecord(opened: opened, won: max(opened, closed), value: max(0, value))
    case "lost": return DealRecord(opened: opened, lost: max(opened, closed))
    default: return nil
    }
  }
}

// MARK: What was won and lost

extension ReportDesk {
  private func salesFigures(_ all: [ReportDeal], _ main: [ReportDeal], _ currency: String?) throws -> [ReportFigure] {
    let (now, then) = (try results(all, period), try results(all, before))
    let (money, moneyThen) = (try results(main, period), try results(main, before))
    let unit = ReportFigure.Unit.money(currency ?? "")
    let spread = now.winRate.interval().map { (100 * $0.lower, 100 * $0.upper) }
    return [
      ReportFigure(
        "won-amount", Name("Won", "赢单金额"), unit, Double(money.revenue), before: Double(moneyThen.revenue),
        Name("Final amounts of the opportunities won in the period, in the main currency.", "期内赢单的最终金额，仅主要币种。")),
      ReportFigure(
        "won", Name("Opportunities won", "赢单数"), .count, Double(now.won), before: Double(then.won),
        Name("In all currencies.", "所有币种。")),
      ReportFigure(
        "win-rate", Name("Win rate", "赢单率"), .percent, now.winRate.share.map { $0 * 100 }, before: then.winRate.share.map { $0 * 100 },
        Name("Won ÷ (won + lost), by number; interval of Wilson at 95 %.", "赢单数 ÷（赢单数 + 输单数）；95 % Wilson 区间。"), interval: spread),
      ReportFigure(
        "mean-won", Name("Mean won amount", "平均赢单金额"), unit, money.meanWon, before: moneyThen.meanWon,
        Name("Won amount ÷ won, in the main currency.", "赢单金额 ÷ 赢单数，仅主要币种。")),
      ReportFigure(
        "cycle", Name("Median days to winning", "赢单周期中位数"), .days, now.wonCycle?.median, before: then.wonCycle?.median,
        Name("From opening to winning (quantile of type 7).", "由立项至赢单（第 7 型分位数）。")),
      ReportFigure(
        "velocity", Name("Sales velocity a day", "日均销售速率"), unit, money.velocity(), before: moneyThen.velocity(),
        Name(
          "Open at the end × win rate × mean won ÷ mean days to winning, in the main currency.",
          "期末在途数 × 赢单率 × 平均赢单金额 ÷ 平均赢单天数，仅主要币种。")),
    ]
  }

  private func wonByMonth(_ deals: [ReportDeal], _ currency: String?) throws -> ReportSection {
    let rows: [[Cell]] = months(13).map { month in
      let won = deals.filter { $0.isWon(in: month) }
      let lost = deals.count { $0.isLost(in: month) }
      let amount = won.filter { $0.currency == currency }.reduce(0) { $0 + $1.value }
      return [
        .text(month.description), .count(won.count), .integer(amount), .count(lost),
        .percent(Proportion(won.count, of: won.count + lost)?.share), .count(deals.count { month.contains($0.opened) }),
      ]
    }
    return ReportSection(
      "won-by-month", Name("Won by month", "按月赢单"),
      note: isPartial ? Name("The last month ends on \(last).", "最后一个月截至 \(last)。") : nil,
      [
        Column("month", .text, "Month", "月份"), Column("won", .integer, "Won", "赢单"),
        .money("wonMinor", Name("Won amount", "赢单金额"), currency), Column("lost", .integer, "Lost", "输单"),
        Column("winRate", .hundredths, "Win rate (%)", "赢单率（%）"), Column("opened", .integer, "Opened", "新立项"),
      ], rows, chart: ReportChart(.columns, "wonMinor", by: "month"))
  }

  /// What went on from each stage, of all that ever stood in it.
  private func stageSteps(_ records: [ReportRecord]) -> ReportSection {
    let stages = records.filter { $0.text("counts") == "stage" && $0.subject.hasPrefix("company:all/stage-") }
    let rows: [[Cell]] = stages.sorted { ($1.count("entered"), $0.subject) < ($0.count("entered"), $1.subject) }.map { record in
      [
        .text(String(record.subject.dropFirst("company:all/stage-".count))), .count(record.count("entered")),
        .count(record.count("advanced")), .basisPoints(record.number("conversionBp")), .count(record.count("open")),
        .count(record.count("lost")), .measure(record.measure("medianDays")),
      ]
    }
    return ReportSection(
      "stages", Name("Funnel: what went on from each stage", "漏斗：各阶段的推进"),
      note: Name(
        "All opportunities until the end of the period, those that are still in the stage included.", "截至期末的全部商机，含仍处于该阶段者。"),
      [
        Column("stage", .text, "Stage", "阶段"), Column("entered", .integer, "Entered", "进入"),
        Column("advanced", .integer, "Went on", "继续推进"), Column("conversion", .hundredths, "Went on (%)", "推进率（%）"),
        Column("open", .integer, "Still there", "仍在此阶段"), Column("lost", .integer, "Lost", "输单"),
        Column("medianDays", .hundredths, "Median days", "停留中位数（天）"),
      ], rows, chart: ReportChart(.bars, "entered", by: "stage"))
  }

  private func wonBySeller(_ deals: [ReportDeal], _ currency: String?) -> ReportSection {
    let byOwner = Dictionary(grouping: deals) { $0.record.text("owner") ?? "" }
    let lines = byOwner.map { owner, deals in
      let won = deals.filter { $0.isWon(in: period) }
      let mine = deals.filter { $0.currency == currency }
      return (
        owner, won: won.count, lost: deals.count { $0.isLost(in: period) },
        amount: won.filter { $0.currency == currency }.reduce(0) { $0 + $1.value },
        open: mine.filter(\.isOpen).reduce(0) { $0 + $1.value },
        weighted: mine.filter(\.isOpen).reduce(0) { $0 + ($1.record.number("weightedMinor") ?? 0) }
      )
    }
    let rows: [[Cell]] = lines.filter { $0.won + $0.lost > 0 || $0.open > 0 }.sorted { ($1.amount, $1.open, $0.0) < ($0.amount, $0.open, $1.0) }.map {
      [
        .text($0.0.isEmpty ? "–" : $0.0), .count($0.won), .count($0.lost), .percent(Proportion($0.won, of: $0.won + $0.lost)?.share),
        .integer($0.amount), .integer($0.open), .integer($0.weighted),
      ]
    }
    return ReportSection(
      "sellers", Name("By person", "按人员"),
      note: Name("Who answered for the opportunity when it was closed, or answers for it at the end.", "以结案时或期末的负责人为准。"),
      [
        Column("owner", .text, "Person", "人员"), Column("won", .integer, "Won", "赢单"), Column("lost", .integer, "Lost", "输单"),
        Column("winRate", .hundredths, "Win rate (%)", "赢单率（%）"), .money("wonMinor", Name("Won amount", "赢单金额"), currency),
        .money("openMinor", Name("Open", "在途金额"), currency), .money("weightedMinor", Name("Open by probability", "在途加权"), currency),
      ], rows, chart: ReportChart(.bars, "wonMinor", by: "owner"))
  }

  private func reasons(_ deals: [ReportDeal], _ currency: String?) -> ReportSection {
    var counts: [String: (won: Int, lost: Int, amount: Int64)] = [:]
    for deal in deals where deal.isWon(in: period) || deal.isLost(in: period) {
      for reason in (deal.record.text("reasons") ?? "").split(whereSeparator: { $0 == "," || $0 == ";" }) {
        let reason = reason.drop { $0 == " " }
        var sum = counts[String(reason)] ?? (0, 0, 0)
        if deal.isWon(in: period) { sum.won += 1 } else {
          sum.lost += 1
          if deal.currency == currency { sum.amount += deal.value }
        }
        counts[String(reason)] = sum
      }
    }
    let rows: [[Cell]] = counts.sorted { ($1.value.won + $1.value.lost, $0.key) < ($0.value.won + $0.value.lost, $1.key) }.map {
      [.text($0.key), .count($0.value.won), .count($0.value.lost), .integer($0.value.amount)]
    }
    return ReportSection(
      "reasons", Name("Why", "赢输原因"), note: Name("An opportunity counts with each of its reasons.", "一个商机按其每个原因各计一次。"),
      [
        Column("reason", .text, "Reason", "原因"), Column("won", .integer, "Won", "赢单"), Column("lost", .integer, "Lost", "输单"),
        .money("lostMinor", Name("Lost amount", "输单金额"), currency),
      ], rows)
  }

  private func leadSources(_ records: [ReportRecord], _ currency: String?) -> ReportSection {
    let sources = records.filter { $0.text("about") == "source" && $0.text("cur") == currency }
    let rows: [[Cell]] = sources.sorted { ($1.count("wonMinor"), $0.subject) < ($0.count("wonMinor"), $1.subject) }.map { record in
      [
        .text(String(record.parts.dropLast().joined(separator: "/"))), .count(record.count("leads")), .count(record.count("converted")),
        .count(record.count("won")), .basisPoints(record.number("conversionBp")), .integer(record.number("wonMinor") ?? 0),
      ]
    }
    return ReportSection(
      "sources", Name("Where leads came from", "线索来源"),
      note: Name("Since the beginning of the record, as it stood at the end of the period.", "自有记录起至期末。"),
      [
        Column("source", .text, "Source", "来源"), Column("leads", .integer, "Leads", "线索"),
        Column("converted", .integer, "Converted", "已转化"), Column("won", .integer, "Won", "赢单"),
        Column("conversion", .hundredths, "Won of the leads (%)", "线索赢单率（%）"), .money("wonMinor", Name("Won amount", "赢单金额"), currency),
      ], rows)
  }

  private func currencies(_ deals: [ReportDeal]) -> ReportSection {
    let all = Dictionary(grouping: deals) { $0.currency ?? "–" }
    let rows: [[Cell]] = all.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { currency, deals in
      [
        .text(currency), .count(deals.count { $0.isWon(in: period) }),
        .integer(deals.filter { $0.isWon(in: period) }.reduce(0) { $0 + $1.value }),
        .count(deals.count(where: \.isOpen)), .integer(deals.filter(\.isOpen).reduce(0) { $0 + $1.value }),
      ]
    }
    return ReportSection(
      "currencies", Name("By currency", "按币种"), note: Name("Money is never summed over currencies.", "不同币种的金额从不相加。"),
      [
        Column("cur", .text, "Currency", "币种"), Column("won", .integer, "Won", "赢单"), Column("wonMinor", .money, "Won amount", "赢单金额"),
        Column("open", .integer, "Open", "在途"), Column("openMinor", .money, "Open amount", "在途金额"),
      ], rows.count > 1 ? rows : [])
  }
}

extension Column {
  /// Minor units of one currency, which its title names.
  static func money(_ name: String, _ title: Name, _ currency: String?) -> Column {
    Column(name, .money, title.en + (currency.map { ", \($0)" } ?? ""), title.zh + (currency.map { "（\($0)）" } ?? ""))
  }
}
