import Projection
import Statistics
import Vocabulary
import Wire

// Satisfaction: what customers answered, with what chance alone would do to it.

extension ReportDesk {
  func satisfaction() throws -> ReportContents {
    let all = try records("satisfaction-index").filter { $0.subject.hasPrefix("company:all/") }
    let whole = all.filter { $0.text("grade") == nil }
    return ReportContents(
      figures: satisfactionFigures(SurveySums(whole, in: period), SurveySums(whole, in: before)),
      sections: [
        bySeason(whole), shares(SurveySums(whole, in: period).promoters), try byGrade(all), try attitudes(), try detractors(),
      ])
  }

  private func satisfactionFigures(_ now: SurveySums, _ then: SurveySums) -> [ReportFigure] {
    let (nps, csat, ces) = (now.promoters, now.csat, now.ces)
    func percent(_ share: Proportion?) -> Double? { share?.share.map { $0 * 100 } }
    func spread(_ share: Proportion?) -> (lower: Double, upper: Double)? { share?.interval().map { (100 * $0.lower, 100 * $0.upper) } }
    return [
      ReportFigure(
        "nps", Name("Net promoter score", "净推荐值 NPS"), .score, nps?.score, before: then.promoters?.score,
        Name("Share of 9–10 less share of 0–6, −100 to 100; Tango's score interval at 95 %.", "9–10 分占比减 0–6 分占比，−100 至 100；95 % Tango 区间。"),
        interval: nps?.interval().map { ($0.lower, $0.upper) }),
      ReportFigure(
        "csat", Name("Satisfied (CSAT)", "满意度 CSAT"), .percent, percent(csat), before: percent(then.csat),
        Name("Share of 4 and 5 on a scale of 1 to 5; interval of Wilson at 95 %.", "1–5 分中 4、5 分占比；95 % Wilson 区间。"), interval: spread(csat)),
      ReportFigure(
        "csat-mean", Name("Mean satisfaction", "满意度均值"), .score, now.csatMean, before: then.csatMean,
        Name("Mean of the answers on a scale of 1 to 5.", "1–5 分答卷的均值。")),
      ReportFigure(
        "ces", Name("Easy to deal with (CES)", "易办度 CES"), .percent, percent(ces), before: percent(then.ces),
        Name("Share of 5 to 7 on a scale of 1 to 7, 7 the least effort.", "1–7 分中 5–7 分占比，7 为最省力。"), interval: spread(ces)),
      ReportFigure(
        "csi", Name("Satisfaction index (CSI)", "满意度指数 CSI"), .score, now.csi, before: then.csi,
        Name("Mean of the weighted items of each answer, 0 to 100, as the rule on satisfaction has it.", "各答卷加权得分的均值，0 至 100，按满意度规则。")),
      ReportFigure(
        "answers", Name("Answers", "答卷数"), .count, Double(now.answers), before: Double(then.answers),
        Name("All kinds of survey in the period.", "期内各类调查。")),
    ]
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
      ], records.isEmpty ? [] : rows, chart: ReportChart(.columns, "nps", by: "quarter"))
  }

  private func shares(_ nps: NetPromoter?) -> ReportSection {
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

/// The answers of the months of a period together, by their numbers.
private struct SurveySums {
  private(set) var answers = 0
  private var (npsAnswers, promoted, detracted) = (0, 0, 0)
  private var (csatAnswers, satisfied, csatSum) = (0, 0, 0.0)
  private var (cesAnswers, easy) = (0, 0)
  private var (csiAnswers, csiSum) = (0, 0.0)

  /// - Parameter records: of the company, by month and quarter; months are added up.
  init(_ records: [ReportRecord], in period: Period) {
    for record in records {
      guard let month = record.text("period").flatMap({ Period($0) }), month.length == .month, period.contains(month) else { continue }
      answers += record.count("answers")
      npsAnswers += record.count("npsAnswers")
      promoted += record.count("promoters")
      detracted += record.count("detractors")
      csatAnswers += record.count("csatAnswers")
      satisfied += SurveySums.count(record, "csatBp", of: "csatAnswers")
      csatSum += Double(record.number("csatMean") ?? 0) / 10_000 * Double(record.count("csatAnswers"))
      cesAnswers += record.count("cesAnswers")
      easy += SurveySums.count(record, "cesBp", of: "cesAnswers")
      csiAnswers += record.count("csiAnswers")
      csiSum += Double(record.number("csiBp") ?? 0) / 100 * Double(record.count("csiAnswers"))
    }
  }

  /// How many a share in hundredths of a percent was of: exact for up to 5,000 answers a month.
  private static func count(_ record: ReportRecord, _ share: String, of all: String) -> Int {
    Int((Double(record.number(share) ?? 0) / 10_000 * Double(record.count(all))).rounded())
  }

  /// `nil` where nobody was asked.
  var promoters: NetPromoter? {
    npsAnswers > 0 ? NetPromoter(promoters: promoted, passives: npsAnswers - promoted - detracted, detractors: detracted) : nil
  }
  var csat: Proportion? { csatAnswers > 0 ? Proportion(satisfied, of: csatAnswers) : nil }
  var csatMean: Double? { csatAnswers > 0 ? csatSum / Double(csatAnswers) : nil }
  var ces: Proportion? { cesAnswers > 0 ? Proportion(easy, of: cesAnswers) : nil }
  var csi: Double? { csiAnswers > 0 ? csiSum / Double(csiAnswers) : nil }
}
