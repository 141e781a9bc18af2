import Projection
import Statistics
import Vocabulary
import Wire

// Complaints after ISO 10002: how many, how grave, from what cause, and whether each step came in time.

extension ReportDesk {
  private static let steps = [
    ("firstResponse", Word("firstResponse", "First response", "首次响应")), ("feedback", Word("feedback", "First feedback", "首次反馈")),
    ("solution", Word("solution", "Solution", "解决")),
  ]

  func complaints() throws -> ReportContents {
    let all = try records("complaints")
    let filed = all.filed(in: period)
    return ReportContents(
      figures: complaintFigures(filed, all.filed(in: before), open: all),
      sections: [
        try byMonth(), stepTimes(filed), try severities(filed), causes(filed), try open(all), try outcomes(all),
      ])
  }

  private func complaintFigures(_ now: [ReportRecord], _ then: [ReportRecord], open: [ReportRecord]) -> [ReportFigure] {
    let (punctual, earlier) = (now.inTime, then.inTime)
    let spread = punctual?.interval().map { (100 * $0.lower, 100 * $0.upper) }
    return [
      ReportFigure(
        "filed", Name("Complaints filed", "受理投诉"), .count, Double(now.count), before: Double(then.count),
        Name("Filed in the period.", "期内受理。")),
      ReportFigure(
        "in-time", Name("Every step in time", "各步均按时"), .percent, punctual?.share.map { $0 * 100 }, before: earlier?.share.map { $0 * 100 },
        Name(
          "Of those filed in the period: no step late or overdue by the rule on time limits; interval of Wilson at 95 %.",
          "期内受理者中，依时限规则无任何步骤逾期的占比；95 % Wilson 区间。"), interval: spread),
      ReportFigure(
        "reopened", Name("Reopened", "曾重开"), .count, Double(now.count { $0.count("reopened") > 0 }),
        before: Double(then.count { $0.count("reopened") > 0 }), Name("Of those filed in the period.", "期内受理者中。")),
      ReportFigure(
        "repeats", Name("Same customer, same category again", "同客户同类重复投诉"), .count, Double(now.count { $0.count("repeats") > 0 }),
        before: Double(then.count { $0.count("repeats") > 0 }),
        Name("Within the days that the rule on time limits names.", "在时限规则所定天数之内。")),
      ReportFigure(
        "open", Name("Open at the end", "期末未结"), .count, Double(open.count { $0.text("state") != "closed" }), before: nil,
        Name("All that are not closed, whenever filed.", "不论何时受理，凡未结案者。")),
    ]
  }

  private func byMonth() throws -> ReportSection {
    let figures = try records("complaint-figures").filter { $0.text("severity") == nil }
    let rows: [[Cell]] = months(13).map { month in
      let record = figures.first { $0.text("month") == month.description }
      return [
        .text(month.description), .count(record?.count("filed") ?? 0), .count(record?.count("closed") ?? 0), .count(record?.count("late") ?? 0),
        Cell(record?.number("medianFirstResponseMin")), .measure(record?.number("medianClosingMin").map { Double($0) / 1_440 }, places: 1),
      ]
    }
    return ReportSection(
      "by-month", Name("By month of filing", "按受理月份"),
      [
        Column("month", .text, "Month", "月份"), Column("filed", .integer, "Filed", "受理"), Column("closed", .integer, "Closed since", "其中已结"),
        Column("late", .integer, "With a late step", "有逾期步骤"), Column("firstResponse", .integer, "Median minutes to the first response", "首次响应中位数（分钟）"),
        Column("closing", .hundredths, "Median days to the closing", "结案中位数（天）"),
      ], rows, chart: ReportChart(.columns, "filed", by: "month"))
  }

  private func stepTimes(_ filed: [ReportRecord]) -> ReportSection {
    let rows: [[Cell]] = ReportDesk.steps.map { column, _ in
      func count(_ state: String) -> Int { filed.count { $0.text(column) == state } }
      let (met, late, overdue) = (count("met"), count("met-late"), count("overdue"))
      let share = Proportion(met, of: met + late + overdue)
      return [
        .text(column), .count(met), .count(late), .count(overdue), .count(count("running") + count("paused")), .percent(share?.share),
      ]
    }
    return ReportSection(
      "steps", Name("Time limits, step by step", "各步骤时限"),
      note: Name("Of complaints filed in the period; limits by severity, in working time, stopped while the customer is waited for.", "期内受理的投诉；时限按级别以工作时间计，等待客户期间暂停。"),
      [
        Column("step", .text, "Step", "步骤", words: ReportDesk.steps.map(\.1)), Column("met", .integer, "In time", "按时"),
        Column("late", .integer, "Done late", "逾期完成"), Column("overdue", .integer, "Overdue", "已逾期"), Column("running", .integer, "Running", "计时中"),
        Column("share", .hundredths, "In time (%)", "按时率（%）"),
      ], filed.isEmpty ? [] : rows, chart: ReportChart(.bars, "share", by: "step"))
  }

  private func severities(_ filed: [ReportRecord]) throws -> ReportSection {
    let words = try words("complaints", "severity")
    return ReportSection(
      "severities", Name("By severity", "按级别"),
      [
        Column("severity", .text, "Severity", "级别", words: words), Column("filed", .integer, "Filed", "受理"), Column("late", .integer, "With a late step", "有逾期步骤"),
        Column("escalated", .integer, "Escalated", "曾升级"), Column("closed", .integer, "Closed", "已结"),
      ],
      words.map { word in (word, filed.filter { $0.text("severity") == word.text }) }.filter { !$0.1.isEmpty }.map { word, those in
        [
          .text(word.text), .count(those.count), .count(those.count { $0.count("breaches") > 0 }), .count(those.count { $0.count("escalations") > 0 }),
          .count(those.count { $0.text("state") == "closed" }),
        ]
      })
  }

  private func causes(_ filed: [ReportRecord]) -> ReportSection {
    let groups = Dictionary(grouping: filed) { $0.text("category") ?? "–" }
    return ReportSection(
      "categories", Name("By category", "按类别"),
      [
        Column("category", .text, "Category", "类别"), Column("filed", .integer, "Filed", "受理"), Column("repeats", .integer, "Repeats", "重复"),
        Column("late", .integer, "With a late step", "有逾期步骤"),
      ],
      groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { category, those in
        [
          .text(category), .count(those.count), .count(those.count { $0.count("repeats") > 0 }), .count(those.count { $0.count("breaches") > 0 }),
        ]
      }, chart: ReportChart(.bars, "filed", by: "category"))
  }

  private func open(_ all: [ReportRecord]) throws -> ReportSection {
    let open = all.filter { $0.text("state") != "closed" }.sorted {
      ($0.instant("nextDueAt") ?? .distantFuture, $0.subject) < ($1.instant("nextDueAt") ?? .distantFuture, $1.subject)
    }
    return ReportSection(
      "open", Name("Open at the end of the period", "期末未结投诉"),
      [
        Column("complaint", .text, "Complaint", "投诉"), Column("customer", .text, "Customer", "客户"),
        Column("severity", .text, "Severity", "级别", words: try words("complaints", "severity")),
        Column("next", .text, "Next step", "下一步", words: try words("complaints", "next")), Column("due", .instant, "Due", "时限"),
        Column("breaches", .integer, "Steps late", "逾期步骤"),
      ],
      open.map {
        [
          .text($0.subject), Cell($0.text("customer")), Cell($0.text("severity")), Cell($0.text("next")), Cell($0.instant("nextDueAt")),
          .count($0.count("breaches")),
        ]
      })
  }

  private func outcomes(_ all: [ReportRecord]) throws -> ReportSection {
    let closed = all.filter { $0.text("state") == "closed" && $0.since.map { period.contains($0.day) } == true }
    let words = try words("complaints", "outcome")
    return ReportSection(
      "outcomes", Name("How those closed in the period ended", "期内结案的结论"),
      note: Name("Satisfaction as asked at the closing, 0 to 10.", "结案回访满意度，0 至 10。"),
      [
        Column("outcome", .text, "Outcome", "结论", words: words), Column("closed", .integer, "Closed", "结案"),
        Column("accepted", .integer, "Accepted by the customer", "客户接受"), Column("satisfaction", .hundredths, "Mean satisfaction", "平均满意度"),
      ],
      words.map { word in (word, closed.filter { $0.text("outcome") == word.text }) }.filter { !$0.1.isEmpty }.map { word, those in
        let scores = those.compactMap { $0.number("satisfaction") }
        return [
          .text(word.text), .count(those.count), .count(those.count { $0.flag("accepted") }),
          .measure(scores.isEmpty ? nil : Double(scores.reduce(0, +)) / Double(scores.count), places: 1),
        ]
      })
  }
}

extension [ReportRecord] {
  fileprivate func filed(in period: Period) -> [ReportRecord] {
    filter { $0.instant("filedAt").map { period.contains($0.day) } == true }
  }

  /// Those without a step that was late.
  fileprivate var inTime: Proportion? { Proportion(count { $0.count("breaches") == 0 }, of: count) }
}
