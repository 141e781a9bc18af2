public import Projection
public import Vocabulary
public import Wire

/// Which duties one person must not unite: within a customer, within one contract, or about one matter (不相容职务).
///
/// The shipped pairs follow Application Guidelines 9 and 16 of the Chinese internal control framework: pricing and
/// credit from selling, selling from invoicing and collecting, deciding from asking, signing from approving.
public struct DutyRules: RuleBody {
  public static let title = Name("Separation of duties", "职责分离")

  public struct Pair: Hashable, Sendable {
    public let a: Duty
    public let b: Duty
    public let within: DutyScope
    /// Only where both lie within so many days; `nil`: however far apart.
    public let days: Int?

    /// `selling+invoicing`
    public var id: String { "\(a.word.text)+\(b.word.text)" }
  }
  public let pairs: [Pair]

  public static let fields: [Field] = [
    .list(
      "pairs",
      of: .record([
        .code("a", Duty.self, "One duty", "职责之一"), .code("b", Duty.self, "The other", "职责之二"),
        .code("within", DutyScope.self, "Within", "范围"),
        .count("days", "Only where both lie within so many days", "仅限相隔多少天之内", 0...36_500, .days).optional,
      ]), "Pairs that one person must not unite", "不相容的职责", limit: 100)
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    let pairs = values.records("pairs")
    for (place, pair) in pairs.enumerated() where pair.text("a") == pair.text("b") {
      throw RuleFault("pairs[\(place)].b", Name("one duty is no pair", "同一职责不成对"))
    }
    try requireDistinct(pairs.map { [$0.text("a"), $0.text("b")].sorted().joined(separator: "+") }) { "pairs[\($0)]" }
  }

  public init(_ values: JSONObject) {
    pairs = values.records("pairs").compactMap { pair in
      guard let a = Duty(pair, "a"), let b = Duty(pair, "b"), let within = DutyScope(pair, "within") else { return nil }
      return Pair(a: a, b: b, within: within, days: pair["days"]?.int.map { Int($0) })
    }
  }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: CompanyRules.firstGuess,
      [
        "pairs": [
          ["a": "quoting", "b": "approving", "within": "customer"],
          ["a": "selling", "b": "invoicing", "within": "customer"],
          ["a": "invoicing", "b": "collecting", "within": "customer"],
          ["a": "selling", "b": "collecting", "within": "customer"],
          ["a": "requesting", "b": "approving", "within": "matter"],
          ["a": "signing", "b": "approving", "within": "contract"],
          ["a": "crediting", "b": "selling", "within": "customer"],
          ["a": "collecting", "b": "writing-off", "within": "customer"],
        ]
      ])
  ]
}

/// What a person does for the company, as events tell it.
public enum Duty: UInt8, CodeSet {
  case quoting = 1
  case selling = 2
  case crediting = 3
  case invoicing = 4
  case collecting = 5
  case writingOff = 6
  case drafting = 7
  case signing = 8
  case requesting = 9
  case approving = 10

  public var word: Word {
    switch self {
    case .quoting: Word("quoting", "Quoting a price", "报价")
    case .selling: Word("selling", "Taking an order", "接单销售")
    case .crediting: Word("crediting", "Granting credit", "授信")
    case .invoicing: Word("invoicing", "Invoicing", "开票")
    case .collecting: Word("collecting", "Recording money received", "收款入账")
    case .writingOff: Word("writing-off", "Adjusting what is owed", "应收调整")
    case .drafting: Word("drafting", "Drafting a contract", "起草合同")
    case .signing: Word("signing", "Signing for us", "代表我方签署")
    case .requesting: Word("requesting", "Asking for a decision", "提交审批")
    case .approving: Word("approving", "Deciding", "审批")
    }
  }
}

/// Within what two duties must not be one person's.
public enum DutyScope: UInt8, CodeSet {
  case customer = 1
  case contract = 2
  case matter = 3

  public var word: Word {
    switch self {
    case .customer: Word("customer", "one customer", "同一客户")
    case .contract: Word("contract", "one contract", "同一合同")
    case .matter: Word("matter", "one request", "同一申请")
    }
  }
}
