public import Vocabulary

/// Asking for a decision, and deciding. What waits for a second person takes effect only by such a decision.
public enum Approval: UInt8, Family {
  case requested = 1
  case decided = 2
  case withdrawn = 3

  public static let code: UInt8 = 21
  public static let title = Name("Approvals", "审批")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case amount = 1
    case currency = 2
    case policy = 3
    case step = 4
    case verdict = 5
    case about = 6
    case eventType = 7
    case beneficiary = 8
    case steps = 9
    case role = 10
    case limit = 11
    case delegatedFrom = 12
  }

  public enum Verdict: UInt8, CodeSet {
    case approve = 1
    case reject = 2
    case returned = 3

    public var word: Word {
      switch self {
      case .approve: Word("approve", "Approved", "同意")
      case .reject: Word("reject", "Rejected", "驳回")
      case .returned: Word("return", "Returned for rework", "退回修改")
      }
    }
  }

  /// One decision that is asked for: in which role, and up to which amount that role may decide.
  static let step: Field.Kind = .record([
    .text("role", "Role", "角色", limit: 50).fact(Fact.role),
    .money("limitMinor", "Up to", "权限金额").optional.fact(Fact.limit),
  ])

  static let customer: Field = .reference("customer", to: .customer, "Customer", "客户").optional

  public var declaration: Declaration {
    switch self {
    case .requested:
      Declaration(
        "approval.requested", "Approval requested", "提交审批", on: .approval,
        fields: [
          Approval.customer,
          .subject("about", "What it is about", "审批对象").fact(Fact.about).belonging,
          .text("eventType", "Event that waits", "待生效的事件类型", limit: 100).fact(Fact.eventType)
            .noting("Such as contract.amended.", "例如 contract.amended。"),
          .hash("contentHash", "Content", "内容哈希").optional
            .noting(
              "SHA-256 of the canonical data that shall take effect, but for its approval; nothing else is approved then.",
              "将生效数据（不含审批编号）规范 JSON 的 SHA-256；写明后只批准该内容。"),
          .text("beneficiary", "Who benefits", "受益人", limit: 200).optional.fact(Fact.beneficiary),
          .money("amountMinor", "Amount concerned", "涉及金额").optional.fact(Fact.amount),
          .currency().optional.fact(Fact.currency),
          .count("policyVersion", "Version of the approval rule", "审批规则版本", 1...100_000, .version).optional
            .fact(Fact.policy),
          .list("steps", of: Approval.step, "Decisions asked for", "审批步骤", limit: 20).optional.fact(Fact.steps),
        ]
      ).tellingActor.opening.clocked
        .meaning(
          "Somebody asks others to decide about something before it is recorded as done.", "在事情生效之前，请他人作出决定。")
    case .decided:
      Declaration(
        "approval.decided", "Approval decided", "审批决定", on: .approval,
        fields: [
          Approval.customer,
          .count("step", "Step", "步骤", 1...20).optional.fact(Fact.step),
          .code("verdict", Verdict.self, "Verdict", "决定").fact(Fact.verdict),
          .text("opinion", "Opinion", "意见").optional,
          .text("delegatedFrom", "On behalf of", "受托于", limit: 200).optional.fact(Fact.delegatedFrom),
        ]
      ).tellingActor.tellingRole.clocked.by(.salesManager, .legal, .finance, .people, .process, .dataSecurity)
        .meaning(
          "One person decided. Whoever asked, whoever benefits and whoever records what was approved is another.",
          "一人作出决定。申请人、受益人及据此入账的人须为他人。")
    case .withdrawn:
      Declaration(
        "approval.withdrawn", "Request withdrawn", "撤回审批", on: .approval,
        fields: [Approval.customer]
      ).tellingActor.reasoned.clocked
        .meaning("Whoever asked wants no decision any more.", "申请人不再需要决定。")
    }
  }
}
