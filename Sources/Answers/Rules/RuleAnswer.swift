import Engine
import Projection
import Vocabulary
import Wire

/// An event about a rule that is to be recorded, and what is told of it.
public struct RuleAnswer {
  private let event: Event
  public private(set) var acknowledgement: Acknowledgement?

  public static let columns = [
    Column("kind", .text, "Rule", "规则"), Column("version", .integer, "Version", "版本"),
    Column("event", .text, "Event", "事件类型"), Column("effective", .instant, "In force from", "生效时间"),
    Column("hash", .text, "Hash", "哈希"), Column("seq", .position, "No.", "序号"), Column("id", .text, "Id", "编号"),
  ]

  /// Records the event. Without a recorder it is a rehearsal: nothing is written.
  ///
  /// - Parameter event: `nil` where the kind's name is no name of a subject, which no kind's is.
  public init(_ event: Event?, recordedBy recorder: Recorder?) throws {
    guard let event else { throw EngineError.unknownRuleKind("", known: []) }
    self.event = event
    acknowledgement = try recorder?.record([event]).first
  }

  public var cells: [Cell] {
    let data = event.data
    return [
      .text(data.text("kind")), .integer(Int64(data.number("version"))), .text(event.type),
      data["effectiveOn"]?.string.flatMap { Instant($0) }.map { .instant($0) } ?? .absent, .text(data.text("bodyHash")),
      acknowledgement.map { .integer($0.seq) } ?? .absent, acknowledgement.map { .text($0.id) } ?? .absent,
    ]
  }
}
