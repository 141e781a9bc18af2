import AccountHistory
public import CompanyRules
import Events
public import Projection
import Statistics
public import Vocabulary
public import Wire

/// Where a grade went since the grading before.
public enum GradeMove: UInt8, CodeSet {
  case new = 1
  case rose = 2
  case stayed = 3
  case fell = 4

  public var word: Word {
    switch self {
    case .new: Word("new", "New", "新增")
    case .rose: Word("rose", "Rose", "上升")
    case .stayed: Word("stayed", "Stayed", "不变")
    case .fell: Word("fell", "Fell", "下降")
    }
  }
}

/// The eight groups, by their usual names.
public enum BuyerGroup: UInt8, CodeSet {
  case importantValue = 1
  case importantDevelop = 2
  case importantKeep = 3
  case importantRetain = 4
  case generalValue = 5
  case generalDevelop = 6
  case generalKeep = 7
  case generalRetain = 8

  public var word: Word {
    switch self {
    case .importantValue: Word("important-value", "Important: valued", "重要价值客户")
    case .importantDevelop: Word("important-develop", "Important: to develop", "重要发展客户")
    case .importantKeep: Word("important-keep", "Important: to keep", "重要保持客户")
    case .importantRetain: Word("important-retain", "Important: to win back", "重要挽留客户")
    case .generalValue: Word("general-value", "General: valued", "一般价值客户")
    case .generalDevelop: Word("general-develop", "General: to develop", "一般发展客户")
    case .generalKeep: Word("general-keep", "General: to keep", "一般保持客户")
    case .generalRetain: Word("general-retain", "General: to win back", "一般挽留客户")
    }
  }
}

public struct SegmentRow: Row {
  public let grade: SegmentGrade
  /// By money alone.
  public let computed: SegmentGrade
  /// A person gave it; until when, where that was said.
  public let isGiven: Bool
  public let givenUntil: Day?
  public let gradedBefore: Day
  public let gradeBefore: SegmentGrade?
  /// Kept only because the limit is not passed by the margin.
  public let isKeptByMargin: Bool
  public let currency: Currency?
  public let revenueMinor: Int64
  public let others: [Amount]
  public let rank: Int?
  /// What those have who have more, in hundredths of a percent, rounded down.
  public let shareBeforeBp: Int64?
  public let daysSince: Int?
  public let purchases: Int
  public let recency: Int?
  public let frequency: Int?
  public let amount: Int?
  public let group: BuyerGroup?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("grade", SegmentGrade.self, "Grade", "客户等级"),
    .code("computed", SegmentGrade.self, "Grade by money", "按收入计算的等级"),
    Column("given", .flag, "Given by a person", "人工评定"),
    Column("givenUntil", .day, "Given until", "人工评定有效期至"),
    .code("gradeBefore", SegmentGrade.self, "Grade at the grading before", "上次分级等级"),
    .code("move", GradeMove.self, "Move", "等级变动"),
    Column("gradedBefore", .day, "Graded before on", "上次分级日期"),
    Column("keptByMargin", .flag, "Kept by the margin", "因缓冲保留"),
    Column("cur", .text, "Currency", "币种"),
    Column("revenueMinor", .money, "Revenue of the window", "统计期收入"),
    Column("others", .text, "In other currencies, minor units", "其他币种（分）"),
    Column("rank", .integer, "Rank by revenue", "收入排名"),
    Column("shareBeforeBp", .integer, "Share of those who have more (0.01 %)", "排名在前者累计占比（万分之一）"),
    Column("daysSince", .integer, "Days since the last purchase", "距上次购买天数"),
    Column("purchases", .integer, "Purchases of the window", "统计期购买次数"),
    Column("recency", .integer, "Recency score", "R 得分"),
    Column("frequency", .integer, "Frequency score", "F 得分"),
    Column("amount", .integer, "Amount score", "M 得分"),
    .code("group", BuyerGroup.self, "Group", "RFM 客户群"),
  ]

  public var move: GradeMove {
    guard let gradeBefore else { return .new }
    return grade == gradeBefore ? .stayed : grade.rawValue < gradeBefore.rawValue ? .rose : .fell
  }

  public var values: [Value] {
    let beside = others.map { "\($0.currency) \($0.minor)" }.joined(separator: "; ")
    return [
      Value(grade), Value(computed), .flag(isGiven), Value(givenUntil), gradeBefore.map { Value($0) } ?? .null, Value(move),
      .day(gradedBefore), .flag(isKeptByMargin), currency.map { .text($0.description) } ?? .null, .integer(revenueMinor),
      beside.isEmpty ? .null : .text(beside), Value(rank.map { Int64($0) }), Value(shareBeforeBp),
      Value(daysSince.map { Int64($0) }), Value(purchases), Value(recency.map { Int64($0) }), Value(frequency.map { Int64($0) }),
      Value(amount.map { Int64($0) }), group.map { Value($0) } ?? .null,
    ]
  }

  public var outcome: Int? { Int(grade.rawValue) - 1 }
  public static let revenue = Word("segmentRevenue", "Revenue of the window", "统计期收入")
  public var amounts: [Amount] { (currency.map { [Amount(SegmentRow.revenue, $0, revenueMinor)] } ?? []) + others }
}

// MARK: How it comes about

extension SegmentGrade {
  init(_ grade: ABCGrade) {
    self =
      switch grade {
      case .a: .a
      case .b: .b
      case .c: .c
      }
  }

  init?(_ given: GivenGrade?) {
    switch given?.grade {
    case .a: self = .a
    case .b: self = .b
    case .c: self = .c
    default: return nil
    }
  }
}

extension SegmentRow {
  init(_ turnover: Turnover, _ grading: Grading, _ scoring: Scoring, by rules: SegmentRules, asOf now: Instant) {
    func grade(_ computed: ABCGrade?) -> SegmentGrade { computed.map { SegmentGrade($0) } ?? rules.gradeWithoutRevenue }
    let course = (grading.computed.isEmpty ? [nil] : grading.computed).map(grade)
    computed = course[0]
    let given = SegmentGrade(turnover.given)
    self.grade = given ?? computed
    isGiven = given != nil
    givenUntil = given == nil ? nil : turnover.given.flatMap { $0.expiresOn < Instant.distantFuture.day ? $0.expiresOn : nil }
    // Before the first purchase there was no grade.
    let wasCustomer = turnover.first.map { $0.at.day <= turnover.gradedBefore } ?? false
    gradedBefore = turnover.gradedBefore
    gradeBefore = SegmentGrade(turnover.givenBefore) ?? (wasCustomer && course.count > 1 ? course[1] : nil)
    isKeptByMargin = grading.computed.first != grading.plain
    currency = turnover.currency
    revenueMinor = turnover.money.first ?? 0
    others = turnover.others
    rank = grading.rank
    shareBeforeBp = grading.shareBefore.map { Int64($0 * 10_000) }
    daysSince = turnover.daysSince
    purchases = turnover.purchases
    recency = scoring.scores?.recency
    frequency = scoring.scores?.frequency
    amount = scoring.scores?.amount
    group = scoring.group.flatMap { BuyerGroup(rawValue: UInt8($0.rawValue)) }
    if given != nil, let moment = turnover.given?.moment {
      (since, because) = (moment.at, moment.seq)
    } else {
      // Where the grade is the same at all gradings that are looked at, nobody knows since when, unless it is since the
      // first purchase.
      let same = course.prefix { $0 == course[0] }.count
      let began = (same == 1 ? now.day : turnover.gradedBefore + -(same - 2) * rules.regradeEveryDays).start
      since = turnover.first.flatMap { $0.at >= began ? $0.at : same == course.count ? nil : began }
      because = turnover.last?.seq
    }
  }

  /// Notes the share against the limits, the earlier grade, what a person gave, and the three scores.
  func note(
    about subject: CensusSubject, _ turnover: Turnover, _ grading: Grading, by rules: SegmentRules, in trace: inout some CensusTrace
  ) {
    func note(_ id: String, _ title: Name, _ value: String, _ threshold: String, _ holds: Bool, _ evidence: [Int64?]) {
      trace.note(subject, Finding(id, title, value: value, threshold: threshold, holds: holds, evidence: evidence))
    }
    let share = shareBeforeBp.map { "\($0)" } ?? "–"
    let limits = [("share-a", SegmentGrade.a, rules.shareOfABp), ("share-b", .b, rules.shareOfBBp)]
    for (id, grade, limit) in limits {
      note(
        id, Name("Share of those who have more, against the limit of \(grade.word.title.en)", "排名在前者累计占比与\(grade.word.title.zh)上限"),
        share, "< \(limit)", grading.plain.map { SegmentGrade($0).rawValue <= grade.rawValue } ?? false, turnover.recent)
    }
    note(
      "margin", Name("Kept by the margin, having had the better grade before", "此前等级更高，因缓冲保留"),
      gradeBefore?.word.text ?? "–", "+ \(rules.keepMarginBp)", isKeptByMargin, [])
    note(
      "given", Name("Grade that somebody gave", "人工评定的等级"), turnover.given?.grade.word.text ?? "–", givenUntil.map { "< \($0)" } ?? "–",
      isGiven, [turnover.given?.moment.seq])
    for (id, title, value, score) in [
      ("recency", Name("Days since the last purchase", "距上次购买天数"), daysSince, recency),
      ("frequency", Name("Purchases of the window", "统计期购买次数"), purchases, frequency),
    ] {
      note(id, title, value.map { "\($0)" } ?? "–", score.map { "\($0)/\(rules.rfmMethod.steps)" } ?? "–", score != nil, turnover.recent.suffix(1))
    }
    note(
      "amount", Name("Revenue of the window", "统计期收入"), "\(revenueMinor)", amount.map { "\($0)/\(rules.rfmMethod.steps)" } ?? "–",
      amount != nil, turnover.recent)
  }
}
