public import Projection
import Vocabulary
public import Wire

/// From which product of likelihood and impact a risk is medium or high, and when revenue is concentrated.
///
/// The bounds of the Herfindahl-Hirschman index that ship are those of the Horizontal Merger Guidelines of the US
/// Department of Justice of 2010.
public struct RiskRules: RuleBody {
  public static let title = Name("Risk matrix", "风险矩阵")

  /// Likelihood 1–5 × impact 1–5.
  public let mediumFrom: Int
  public let highFrom: Int
  /// A risk that is open and was not treated for so many days is to be looked at again.
  public let reviewDays: Int
  /// The share of so many largest customers is shown.
  public let top: Int
  /// In points, 0 to 10,000.
  public let moderateFrom: Int
  public let concentratedFrom: Int

  public static let fields: [Field] = [
    .count("mediumFrom", "Medium from this product of likelihood and impact", "可能性 × 影响达到多少为中风险", 1...25),
    .count("highFrom", "High from this product", "达到多少为高风险", 1...25),
    .count("reviewDays", "An open risk is looked at again after so many days", "未关闭风险的复评周期（天）", 1...3_650, .days),
    .count("top", "The share of so many largest customers is shown", "显示前多少大客户的占比", 1...1_000),
    .count("moderateFrom", "Moderately concentrated from so many points of the HHI", "HHI 达到多少点为中度集中", 1...10_000),
    .count("concentratedFrom", "Highly concentrated from so many points", "达到多少点为高度集中", 1...10_000),
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    try requireBelow(values, "mediumFrom", "highFrom")
    try requireBelow(values, "moderateFrom", "concentratedFrom")
  }

  public init(_ values: JSONObject) {
    (mediumFrom, highFrom) = (values.number("mediumFrom"), values.number("highFrom"))
    (reviewDays, top) = (values.number("reviewDays"), values.number("top"))
    (moderateFrom, concentratedFrom) = (values.number("moderateFrom"), values.number("concentratedFrom"))
  }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: CompanyRules.firstGuess,
      [
        "mediumFrom": 8, "highFrom": 15, "reviewDays": 180, "top": 10, "moderateFrom": 1_500, "concentratedFrom": 2_500,
      ])
  ]
}
