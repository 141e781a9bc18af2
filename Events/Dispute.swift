public import Vocabulary

/// A quarrel about a contract, from the first claim to the end.
public enum Dispute: UInt8, Family {
  case opened = 1
  case stepTaken = 2
  case resolved = 3

  public static let code: UInt8 = 23
  public static let title = Name("Disputes", "纠纷")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case claim = 1
    case currency = 2
    case side = 3
    case limitationOn = 4
    case step = 5
    case on = 6
    case outcome = 7
    case paid = 8
    case received = 9
    case contract = 10
  }

  /// The ways out, in the order in which they are usually tried.
  public enum Step: UInt8, CodeSet {
    case negotiate = 1
    case mediate = 2
    case arbitrate = 3
    case litigate = 4
    case enforce = 5

    public var word: Word {
      switch self {
      case .negotiate: Word("negotiate", "Negotiation", "协商")
      case .mediate: Word("mediate", "Mediation", "调解")
      case .arbitrate: Word("arbitrate", "Arbitration", "仲裁")
      case .litigate: Word("litigate", "Court", "诉讼")
      case .enforce: Word("enforce", "Enforcement", "执行")
      }
    }
  }

  public enum Outcome: UInt8, CodeSet {
    case settled = 1
    case won = 2
    case partly = 3
    case lost = 4
    case dropped = 5

    public var word: Word {
      switch self {
      case .settled: Word("settled", "Settled", "和解")
      case .won: Word("won", "Won", "胜诉")
      case .partly: Word("partly", "Partly won", "部分胜诉")
      case .lost: Word("lost", "Lost", "败诉")
      case .dropped: Word("dropped", "Dropped", "撤回")
      }
    }
  }

  static let customer: Field = .reference("customer", to: .customer, "Customer", "客户").optional

  public var declaration: Declaration {
    switch self {
    case .opened:
      Declaration(
        "dispute.opened", "Dispute opened", "纠纷立案", on: .dispute,
        fields: [
          Dispute.customer,
          .reference("contract", to: .contract, "Contract", "合同").fact(Fact.contract).belonging,
          .money("claimMinor", "Claim", "争议金额").optional.fact(Fact.claim),
          .currency().optional.fact(Fact.currency),
          .code("side", Contract.Party.self, "Who claims", "主张方").fact(Fact.side),
          .text("ground", "Ground", "事由", limit: 2_000),
          .day("limitationOn", "Limitation ends on", "诉讼时效届满日").optional.fact(Fact.limitationOn),
        ]
      ).opening.clocked.by(.legal)
        .meaning("One side claims something under a contract that the other refuses.", "一方依合同主张而另一方拒绝。")
    case .stepTaken:
      Declaration(
        "dispute.step_taken", "Step taken in a dispute", "纠纷进展", on: .dispute,
        fields: [
          Dispute.customer,
          .code("step", Step.self, "Step", "步骤").fact(Fact.step),
          .day("on", "On", "日期").fact(Fact.on),
          .text("forum", "Before whom", "受理机构", limit: 500).optional,
          .hash("docHash", "Document", "文件哈希").optional,
          .text("note", "Note", "备注").optional,
        ]
      ).clocked.by(.legal)
        .meaning("The parties talked, or somebody went to a mediator, arbitrator or court.", "协商、调解、仲裁、诉讼或执行的一步。")
    case .resolved:
      Declaration(
        "dispute.resolved", "Dispute resolved", "纠纷解决", on: .dispute,
        fields: [
          Dispute.customer,
          .code("outcome", Outcome.self, "Outcome", "结果").fact(Fact.outcome),
          .money("paidMinor", "Paid by us", "我方支付").optional.fact(Fact.paid),
          .money("receivedMinor", "Paid to us", "我方收到").optional.fact(Fact.received),
          .currency().optional.fact(Fact.currency),
          .hash("instrumentHash", "Instrument", "法律文书哈希").optional,
          .text("lessons", "Lessons", "经验教训").optional,
        ]
      ).reasoned.clocked.by(.legal)
        .meaning("The quarrel is over, and what was paid.", "纠纷了结及支付情况。")
    }
  }
}
