import Projection
import Statistics
import Vocabulary
import Wire

// The team: each person's score sheet, commission, visits and forecasts of the period.

extension ReportDesk {
  func team() throws -> ReportContents {
    let commissions = try records("commissions").filter { $0.kind == "employee" && $0.parts.count > 1 && isWithin($0.parts[1]) }
    let currency = commissions.mainCurrency()
    let visits = try records("coverage").filter { $0.parts.count > 1 && isWithin($0.parts[1]) }
    return ReportContents(
      figures: try teamFigures(commissions, visits, currency),
      sections: [
        try scores(), try goals(), paid(commissions, currency), covered(visits), try forecastErrors(), try held(), try handovers(),
      ])
  }

  /// Whether a period named so lies within the report's.
  private func isWithin(_ name: Substring) -> Bool { Period(String(name)).map { period.contains($0) } ?? false }

  private func teamFigures(_ commissions: [ReportRecord], _ visits: [ReportRecord], _ currency: String?) throws -> [ReportFigure] {
    let all = visits.filter { $0.subject.hasPrefix("company:all/") }
    let earlier = try records("coverage").filter {
      $0.subject.hasPrefix("company:all/") && $0.parts.count > 1 && Period(String($0.parts[1])).map { before.contains($0) } == true
    }
    let mine = commissions.filter { $0.text("cur") == currency }
    func sum(_ records: [ReportRecord], _ column: String) -> Double { Double(records.reduce(0) { $0 + ($1.number(column) ?? 0) }) }
    func done(_ records: [ReportRecord]) -> Double? {
      Proportion(records.reduce(0) { $0 + $1.count("done") }, of: records.reduce(0) { $0 + $1.count("planned") })?.share.map { $0 * 100 }
    }
    let unit = ReportFigure.Unit.money(currency ?? "")
    return [
      ReportFigure(
        "collected", Name("Collected", "回款额"), unit, sum(mine, "collectedMinor"), before: nil,
        Name("Money that counts for commission in the months of the period.", "期内各月计提基数。")),
      ReportFigure(
        "commission", Name("Commission due", "应计提成"), unit, sum(mine, "dueMinor"), before: nil,
        Name("At once and rest, less what is taken back, by the rule on commission.", "依提成规则：即付加余款减追回。")),
      ReportFigure(
        "visits", Name("Visits", "拜访数"), .count, sum(all, "visits"), before: sum(earlier, "visits"), Name("Planned or not.", "含计划外。")),
      ReportFigure(
        "visits-done", Name("Planned visits done", "计划完成率"), .percent, done(all), before: done(earlier),
        Name("Done ÷ planned, by the day on which they were due.", "完成数 ÷ 计划数，按应完成日期计。")),
    ]
  }

  private func scores() throws -> ReportSection {
    // A quarter's score is locked in the days after it: those locked in the period stand beside those that run.
    let sheets = try records("scorecards").filter { sheet in
      sheet.parts.count > 1 && (isWithin(sheet.parts[1]) || sheet.day("lockedOn").map { period.contains($0) } == true)
    }
    return ReportSection(
      "scores", Name("Score sheets", "绩效考核"),
      note: Name(
        "The locked score beside the one that events give now; `keshi explain scorecards` gives the events behind each.",
        "锁定得分与按现有事件计算的得分并列；`keshi explain scorecards` 给出其依据事件。"),
      [
        Column("person", .text, "Person", "人员"), Column("period", .text, "Period", "期间"), Column("total", .integer, "Score now", "现算得分"),
        Column("grade", .text, "Grade now", "现算等级"), Column("locked", .integer, "Locked", "锁定得分"), Column("lockedOn", .day, "Locked on", "锁定日期"),
        Column("difference", .integer, "Difference", "差异"), Column("revisions", .integer, "Revised after", "锁定后修订"),
      ],
      sheets.map {
        [
          .text(String($0.parts[0])), .text(String($0.parts[1])), Cell($0.number("total")), Cell($0.text("grade")), Cell($0.number("lockedTotal")),
          $0.day("lockedOn").map { .day($0) } ?? .null, Cell($0.number("difference")), Cell($0.number("revisions")),
        ]
      })
  }

  private func goals() throws -> ReportSection {
    let goals = try records("goals").filter { $0.text("period").map { isWithin($0[...]) } == true }
    return ReportSection(
      "goals", Name("Goals", "目标达成"),
      [
        Column("goal", .text, "Goal", "目标"), Column("kind", .text, "Kind", "类别", words: try words("goals", "kind")), Column("whose", .text, "Whose", "目标对象"),
        Column("period", .text, "Period", "期间"), Column("state", .text, "State", "状态", words: try words("goals", "state")),
        Column("attainment", .hundredths, "Attainment (%)", "达成率（%）"), Column("elapsed", .hundredths, "Time passed (%)", "时间进度（%）"),
      ],
      goals.map {
        [
          .text($0.subject), Cell($0.text("kind")), Cell($0.text("scope")), Cell($0.text("period")), Cell($0.text("state")),
          .basisPoints($0.number("attainmentBp")), .basisPoints($0.number("elapsedBp")),
        ]
      })
  }

  private func paid(_ commissions: [ReportRecord], _ currency: String?) -> ReportSection {
    let people = Dictionary(grouping: commissions.filter { $0.text("cur") == currency }) { String($0.parts[0]) }
    func sum(_ records: [ReportRecord], _ column: String) -> Int64 { records.reduce(0) { $0 + ($1.number(column) ?? 0) } }
    let lines = people.map { person, records in
      (person, ["collectedMinor", "dueMinor", "clawbackMinor", "postedMinor", "balanceMinor"].map { sum(records, $0) })
    }.filter { $0.1.contains { $0 != 0 } }.sorted { ($1.1[0], $0.0) < ($0.1[0], $1.0) }
    return ReportSection(
      "commission", Name("Commission", "提成"),
      [
        Column("person", .text, "Person", "人员"), .money("collectedMinor", Name("Collected", "回款"), currency), .money("dueMinor", Name("Due", "应计"), currency),
        .money("clawbackMinor", Name("Taken back", "追回"), currency), .money("postedMinor", Name("Posted", "已入账"), currency),
        .money("balanceMinor", Name("Due less posted", "应计减已入账"), currency),
      ], lines.map { [.text($0.0)] + $0.1.map { .integer($0) } }, chart: ReportChart(.bars, "collectedMinor", by: "person"))
  }

  private func covered(_ visits: [ReportRecord]) -> ReportSection {
    let people = Dictionary(grouping: visits.filter { $0.kind == "employee" }) { String($0.parts[0]) }
    func sum(_ records: [ReportRecord], _ column: String) -> Int { records.reduce(0) { $0 + $1.count(column) } }
    let rows: [[Cell]] = people.sorted { $0.key < $1.key }.map { person, records in
      let (planned, done) = (sum(records, "planned"), sum(records, "done"))
      return [
        .text(person), .count(planned), .count(done), .percent(Proportion(done, of: planned)?.share), .count(sum(records, "missed")),
        .count(sum(records, "visits")), .count(sum(records, "unplanned")),
      ]
    }
    return ReportSection(
      "visits", Name("Visits", "拜访"),
      [
        Column("person", .text, "Person", "人员"), Column("planned", .integer, "Planned", "计划"), Column("done", .integer, "Done", "完成"),
        Column("share", .hundredths, "Done (%)", "完成率（%）"), Column("missed", .integer, "Missed", "逾期未完成"), Column("visits", .integer, "Visits", "拜访"),
        Column("unplanned", .integer, "Without a plan", "计划外"),
      ], rows)
  }

  /// Commits of the period against what was won.
  private func forecastErrors() throws -> ReportSection {
    let forecasts = try records("forecasts").filter { $0.parts.count > 2 && isWithin($0.parts[1]) && $0.count("submissions") > 0 }
    let currency = forecasts.mainCurrency()
    return ReportSection(
      "forecasts", Name("Forecasts that were submitted", "上报预测与实际"),
      note: Name("Won less commit; below zero too much was foretold. MAPE needs several ended periods and stands in `show forecasts`.", "赢单减承诺；负数为高估。MAPE 需多个已结束期间，见 `show forecasts`。"),
      [
        Column("person", .text, "Person", "人员"), Column("period", .text, "Period", "期间"), .money("commitMinor", Name("Commit", "承诺"), currency),
        .money("bestMinor", Name("Best case", "最佳情形"), currency), .money("closedMinor", Name("Won", "赢单"), currency),
        .money("errorMinor", Name("Won less commit", "赢单减承诺"), currency), Column("error", .hundredths, "Of what was won (%)", "占实际（%）"),
      ],
      forecasts.filter { $0.text("cur") == currency }.map {
        [
          .text($0.kind == "company" ? "company" : String($0.parts[0])), .text(String($0.parts[1])), Cell($0.number("commitMinor")),
          Cell($0.number("bestMinor")), Cell($0.number("closedMinor")), Cell($0.number("errorMinor")), .basisPoints($0.number("errorBp")),
        ]
      })
  }

  private func held() throws -> ReportSection {
    let holders = try records("holders").filter { $0.kind == "employee" }
    return ReportSection(
      "customers", Name("Customers that each person holds", "各人名下客户"),
      note: Name("At the end of the period; due are those that the pool rule releases next.", "期末；“将释放”按公海规则。"),
      [
        Column("person", .text, "Person", "人员"), Column("held", .integer, "Customers", "客户数"), Column("kept", .integer, "In time", "正常"),
        Column("reminded", .integer, "To be reminded", "提醒"), Column("due", .integer, "To be released", "将释放"),
        Column("nextReleaseOn", .day, "Next release", "最近释放日"),
      ],
      holders.filter { $0.count("held") > 0 }.map {
        [
          .text(String($0.parts[0])), .count($0.count("held")), .count($0.count("kept")), .count($0.count("reminded")), .count($0.count("due")),
          $0.day("nextReleaseOn").map { .day($0) } ?? .null,
        ]
      })
  }

  private func handovers() throws -> ReportSection {
    let people = try records("talent").filter { $0.kind == "employee" }
    let columns = try columns("talent").filter { ["state", "post", "team", "certificates", "overdueReads", "customers", "handoverGaps"].contains($0.name) }
    return ReportSection(
      "people", Name("People", "人员概况"), [Column("person", .text, "Person", "人员")] + columns,
      people.map { record in
        [.text(String(record.parts[0]))] + columns.map { Cell(record.value($0.name), in: $0) }
      })
  }
}
