import Answers
import Engine
import Events
import Pages
import Projection
import ReadModels
import Vocabulary
import Wire

/// Pages composed of several read models: customers, complaints, sales, team, procedures.
enum FieldPages {
  static let routes = [
    PageRoute(.get, "/customers", .read, "Customers", "客户") { asking in try asking.page(customers) },
    PageRoute(.get, "/complaints", .read, "Complaint desk", "投诉工作台") { asking in try asking.page(complaints) },
    PageRoute(.get, "/sales", .read, "Funnel and forecast", "漏斗与预测") { asking in try asking.page(sales) },
    PageRoute(.get, "/team", .read, "Team and commission", "团队与提成") { asking in try asking.page(team) },
    PageRoute(.get, "/procedures", .read, "Conformance to procedures", "规程符合性") { asking in try asking.page(procedures) },
  ]

  private typealias Condition = RowQuery.Condition

  private static func customers(in desk: Desk) throws -> Content {
    try desk.models(["customers", "lifecycle", "segments", "loyalty", "worth"])
    var blocks = [Block.form(SearchPages.form(desk.asking))]
    blocks += try desk.breakdown("lifecycle", by: "stage", Name("By lifecycle stage", "按生命周期阶段"))
    blocks += try desk.breakdown("loyalty", by: "tier", Name("By loyalty tier", "按忠诚度等级"))
    blocks += try desk.breakdown("segments", by: "grade", Name("By grade", "按等级"), summing: "revenueMinor")
    blocks += try desk.section(
      "worth", Name("The largest by revenue of 12 months", "近 12 个月收入最高"), columns: ["revenue12mMinor", "grade"], by: "revenue12mMinor",
      descends: true, nothing: Name("No revenue yet.", "尚无收入。"))
    blocks += try desk.section(
      "customers", Name("Overdue, the largest first", "逾期应收（最高在前）"),
      columns: ["owner", "receivableMinor", "overdueMinor", "openComplaints", "lastContactOn"], by: "overdueMinor", descends: true,
      nothing: Name("No customer.", "没有客户。"))
    let model = desk.has("customers") ? "customers" : "lifecycle"
    blocks.append(.links([Link(desk.say("All customers", "全部客户"), desk.link("/models/" + model), isButton: true)]))
    return Content(desk.say("Customers", "客户"), blocks)
  }

  private static func complaints(in desk: Desk) throws -> Content {
    try desk.models(["complaints", "clocks", "complaint-figures", "disputes"])
    var blocks = try record(["complaint.filed"], in: desk)
    guard desk.has("complaints") else { return Content(desk.say("Complaint desk", "投诉工作台"), blocks + [desk.missing("complaints")]) }
    blocks += try desk.breakdown("complaints", by: "state", Name("By state", "按状态"))
    blocks += try desk.breakdown("complaints", by: "severity", Name("By severity", "按严重程度"))
    blocks += try desk.section(
      "clocks", Name("Next limits, the most pressing first", "最紧迫的时限"), columns: ["state", "dueAt", "who", "role", "customer"],
      where: [Condition("matter", .equal, .text("complaint"))], by: "dueAt", limit: 25, nothing: Name("No limit runs.", "没有运行中的时限。"))
    blocks += try desk.section(
      "complaints", Name("Complaints, the latest first", "投诉（最近在前）"),
      columns: ["state", "severity", "category", "filedAt", "breaches", "owner", "outcome"], by: "filedAt", descends: true, limit: 25,
      nothing: Name("No complaint.", "没有投诉。"))
    blocks += try desk.section(
      "complaint-figures", Name("Month by month", "逐月"),
      columns: ["month", "severity", "filed", "closed", "late", "lateBp", "reopened", "medianFirstResponseMin", "medianClosingMin"],
      where: [Condition("severity", .equal, .null)], by: "month", descends: true, limit: 24, nothing: Name("No figures.", "没有数据。"), chart: true)
    blocks += try desk.section(
      "disputes", Name("Disputes", "纠纷"), columns: ["stage", "side", "claimMinor", "nextStep", "nextStepDueAt", "limitationOn"], by: "nextStepDueAt",
      nothing: Name("No dispute.", "没有纠纷。"))
    return Content(desk.say("Complaint desk", "投诉工作台"), blocks)
  }

  private static func sales(in desk: Desk) throws -> Content {
    try desk.models(["funnel", "cycle", "forecasts", "goals", "market"])
    var blocks = try record(["lead.created", "opportunity.opened", "opportunity.progressed"], in: desk)
    blocks += try desk.breakdown("funnel", by: "state", Name("Opportunities by state", "商机状态"), summing: "amountMinor")
    blocks += try desk.breakdown(
      "funnel", by: "stage", Name("Open opportunities by stage", "进行中商机按阶段"), summing: "weightedMinor",
      where: [Condition("state", .equal, .text("open"))])
    blocks += try desk.breakdown(
      "funnel", by: "category", Name("Open by forecast category", "进行中商机按预测类别"), summing: "weightedMinor",
      where: [Condition("state", .equal, .text("open"))])
    blocks += try desk.section(
      "forecasts", Name("Forecast against what was won", "预测与实际"),
      columns: ["commitMinor", "bestMinor", "pipelineMinor", "closedMinor", "errorBp", "openMinor", "weightedMinor"], by: "lastOn",
      descends: true, limit: 20,
      nothing: Name("No forecast was submitted.", "尚无预测上报。"))
    blocks += try desk.section(
      "cycle", Name("Win rates and cycle", "赢率与周期"), columns: ["entered", "won", "lost", "winRateBp", "conversionBp", "medianDays", "wonMinor"],
      limit: 20, nothing: Name("No opportunity.", "没有商机。"))
    blocks += try desk.section(
      "funnel", Name("Expected next", "最近预计成交"), columns: ["state", "owner", "stage", "amountMinor", "probabilityBp", "weightedMinor", "expectedOn"],
      where: [Condition("state", .equal, .text("open"))], by: "expectedOn", limit: 15, nothing: Name("Nothing is open.", "没有进行中的商机。"))
    return Content(desk.say("Funnel and forecast", "漏斗与预测"), blocks)
  }

  private static func team(in desk: Desk) throws -> Content {
    try desk.models(["scorecards", "commissions", "talent", "goals", "coverage", "handoffs", "holders"])
    var blocks: [Block] = []
    blocks += try desk.section(
      "scorecards", Name("Scores", "绩效得分"), columns: ["total", "grade", "lockedTotal", "lockedGrade", "difference", "lateEvents", "collectedMinor"],
      by: "lockedOn", descends: true, limit: 20, nothing: Name("No score.", "没有得分。"))
    blocks += try desk.section(
      "commissions", Name("Commission", "提成"),
      columns: ["collectedMinor", "dueMinor", "restMinor", "clawbackMinor", "postedMinor", "balanceMinor"], by: "balanceMinor", descends: true,
      limit: 20, nothing: Name("No commission.", "没有提成。"))
    blocks += try desk.section(
      "goals", Name("Targets", "目标"), columns: ["kind", "scope", "period", "value", "actual", "attainmentBp", "isOnTrack"],
      by: "period", descends: true, limit: 20,
      nothing: Name("No target was set.", "尚未下达目标。"))
    blocks += try desk.section(
      "talent", Name("People", "人员"), columns: ["state", "post", "team", "manager", "certificates", "nextExpiryOn", "overdueReads"], limit: 25,
      nothing: Name("Nobody is on record.", "没有人员记录。"))
    blocks += try desk.section(
      "coverage", Name("Visits planned and done", "拜访计划与完成"), columns: ["planned", "done", "onTime", "doneShareBp", "onTimeShareBp", "missed", "visits"],
      limit: 15, nothing: Name("No visit was planned.", "没有拜访计划。"))
    blocks += try desk.section(
      "handoffs", Name("Handovers", "交接"), columns: ["state", "from", "to", "givenAt", "dueAt", "hours", "onTimeBp"],
      by: "givenAt", descends: true, limit: 15,
      nothing: Name("No handover.", "没有交接。"))
    if blocks.isEmpty { blocks.append(desk.missing("scorecards")) }
    return Content(desk.say("Team and commission", "团队与提成"), blocks)
  }

  private static func procedures(in desk: Desk) throws -> Content {
    try desk.models(["procedures", "integrity", "approvals", "duties", "retention"])
    var blocks = try record(["sop.deviation_recorded", "improvement.proposed", "audit.performed"], in: desk)
    blocks += try desk.section(
      "procedures", Name("Procedures with deviations, the most first", "偏差最多的规程"),
      columns: ["kind", "state", "version", "deviations", "recentDeviations", "weakestStep", "findings", "openImprovements"], by: "deviations",
      descends: true, limit: 25, nothing: Name("No procedure was published.", "尚未发布规程。"))
    blocks += try desk.breakdown("approvals", by: "order", Name("Decisions: are they in order?", "审批是否合规"))
    blocks += try desk.section(
      "approvals", Name("Decisions that are not in order", "不合规的审批"), columns: ["eventType", "about", "askedBy", "deciders", "objections"],
      where: [Condition("order", .equal, .text("flawed"))], limit: 15, nothing: Name("None.", "无。"))
    blocks += try desk.section(
      "duties", Name("One person, two duties", "一人兼两职"), columns: ["person", "duty", "times", "otherDuty", "otherTimes", "lastAt"], limit: 15,
      nothing: Name("Nobody.", "无。"))
    if blocks.isEmpty || !desk.has("procedures") { blocks.append(desk.missing("procedures")) }
    return Content(desk.say("Conformance to procedures", "规程符合性"), blocks)
  }

  private static func record(_ types: [String], in desk: Desk) throws -> [Block] {
    guard desk.asking.user.may(.record) else { return [] }
    return [
      .links(
        types.compactMap { type in
          Catalogue.keshi.entry(named: type).map { Link("+ " + $0.declaration.title[desk.language], desk.link("/record/" + type), isButton: true) }
        })
    ]
  }
}

extension Desk {
  /// That this program has no such read model.
  func missing(_ model: String) -> Block {
    .notice(Notice(.hint, say("There is no read model \(model).", "没有读模型 \(model)。")))
  }
}
