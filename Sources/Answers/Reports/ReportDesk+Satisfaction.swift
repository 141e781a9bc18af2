import Projection
import Statistics
import Vocabulary
import Wire

// Satisfaction: what customers answered, with what chance alone would do to it.

extension ReportDesk {
  func satisfaction() throws -> ReportContents {
    let all = try records("satisfaction-index").filter { $0.subject.hasPrefix("company:all/") }
    let whole = all.filter { $0.text("grade") == nil }
    func figures(_ period: Period) -> ReportRecord? { whole.first { $0.text("period") == period.description } }
    return ReportContents(
      figures: satisfactionFigures(figures(period), figures(before)),
      sections: [
        bySeason(whole), shares(figures(period)), try byGrade(all), try attitudes(), try detractors(),
      ])
  }

  private func promoters(_ record: ReportRecord?) -> NetPromoter? {
    record.flatMap { record in
      let (promoters, detractors, all) = (record.count("promoters"), record.count("detractors"), record.count("npsAnswers"))
      return NetPromoter(promoters: promoters, passives: all - promoters - detractors, detractors: detractors)
    }
  }

  private func satisfactionFigures(_ now: ReportRecord?, _ then: ReportRecord?) -> [ReportFigure] {
    let nps = promoters(now)
    let csat = now.flatMap { share($0, "csatBp", of: "csatAnswers") }
    let ces = now.flatMap { share($0, "cesBp", of: "cesAnswers") }
    return [
      ReportFigure(
        "nps", Name("Net promoter score", "净推荐值 NPS"), .score, nps?.score, before: promoters(then)?.score,
        Name("Share of 9–10 less share of 0–6, −100 to 100; Tango's score interval at 95 %.", "9–10 分占比减 0–6 分占比，−100 至 100；95 % Tango 区间。"),
        interval: nps?.interval().map { ($0.lower, $0.upper) }),
      ReportFigure(
        "csat", Name("Satisfied (CSAT)", "满意度 CSAT"), .percent, csat?.value, before: then?.number("csatBp").map { Double($0) / 100 },
        Name("Share of 4 and 5 on a scale of 1 to 5; interval of Wilson at 95 %.", "1–5 分中 4、5 分占比；95 % Wilson 区间。"), interval: csat?.interval),
      ReportFigure(
        "ces", Name("Easy to deal with (CES)", "易办度 CES"), .percent, ces?.value, before: then?.number("cesBp").map { Double($0) / 100 },
        Name("Share of 5 to 7 on a scale of 1 to 7, 7 the least effort.", "1–7 分中 5–7 分占比，7 为最省力。"), interval: ces?.interval),
      ReportFigure(
        "csi", Name("Satisfaction index (CSI)", "满意度指数 CSI"), .score, now?.number("csiBp").map { Double($0) / 100 },
        before: then?.number("csiBp").map { Double($0) / 100 },
        Name("Mean of the weighted items of each answer, 0 to 100, as the rule on satisfaction has it.", "各答卷加权得分的均值，0 至 100，按满意度规则。")),
      ReportFigure(
        "answers", Name("Answers", "答卷数"), .count, now.map { Double($0.count("answers")) } ?? 0, before: then.map { Double($0.count("answers")) } ?? 0,
        Name("All kinds of survey in the period.", "期内各类调查。")),
    ]
  }

  /// The share and its interval, from the number behind it.
  private func share(_ record: ReportRecord, _ column: String, of all: String) -> (value: Double, interval: (lower: Double, upper: Double)?)? {
    guard let share = record.number(column), record.count(all) > 0 else { return nil }
    let count = Int((Double(share) / 10_000 * Double(record.count(all))).rounded())
    let interval = Proportion(count, of: record.count(all))?.interval().map { (lower: 100 * $0.lower, upper: 100 * $0.upper) }
    return (Double(share) / 100, interval)
  }

  private func bySeason(_ records: [ReportRecord]) -> ReportSection {
    let newest = Period(.quarter, of: last)
    let rows: [[Cell]] = (0..<9).map { newest.advanced(by: $0 - 8) }.map { quarter in
      let record = records.first { $0.text("period") == quarter.description }
      return [
        .text(quarter.description), .count(record?.count("answers") ?? 0), .count(record?.count("npsAnswers") ?? 0), .basisPoints(record?.number("npsBp")),
        .count(record?.count("csatAnswers") ?? 0), .basisPoints(record?.number("csatBp")), .count(record?.count("csiAnswers") ?? 0),
        .basisPoints(record?.number("csiBp")),
      ]
    }
    return ReportSection(
      "quarters", Name("By quarter", "按季度"), note: isPartial ? Name("The last quarter ends on \(last).", "最后一个季度截至 \(last)。") : nil,
      [
        Column("quarter", .text, "Quarter", "季度"), Column("answers", .integer, "Answers", "答卷"), Column("npsAnswers", .integer, "Asked for NPS", "NPS 答卷"),
        Column("nps", .hundredths, "NPS", "NPS"), Column("csatAnswers", .integer, "Asked for CSAT", "CSAT 答卷"),
        Column("csat", .hundredths, "CSAT (%)", "CSAT（%）"), Column("csiAnswers", .integer, "Asked for CSI", "CSI 答卷"), Column("csi", .hundredths, "CSI", "CSI"),
      ], records.isEmpty ? [] : rows, chart: ReportChart(.line, "csi", by: "quarter"))
  }

  private func shares(_ record: ReportRecord?) -> ReportSection {
    let nps = promoters(record)
    let words = [
      Word("promoters", "Promoters (9–10)", "推荐者（9–10）"), Word("passives", "Passives (7–8)", "中立者（7–8）"), Word("detractors", "Detractors (0–6)", "贬损者（0–6）"),
    ]
    let counts = nps.map { [("promoters", $0.promoters), ("passives", $0.passives), ("detractors", $0.detractors)] } ?? []
    return ReportSection(
      "recommendation", Name("Would they recommend us?", "是否愿意推荐"),
      [
        Column("attitude", .text, "Answer", "回答", words: words), Column("answers", .integer, "Answers", "答卷"), Column("share", .hundredths, "Share (%)", "占比（%）"),
      ],
      nps.map { $0.answers > 0 } == true
        ? counts.map { [.text($0.0), .count($0.1), .percent(Proportion($0.1, of: nps?.answers ?? 0)?.share)] } : [],
      chart: ReportChart(.bars, "answers", by: "attitude"))
  }

  private func byGrade(_ records: [ReportRecord]) throws -> ReportSection {
    let graded = records.filter { $0.text("grade") != nil && $0.text("period") == period.description }
    return ReportSection(
      "grades", Name("By grade of customer", "按客户等级"),
      [
        Column("grade", .text, "Grade", "等级", words: try words("satisfaction-index", "grade")), Column("answers", .integer, "Answers", "答卷"),
        Column("nps", .hundredths, "NPS", "NPS"), Column("csat", .hundredths, "CSAT (%)", "CSAT（%）"), Column("csi", .hundredths, "CSI", "CSI"),
      ],
      graded.map {
        [
          Cell($0.text("grade")), .count($0.count("answers")), .basisPoints($0.number("npsBp")), .basisPoints($0.number("csatBp")),
          .basisPoints($0.number("csiBp")),
        ]
      })
  }

  private func attitudes() throws -> ReportSection {
    let records = try records("satisfaction").filter { $0.text("attitude") != nil }
    let words = try words("satisfaction", "attitude")
    return ReportSection(
      "attitudes", Name("The last word of each customer", "各客户最近一次表态"), note: Name("Whenever they were asked.", "不论何时受访。"),
      [Column("attitude", .text, "Attitude", "态度", words: words), Column("customers", .integer, "Customers", "客户数")],
      records.isEmpty ? [] : words.map { word in [.text(word.text), .count(records.count { $0.text("attitude") == word.text })] })
  }

  private func detractors() throws -> ReportSection {
    let those = try records("satisfaction").filter { record in
      record.text("attitude") == "detractor" && record.instant("lastAt").map { period.contains($0.day) } == true
    }
    return ReportSection(
      "detractors", Name("Who should be called", "应回访的客户"), note: Name("Customers whose last answer in the period makes them detractors.", "期内最近一次回答为贬损者的客户。"),
      [
        Column("customer", .text, "Customer", "客户"), Column("score", .integer, "Score, 0 to 10", "评分（0–10）"), Column("on", .instant, "Answered", "答卷时间"),
      ], those.map { [.text($0.subject), Cell($0.number("nps")), Cell($0.instant("lastAt"))] })
  }
}
