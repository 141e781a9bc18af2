public import Vocabulary

/// A complaint on its way, in the steps of ISO 10002.
public enum Complaint: UInt8, Family {
  case filed = 1
  case acknowledged = 2
  case assessed = 3
  case escalated = 4
  case responded = 5
  case closed = 6
  case reopened = 7
  case paused = 8
  case resumed = 9

  public static let code: UInt8 = 11
  public static let title = Name("Complaints", "投诉")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case severityScore = 1
    case severity = 2
    case fromLevel = 3
    case toLevel = 4
    case cause = 5
    case outcome = 6
    case satisfaction = 7
    case dueAt = 8
    case compensation = 9
    case currency = 10
    case accepted = 11
    case category = 12
    case firstResponseMin = 13
    case to = 14
    case followUpOn = 15
  }

  public enum Severity: UInt8, CodeSet {
    case general = 1
    case major = 2
    case urgent = 3

    public var word: Word {
      switch self {
      case .general: Word("general", "General", "一般投诉")
      case .major: Word("major", "Major", "重大投诉")
      case .urgent: Word("urgent", "Urgent", "紧急投诉")
      }
    }
  }

  public enum Cause: UInt8, CodeSet {
    case sla = 1
    case severity = 2
    case customer = 3

    public var word: Word {
      switch self {
      case .sla: Word("sla", "Time limit passed", "超出时限")
      case .severity: Word("severity", "Severity", "严重程度")
      case .customer: Word("customer", "The customer asked for it", "客户要求")
      }
    }
  }

  public enum Outcome: UInt8, CodeSet {
    case upheld = 1
    case partly = 2
    case rejected = 3
    case withdrawn = 4

    public var word: Word {
      switch self {
      case .upheld: Word("upheld", "Upheld", "投诉成立")
      case .partly: Word("partly", "Partly upheld", "部分成立")
      case .rejected: Word("rejected", "Rejected", "投诉不成立")
      case .withdrawn: Word("withdrawn", "Withdrawn", "客户撤诉")
      }
    }
  }

  /// A complaint belongs to a customer; its filing names them, a later step may.
  static let customer: Field = .reference("customer", to: .customer, "Customer", "客户").optional
  /// What was put right, and what it cost.
  static let remedy: [Field] = [
    .text("remedy", "Remedy", "处理措施").optional,
    .money("compensationMinor", "Compensation", "赔偿金额").optional.fact(Fact.compensation),
    .currency().optional.fact(Fact.currency),
  ]

  public var declaration: Declaration {
    switch self {
    case .filed:
      Declaration(
        "complaint.filed", "Complaint filed", "投诉受理", on: .complaint,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户"),
          .text("person", "Person", "投诉人", limit: 200).optional.personal,
          .text("channel", "Channel", "渠道", limit: 100).optional,
          .text("product", "Product", "产品", limit: 200).optional,
          .text("category", "Category", "类别", limit: 200).optional.fact(Fact.category),
          .text("text", "What was said", "投诉内容").optional.personal(.words),
          .score("severity", "Severity as filed", "受理时的严重程度", 1...4).optional.fact(Fact.severityScore),
          .text("priority", "Priority", "优先级", limit: 100).optional,
          .text("remedySought", "Remedy sought", "诉求", limit: 1_000).optional,
          .day("occurredOn", "Happened on", "事发日期").optional,
          .count("firstResponseMin", "Time to first response", "首次响应时长", 0...5_256_000, .minutes).optional
            .fact(Fact.firstResponseMin),
        ]
      ).clocked.opening.by(.service, .sales)
        .meaning(
          "A customer complained; the complaint has its own number from here to the end.",
          "客户提出投诉；自此至终有独立编号。")
    case .acknowledged:
      Declaration(
        "complaint.acknowledged", "Complaint acknowledged", "投诉确认告知", on: .complaint,
        fields: [
          Complaint.customer,
          .text("channel", "Channel", "渠道", limit: 100).optional,
          .instant("promisedBy", "Answer promised by", "承诺答复时间").optional.fact(Fact.dueAt),
        ]
      ).tellingActor.clocked.by(.service)
        .meaning(
          "The customer was told that the complaint arrived and when to expect an answer.",
          "告知客户已收到投诉及答复时间。")
    case .assessed:
      Declaration(
        "complaint.assessed", "Complaint assessed", "投诉分级", on: .complaint,
        fields: [
          Complaint.customer,
          .code("severity", Severity.self, "Severity", "投诉等级").fact(Fact.severity),
          .text("category", "Category", "类别", limit: 200).optional.fact(Fact.category),
          .text("impact", "Impact", "影响", limit: 1_000).optional,
          .text("immediateAction", "Immediate action", "应急措施", limit: 1_000).optional,
        ]
      ).tellingActor.by(.service)
        .meaning(
          "How severe the complaint is, which sets its time limits.",
          "投诉的严重程度，决定处理时限。")
    case .escalated:
      Declaration(
        "complaint.escalated", "Complaint escalated", "投诉升级", on: .complaint,
        fields: [
          Complaint.customer,
          .count("fromLevel", "From level", "原级别", 0...9).optional.fact(Fact.fromLevel),
          .count("toLevel", "To level", "新级别", 0...9).optional.fact(Fact.toLevel),
          .text("to", "To", "升级对象", limit: 200).optional.fact(Fact.to),
          .code("cause", Cause.self, "Cause", "缘由").optional.fact(Fact.cause),
          .text("note", "Note", "备注").optional,
        ]
      ).clocked.by(.service, .system)
        .meaning(
          "The complaint went to somebody higher.",
          "投诉升级处理。")
    case .responded:
      Declaration(
        "complaint.responded", "Complaint answered", "投诉答复", on: .complaint,
        fields: [
          Complaint.customer,
          .text("rootCause", "Root cause", "根本原因").optional,
          .text("responsibility", "Responsibility", "责任归属", limit: 500).optional,
          .flag("acceptedByCustomer", "Accepted by the customer", "客户是否接受").optional.fact(Fact.accepted),
        ] + Complaint.remedy
      ).tellingActor.clocked.by(.service)
        .meaning(
          "The customer was told what was found and what is offered.",
          "向客户答复调查结论与处理措施。")
    case .closed:
      Declaration(
        "complaint.closed", "Complaint closed", "投诉结案", on: .complaint,
        fields: [
          Complaint.customer,
          .code("outcome", Outcome.self, "Outcome", "结论").optional.fact(Fact.outcome),
          .day("followUpOn", "Follow-up on", "回访日期").optional.fact(Fact.followUpOn),
          .score("satisfaction", "Satisfaction", "满意度", 0...10).optional.fact(Fact.satisfaction),
          .count("hours", "Hours to the end", "处理时长（小时）").optional,
          .text("note", "Note", "备注").optional,
        ] + Complaint.remedy
      ).clocked.by(.service)
        .meaning(
          "The complaint is done with, after an assessment and an answer.",
          "投诉经分级与答复后结案。")
    case .reopened:
      Declaration(
        "complaint.reopened", "Complaint reopened", "投诉重开", on: .complaint,
        fields: [
          Complaint.customer,
          .text("why", "Why", "重开缘由", limit: 1_000).optional,
          .instant("newDueAt", "New time limit", "新时限").optional.fact(Fact.dueAt),
        ]
      ).tellingActor.reasoned.clocked.by(.service)
        .meaning(
          "A closed complaint goes on.",
          "已结案的投诉重新处理。")
    case .paused:
      Declaration(
        "complaint.paused", "Waiting for the customer", "等待客户", on: .complaint,
        fields: [
          Complaint.customer,
          .text("asked", "What was asked of them", "请客户提供", limit: 1_000),
          .text("channel", "Channel", "渠道", limit: 100).optional,
        ]
      ).clocked.by(.service)
        .meaning(
          "We cannot go on without something that the customer was asked for. Only this stops the clock.",
          "缺少请客户提供之物而无法继续。只有此事件使时限暂停。")
    case .resumed:
      Declaration(
        "complaint.resumed", "The customer answered", "客户已回复", on: .complaint,
        fields: [
          Complaint.customer,
          .text("note", "Note", "备注").optional,
        ]
      ).clocked.by(.service)
        .meaning("What we waited for came; the clock runs again.", "所等之物已到，时限继续计算。")
    }
  }
}
