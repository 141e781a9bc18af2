public import Vocabulary

/// Interest before there is a customer: where it came from, what it is worth, what became of it.
public enum Lead: UInt8, Family {
  case created = 1
  case screened = 2
  case converted = 3

  public static let code: UInt8 = 2
  public static let title = Name("Leads", "线索")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case verdict = 1
    case fitScore = 2
    case engagementScore = 3
    case source = 4
    case campaign = 5
    case opportunity = 6
    case reason = 7
    case customer = 8
  }

  public enum Verdict: UInt8, CodeSet {
    case qualified = 1
    case disqualified = 2
    case nurture = 3

    public var word: Word {
      switch self {
      case .qualified: Word("qualified", "Qualified", "合格")
      case .disqualified: Word("disqualified", "Disqualified", "不合格")
      case .nurture: Word("nurture", "To be nurtured", "待培育")
      }
    }
  }

  public var declaration: Declaration {
    switch self {
    case .created:
      Declaration(
        "lead.created", "Lead created", "线索创建", on: .lead,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .text("source", "Source", "来源", limit: 100).fact(Fact.source),
          .text("campaign", "Campaign", "营销活动", limit: 200).optional.fact(Fact.campaign),
          .reference("referrer", to: .customer, "Referring customer", "推荐客户").optional,
          .text("company", "Company", "公司", limit: 500).optional,
          .text("person", "Person", "联系人", limit: 200).optional.personal,
          .text("email", "Email", "电子邮箱", limit: 500).optional.personal(.reach),
          .text("need", "Need", "需求").optional,
          .text("region", "Region", "区域", limit: 200).optional,
          .count("employees", "Employees", "员工人数").optional,
        ]
      ).clocked.opening.by(.sales, .market, .system)
        .meaning(
          "Somebody showed interest, before there is a customer.",
          "在成为客户之前，有人表示了兴趣。")
    case .screened:
      Declaration(
        "lead.screened", "Lead screened", "线索甄别", on: .lead,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .code("verdict", Verdict.self, "Verdict", "结论").fact(Fact.verdict),
          .score("fitScore", "Fit", "匹配度").optional.fact(Fact.fitScore),
          .score("engagementScore", "Engagement", "参与度").optional.fact(Fact.engagementScore),
          .text("reasonCode", "Reason code", "原因代码", limit: 100).optional.fact(Fact.reason),
          .money("budgetMinor", "Budget", "预算").optional,
          .currency().optional,
          .text("segment", "Segment", "细分市场", limit: 200).optional,
          .text("nextStep", "Next step", "下一步", limit: 1_000).optional,
          .text("note", "Note", "备注").optional,
        ]
      ).by(.sales)
        .meaning(
          "A lead was examined and found worth pursuing, or not.",
          "线索经甄别，值得跟进或不值得。")
    case .converted:
      Declaration(
        "lead.converted", "Lead converted", "线索转化", on: .lead,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").fact(Fact.customer),
          .text("contact", "Contact number", "联系人编号", limit: 200).optional,
          .reference("opportunity", to: .opportunity, "Opportunity", "商机").optional.fact(Fact.opportunity),
        ]
      ).by(.sales)
        .meaning(
          "A lead became a customer, and perhaps an opportunity.",
          "线索转为客户，可能同时立商机。")
    }
  }
}
