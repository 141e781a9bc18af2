import Answers
import ArgumentParser
import Engine
import Vocabulary

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
  private enum Form {
    case lines(EventLineWriter)
    case spreadsheet(any RowWriter)
    case people(any RowWriter, Language)
  }
  private let form: Form
  private(set) var count = 0

  init(_ session: Session) {
    form =
      switch session.format {
      case .json, .ndjson: .lines(EventLineWriter(to: session.console.output, asLines: session.format == .ndjson))
      case .csv: .spreadsheet(session.rows(EventRows.columns))
      case .table: .people(session.rows(EventRows.columns), session.language)
      }
  }

  func write(_ stored: StoredEvent) throws {
    defer { count += 1 }
    switch form {
    case .lines(let writer): try writer.write(stored)
    case .spreadsheet(let rows): try rows.write(EventRows.cells(of: stored))
    case .people(let rows, let language):
      if let cells = EventRows.cells(of: stored, in: language) { try rows.write(cells) }
    }
  }

  func finish() throws {
    switch form {
    case .lines(let writer): try writer.finish()
    case .spreadsheet(let rows), .people(let rows, _): try rows.finish()
    }
  }
}
