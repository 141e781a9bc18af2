import Engine
import Projection
import Vocabulary
import Wire

/// An event about a rule that is to be recorded, and what is told of it.
struct RuleAnswer {
  private let event: Event
  private let isRehearsal: Bool

  static let columns = [
    Column("kind", .text, "Rule", "规则"), Column("version", .integer, "Version", "版本"),
    Column("event", .text, "Event", "事件类型"), Column("effective", .instant, "In force from", "生效时间"),
    Column("hash", .text, "Hash", "哈希"), Column("seq", .position, "No.", "序号"), Column("id", .text, "Id", "编号"),
  ]

  /// - Parameter event: `nil` where the kind's name is no name of a subject, which no kind's is.
  init(_ event: Event?, isRehearsal: Bool = false) throws {
    guard let event else { throw EngineError.unknownRuleKind("", known: []) }
    self.event = event
    self.isRehearsal = isRehearsal
  }

  func record(in store: Store, _ session: Session) throws {
    var acknowledgement: Acknowledgement?
    if !isRehearsal {
      acknowledgement = try Recorder(store, about: session.circumstances(channel: "cli")).record([event]).first
    }
    let data = event.data
    try session.give(
      RuleAnswer.columns,
      [
        .text(data.text("kind")), .integer(Int64(data.number("version"))), .text(event.type),
        data["effectiveOn"]?.string.flatMap { Instant($0) }.map { .instant($0) } ?? .absent,
        .text(data.text("bodyHash")),
        acknowledgement.map { .integer($0.seq) } ?? .absent, acknowledgement.map { .text($0.id) } ?? .absent,
      ])
    if isRehearsal { session.console.remark(Name("Nothing was recorded.", "没有写入任何内容。")) }
  }
}
