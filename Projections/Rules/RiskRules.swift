public import Projection
import Vocabulary
public import Wire

/// From which product of likelihood and impact a risk is medium or high, and how often it is looked at again.
public struct RiskRules: RuleBody {
  public static let title = Name("Risk matrix", "风险矩阵")

  /// Likelihood 1–5 × impact 1–5.
  public let mediumFrom: Int
  public let highFrom: Int
  /// A risk that is open and was not treated for so many days is to be looked at again.
  public let reviewDays: Int

  public static let fields: [Field] = [
    .count("mediumFrom", "Medium from this product of likelihood and impact", "可能性 × 影响达到多少为中风险", 1...25),
    .count("highFrom", "High from this product", "达到多少为高风险", 1...25),
    .count("reviewDays", "An open risk is looked at again after so many days", "未关闭风险的复评周期（天）", 1...3_650, .days),
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    try requireBelow(values, "mediumFrom", "highFrom")
  }

  public init(_ values: JSONObject) {
    (mediumFrom, highFrom) = (values.number("mediumFrom"), values.number("highFrom"))
    reviewDays = values.number("reviewDays")
  }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: CompanyRules.firstGuess,
      ["mediumFrom": 8, "highFrom": 15, "reviewDays": 180])
  ]
}
