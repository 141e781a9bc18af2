public import Projection
public import Vocabulary
public import Wire

/// Who must decide before something takes effect: a chain of roles by what it is about and how much.
///
/// That nobody decides about their own request is no matter of this rule; it always holds.
public struct ApprovalRules: RuleBody {
  public static let title = Name("Approval", "审批")

  public struct Band: Hashable, Sendable {
    public let about: ApprovalMatter
    /// In minor units; `nil` for whatever is above the bands before.
    public let upToMinor: Int64?
    /// In the order in which they decide.
    public let roles: [String]
  }
  public let currency: Currency
  public let bands: [Band]
  /// An amendment beyond either of these takes the chain of a new contract.
  public let valueRiseBp: Int
  public let extensionMonths: Int
  public let decideWithinHours: Int

  public static let fields: [Field] = [
    .currency("cur", "Amounts in this currency", "金额币种"),
    .list(
      "bands",
      of: .record([
        .code("about", ApprovalMatter.self, "About", "事项"),
        .count("upToMinor", "Up to this amount", "金额上限", 1...JSON.greatestInteger, .minor).optional,
        .list("roles", of: .text(limit: 100), "Roles that decide, in this order", "审批角色，按顺序", limit: 9),
      ]), "Chains; of each matter the amounts rise, and the last has none", "审批链；同一事项金额递增，最后一条不设上限", limit: 60),
    .basisPoints(
      "valueRiseBp", "An amendment takes the whole chain when the value rises by more than", "变更金额增幅超过多少须走完整审批链",
      0...100_000),
    .count("extensionMonths", "… or when the term is extended by more than so many months", "……或延期超过多少个月", 0...120),
    .count("decideWithinHours", "A step is overdue after so many hours", "单步审批时限（小时）", 1...8_760),
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    let bands = values.records("bands")
    for matter in ApprovalMatter.allCases {
      let own = bands.indices.filter { bands[$0].text("about") == matter.word.text }
      guard let last = own.last else {
        throw RuleFault(
          "bands", Name("no chain decides about \"\(matter.word.text)\"", "没有关于“\(matter.word.title.zh)”的审批链"))
      }
      guard bands[last]["upToMinor"] == nil else {
        throw RuleFault("bands[\(last)].upToMinor", Name("the last chain of a matter has no amount", "同一事项的最后一条不设上限"))
      }
      for (before, place) in zip(own, own.dropFirst()) {
        guard let low = bands[before]["upToMinor"]?.int, bands[place]["upToMinor"]?.int ?? .max > low else {
          throw RuleFault("bands[\(place)]", Name("the amounts of a matter must rise", "同一事项的金额必须递增"))
        }
      }
    }
    for (place, band) in bands.enumerated() {
      guard !band.texts("roles").isEmpty else {
        throw RuleFault("bands[\(place)].roles", Name("at least one role decides", "至少需要一个审批角色"))
      }
      try requireDistinct(band.texts("roles")) { "bands[\(place)].roles[\($0)]" }
    }
  }

  public init(_ values: JSONObject) {
    currency = Currency(values.text("cur")) ?? Currency(number: 0)
    bands = values.records("bands").map { band in
      Band(
        about: ApprovalMatter(band, "about") ?? .contract, upToMinor: band["upToMinor"]?.int, roles: band.texts("roles")
      )
    }
    valueRiseBp = values.number("valueRiseBp")
    extensionMonths = values.number("extensionMonths")
    decideWithinHours = values.number("decideWithinHours")
  }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: CompanyRules.firstGuess,
      [
        "cur": "CNY",
        "bands": [
          ["about": "contract", "upToMinor": 10_000_000, "roles": ["sales manager"]],
          ["about": "contract", "upToMinor": 100_000_000, "roles": ["sales manager", "legal"]],
          ["about": "contract", "roles": ["sales manager", "legal", "finance"]],
          ["about": "amendment", "roles": ["sales manager", "legal"]],
          ["about": "write-off", "upToMinor": 1_000_000, "roles": ["finance"]],
          ["about": "write-off", "roles": ["finance", "sales manager"]],
          ["about": "rule", "roles": ["process owner"]],
          ["about": "payout", "roles": ["sales manager", "finance"]],
        ],
        "valueRiseBp": 2_000, "extensionMonths": 12, "decideWithinHours": 48,
      ])
  ]
}

/// What is decided about.
public enum ApprovalMatter: UInt8, CodeSet {
  case contract = 1
  case amendment = 2
  case writeOff = 3
  case rule = 4
  case payout = 5

  public var word: Word {
    switch self {
    case .contract: Word("contract", "New contract", "新签合同")
    case .amendment: Word("amendment", "Amendment of a contract", "合同变更")
    case .writeOff: Word("write-off", "Adjustment of a receivable", "应收调整")
    case .rule: Word("rule", "New version of a rule", "规则新版本")
    case .payout: Word("payout", "Commission", "提成发放")
    }
  }
}
