public import AccountHistory
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
      "decliningGapFactorPercent", "Silence beyond this percentage of the usual gap is a decline", "静默超过平常采购间隔的百分之多少视为衰退",
      100...1_000),
    .count("decliningGaps", "Gaps needed to speak of a usual one", "认定平常间隔所需的间隔数", 1...100),
    .count("dormantDays", "Dormant after so many days without a sign of life", "无任何往来多少天后视为沉睡", 1...3_650, .days),
    .count("lostGraceDays", "Lost so many days after the last contract ended", "合同到期未续多少天后视为流失", 0...3_650, .days),
    .count("wonBackForDays", "Counts as won back for so many days", "赢回状态保持天数", 1...3_650, .days),
  ]

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
