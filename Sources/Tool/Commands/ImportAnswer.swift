import Answers
import Import
import Projection
import Vocabulary
import Wire

/// What an import says at its end.
struct ImportAnswer {
  let summary: ImportSummary
  /// `nil`: not known, because nothing was written.
  let duplicates: Int?
  /// Events that the log refused.
  let refused: Int
  let quarantineFile: String?

  init(_ summary: ImportSummary, duplicates: Int?, refused: Int, quarantineFile: String?) {
    self.summary = summary
    self.duplicates = duplicates
    self.refused = refused
    self.quarantineFile = quarantineFile
  }

  static let columns = [
    Column("rows", .integer, "Rows", "行数"), Column("events", .integer, "Events", "事件"),
    Column("duplicates", .integer, "Duplicates", "重复"), Column("quarantined", .integer, "Quarantined", "隔离"),
    Column("quarantineFile", .text, "Quarantine file", "隔离文件"), Column("dryRun", .flag, "Dry run", "试运行"),
  ]

  /// One line of JSON whatever the format, because programs read it; a table only where one is asked for by name.
  ///
  /// `events` are those that are new in the log, so that a second import says 0.
  func give(in session: Session) throws {
    let row: [Cell] = [
      .integer(Int64(summary.rows)), .integer(Int64(summary.events - (duplicates ?? 0) - refused)),
      Cell(duplicates.map { Int64($0) }), .integer(Int64(summary.quarantined + refused)), Cell(quarantineFile),
      duplicates == nil ? .flag(true) : .absent,
    ]
    if session.format == .csv || session.options.format == .rows(.table) {
      try session.give(ImportAnswer.columns, row)
    } else {
      let writer = JSONRowWriter(ImportAnswer.columns, to: session.console.output, asLines: true)
      try writer.write(row)
      try writer.finish()
    }
  }
}

/// Progress of an import.
final class ImportBar {
  private let reading: ProgressBar
  private let sorting: ProgressBar

  init(on console: Console) {
    reading = ProgressBar(Name("Reading bytes", "读取字节"), on: console)
    sorting = ProgressBar(Name("Recording", "入账"), on: console)
  }

  func update(_ progress: ImportProgress) {
    switch progress.phase {
    case .reading: reading.update(Int64(progress.bytesRead), of: Int64(progress.bytesTotal))
    case .emitting: sorting.update(Int64(progress.summary.events), of: Int64(progress.summary.events))
    }
  }

  func finish() {
    reading.finish()
    sorting.finish()
  }
}

/// What an import would do: keeps the first events and counts the reasons for quarantine.
final class ImportRehearsal {
  /// Events and lines that are shown.
  static let shown = 5
  private let limit: Int
  private var events: [Event] = []
  private var lines: [String] = []

  init(limit: Int) { self.limit = limit }

  func emit(_ event: Event) { if events.count < limit { events.append(event) } }
  func quarantine(_ line: String) { if lines.count < limit { lines.append(line) } }

  func tell(on console: Console) {
    if !events.isEmpty { console.remark(Name("The first events would be:", "最先的事件将是：")) }
    for event in events { console.remark("  " + JSON.object(event.json).canonical) }
    if !lines.isEmpty { console.remark(Name("The first rows in quarantine would be:", "最先被隔离的行将是：")) }
    for line in lines { console.remark("  " + line) }
  }
}
