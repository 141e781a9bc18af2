import Engine
import Projection
import ReadModels
import Vocabulary
import Wire

/// `keshi rebuild --check`: do the read models in use hold what the log gives?
struct RebuildCheck {
  let store: Store
  let session: Session

  static let columns = [
    Column("projection", .text, "Read model", "读模型"), Column("verdict", .text, "Verdict", "结论", words: verdicts),
    Column("rows", .integer, "Rows", "行数"), Column("missing", .integer, "Missing", "缺失"),
    Column("extra", .integer, "Too many", "多余"), Column("changed", .integer, "Changed", "不符"),
    Column("position", .position, "Newest event", "最新事件"), Column("subjects", .text, "Rows concerned", "相关行"),
  ]

  private static let verdicts = [
    Word("sound", "Sound", "一致"), Word("drifted", "Drifted", "已漂移"), Word("outdated", "Outdated", "已过时"),
    Word("absent", "Absent", "不存在"),
  ]

  /// Gives a row for each read model, names the rows that differ, and ends with status 2 where any does.
  func run(_ names: [String]) throws {
    let bar = ProgressBar(Name("Checking", "核对"), on: session.console)
    defer { bar.finish() }
    let reports = try store.check(names) { bar.update($0, of: $1) }
    bar.finish()
    let rows = session.rows(RebuildCheck.columns)
    for report in reports {
      let comparison = report.comparison
      try rows.write([
        .text(report.projection), .text(report.verdict.rawValue), .integer(Int64(report.rows)),
        .integer(Int64(comparison.added)), .integer(Int64(comparison.removed)), .integer(Int64(comparison.changed)),
        Cell(report.provenance.map { $0.position - 1 }), subjects(comparison),
      ])
    }
    try rows.finish()
    guard reports.allSatisfy({ $0.verdict == .sound || $0.verdict == .absent }) else { throw Ending(status: .differs) }
    if names.isEmpty, reports.allSatisfy({ $0.verdict == .absent }) {
      session.console.remark(Name("There is no read model yet.", "尚无读模型。"))
    }
  }

  private func subjects(_ comparison: Comparison) -> Cell {
    let subjects = comparison.changes.map(\.subject)
    guard session.format == .json || session.format == .ndjson else { return .text(subjects.joined(separator: " ")) }
    return .json(.array(subjects.map { .string($0) }))
  }
}
