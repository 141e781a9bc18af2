import Projection
import ProjectionCatalogue
import Statistics
import Vocabulary
import Wire

// Customers: grades and their moves, concentration, cohorts, who stays and what they spend.

extension ReportDesk {
  func customers() throws -> ReportContents {
    let segments = try records("segments")
    let currency = segments.mainCurrency()
    let retention = try retention(currency, at: last)
    let then = try self.retention(currency, at: before.last)
    var figures = retentionFigures(retention, then, currency) + [try cameBack()]
    var recurring: [ReportSection] = []
    if let money = try recurringCurrency() {
      let now = try self.recurring(money, over: period)
      figures += recurringFigures(now, try self.recurring(money, over: before), money)
      recurring = [recurringSection(now, money)]
    }
    return ReportContents(
      figures: figures,
      sections: [
        try grades(segments, currency), try groups(segments, currency), try moves(), try stages(), concentration(try records("concentration")),
        largest(segments, currency), try cohorts(), movement(retention, currency),
      ] + recurring)
  }

  private func grades(_ records: [ReportRecord], _ currency: String?) throws -> ReportSection {
    let words = try words("segments", "grade")
    let total = records.filter { $0.text("cur") == currency }.reduce(0) { $0 + ($1.number("revenueMinor") ?? 0) }
    let rows: [[Cell]] = words.map { word in
      let those = records.filter { $0.text("grade") == word.text }
      let money = those.filter { $0.text("cur") == currency }.reduce(0) { $0 + ($1.number("revenueMinor") ?? 0) }
      return [
        .text(word.text), .count(those.count), .percent(Proportion(those.count, of: records.count)?.share), .integer(money),
        .percent(total > 0 ? Double(money) / Double(total) : nil), .count(those.count { $0.flag("given") }),
        .count(those.count { $0.flag("keptByMargin") }),
      ]
    }
    return ReportSection(
      "grades", Name("Grades (ABC)", "客户等级（ABC）"),
      note: Name(
        "By share of the revenue of the window that the segment rule names; grades that people gave stand beside.", "按分级规则所定统计期的收入占比；人工评定另列。"),
      [
        Column("grade", .text, "Grade", "等级", words: words), Column("customers", .integer, "Customers", "客户数"),
        Column("share", .hundredths, "Customers (%)", "客户占比（%）"), .money("revenueMinor", Name("Revenue", "收入"), currency),
        Column("revenueShare", .hundredths, "Revenue (%)", "收入占比（%）"), Column("given", .integer, "Given by people", "人工评定"),
        Column("kept", .integer, "Kept by the margin", "因缓冲保留"),
      ], records.isEmpty ? [] : rows, chart: ReportChart(.bars, "revenueMinor", by: "grade"))
  }

  private func groups(_ records: [ReportRecord], _ currency: String?) throws -> ReportSection {
    let words = try words("segments", "group")
    let scored = records.filter { $0.text("group") != nil }
    let rows: [[Cell]] = words.map { word in
      let those = scored.filter { $0.text("group") == word.text }
      let money = those.filter { $0.text("cur") == currency }.reduce(0) { $0 + ($1.number("revenueMinor") ?? 0) }
      return [
        .text(word.text), .count(those.count), .percent(Proportion(those.count, of: scored.count)?.share), .integer(money),
        .measure(median(those.compactMap { $0.number("daysSince").map { Double($0) } }), places: 0),
      ]
    }
    return ReportSection(
      "groups", Name("Groups by recency, frequency and amount (RFM)", "RFM 客户群"),
      note: Name(
        "Scores by fifths of all customers, equals alike; what counts as high the segment rule says.", "按全部客户五等分计分，同值同分；高低界限由分级规则规定。"),
      [
        Column("group", .text, "Group", "客户群", words: words), Column("customers", .integer, "Customers", "客户数"),
        Column("share", .hundredths, "Customers (%)", "客户占比（%）"), .money("revenueMinor", Name("Revenue", "收入"), currency),
        Column("medianDays", .hundredths, "Median days since the last purchase", "距上次购买天数中位数"),
      ], scored.isEmpty ? [] : rows, chart: ReportChart(.bars, "customers", by: "group"))
  }

  private func moves() throws -> ReportSection {
    let records = try records("migration")
    let words = try words("migration", "after")
    var counts: [String: Int] = [:]
    for record in records { counts["\(record.text("before") ?? "") \(record.text("after") ?? "")", default: 0] += record.count("customers") }
    let rows: [[Cell]] = ([""] + words.map(\.text)).map { before in
      let line = words.map { counts["\(before) \($0.text)"] ?? 0 }
      return [before.isEmpty ? .text("new") : .text(before)] + line.map { .count($0) } + [.count(line.reduce(0, +))]
    }
    return ReportSection(
      "moves", Name("Moves between grades, from (rows) to (columns)", "等级迁移：由（行）到（列）"),
      note: Name("Between the grading before and the one at the end of the period.", "上次分级与期末之间。"),
      [Column("before", .text, "Before", "此前", words: words + [Word("new", "New", "新增")])]
        + words.map { Column("to-\($0.text)", .integer, $0.title.en, $0.title.zh) } + [Column("sum", .integer, "Sum", "合计")],
      records.isEmpty ? [] : rows)
  }

  private func stages() throws -> ReportSection {
    let words = try words("lifecycle", "stage")
    let (now, then) = (try records("lifecycle"), try records("lifecycle", on: before.last))
    let rows: [[Cell]] = words.map { word in
      let (count, earlier) = (now.count { $0.text("stage") == word.text }, then.count { $0.text("stage") == word.text })
      return [.text(word.text), .count(count), .count(earlier), .count(count - earlier)]
    }
    return ReportSection(
      "stages", Name("Lifecycle stages", "生命周期阶段"),
      note: Name("At the end of the period, and at the end of the period before.", "期末与上期末。"),
      [
        Column("stage", .text, "Stage", "阶段", words: words), Column("customers", .integer, "Customers", "客户数"),
        Column("before", .integer, "Before", "上期"), Column("change", .integer, "Change", "变化"),
      ], now.isEmpty ? [] : rows, chart: ReportChart(.bars, "customers", by: "stage"))
  }

  private func concentration(_ records: [ReportRecord]) -> ReportSection {
    let rows: [[Cell]] = records.map { record in
      [
        .text(record.text("cur") ?? ""), .count(record.count("customers")), .integer(record.number("revenueMinor") ?? 0),
        .basisPoints(record.number("top1Bp")), .basisPoints(record.number("top5Bp")), .basisPoints(record.number("top10Bp")),
        .basisPoints(record.number("topFifthBp")), .count(record.count("hhi")), .count(record.count("effectiveNumber")),
        .basisPoints(record.number("giniBp")),
      ]
    }
    return ReportSection(
      "concentration", Name("Concentration of revenue", "收入集中度"),
      note: Name(
        "HHI is the sum of squared shares, 0 to 10,000; the effective number is 10,000 ÷ HHI.", "HHI 为份额平方和，0 至 10,000；等效客户数为 10,000 ÷ HHI。"),
      [
        Column("cur", .text, "Currency", "币种"), Column("customers", .integer, "Customers", "客户数"),
        Column("revenueMinor", .money, "Revenue", "收入"), Column("top1", .hundredths, "Largest (%)", "第一大（%）"),
        Column("top5", .hundredths, "Five largest (%)", "前五（%）"), Column("top10", .hundredths, "Ten largest (%)", "前十（%）"),
        Column("topFifth", .hundredths, "Largest fifth (%)", "前 20 %（%）"), Column("hhi", .integer, "HHI", "HHI"),
        Column("effective", .integer, "Effective number", "等效客户数"), Column("gini", .hundredths, "Gini (%)", "基尼系数（%）"),
      ], rows)
  }

  private func largest(_ records: [ReportRecord], _ currency: String?) -> ReportSection {
    let top = records.filter { $0.text("cur") == currency }.sorted {
      ($1.number("revenueMinor") ?? 0, $0.subject) < ($0.number("revenueMinor") ?? 0, $1.subject)
    }.prefix(10)
    return ReportSection(
      "largest", Name("The ten largest", "前十大客户"),
      [
        Column("customer", .text, "Customer", "客户"), .money("revenueMinor", Name("Revenue", "收入"), currency),
        Column("purchases", .integer, "Purchases", "购买次数"), Column("daysSince", .integer, "Days since the last", "距上次天数"),
        Column("grade", .text, "Grade", "等级", words: (try? words("segments", "grade")) ?? []),
      ],
      top.map {
        [
          .text($0.subject), .integer($0.number("revenueMinor") ?? 0), .count($0.count("purchases")), Cell($0.number("daysSince")),
          Cell($0.text("grade")),
        ]
      })
  }
}
