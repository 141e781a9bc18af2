import ArgumentParser
import Engine
import Events
import Projection
import Vocabulary
import Wire

/// `keshi history SUBJECT`: all events that reach it, oldest first.
struct HistoryCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "history",
      abstract: Name(
        "Show all events that reach a customer, contract, order…, oldest first.", "按先后列出与某客户、合同、订单等有关的全部事件。")[Speech.language],
      discussion: example(
        """
        keshi history customer:4
        keshi history contract:09003AA --as-of 2025-12-31 --format ndjson
        """) + "\n\n"
        + Name(
          "Lines are given as the log holds them. Where a line commits to personal values (`p`), those that the keys open are added to its data, and the others are explained under `withheld`.",
          "各行按日志原样给出。行中以承诺值（p）代替个人信息时，密钥能打开的值加入 data，其余在 withheld 中说明。")[Speech.language])
  }

  @Argument(help: help("kind:id; a bare id means a customer.", "类别:编号；只写编号时指客户。", value: "subject"))
  var subject: String

  @OptionGroup var reader: ReaderOptions
  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  static let columns = [
    Column("seq", .position, "No.", "序号"), Column("occurredAt", .instant, "Occurred", "发生时间"),
    Column("type", .text, "Event", "事件"), Column("subject", .text, "About", "主体"),
    Column("actor", .text, "Actor", "操作人"), Column("reason", .text, "Reason", "原因"),
    Column("data", .text, "Details", "内容"),
  ]

  func run(in session: Session) throws {
    try session.withStore(.read, keys: keys) { store in
      let snapshot = try store.snapshot()
      let writer = HistoryWriter(session)
      try snapshot.history(of: subject, view: reader.view) { try writer.write($0) }
      try writer.finish()
      if writer.count == 0 {
        session.console.remark(
          Name("No event of \(subject) is seen from there.", "从该时点看不到 \(subject) 的任何事件。"))
      }
    }
  }
}

/// Gives stored events: their own lines to programs that read JSON, digests to people, columns to spreadsheets.
final class HistoryWriter {
  private let session: Session
  private let rows: any RowWriter
  private(set) var count = 0

  init(_ session: Session) {
    self.session = session
    rows = session.rows(HistoryCommand.columns)
  }

  func write(_ stored: StoredEvent) throws {
    defer { count += 1 }
    switch session.format {
    case .ndjson: try session.console.output.write(stored.shownLine + [UInt8(ascii: "\n")])
    case .json: try session.console.output.write(Array((count == 0 ? "[\n" : ",\n").utf8) + stored.shownLine)
    case .csv: try rows.write(cells(of: stored, type: stored.event.type, data: .json(.object(stored.shownData))))
    case .table:
      guard let declaration = Catalogue.keshi.entry(named: stored.event.type)?.declaration else { return }
      let digest = EventDigest(declaration: declaration, language: session.language).text(of: stored)
      try rows.write(cells(of: stored, type: declaration.title[session.language], data: .text(digest)))
    }
  }

  private func cells(of stored: StoredEvent, type: String, data: Cell) -> [Cell] {
    let event = stored.event
    return [
      .integer(stored.seq), .instant(event.occurredAt), .text(type), .text(event.subject.description),
      Cell(event.about.actor), Cell(event.about.reason), data,
    ]
  }

  func finish() throws {
    switch session.format {
    case .json: try session.console.output.write(count == 0 ? "[]\n" : "\n]\n")
    case .ndjson: break
    case .csv, .table: try rows.finish()
    }
  }
}
