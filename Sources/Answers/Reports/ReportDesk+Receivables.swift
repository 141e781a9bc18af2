import Projection
import Statistics
import Vocabulary
import Wire

// Receivables: what is owed, how old it is, how long money takes to come.

extension ReportDesk {
  private static let buckets = ["notDueMinor", "days1to30Minor", "days31to60Minor", "days61to90Minor", "over90Minor"]
  private static let year = 365

  func receivables() throws -> ReportContents {
    let ageing = try records("ageing")
    let company = ageing.filter { $0.subject.hasPrefix("company:all/") }
    let currency = company.max { ($0.number("billed12mMinor") ?? 0, $1.subject) < ($1.number("billed12mMinor") ?? 0, $0.subject) }?.text("cur")
    let customers = try records("receivables").filter { $0.text("cur") == currency }
    return ReportContents(
      figures: try receivableFigures(company.first { $0.text("cur") == currency }, currency),
      sections: [
        try ages(company.first { $0.text("cur") == currency }, currency), try course(currency), overdue(customers, currency),
        overLimit(customers, currency), byOwner(ageing, currency), byCurrency(company),
      ])
  }

  private func outstanding(_ record: ReportRecord?) -> Double? {
    record.flatMap {
      daysSalesOutstanding(receivables: $0.number("openMinor") ?? 0, creditSales: $0.number("billed12mMinor") ?? 0, days: ReportDesk.year)
    }
  }

  private func receivableFigures(_ now: ReportRecord?, _ currency: String?) throws -> [ReportFigure] {
    let then = try records("ageing", on: before.last).first { $0.subject == "company:all/\(currency ?? "")" }
    let unit = ReportFigure.Unit.money(currency ?? "")
    func share(_ record: ReportRecord?) -> Double? { record?.number("overdueShareBp").map { Double($0) / 100 } }
    func money(_ record: ReportRecord?, _ column: String) -> Double? { record.map { Double($0.number(column) ?? 0) } }
    return [
      ReportFigure(
        "open", Name("Open", "应收余额"), unit, money(now, "openMinor"), before: money(then, "openMinor"),
        Name("What invoices ask and nobody paid or wrote off, at the end of the period.", "期末已开票而未收款、未核销的金额。")),
      ReportFigure(
        "overdue", Name("Overdue", "逾期金额"), unit, money(now, "overdueMinor"), before: money(then, "overdueMinor"),
        Name("Of it, past the due day (on that day nothing is late).", "其中已过到期日者（到期当日不算逾期）。")),
      ReportFigure(
        "overdue-share", Name("Overdue of what is open", "逾期占比"), .percent, share(now), before: share(then),
        Name("Overdue ÷ open.", "逾期金额 ÷ 应收余额。")),
      ReportFigure(
        "dso", Name("Days sales outstanding", "应收账款周转天数 DSO"), .days, outstanding(now), before: outstanding(then),
        Name("Balance method: open ÷ invoiced in twelve months × 365.", "余额法：应收余额 ÷ 近十二个月开票额 × 365。")),
      ReportFigure(
        "best-dso", Name("The same if nothing were overdue", "无逾期时的 DSO"), .days, now.flatMap(best), before: then.flatMap(best),
        Name("Not yet due ÷ invoiced in twelve months × 365.", "未到期金额 ÷ 近十二个月开票额 × 365。")),
    ]
  }

  private func best(_ record: ReportRecord) -> Double? {
    bestPossibleDaysSalesOutstanding(
      notDue: record.number("notDueMinor") ?? 0, creditSales: record.number("billed12mMinor") ?? 0, days: ReportDesk.year)
  }

  private func ages(_ record: ReportRecord?, _ currency: String?) throws -> ReportSection {
    let titles = Dictionary(uniqueKeysWithValues: try columns("ageing").map { ($0.name, $0.title) })
    let words = ReportDesk.buckets.map { Word($0, titles[$0]?.en ?? $0, titles[$0]?.zh ?? $0) }
    let open = record?.number("openMinor") ?? 0
    let rows: [[Cell]] = ReportDesk.buckets.map { bucket in
      let money = record?.number(bucket) ?? 0
      return [.text(bucket), .integer(money), .percent(open > 0 ? Double(money) / Double(open) : nil)]
    }
    return ReportSection(
      "ageing", Name("By age", "账龄"), note: Name("Days past the due day.", "按到期日起逾期天数。"),
      [
        Column("bucket", .text, "Days late", "逾期天数", words: words), .money("minor", Name("Open", "余额"), currency),
        Column("share", .hundredths, "Share (%)", "占比（%）"),
      ], record == nil ? [] : rows, chart: ReportChart(.bars, "minor", by: "bucket"))
  }

  /// Month by month: what was open, overdue, and DSO.
  private func course(_ currency: String?) throws -> ReportSection {
    let rows: [[Cell]] = try months(12).map { month in
      let record = try records("ageing", on: month.last).first { $0.subject == "company:all/\(currency ?? "")" }
      return [
        .text(month.description), Cell(record?.number("openMinor")), Cell(record?.number("overdueMinor")),
        .basisPoints(record?.number("overdueShareBp")), .measure(outstanding(record), places: 1),
        Cell(record?.number("billed12mMinor")), Cell(record?.number("collected12mMinor")),
      ]
    }
    return ReportSection(
      "course", Name("Over twelve months", "近十二个月走势"), note: Name("At the end of each month.", "各月末。"),
      [
        Column("month", .text, "Month", "月份"), .money("openMinor", Name("Open", "余额"), currency),
        .money("overdueMinor", Name("Overdue", "逾期"), currency), Column("overdueShare", .hundredths, "Overdue (%)", "逾期占比（%）"),
        Column("dso", .hundredths, "DSO (days)", "DSO（天）"), .money("billedMinor", Name("Invoiced in 12 months", "近 12 个月开票"), currency),
        .money("collectedMinor", Name("Collected in 12 months", "近 12 个月回款"), currency),
      ], rows, chart: ReportChart(.line, "dso", by: "month"))
  }

  private static func columns(_ currency: String?) -> [Column] {
    [
      Column("customer", .text, "Customer", "客户"), .money("openMinor", Name("Open", "余额"), currency),
      .money("overdueMinor", Name("Overdue", "逾期"), currency), Column("oldestDueOn", .day, "Oldest due on", "最早到期日"),
      Column("oldestInvoice", .text, "Oldest invoice", "最早发票"), .money("limitMinor", Name("Credit limit", "信用额度"), currency),
    ]
  }

  private func cells(_ record: ReportRecord) -> [Cell] {
    [
      .text(String(record.subject.prefix { $0 != "/" })), .integer(record.number("openMinor") ?? 0),
      .integer(record.number("overdueMinor") ?? 0), record.day("oldestDueOn").map { .day($0) } ?? .null,
      Cell(record.text("oldestInvoice")), Cell(record.number("creditLimitMinor")),
    ]
  }

  /// How many debtors are listed.
  private static let listed = 15

  private func overdue(_ records: [ReportRecord], _ currency: String?) -> ReportSection {
    let late = records.filter { ($0.number("overdueMinor") ?? 0) > 0 }.sorted {
      ($1.number("overdueMinor") ?? 0, $0.subject) < ($0.number("overdueMinor") ?? 0, $1.subject)
    }
    return ReportSection(
      "overdue", Name("Who is overdue", "逾期客户"),
      note: late.count > ReportDesk.listed ? Name("The \(ReportDesk.listed) largest of \(late.count).", "\(late.count) 个中金额最大的 \(ReportDesk.listed) 个。") : nil,
      ReportDesk.columns(currency), late.prefix(ReportDesk.listed).map(cells))
  }

  private func overLimit(_ records: [ReportRecord], _ currency: String?) -> ReportSection {
    ReportSection(
      "over-limit", Name("Over their credit limit", "超出信用额度"), ReportDesk.columns(currency),
      records.filter { $0.flag("overLimit") }.map(cells))
  }

  private func byOwner(_ records: [ReportRecord], _ currency: String?) -> ReportSection {
    let owners = records.filter { $0.text("cur") == currency && !$0.subject.hasPrefix("company:all/") }.sorted {
      ($1.number("overdueMinor") ?? 0, $1.number("openMinor") ?? 0, $0.subject) < ($0.number("overdueMinor") ?? 0, $0.number("openMinor") ?? 0, $1.subject)
    }
    return ReportSection(
      "owners", Name("By who answers for the customer", "按客户负责人"),
      [
        Column("owner", .text, "Person", "人员"), Column("customers", .integer, "Customers", "客户数"), .money("openMinor", Name("Open", "余额"), currency),
        .money("overdueMinor", Name("Overdue", "逾期"), currency), Column("overdueShare", .hundredths, "Overdue (%)", "逾期占比（%）"),
        Column("overdueCustomers", .integer, "Customers overdue", "逾期客户数"),
      ],
      owners.map {
        [
          .text(String($0.parts.first ?? "")), .count($0.count("customers")), .integer($0.number("openMinor") ?? 0),
          .integer($0.number("overdueMinor") ?? 0), .basisPoints($0.number("overdueShareBp")), .count($0.count("overdueCustomers")),
        ]
      })
  }

  private func byCurrency(_ records: [ReportRecord]) -> ReportSection {
    let rows: [[Cell]] = records.map {
      [
        Cell($0.text("cur")), .count($0.count("customers")), .integer($0.number("openMinor") ?? 0), .integer($0.number("overdueMinor") ?? 0),
        .measure(outstanding($0), places: 1), .integer($0.number("advanceMinor") ?? 0),
      ]
    }
    return ReportSection(
      "currencies", Name("By currency", "按币种"), note: Name("Money is never summed over currencies.", "不同币种的金额从不相加。"),
      [
        Column("cur", .text, "Currency", "币种"), Column("customers", .integer, "Customers", "客户数"), Column("openMinor", .money, "Open", "余额"),
        Column("overdueMinor", .money, "Overdue", "逾期"), Column("dso", .hundredths, "DSO (days)", "DSO（天）"),
        Column("advanceMinor", .money, "Advances", "预收款"),
      ], rows)
  }
}
