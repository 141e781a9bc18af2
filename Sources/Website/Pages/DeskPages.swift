import Answers
import Engine
import Pages
import Projection
import ReadModels
import Vocabulary
import Wire

/// What is to be done today.
enum DeskPages {
  static let routes = [
    PageRoute(.get, "/", .read, "Today's desk", "今日工作台") { asking in try asking.page(today) },
  ]

  private typealias Condition = RowQuery.Condition

  private static func today(in desk: Desk) throws -> Content {
    let day = try desk.today()
    let models = try desk.models(["churn", "clocks", "approvals", "contracts", "visits", "complaints", "opportunities", "funnel"])
    var tiles: [Tile?] = []
    tiles.append(try desk.tile("churn", Name("urgent warnings", "紧急预警"), where: [Condition("level", .equal, .text("red"))], isUrgent: true, href: desk.link("/churn")))
    tiles.append(try desk.tile("clocks", Name("raised warnings to decide on", "待研判的已发出预警"), where: [Condition("matter", .equal, .text("warning"))]))
    tiles.append(try desk.tile("clocks", Name("time limits overdue", "已超期时限"), where: [Condition("state", .equal, .text("overdue"))], isUrgent: true))
    tiles.append(try desk.tile("approvals", Name("decisions that wait", "待审批"), where: [Condition("state", .equal, .text("asked"))]))
    tiles.append(try desk.tile("contracts", Name("contracts that end within 90 days", "90 天内到期合同"), where: [Condition("dueWithin90", .equal, .flag(true))]))
    tiles.append(try desk.tile("visits", Name("customers to be visited", "应拜访客户"), where: [Condition("state", .equal, .text("neglected"))]))
    let isLate = [Condition("matter", .equal, .text("complaint")), Condition("state", .equal, .text("overdue"))]
    tiles.append(try desk.tile("clocks", Name("steps of complaints overdue", "超时的投诉步骤"), where: isLate, isUrgent: true))
    var blocks: [Block] = [.paragraph(desk.say("Business day \(day).", "业务日 \(day)。")), .tiles(tiles.compactMap { $0 })]
    if let lag = desk.lag(of: models.map(\.behind).max() ?? 0) { blocks.insert(.notice(lag), at: 0) }
    blocks += try warnings(in: desk)
    blocks += try desk.section(
      "clocks", Name("Time limits, the most pressing first", "时限（最紧迫在前）"), columns: ["matter", "state", "dueAt", "who", "role", "customer"],
      by: "dueAt", nothing: Name("No time limit runs.", "没有运行中的时限。"))
    blocks += try desk.section(
      "approvals", Name("Decisions that wait", "待审批"), columns: ["eventType", "about", "askedBy", "amountMinor", "nextRole", "hours"],
      where: [Condition("state", .equal, .text("asked"))], by: "hours", descends: true, nothing: Name("Nothing waits for a decision.", "没有待审批事项。"))
    blocks += try desk.section(
      "contracts", Name("Renewals", "续约"), columns: ["state", "endOn", "daysToEnd", "noticeDays", "autoRenew", "totalMinor"],
      where: [Condition("dueWithin90", .equal, .flag(true))], by: "endOn", nothing: Name("No contract ends within 90 days.", "90 天内没有合同到期。"))
    blocks += try desk.section(
      "visits", Name("Visits due, the largest customers first", "应拜访（大客户在前）"), columns: ["state", "grade", "lastVisitOn", "visitDueOn", "nextPlannedOn", "daysSince"],
      where: [Condition("visitDueOn", .atMost, .day(day))], by: "grade", nothing: Name("No visit is due.", "没有应拜访的客户。"))
    return Content(desk.say("Today's desk", "今日工作台"), blocks)
  }

  /// Warnings that somebody should look at, the worst first.
  private static func warnings(in desk: Desk) throws -> [Block] {
    try desk.section(
      "churn", Name("Warnings to triage", "待研判预警"), columns: ["score", "level", "topSignal", "since"],
      where: [Condition("level", .equal, .text("red"))], by: "score", nothing: Name("No urgent warning.", "没有紧急预警。"))
  }
}
