import AccountHistory
public import CompanyRules
public import Events
import Matters
public import Projection
import Statistics
public import Vocabulary
public import Wire

/// What customers say of us, period by period, all together and by the grade that people gave them.
///
/// `company:all/2026-10`, `company:all/2026Q4`, `grade:a/2026Q4`. Net promoter score = share of 9 and 10 less share of 0
/// to 6, in points; satisfaction = share of the best answers, and the mean; index = mean of the weighted indices. An answer
/// that lies on no scale counts nowhere but in its own column. Periods are those of UTC.
public enum SatisfactionIndex: Census {
  public typealias Source = AnswerBook
  public typealias Rules = SatisfactionRules
  public static let name = "satisfaction-index"
  public static let shape = 1
  public static let title = Name("Satisfaction by period", "满意度统计")
  public static let ruleKind: String? = "satisfaction"
  public static let shippedRules = SatisfactionRules.shipped

  public struct Return: Sendable {
    let month: Month
    let grade: Rule.Judgement?
    let answer: Answer
  }

  public static func report(
    _ facts: AnswerBook.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<SatisfactionRules>,
    asOf now: Instant, to returns: inout [Return]
  ) {
    guard facts.answers.count > 0 else { return }
    let grade = facts.grades.given(in: series, asOf: now)?.grade
    for answer in facts.answers(in: series, asOf: now) {
      returns.append(Return(month: Month(answer.moment.at.day), grade: grade, answer: answer))
    }
  }

  public static func conclude(
    _ returns: [Return], by rule: Ruled<SatisfactionRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<SatisfactionIndexRow>] {
    let sorted = returns.sorted { ($0.month, $0.answer.moment) < ($1.month, $1.answer.moment) }
    var rows: [CensusRow<SatisfactionIndexRow>] = []
    for period in [Period.month, .quarter] {
      var start = 0
      for place in sorted.indices {
        let name = period.name(sorted[place].month)
        guard place + 1 == sorted.count || period.name(sorted[place + 1].month) != name else { continue }
        let own = sorted[start...place]
        start = place + 1
        add(Array(own), nil, name, &rows, rule.body, &trace)
        for grade in [Rule.Judgement.a, .b, .c] {
          add(own.filter { $0.grade == grade }, grade, name, &rows, rule.body, &trace)
        }
      }
    }
    return rows
  }

  private static func add(
    _ returns: [Return], _ grade: Rule.Judgement?, _ period: String, _ rows: inout [CensusRow<SatisfactionIndexRow>],
    _ rule: SatisfactionRules, _ trace: inout some CensusTrace
  ) {
    guard !returns.isEmpty else { return }
    let subject = CensusSubject(.fixed(grade.map { "grade:\($0.word.text)" } ?? "company:all"), part: period)
    let row = SatisfactionIndexRow(period, grade, returns.map(\.answer), by: rule)
    let detractors = returns.filter { $0.answer.asked == .recommendation && Attitude($0.answer.whole) == .detractor }
    trace.note(
      subject,
      Finding(
        "detractors", Name("Detractors", "贬损者"), value: "\(detractors.count)", threshold: "0 of \(row.npsAnswers)",
        holds: !detractors.isEmpty, evidence: detractors.suffix(10).map(\.answer.moment.seq)))
    trace.note(
      subject,
      Finding(
        "scale", Name("Answers that lie on their scale", "在量表之内的答卷"), value: "\(returns.count - row.offScale)",
        threshold: "\(returns.count)", holds: row.offScale == 0))
    rows.append(CensusRow(subject, row))
  }
}

private enum Period {
  case month, quarter

  /// `2026-10`, `2026Q4`.
  func name(_ month: Month) -> String {
    switch self {
    case .month: "\(month)"
    case .quarter: "\(month.number / 12)Q\(month.number % 12 / 3 + 1)"
    }
  }
}

public struct SatisfactionIndexRow: Row {
  let period: String
  public let grade: Rule.Judgement?
  public let answers: Int
  public let npsAnswers: Int
  /// In hundredths of a point, −10,000 to 10,000.
  public let npsBp: Int64?
  public let promoters: Int
  public let detractors: Int
  public let csatAnswers: Int
  public let csatBp: Int64?
  /// In ten-thousandths.
  public let csatMean: Int64?
  public let csiAnswers: Int
  public let csiBp: Int64?
  public let cesAnswers: Int
  public let cesBp: Int64?
  public let cesMean: Int64?
  public let closings: Int
  public let closingMean: Int64?
  public let offScale: Int
  public var since: Instant? { nil }
  public var because: Int64? { nil }

  init(_ period: String, _ grade: Rule.Judgement?, _ all: [Answer], by rule: SatisfactionRules) {
    func whole(_ asked: Asked, _ scale: ClosedRange<Int>) -> [Int] {
      all.filter { $0.asked == asked }.compactMap(\.whole).filter(scale.contains)
    }
    func tenThousandths(_ value: Double?) -> Int64? { value.map { Int64(($0 * 10_000).rounded()) } }
    (self.period, self.grade, answers) = (period, grade, all.count)
    let nps = try? NetPromoter(whole(.recommendation, 0...10))
    (npsAnswers, promoters, detractors) = (nps?.answers ?? 0, nps?.promoters ?? 0, nps?.detractors ?? 0)
    npsBp = nps?.score.map { Int64(($0 * 100).rounded()) }
    let csat = try? SurveyAnswers(whole(.satisfaction, 1...rule.satisfactionBest), scale: 1...rule.satisfactionBest)
    csatAnswers = csat?.count ?? 0
    csatBp = tenThousandths(csat?.share(ofTop: rule.satisfactionTop).share)
    csatMean = tenThousandths(csat?.mean)
    let ces = try? SurveyAnswers(whole(.effort, 1...rule.effortBest), scale: 1...rule.effortBest)
    cesAnswers = ces?.count ?? 0
    (cesBp, cesMean) = (tenThousandths(ces?.share(ofTop: rule.effortTop).share), tenThousandths(ces?.mean))
    let indices = all.compactMap { $0.indexBp(rule) }
    csiAnswers = indices.count
    csiBp = indices.isEmpty ? nil : Int64((Double(indices.reduce(0, +)) / Double(indices.count)).rounded())
    let closing = try? SurveyAnswers(whole(.closing, 0...10), scale: 0...10)
    (closings, closingMean) = (closing?.count ?? 0, tenThousandths(closing?.mean))
    let pulse = all.count { $0.asked == .pulse }
    offScale = all.count - npsAnswers - csatAnswers - csiAnswers - cesAnswers - closings - pulse
  }

  public static let columns: [Column] = [
    Column("period", .text, "Period", "期间"),
    .code("grade", Rule.Judgement.self, "Grade", "客户等级"),
    Column("answers", .integer, "Answers", "答卷数"),
    Column("npsAnswers", .integer, "Asked for a recommendation", "推荐题答卷数"),
    Column("npsBp", .integer, "NPS (9–10 less 0–6), in hundredths of a point", "净推荐值 NPS（百分之一点）"),
    Column("promoters", .integer, "Promoters", "推荐者"),
    Column("detractors", .integer, "Detractors", "贬损者"),
    Column("csatAnswers", .integer, "Asked for satisfaction", "满意度题答卷数"),
    Column("csatBp", .integer, "CSAT, share of the best answers, in hundredths of a percent", "满意度 CSAT（万分之一）"),
    Column("csatMean", .integer, "Mean satisfaction, in ten-thousandths", "满意度均值（万分之一）"),
    Column("csiAnswers", .integer, "Asked for the index", "满意度指数答卷数"),
    Column("csiBp", .integer, "CSI, mean of the weighted indices, in hundredths of a percent", "满意度指数 CSI（万分之一）"),
    Column("cesAnswers", .integer, "Asked for ease", "费力度题答卷数"),
    Column("cesBp", .integer, "CES, share of the best answers, in hundredths of a percent", "费力度 CES（万分之一）"),
    Column("cesMean", .integer, "Mean ease, in ten-thousandths", "费力度均值（万分之一）"),
    Column("closings", .integer, "Asked when a complaint was closed", "投诉结案回访数"),
    Column("closingMean", .integer, "Mean of these, in ten-thousandths", "投诉结案满意度均值（万分之一）"),
    Column("offScale", .integer, "On no scale", "超出量表的答卷"),
  ]
  public var values: [Value] {
    [
      .text(period), grade.map { Value($0) } ?? .null, Value(answers), Value(npsAnswers), Value(npsBp), Value(promoters),
      Value(detractors), Value(csatAnswers), Value(csatBp), Value(csatMean), Value(csiAnswers), Value(csiBp),
      Value(cesAnswers), Value(cesBp), Value(cesMean), Value(closings), Value(closingMean), Value(offScale),
    ]
  }
  public var outcome: Int? { nil }
}
