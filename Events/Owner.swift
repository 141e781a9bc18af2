public import Vocabulary

/// Who answers for a customer, a lead, an opportunity or a contract.
public enum Owner: UInt8, Family {
  case changed = 1

  public static let code: UInt8 = 3
  public static let title = Name("Ownership", "归属")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case role = 1
    case cause = 2
    case toPool = 3
    case to = 4
  }

  public enum Role: UInt8, CodeSet {
    case owner = 1
    case account = 2
    case solution = 3
    case fulfilment = 4
    case sponsor = 5

    public var word: Word {
      switch self {
      case .owner: Word("owner", "Owner", "负责人")
      case .account: Word("ar", "Account responsible", "客户责任人")
      case .solution: Word("sr", "Solution responsible", "方案责任人")
      case .fulfilment: Word("fr", "Fulfilment responsible", "交付责任人")
      case .sponsor: Word("sponsor", "Executive sponsor", "高层对接人")
      }
    }
  }

  public enum Cause: UInt8, CodeSet {
    case assign = 1
    case claim = 2
    case handover = 3
    case rule = 4
    case escalate = 5
    case release = 6

    public var word: Word {
      switch self {
      case .assign: Word("assign", "Assigned", "分配")
      case .claim: Word("claim", "Claimed", "领取")
      case .handover: Word("handover", "Handed over", "移交")
      case .rule: Word("rule", "By rule", "按规则")
      case .escalate: Word("escalate", "Escalated", "升级")
      case .release: Word("release", "Released to the pool", "退回公海")
      }
    }
  }

  public var declaration: Declaration {
    switch self {
    case .changed:
      Declaration(
        "owner.changed", "Owner changed", "归属变更", on: .customer, .lead, .opportunity, .contract,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .code("role", Role.self, "Role", "角色").fact(Fact.role),
          .text("from", "From", "原归属", limit: 200).optional,
          .text("to", "To", "新归属", limit: 200).fact(Fact.to),
          .flag("toPool", "To the public pool", "进入公海").optional.fact(Fact.toPool),
          .code("cause", Cause.self, "Cause", "缘由").fact(Fact.cause),
        ]
      ).reasoned.clocked.by(.salesManager, .sales, .system)
        .meaning(
          "Somebody else answers for a customer, lead, opportunity or contract from now on, or the public pool does.",
          "客户、线索、商机或合同自此由他人负责，或进入公海。")
    }
  }
}
