public import CompanyRules
public import Events
import Matters
public import Projection
public import Vocabulary
public import Wire

/// How grave is each risk, before and after what was done about it, what is exposed, and when must it be looked at again?
public enum Risks: Projection {
  public typealias Source = RiskBook
  public typealias Rules = RiskRules
  public static let name = "risks"
  public static let shape = 1
  public static let title = Name("Risk register", "风险台账")
  public static let ruleKind: String? = "risk"
  public static let shippedRules = RiskRules.shipped

  public static func conclude(
    _ facts: RiskBook.Facts, _ series: borrowing SeriesStore, by rule: Ruled<RiskRules>, asOf now: Instant,
    trace: inout some Trace
  ) -> RiskRow? {
    guard let course = RiskCourse(facts.notes.all(in: series, asOf: now)) else { return nil }
    let row = RiskRow(course, by: rule.body, on: now.day)
    trace.note(
      Finding(
        "level", Name("Likelihood × impact", "可能性 × 影响"), value: course.product.map(String.init) ?? "–",
        threshold: "medium ≥ \(rule.body.mediumFrom), high ≥ \(rule.body.highFrom)", holds: row.level == .high,
        evidence: [course.measured?.seq]))
    trace.note(
      Finding(
        "treated", Name("Something was done", "已作处置"), value: course.action?.word.text ?? "–", threshold: "≥ 1",
        holds: course.treatments > 0, evidence: [course.last.seq]))
    trace.note(
      Finding(
        "review", Name("To be looked at again", "应复评"), value: "\(now.day - course.last.at.day) days",
        threshold: "> \(rule.body.reviewDays) days", holds: row.isReviewDue, evidence: [course.last.seq]))
    return row
  }
}

/// How grave a risk is.
public enum RiskLevel: UInt8, CodeSet {
  case closed = 1
  case low = 2
  case medium = 3
  case high = 4

  public var word: Word {
    switch self {
    case .closed: Word("closed", "Closed", "已关闭")
    case .low: Word("low", "Low", "低")
    case .medium: Word("medium", "Medium", "中")
    case .high: Word("high", "High", "高")
    }
  }
}

extension RiskRules {
  func level(of product: Int?) -> RiskLevel {
    guard let product else { return .low }
    return product >= highFrom ? .high : product >= mediumFrom ? .medium : .low
  }
}

public struct RiskRow: NamingRow {
  public let level: RiskLevel
  public let kind: Risk.Kind?
  let about: OwnSubject?
  public let likelihood: Int?
  public let impact: Int?
  public let product: Int?
  /// As it was first measured.
  public let inherent: Int?
  public let exposureMinor: Int64?
  public let currency: Currency?
  public let action: Risk.Action?
  public let treatments: Int
  let owner: Int64?
  public let identifiedOn: Day
  public let lastOn: Day
  public let isReviewDue: Bool
  public let since: Instant?
  public let because: Int64?

  init(_ course: RiskCourse, by rule: RiskRules, on day: Day) {
    level = course.closed == nil ? rule.level(of: course.product) : .closed
    (kind, about) = (course.kind, course.about)
    (likelihood, impact, product) = (course.likelihood, course.impact, course.product)
    inherent = course.inherent
    (exposureMinor, currency) = (course.exposure?.minor, course.exposure?.currency)
    (action, treatments, owner) = (course.action, course.treatments, course.owner)
    (identifiedOn, lastOn) = (course.first.at.day, course.last.at.day)
    isReviewDue = course.closed == nil && day - course.last.at.day > rule.reviewDays
    let moment = course.closed ?? course.measured ?? course.first
    (since, because) = (moment.at, moment.seq)
  }

  public static let columns: [Column] = [
    .code("level", RiskLevel.self, "Level", "等级"),
    .code("kind", Risk.Kind.self, "Kind", "类别"),
    Column("about", .text, "About", "涉及对象"),
    Column("likelihood", .integer, "Likelihood, 1 to 5", "可能性（1–5）"),
    Column("impact", .integer, "Impact, 1 to 5", "影响（1–5）"),
    Column("product", .integer, "Likelihood × impact", "可能性 × 影响"),
    Column("inherent", .integer, "The same before treatment", "处置前"),
    Column("exposureMinor", .money, "Exposure", "敞口"),
    Column("cur", .text, "Currency", "币种"),
    .code("action", Risk.Action.self, "Last treatment", "最近处置"),
    Column("treatments", .integer, "Treatments", "处置次数"),
    Column("owner", .text, "Who dealt with it last", "最近处理人"),
    Column("identifiedOn", .day, "Identified on", "识别日期"),
    Column("lastOn", .day, "Last looked at", "最近处理日期"),
    Column("reviewDue", .flag, "To be looked at again", "应复评"),
  ]
  public func values(_ names: any Names) -> [Value] {
    [
      Value(level), kind.map { Value($0) } ?? .null, Value(about, names), Value(likelihood.map { Int64($0) }),
      Value(impact.map { Int64($0) }), Value(product.map { Int64($0) }), Value(inherent.map { Int64($0) }),
      Value(exposureMinor), currency.map { .text($0.description) } ?? .null, action.map { Value($0) } ?? .null,
      Value(treatments), Value(name: owner, names), .day(identifiedOn), .day(lastOn), .flag(isReviewDue),
    ]
  }
  public var outcome: Int? { Int(level.rawValue) - 1 }

  public static let exposure = Word("riskExposure", "Exposed to open risks", "未关闭风险敞口")
  public var amounts: [Amount] {
    guard level != .closed, let exposureMinor, let currency else { return [] }
    return [Amount(RiskRow.exposure, currency, exposureMinor)]
  }
}
