public import Projection
public import Vocabulary
public import Wire

/// On which scales customers answer, and over what time their answers are looked at.
///
/// The net promoter score needs none of this: it is asked on 0 to 10, promoters are 9 and 10, detractors 0 to 6
/// (Reichheld 2003).
public struct SatisfactionRules: RuleBody {
  public static let title = Name("Satisfaction", "满意度")

  /// The best answer to "how satisfied are you", of answers from 1.
  public let satisfactionBest: Int
  /// So many best answers are satisfied ones: 2 of 5 means 4 and 5.
  public let satisfactionTop: Int
  /// The best answer to "it was easy", of answers from 1.
  public let effortBest: Int
  public let effortTop: Int
  /// What of the index is 0: an answer of 0, or nothing.
  public let indexBest: Int
  /// The last answers of a customer count for so many days.
  public let windowDays: Int

  public static let fields: [Field] = [
    .count("satisfactionBest", "Best answer of the satisfaction question, from 1", "满意度题最高分（自 1 起）", 2...100),
    .count("satisfactionTop", "So many best answers are satisfied ones", "最高的几个分值算满意", 1...99),
    .count("effortBest", "Best answer of the effort question, from 1", "费力度题最高分（自 1 起）", 2...100),
    .count("effortTop", "So many best answers mean that it was easy", "最高的几个分值算轻松", 1...99),
    .count("indexBest", "Best score of an item of the index, from 0", "满意度指数题项最高分（自 0 起）", 1...100),
    .count("windowDays", "Answers of a customer count for so many days", "客户答卷的有效天数", 1...3_650, .days),
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    try requireBelow(values, "satisfactionTop", "satisfactionBest")
    try requireBelow(values, "effortTop", "effortBest")
  }

  public init(_ values: JSONObject) {
    (satisfactionBest, satisfactionTop) = (values.number("satisfactionBest"), values.number("satisfactionTop"))
    (effortBest, effortTop) = (values.number("effortBest"), values.number("effortTop"))
    (indexBest, windowDays) = (values.number("indexBest"), values.number("windowDays"))
  }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: CompanyRules.firstGuess,
      [
        "satisfactionBest": 5, "satisfactionTop": 2, "effortBest": 7, "effortTop": 3, "indexBest": 100, "windowDays": 365,
      ])
  ]
}
