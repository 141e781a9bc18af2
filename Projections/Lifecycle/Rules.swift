public import AccountHistory
public import Conditions
public import Projection
public import Vocabulary
public import Wire

/// When a customer enters each stage.
public struct LifecycleRules: RuleBody {
  public let purchaseEvents: PurchaseBasis
  public let newForDays: Int
  public let activeOrders: Int
  public let activeWindowDays: Int
  public let activeContractDays: Int
  public let advocateNps: Int
  public let advocateWindowDays: Int
  public let decliningGapFactorPercent: Int
  public let decliningGaps: Int
  public let dormantDays: Int
  public let lostGraceDays: Int
  public let wonBackForDays: Int
  /// What makes a stage beside what ships, in the company's own words.
  public let ownStages: [OwnStage]
  /// Of several stages that hold, the first counts; empty for the order that ships.
  public let precedence: [Stage]

  public static let title = Name("Lifecycle stages", "生命周期阶段")
  public static var measures: [Measure] { CourseMeasures.vocabulary }

  public static let fields: [Field] = [
    PurchaseBasis.field("purchaseEvents", "Events that count as purchases", "视为购买的事件"),
    .count(
      "newForDays", "New for so many days after the first purchase or contract", "首次购买或合同生效后视为新客户的天数", 1...3_650, .days),
    .count("activeOrders", "Purchases that make a stable customer", "稳定客户所需购买次数", 1...1_000),
    .count("activeWindowDays", "… within so many days", "……统计天数", 1...3_650, .days),
    .count(
      "activeContractDays", "A contract in force for so many days makes a stable customer", "合同履行满多少天视为稳定客户", 0...3_650,
      .days),
    .score("advocateNps", "An advocate recommends us with at least", "口碑客户的推荐分下限", 0...10),
    .count("advocateWindowDays", "… answered within so many days", "……答复有效天数", 1...3_650, .days),
    .count(
      "decliningGapFactorPercent", "Silence beyond this percentage of the usual gap is a decline",
      "静默超过平常采购间隔的百分之多少视为衰退",
      100...1_000),
    .count("decliningGaps", "Gaps needed to speak of a usual one", "认定平常间隔所需的间隔数", 1...100),
    .count("dormantDays", "Dormant after so many days without a sign of life", "无任何往来多少天后视为沉睡", 1...3_650, .days),
    .count("lostGraceDays", "Lost so many days after the last contract ended", "合同到期未续多少天后视为流失", 0...3_650, .days),
    .count("wonBackForDays", "Counts as won back for so many days", "赢回状态保持天数", 1...3_650, .days),
    .list(
      "precedence", of: .code(Stage.codes), "Of several stages that hold, the first counts; all ten, or nothing",
      "多个阶段同时成立时以靠前者为准；列全十个，或不写", limit: 10
    ).optional,
    OwnStage.field,
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    try OwnCondition.check(values, "stages", measures: measures, taken: Stage.allCases.map(\.word.text))
    guard values["precedence"] != nil else { return }
    let named = values.texts("precedence")
    for (place, stage) in named.enumerated() where named[..<place].contains(stage) {
      throw RuleFault("precedence[\(place)]", Name("\(stage) stands twice; allowed: once", "\(stage) 重复；只能出现一次"))
    }
    for stage in Stage.allCases where !named.contains(stage.word.text) {
      throw RuleFault(
        "precedence", Name("\(stage.word.text) is missing; allowed: all ten stages", "缺少 \(stage.word.text)；须列全十个阶段"))
    }
  }

  public static func normal(_ values: JSONObject) -> JSONObject {
    OwnCondition.normal(values, "stages", measures: measures)
  }

  public static func cost(_ values: JSONObject) -> Int { OwnCondition.cost(values, "stages", measures: measures) }

  public init(_ values: JSONObject) {
    purchaseEvents = PurchaseBasis(values, "purchaseEvents")
    newForDays = values.number("newForDays")
    activeOrders = values.number("activeOrders")
    activeWindowDays = values.number("activeWindowDays")
    activeContractDays = values.number("activeContractDays")
    advocateNps = values.number("advocateNps")
    advocateWindowDays = values.number("advocateWindowDays")
    decliningGapFactorPercent = values.number("decliningGapFactorPercent")
    decliningGaps = values.number("decliningGaps")
    dormantDays = values.number("dormantDays")
    lostGraceDays = values.number("lostGraceDays")
    wonBackForDays = values.number("wonBackForDays")
    ownStages = OwnStage.list(values)
    let named = values.texts("precedence").compactMap { text in Stage.allCases.first { $0.word.text == text } }
    precedence = named
  }

  /// Whether another rule that reads the same purchases makes a shipped stage's stretches alike: whether all that they,
  /// and the stages that they rest on, ask of a rule is equal in both.
  func makes(_ stage: Stage, as other: LifecycleRules) -> Bool {
    switch stage {
    case .lost: lostGraceDays == other.lostGraceDays
    case .wonBack: makes(.lost, as: other) && wonBackForDays == other.wonBackForDays
    case .dormant: dormantDays == other.dormantDays
    case .declining:
      makes(.active, as: other) && makes(.new, as: other) && decliningGaps == other.decliningGaps
        && decliningGapFactorPercent == other.decliningGapFactorPercent
    case .advocate:
      makes(.active, as: other) && advocateNps == other.advocateNps && advocateWindowDays == other.advocateWindowDays
    case .active:
      makes(.wonBack, as: other) && activeOrders == other.activeOrders && activeWindowDays == other.activeWindowDays
        && activeContractDays == other.activeContractDays
    case .new: newForDays == other.newForDays
    case .prospect, .qualified, .lead: true
    }
  }
}

extension Lifecycle {
  /// Append; never edit a version that has shipped.
  public static let shippedRules: [RuleVersion] = [
    RuleVersion(
      1, why: Name("Defaults, to be replaced by what the company learns", "初始默认值，待企业以自身经验修订"),
      [
        "purchaseEvents": "orders-first", "newForDays": 180, "activeOrders": 2, "activeWindowDays": 365,
        "activeContractDays": 180, "advocateNps": 9, "advocateWindowDays": 365, "decliningGapFactorPercent": 150,
        "decliningGaps": 2, "dormantDays": 365, "lostGraceDays": 90, "wonBackForDays": 180,
      ])
  ]
}
