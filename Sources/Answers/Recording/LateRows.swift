import Engine
import Projection
import Vocabulary

/// Late entries as rows.
public enum LateRows {
  public static let columns = [
    Column("seq", .position, "No.", "序号"), Column("type", .text, "Event", "事件"),
    Column("subject", .text, "Subject", "主体"), Column("occurredAt", .instant, "When", "业务时间"),
    Column("recordedAt", .instant, "Recorded", "入账时间"), Column("lateDays", .integer, "Days late", "补录天数"),
    Column("allowed", .integer, "Allowed", "允许天数"), Column("rule", .text, "Rule", "规则"),
    Column("actor", .text, "Actor", "操作人"), Column("role", .text, "Role", "角色"), Column("reason", .text, "Reason", "原因"),
  ]

  public static func cells(of entry: LateEntry) -> [Cell] {
    let event = entry.event
    return [
      Cell(event.seq), .text(event.type), .text(event.subject.description), .instant(event.occurredAt),
      event.recordedAt.map { .instant($0) } ?? .absent, .integer(Int64(entry.days)), .integer(Int64(entry.allowed)),
      .text(entry.rule), Cell(event.about.actor), Cell(event.about.role), Cell(event.about.reason),
    ]
  }
}
