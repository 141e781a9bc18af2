public import Vocabulary

/// What may go wrong, what is done about it, and whether the rules are kept.
public enum Risk: UInt8, Family {
  case identified = 1
  case treated = 2
  case complianceChecked = 3

  public static let code: UInt8 = 22
  public static let title = Name("Risk and compliance", "风险与合规")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case kind = 1
    case likelihood = 2
    case impact = 3
    case exposure = 4
    case currency = 5
    case action = 6
    case closed = 7
    case result = 8
    case about = 9
  }

  public enum Kind: UInt8, CodeSet {
    case credit = 1
    case legal = 2
    case delivery = 3
    case concentration = 4
    case securityIncident = 5
    case reputation = 6
    case market = 7

    public var word: Word {
      switch self {
      case .credit: Word("credit", "Credit", "信用风险")
      case .legal: Word("legal", "Legal", "法律风险")
      case .delivery: Word("delivery", "Delivery", "交付风险")
      case .concentration: Word("concentration", "Concentration", "集中度风险")
      case .securityIncident: Word("security-incident", "Security incident", "安全事件")
      case .reputation: Word("reputation", "Reputation", "声誉风险")
      case .market: Word("market", "Market", "市场风险")
      }
    }
  }

  public enum Action: UInt8, CodeSet {
    case avoid = 1
    case reduce = 2
    case transfer = 3
    case accept = 4

    public var word: Word {
      switch self {
      case .avoid: Word("avoid", "Avoid", "规避")
      case .reduce: Word("reduce", "Reduce", "降低")
      case .transfer: Word("transfer", "Transfer", "转移")
      case .accept: Word("accept", "Accept", "接受")
      }
    }
  }

  public enum Result: UInt8, CodeSet {
    case passed = 1
    case conditional = 2
    case failed = 3

    public var word: Word {
      switch self {
      case .passed: Word("passed", "Passed", "通过")
      case .conditional: Word("conditional", "Passed with conditions", "有条件通过")
      case .failed: Word("failed", "Failed", "不通过")
      }
    }
  }

  static let customer: Field = .reference("customer", to: .customer, "Customer", "客户").optional

  static let checkItem: Field.Kind = .record([
    .text("id", "Item", "审查项", limit: 100),
    .flag("pass", "Passed", "是否通过"),
    .text("note", "Note", "备注", limit: 1_000).optional,
  ])

  /// How likely it is and how bad it would be, each from 1 to 5.
  static let measure: [Field] = [
    .score("likelihood", "Likelihood", "可能性", 1...5).fact(Fact.likelihood),
    .score("impact", "Impact", "影响程度", 1...5).fact(Fact.impact),
  ]

  public var declaration: Declaration {
    switch self {
    case .identified:
      Declaration(
        "risk.identified", "Risk identified", "风险识别", on: .risk,
        fields: [
          Risk.customer,
          .code("kind", Kind.self, "Kind", "类别").fact(Fact.kind),
          .subject("about", "What it concerns", "涉及对象").optional.fact(Fact.about).belonging,
          .text("what", "What may happen", "可能发生的情况", limit: 2_000),
          .money("exposureMinor", "Exposure", "敞口").optional.fact(Fact.exposure),
          .currency().optional.fact(Fact.currency),
        ] + Risk.measure
      ).tellingActor.opening
        .meaning("Somebody saw that something may go wrong.", "发现可能出现的问题。")
    case .treated:
      Declaration(
        "risk.treated", "Risk treated", "风险处置", on: .risk,
        fields: [
          Risk.customer,
          .code("action", Action.self, "Action", "应对方式").fact(Fact.action),
          .flag("closed", "Closed", "是否关闭").fact(Fact.closed),
          .text("what", "What was done", "采取的措施", limit: 2_000).optional,
        ] + Risk.measure.map(\.optional)
      ).tellingActor.reasoned.by(.salesManager, .finance, .legal)
        .meaning(
          "Something was decided about a risk; likelihood and impact as they are after it.",
          "对风险作出处置；可能性与影响为处置后的剩余值。")
    case .complianceChecked:
      Declaration(
        "compliance.checked", "Compliance checked", "合规审查", on: .compliance,
        fields: [
          Risk.customer,
          .subject("about", "What was checked", "审查对象").fact(Fact.about).belonging,
          .text("checklistVersion", "Version of the checklist", "清单版本", limit: 100),
          .list("items", of: Risk.checkItem, "Items", "审查项目", limit: 500),
          .code("result", Result.self, "Result", "结论").fact(Fact.result),
        ]
      ).by(.legal, .dataSecurity)
        .meaning("Something was held against a checklist, item by item.", "按清单逐项审查。")
    }
  }
}
