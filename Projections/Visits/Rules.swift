import CompanyRules
public import Projection
public import Vocabulary
public import Wire

/// How often customers are to be visited, and which visit counts for a plan.
public struct VisitRules: RuleBody {
  public static let title = Name("Visits", "拜访频次")

  let everyDaysA: Int
  let everyDaysB: Int
  let everyDaysC: Int
  /// Of customers whom nobody has graded.
  let defaultGrade: SegmentGrade
  let earlyDays: Int

  public static let fields: [Field] = [
    .count("everyDaysA", "Grade A is visited at least every", "A 级客户至少多少天拜访一次", 1...3_650, .days),
    .count("everyDaysB", "Grade B is visited at least every", "B 级客户至少多少天拜访一次", 1...3_650, .days),
    .count("everyDaysC", "Grade C is visited at least every", "C 级客户至少多少天拜访一次", 1...3_650, .days),
    .code("defaultGrade", SegmentGrade.self, "Grade of customers whom nobody has graded", "未评级客户视为"),
    .count(
      "earlyDays", "A visit that names no plan counts for one that is due within so many days", "未注明计划的拜访可计入多少天内到期的计划",
      0...365, .days),
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    for (better, worse) in [("everyDaysA", "everyDaysB"), ("everyDaysB", "everyDaysC")] {
      let (often, seldom) = (values.number(better), values.number(worse))
      guard often > seldom else { continue }
      throw RuleFault(
        better, Name("\(often) must not lie above \(worse), which is \(seldom)", "\(often) 不得大于 \(worse)（\(seldom)）"))
    }
  }

  public init(_ values: JSONObject) {
    everyDaysA = values.number("everyDaysA")
    everyDaysB = values.number("everyDaysB")
    everyDaysC = values.number("everyDaysC")
    let grade = values.text("defaultGrade")
    defaultGrade = SegmentGrade.allCases.first { $0.word.text == grade } ?? .c
    earlyDays = values.number("earlyDays")
  }

  func everyDays(_ grade: SegmentGrade) -> Int {
    switch grade {
    case .a: everyDaysA
    case .b: everyDaysB
    case .c: everyDaysC
    }
  }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: Name("Defaults, to be replaced by what the company learns", "初始默认值，待企业以自身经验修订"),
      ["everyDaysA": 30, "everyDaysB": 60, "everyDaysC": 120, "defaultGrade": "c", "earlyDays": 14])
  ]
}
