import Engine
import Events
import Projection
import Vocabulary
import Wire

/// What a package does not say, and why: personal values that were erased or left out, and lines that gave place to their
/// hash.
public struct Withholdings {
  public struct Value {
    public let seq: Int64
    public let field: String
    /// The field by its name.
    public let title: Name
    public let why: Withheld
  }
  /// A line anywhere between the first and the last event: of whom it told, nothing says any more.
  public struct Line {
    public let seq: Int64
    public let erasure: PrivacyBook.Erasure
  }
  public let values: [Value]
  public let lines: [Line]

  public init(_ selection: EvidenceSelection, in snapshot: Snapshot) throws {
    values = selection.events.flatMap { stored in
      let declaration = Catalogue.keshi.entry(named: stored.event.type)?.declaration
      return stored.withheld.sorted { $0.key < $1.key }.map { field, why in
        Value(seq: stored.seq, field: field, title: declaration?.field(named: field)?.title ?? Name(same: field), why: why)
      }
    }
    let range = (selection.events.first?.seq ?? 0)...(selection.events.last?.seq ?? 0)
    lines = try snapshot.privacyBook().erasures.compactMap { erasure in
      guard let line = erasure.line, range.contains(line) else { return nil }
      return Line(seq: line, erasure: erasure)
    }.sorted { $0.seq < $1.seq }
  }

  public var isEmpty: Bool { values.isEmpty && lines.isEmpty }

  /// In a package a value whose key is elsewhere was left out on purpose.
  static func explanation(_ why: Withheld) -> Name {
    why == .noKey ? Name("left out: personal", "未收录：个人信息") : why.explanation
  }

  public var json: JSON {
    .object([
      "values": .array(
        values.map { value in
          var object: JSONObject = ["event": .int(value.seq), "field": .string(value.field)]
          object["withheld"] = value.why == .noKey ? ["why": "left-out"] : .object(value.why.json)
          return .object(object)
        }),
      "lines": .array(
        lines.map { ["event": .int($0.seq), "by": .int($0.erasure.seq), "on": .string($0.erasure.at.description)] }),
    ])
  }

  public static let columns = [
    Column("event", .position, "Event", "事件"), Column("field", .text, "What", "内容"), Column("why", .text, "Why", "原因"),
  ]

  public func rows(in language: Language) -> [[Cell]] {
    let gone = Name("the whole line", "整行")[language]
    return values.map { [.integer($0.seq), .text($0.title[language]), .text(Withholdings.explanation($0.why)[language])] }
      + lines.map { line in
        let why = Name(
          "replaced by its hash by event \(line.erasure.seq); whether it concerned this matter cannot be said",
          "已由事件 \(line.erasure.seq) 以哈希代替；是否涉及本事项已无从得知")
        return [.integer(line.seq), .text(gone), .text(why[language])]
      }
  }
}
