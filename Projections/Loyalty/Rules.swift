public import AccountHistory
public import Projection
public import Vocabulary
public import Wire

/// What earns a tier, for how long, and how it is lost.
public struct TierRules: RuleBody {
  public let basis: PurchaseBasis
  /// The only currency that counts; `nil` judges each customer in the currency of their first purchase.
  public let currency: Currency?
  public let windowDays: Int
  public let silverMinor: Int64
  public let goldMinor: Int64
  public let platinumMinor: Int64
  public let periodDays: Int
  public let graceDays: Int
  public let attitudeNps: Int64
  public let repeatPurchases: Int

  public static let title = Name("Loyalty tiers", "忠诚度等级")

  public static func check(_ values: JSONObject) throws(RuleFault) {
    for (low, high) in [("silverMinor", "goldMinor"), ("goldMinor", "platinumMinor")] {
      guard let lower = values[low]?.int, let upper = values[high]?.int, lower >= upper else { continue }
      throw RuleFault(low, Name("must lie below \(high), which is \(upper)", "必须低于 \(high)（\(upper)）"))
    }
  }

  /// From one minor unit: a tier that costs nothing would be no tier.
  private static func threshold(_ name: String, _ en: String, _ zh: String) -> Field {
    .count(name, en, zh, 1...JSON.greatestInteger, .minor)
  }

  public static let fields: [Field] = [
    PurchaseBasis.field("basis", "Events that count", "计入的事件"),
    .currency("cur", "Only in this currency", "仅计此币种").optional,
    .count("windowDays", "Amounts of so many days count", "金额统计天数", 1...3_650, .days),
    threshold("silverMinor", "Silver from", "银卡起点金额"),
    threshold("goldMinor", "Gold from", "金卡起点金额"),
    threshold("platinumMinor", "Platinum from", "铂金起点金额"),
    .count("periodDays", "A tier is held for so many days", "等级有效天数", 1...3_650, .days),
    .count("graceDays", "… and so many more before it falls", "……降级宽限天数", 0...730, .days),
    .score("attitudeNps", "A favourable attitude recommends us with at least", "态度忠诚的推荐分下限", 0...10),
    .count("repeatPurchases", "Repeated purchases from", "重复购买次数下限", 1...1_000),
  ]

  public init(_ values: JSONObject) {
    basis = PurchaseBasis(values, "basis")
    currency = Currency(values.text("cur"))
    windowDays = values.number("windowDays")
    silverMinor = values["silverMinor"]?.int ?? 0
    goldMinor = values["goldMinor"]?.int ?? 0
    platinumMinor = values["platinumMinor"]?.int ?? 0
    periodDays = values.number("periodDays")
    graceDays = values.number("graceDays")
    attitudeNps = Int64(values.number("attitudeNps"))
    repeatPurchases = values.number("repeatPurchases")
  }

  /// The amount from which a tier is earned.
  func threshold(of tier: Tier) -> Int64 {
    switch tier {
    case .base: .min
    case .silver: silverMinor
    case .gold: goldMinor
    case .platinum: platinumMinor
    }
  }

  /// The highest tier that this amount earns.
  func earned(_ amount: Int64) -> Tier {
    amount >= platinumMinor ? .platinum : amount >= goldMinor ? .gold : amount >= silverMinor ? .silver : .base
  }
}

extension Loyalty {
  /// Append; never edit a version that has shipped.
  public static let shippedRules: [RuleVersion] = [
    RuleVersion(
      1, why: Name("Defaults, to be replaced by what the company learns", "初始默认值，待企业以自身经验修订"),
      [
        "basis": "payments-first", "windowDays": 365, "silverMinor": 1_000_000, "goldMinor": 5_000_000,
        "platinumMinor": 20_000_000, "periodDays": 365, "graceDays": 60, "attitudeNps": 9, "repeatPurchases": 2,
      ])
  ]
}
