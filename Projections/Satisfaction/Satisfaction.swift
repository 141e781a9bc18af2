import AccountHistory
public import CompanyRules
public import Events
public import Projection
public import Vocabulary
public import Wire

/// What did this customer last say of us: would they recommend us, are they satisfied, was it easy, and is it more or
/// less than before?
public enum Satisfaction: Projection {
  public typealias Source = AnswerBook
  public typealias Rules = SatisfactionRules
  public static let name = "satisfaction"
  public static let shape = 1
  public static let title = Name("Satisfaction", "客户满意度")
  public static let ruleKind: String? = "satisfaction"
  public static let shippedRules = SatisfactionRules.shipped

  public static func conclude(
    _ facts: AnswerBook.Facts, _ series: borrowing SeriesStore, by rule: Ruled<SatisfactionRules>, asOf now: Instant,
    trace: inout some Trace
  ) -> SatisfactionRow? {
    guard facts.answers.count > 0 else { return nil }
    let all = facts.answers(in: series, asOf: now).filter { now < $0.moment.at.adding(days: rule.body.windowDays) }
    guard let last = all.last else { return nil }
    let row = SatisfactionRow(all, last, grade: facts.grades.given(in: series, asOf: now)?.grade, by: rule.body)
    func note(_ id: String, _ title: Name, _ asked: Asked, _ threshold: String, _ holds: Bool?, _ trace: inout some Trace) {
      let own = all.filter { $0.asked == asked }
      guard let latest = own.last, let holds else { return }
      trace.note(
        Finding(
          id, title, value: "\(latest.hundredths / 100)", threshold: threshold, holds: holds,
          evidence: own.suffix(10).map(\.moment.seq)))
    }
    note("nps", Name("Recommends us", "推荐意愿"), .recommendation, "≥ 9", row.attitude.map { $0 == .promoter }, &trace)
    let (best, top) = (rule.body.satisfactionBest, rule.body.satisfactionTop)
    note("csat", Name("Satisfied", "满意"), .satisfaction, "≥ \(best - top + 1) of \(best)", row.isSatisfied, &trace)
    let (easiest, easy) = (rule.body.effortBest, rule.body.effortTop)
    note("ces", Name("It was easy", "轻松"), .effort, "≥ \(easiest - easy + 1) of \(easiest)", row.isEasy, &trace)
    note("csi", Name("Index not below the one before", "指数不低于上次"), .index, "≥ the one before", row.indexChangeBp.map { $0 >= 0 } ?? true, &trace)
    return row
  }
}

/// Whether somebody would recommend us (Reichheld 2003): 9 and 10, 7 and 8, 0 to 6.
public enum Attitude: UInt8, CodeSet {
  case promoter = 1
  case passive = 2
  case detractor = 3

  public var word: Word {
    switch self {
    case .promoter: Word("promoter", "Promoter", "推荐者")
    case .passive: Word("passive", "Passive", "中立者")
    case .detractor: Word("detractor", "Detractor", "贬损者")
    }
  }

  /// - Parameter score: `nil` where it is none of 0 to 10.
  init?(_ score: Int?) {
    switch score {
    case .some(9...10): self = .promoter
    case .some(7...8): self = .passive
    case .some(0...6): self = .detractor
    default: return nil
    }
  }
}

public struct SatisfactionRow: Row {
  public let attitude: Attitude?
  public let recommendation: Int?
  public let satisfaction: Int?
  public let isSatisfied: Bool?
  public let effort: Int?
  public let isEasy: Bool?
  /// In hundredths of a percent of the best.
  public let indexBp: Int64?
  /// Against the answer before.
  public let indexChangeBp: Int64?
  public let closing: Int?
  public let answers: Int
  public let grade: Rule.Judgement?
  public let lastAt: Instant
  public let since: Instant?
  public let because: Int64?

  init(_ all: [Answer], _ last: Answer, grade: Rule.Judgement?, by rule: SatisfactionRules) {
    func latest(_ asked: Asked, _ scale: ClosedRange<Int>) -> Int? {
      all.last { $0.asked == asked }?.whole.flatMap { scale.contains($0) ? $0 : nil }
    }
    recommendation = latest(.recommendation, 0...10)
    attitude = Attitude(recommendation)
    satisfaction = latest(.satisfaction, 1...rule.satisfactionBest)
    isSatisfied = satisfaction.map { $0 > rule.satisfactionBest - rule.satisfactionTop }
    effort = latest(.effort, 1...rule.effortBest)
    isEasy = effort.map { $0 > rule.effortBest - rule.effortTop }
    let indices = all.filter { $0.asked == .index }.compactMap { $0.indexBp(rule) }
    indexBp = indices.last
    indexChangeBp = indices.count < 2 ? nil : indices[indices.count - 1] - indices[indices.count - 2]
    closing = latest(.closing, 0...10)
    (answers, self.grade, lastAt) = (all.count, grade, last.moment.at)
    let told = all.last { $0.asked == .recommendation } ?? last
    (since, because) = (told.moment.at, told.moment.seq)
  }

  public static let columns: [Column] = [
    .code("attitude", Attitude.self, "Attitude", "态度"),
    Column("nps", .integer, "Last recommendation, 0 to 10", "最近推荐分（0–10）"),
    Column("csat", .integer, "Last satisfaction", "最近满意度"),
    Column("satisfied", .flag, "Satisfied", "是否满意"),
    Column("ces", .integer, "Last ease", "最近费力度"),
    Column("easy", .flag, "It was easy", "是否轻松"),
    Column("csiBp", .integer, "Last index, in hundredths of a percent", "最近满意度指数（万分之一）"),
    Column("csiChangeBp", .integer, "Index against the one before", "指数较上次变化"),
    Column("closing", .integer, "With how the last complaint was closed, 0 to 10", "最近投诉结案满意度（0–10）"),
    Column("answers", .integer, "Answers that count", "有效答卷数"),
    .code("grade", Rule.Judgement.self, "Grade", "客户等级"),
    Column("lastAt", .instant, "Last answer", "最近答卷时间"),
  ]
  public var values: [Value] {
    [
      attitude.map { Value($0) } ?? .null, Value(recommendation.map { Int64($0) }), Value(satisfaction.map { Int64($0) }),
      isSatisfied.map { .flag($0) } ?? .null, Value(effort.map { Int64($0) }), isEasy.map { .flag($0) } ?? .null,
      Value(indexBp), Value(indexChangeBp), Value(closing.map { Int64($0) }), Value(answers),
      grade.map { Value($0) } ?? .null, .instant(lastAt),
    ]
  }
  public var outcome: Int? { attitude.map { Int($0.rawValue) - 1 } }
}

extension Answer {
  /// An index in hundredths of a percent of the best; `nil` beyond the scale.
  func indexBp(_ rule: SatisfactionRules) -> Int64? {
    guard asked == .index, (0...Int64(rule.indexBest) * 100).contains(hundredths) else { return nil }
    return hundredths * 100 / Int64(rule.indexBest)
  }
}
