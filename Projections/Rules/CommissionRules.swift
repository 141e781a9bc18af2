public import Projection
public import Vocabulary
public import Wire

/// What a sale earns the seller: a rate of what was collected, in steps, paid in parts, taken back within a time.
public struct CommissionRules: RuleBody {
  public static let title = Name("Commission", "提成")

  public struct Step: Hashable, Sendable {
    /// Collected in the period, in minor units, from which the rate counts.
    public let fromMinor: Int64
    public let rateBp: Int
  }
  public let currency: Currency?
  public let revenueBasis: RevenueBasis
  public let periodMonths: Int
  /// From 0, rising. The rate of a step counts for what lies above its start.
  public let steps: [Step]
  public let paidAtOnceBp: Int
  public let clawbackDays: Int
  public let creditedTo: CreditedTo
  public let capMinor: Int64?

  public static let fields: [Field] = [
    .currency("cur", "Only in this currency", "仅计此币种").optional,
    .code("revenueBasis", RevenueBasis.self, "Money counts when", "计提口径"),
    .count("periodMonths", "Steps count over so many months", "阶梯统计月数", 1...12),
    .list(
      "steps",
      of: .record([
        .count("fromMinor", "From this amount", "起始金额", 0...JSON.greatestInteger, .minor),
        .basisPoints("rateBp", "Rate", "提成比例"),
      ]), "Steps, from 0 upwards; a rate counts for what lies above its start", "阶梯，由 0 起递增；比例只计超出部分", limit: 20),
    .basisPoints("paidAtOnceBp", "Paid when the money comes in; the rest when all is collected", "到账即付比例；余款在全部回款后支付"),
    .count("clawbackDays", "Taken back when the customer is refunded within", "多少天内退款则追回", 0...730, .days),
    .code("creditedTo", CreditedTo.self, "Earned by who led the relation when", "归属于何时的客户负责人").optional,
    .count("capMinor", "At most this in a period", "每期上限", 1...JSON.greatestInteger, .minor).optional,
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    let steps = values.records("steps")
    guard let first = steps.first else { throw RuleFault("steps", Name("at least one step is needed", "至少需要一级阶梯")) }
    guard first["fromMinor"]?.int == 0 else {
      throw RuleFault("steps[0].fromMinor", Name("the first step begins at 0", "第一级必须从 0 开始"))
    }
    for place in steps.indices.dropFirst()
    where steps[place].number("fromMinor") <= steps[place - 1].number("fromMinor") {
      throw RuleFault("steps[\(place)].fromMinor", Name("must be more than that of the step before", "必须大于前一级的起始金额"))
    }
  }

  public init(_ values: JSONObject) {
    currency = Currency(values.text("cur"))
    revenueBasis = RevenueBasis(values, "revenueBasis") ?? .collected
    periodMonths = values.number("periodMonths")
    steps = values.records("steps").map { Step(fromMinor: $0["fromMinor"]?.int ?? 0, rateBp: $0.number("rateBp")) }
    paidAtOnceBp = values.number("paidAtOnceBp")
    clawbackDays = values.number("clawbackDays")
    creditedTo = CreditedTo(values, "creditedTo") ?? .collected
    capMinor = values["capMinor"]?.int
  }

  /// What a sum earns that was collected in a period; the cap is on the whole. In minor units, rounded to the nearest,
  /// half away from zero. Complexity: O(steps).
  public func earned(of collected: Int64) -> Int64 {
    var sum: Int128 = 0
    for (place, step) in steps.enumerated() where collected > step.fromMinor {
      let end = place + 1 < steps.count ? min(collected, steps[place + 1].fromMinor) : collected
      sum += Int128(end - step.fromMinor) * Int128(step.rateBp)
    }
    let rounded = Int64(clamping: (sum + 5_000) / 10_000)
    return capMinor.map { min(rounded, $0) } ?? rounded
  }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: CompanyRules.firstGuess,
      [
        "revenueBasis": "collected", "periodMonths": 12,
        "steps": [
          ["fromMinor": 0, "rateBp": 300], ["fromMinor": 100_000_000, "rateBp": 400],
          ["fromMinor": 300_000_000, "rateBp": 500],
        ],
        "paidAtOnceBp": 7_000, "clawbackDays": 730,
      ])
  ]
}

/// Whose a sale is: who led the relation with the customer at that time.
public enum CreditedTo: UInt8, CodeSet {
  case invoiced = 1
  case collected = 2

  public var word: Word {
    switch self {
    case .invoiced: Word("invoiced", "the invoice is issued; without one, the money comes in", "开票时；无发票则到账时")
    case .collected: Word("collected", "the money comes in", "款项到账时")
    }
  }
}
