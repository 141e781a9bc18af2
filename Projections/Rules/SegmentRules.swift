public import AccountHistory
public import Projection
public import Vocabulary
public import Wire

/// How customers are graded: ABC by their share of the revenue, RFM by recency, frequency and amount.
///
/// ABC is the Pareto classification: customers in the order of their revenue, grade A until their sum reaches the first
/// share, B until it reaches the second, C the rest. RFM scores each of three measures high or low, which gives eight
/// groups.
public struct SegmentRules: RuleBody {
  public static let title = Name("Segments", "客户分级")

  public let purchaseEvents: PurchaseBasis
  public let currency: Currency?
  public let windowDays: Int
  public let shareOfABp: Int
  public let shareOfBBp: Int
  /// A customer keeps the better grade while their share lies less than this beyond its limit.
  public let keepMarginBp: Int
  public let gradeWithoutRevenue: SegmentGrade
  public let rfmMethod: ScoringMethod
  /// The lowest quartile, 1 to 4, or quintile, 1 to 5, that counts as high.
  public let highFromQuartile: Int
  public let regradeEveryDays: Int

  public static let fields: [Field] = [
    PurchaseBasis.field("purchaseEvents", "Events that count as revenue", "计入收入的事件"),
    .currency("cur", "Only in this currency", "仅计此币种").optional,
    .count("windowDays", "Revenue of so many days counts", "收入统计天数", 1...3_650, .days),
    .basisPoints("shareOfABp", "Grade A until the sum of revenue reaches", "A 级：收入累计占比上限", 1...10_000),
    .basisPoints("shareOfBBp", "Grade B until the sum of revenue reaches", "B 级：收入累计占比上限", 1...10_000),
    .basisPoints("keepMarginBp", "A grade is kept until its limit is passed by", "降级缓冲：超过上限多少才降级", 0...5_000),
    .code("gradeWithoutRevenue", SegmentGrade.self, "Grade of customers without revenue", "无收入客户的等级"),
    .code("rfmMethod", ScoringMethod.self, "Recency, frequency and amount are high", "RFM 各项何时为高"),
    .count(
      "highFromQuartile", "By quartile or quintile: high from this one (the last is the best)", "按四分位或五分位：从第几档起为高（末档为最佳）", 2...5),
    .count("regradeEveryDays", "Customers are graded anew every so many days", "多少天重新分级一次", 1...366, .days),
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    try requireBelow(values, "shareOfABp", "shareOfBBp")
    let high = values.number("highFromQuartile")
    if ScoringMethod(values, "rfmMethod") == .quartile, high > 4 {
      throw RuleFault("highFromQuartile", Name("there are four quartiles, not \(high)", "四分位只有四档，没有第 \(high) 档"))
    }
  }

  public init(_ values: JSONObject) {
    purchaseEvents = PurchaseBasis(values, "purchaseEvents")
    currency = Currency(values.text("cur"))
    windowDays = values.number("windowDays")
    shareOfABp = values.number("shareOfABp")
    shareOfBBp = values.number("shareOfBBp")
    keepMarginBp = values.number("keepMarginBp")
    gradeWithoutRevenue = SegmentGrade(values, "gradeWithoutRevenue") ?? .c
    rfmMethod = ScoringMethod(values, "rfmMethod") ?? .quartile
    highFromQuartile = values.number("highFromQuartile")
    regradeEveryDays = values.number("regradeEveryDays")
  }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: CompanyRules.firstGuess,
      [
        "purchaseEvents": "payments-first", "windowDays": 365, "shareOfABp": 8_000, "shareOfBBp": 9_500,
        "keepMarginBp": 200, "gradeWithoutRevenue": "c", "rfmMethod": "quartile", "highFromQuartile": 3,
        "regradeEveryDays": 31,
      ])
  ]
}

public enum SegmentGrade: UInt8, CodeSet {
  case a = 1
  case b = 2
  case c = 3

  public var word: Word {
    switch self {
    case .a: Word("a", "Grade A", "A 级")
    case .b: Word("b", "Grade B", "B 级")
    case .c: Word("c", "Grade C", "C 级")
    }
  }
}

/// Against what a measure is high or low.
public enum ScoringMethod: UInt8, CodeSet {
  case quartile = 1
  case mean = 2
  case quintile = 3

  public var word: Word {
    switch self {
    case .quintile: Word("quintile", "by quintile of all customers", "按全体客户的五分位")
    case .quartile: Word("quartile", "by quartile of all customers", "按全体客户的四分位")
    case .mean: Word("mean", "above the mean of all customers", "高于全体客户的均值")
    }
  }
}
