import Answers
import Engine
import Vocabulary

/// `keshi rebuild --check`: do the read models in use hold what the log gives?
struct RebuildCheck {
  let store: Store
  let session: Session

  /// Gives a row for each read model, names the rows that differ, and ends with status 2 where any does.
  func run(_ names: [String]) throws {
    let bar = ProgressBar(Name("Checking", "核对"), on: session.console)
    defer { bar.finish() }
    let reports = try store.check(names) { bar.update($0, of: $1) }
    bar.finish()
    let asList = session.format == .json || session.format == .ndjson
    try session.rows(DriftReport.columns).give(reports.map { $0.cells(asList: asList) })
    guard reports.allSatisfy(\.isSound) else { throw Ending(status: .differs) }
    if names.isEmpty, reports.allSatisfy({ $0.verdict == .absent }) {
      session.console.remark(Name("There is no read model yet.", "尚无读模型。"))
    }
  }
}
