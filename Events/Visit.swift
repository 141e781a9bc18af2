public import Vocabulary

/// Talk with a customer or a lead: visits, calls, messages, care.
public enum Visit: UInt8, Family {
  case logged = 1
  case interactionLogged = 2

  public static let code: UInt8 = 4
  public static let title = Name("Visits and communication", "拜访与沟通")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case kind = 1
    case direction = 2
    case plan = 3
    case nextOn = 4
  }

  public enum Interaction: UInt8, CodeSet {
    case call = 1
    case mail = 2
    case im = 3
    case meeting = 4
    case care = 5
    case gift = 6
    case note = 7

    public var word: Word {
      switch self {
      case .call: Word("call", "Call", "电话")
      case .mail: Word("mail", "Email", "邮件")
      case .im: Word("im", "Instant message", "即时消息")
      case .meeting: Word("meeting", "Meeting", "会议")
      case .care: Word("care", "Care", "客户关怀")
      case .gift: Word("gift", "Gift", "礼品")
      case .note: Word("note", "Note", "备注")
      }
    }
  }

  public enum Direction: UInt8, CodeSet {
    case inbound = 1
    case outbound = 2

    public var word: Word {
      switch self {
      case .inbound: Word("in", "From the customer", "客户发起")
      case .outbound: Word("out", "From us", "我方发起")
      }
    }
  }

  /// Where someone stood, in millionths of a degree (WGS 84).
  static let position: Field.Kind = .record([
    .count("latitudeE6", "Latitude", "纬度", -90_000_000...90_000_000, .microdegrees),
    .count("longitudeE6", "Longitude", "经度", -180_000_000...180_000_000, .microdegrees),
  ])

  public var declaration: Declaration {
    switch self {
    case .logged:
      Declaration(
        "visit.logged", "Visit logged", "拜访记录", on: .customer, .lead,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .text("visit", "Visit number", "拜访编号", limit: 200).optional,
          .reference("plan", to: .task, "Planned as", "对应的拜访计划").optional.fact(Fact.plan),
          .list("contacts", of: .text(limit: 200), "Contacts met", "会见联系人", limit: 100).optional.personal,
          .instant("startAt", "Start", "开始时间").optional,
          .count("durationMin", "Duration", "时长", 0...525_600, .minutes).optional,
          .text("place", "Place", "地点", limit: 500).optional,
          Field("position", Visit.position, "Position", "签到位置").optional.personal(.place),
          .text("purpose", "Purpose", "目的", limit: 1_000).optional,
          .text("minutes", "Minutes", "纪要").optional.personal(.words),
          .text("outcome", "Outcome", "结果", limit: 1_000).optional,
          .text("nextStep", "Next step", "下一步", limit: 1_000).optional,
          .day("nextOn", "Next on", "下次日期").optional.fact(Fact.nextOn),
        ]
      ).clocked.tellingActor.by(.sales, .account)
        .meaning(
          "Somebody met the customer in person; minutes and next step.",
          "与客户当面会晤；纪要与下一步。")
    case .interactionLogged:
      Declaration(
        "interaction.logged", "Interaction logged", "沟通记录", on: .customer, .lead,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .code("kind", Interaction.self, "Kind", "类别").fact(Fact.kind),
          .code("direction", Direction.self, "Direction", "方向").optional.fact(Fact.direction),
          .text("person", "Person", "联系人", limit: 200).optional.personal,
          .text("to", "Addressee", "收件人", limit: 500).optional.personal(.reach),
          .text("summary", "Summary", "摘要").optional.personal(.words),
          .text("outcome", "Outcome", "结果", limit: 1_000).optional,
          .count("durationMin", "Duration", "时长", 0...525_600, .minutes).optional,
          .text("campaign", "Campaign", "营销活动", limit: 200).optional,
          .text("template", "Template", "模板", limit: 200).optional,
          .text("messageId", "Message number", "消息编号", limit: 500).optional,
          .list("tags", of: .text(limit: 100), "Tags", "标签", limit: 50).optional,
          .money("valueMinor", "Value of the gift", "礼品价值").optional,
          .currency().optional,
        ]
      ).clocked.by(.sales, .account, .service)
        .meaning(
          "A call, message, gift or other contact that was no visit.",
          "电话、消息、礼品等非拜访的往来。")
    }
  }
}
