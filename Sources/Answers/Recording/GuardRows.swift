import Engine
import Events
import Projection
import Vocabulary

/// The guards, and the recorded events to which they object.
public enum GuardRows {
  public static let columns = [
    Column("guard", .text, "Guard", "守则"), Column("demands", .text, "Demands", "要求"),
    Column("types", .integer, "Types", "类型数"),
  ]

  public static func all(in language: Language) -> [[Cell]] {
    Guards.all.map { rule in
      let types = Catalogue.keshi.entries.count { rule.concerns($0.declaration) }
      return [.text(rule.id), .text(rule.title[language]), .integer(Int64(types))]
    }
  }

  public static let objectionColumns = [
    Column("seq", .position, "No.", "序号"), Column("type", .text, "Event", "事件"),
    Column("subject", .text, "Subject", "主体"), Column("occurredAt", .instant, "When", "业务时间"),
    Column("actor", .text, "Actor", "操作人"), Column("guard", .text, "Guard", "守则"), Column("why", .text, "Why", "缘由"),
  ]

  public static func cells(of objection: Objection, in language: Language) -> [Cell] {
    let event = objection.event
    return [
      Cell(event.seq), .text(event.type), .text(event.subject.description), .instant(event.occurredAt),
      event.about.actor.map { .text($0) } ?? .absent, .text(objection.refusal.rule),
      .text(objection.refusal.message(in: language)),
    ]
  }
}
