import Engine
import Events
import Projection
import Vocabulary

// The events of a package as people read them.

extension EvidencePackage {
  public static let eventColumns = [
    Column("seq", .position, "No.", "序号"), Column("occurredAt", .instant, "Occurred", "发生时间"),
    Column("recordedAt", .instant, "Recorded", "入账时间"), Column("type", .text, "Event", "事件"),
    Column("subject", .text, "About", "主体"), Column("actor", .text, "Actor", "操作人"), Column("role", .text, "Role", "角色"),
    Column("reason", .text, "Reason", "原因"), Column("data", .text, "Details", "内容"),
  ]

  /// By business time; what happened at the same time in the log's order.
  public func eventRows(in language: Language) -> [[Cell]] {
    let ordered = selection.events.sorted { ($0.event.occurredAt, $0.seq) < ($1.event.occurredAt, $1.seq) }
    return ordered.map { stored in
      let event = stored.event
      let declaration = Catalogue.keshi.entry(named: event.type)?.declaration
      let digest = declaration.map { EventDigest($0, language).text(of: stored, explanation: Withholdings.explanation) }
      return [
        .integer(stored.seq), .instant(event.occurredAt), Cell(event.recordedAt), .text(declaration?.title[language] ?? event.type),
        .text(event.subject.description), Cell(event.about.actorName ?? event.about.actor), Cell(event.about.role),
        Cell(event.about.reason), Cell(digest),
      ]
    }
  }
}
