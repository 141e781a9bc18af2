import Engine
import Events
import Projection
import Vocabulary
import Wire

/// Stored events as rows.
public enum EventRows {
  public static let columns = [
    Column("seq", .position, "No.", "序号"), Column("occurredAt", .instant, "Occurred", "发生时间"),
    Column("type", .text, "Event", "事件"), Column("subject", .text, "About", "主体"),
    Column("actor", .text, "Actor", "操作人"), Column("reason", .text, "Reason", "原因"),
    Column("data", .text, "Details", "内容"),
  ]

  /// For spreadsheets: the type by its name, the data as JSON.
  public static func cells(of stored: StoredEvent) -> [Cell] {
    cells(of: stored, type: stored.event.type, data: .json(.object(stored.shownData)))
  }

  /// For people: the type by its title, the data in one line; `nil` for a type that this program does not know.
  public static func cells(of stored: StoredEvent, in language: Language) -> [Cell]? {
    guard let declaration = Catalogue.keshi.entry(named: stored.event.type)?.declaration else { return nil }
    let digest = EventDigest(declaration, language).text(of: stored)
    return cells(of: stored, type: declaration.title[language], data: .text(digest))
  }

  private static func cells(of stored: StoredEvent, type: String, data: Cell) -> [Cell] {
    let event = stored.event
    return [
      .integer(stored.seq), .instant(event.occurredAt), .text(type), .text(event.subject.description),
      Cell(event.about.actor), Cell(event.about.reason), data,
    ]
  }
}

/// Gives stored events as the lines that they are: one array, or a line each.
public final class EventLineWriter {
  private let sink: any Sink
  private let asLines: Bool
  public private(set) var count = 0

  public init(to sink: any Sink, asLines: Bool) { (self.sink, self.asLines) = (sink, asLines) }

  public func write(_ stored: StoredEvent) throws(SinkError) {
    if asLines {
      try sink.write(stored.shownLine + [UInt8(ascii: "\n")])
    } else {
      try sink.write(Array((count == 0 ? "[\n" : ",\n").utf8) + stored.shownLine)
    }
    count += 1
  }

  /// Ends the answer. Nothing may be written after it.
  public func finish() throws(SinkError) {
    if !asLines { try sink.write(count == 0 ? "[]\n" : "\n]\n") }
    try sink.flush()
  }
}
