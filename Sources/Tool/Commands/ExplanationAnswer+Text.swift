import Answers
import Engine
import Projection
import Vocabulary

// Why a row is as it is, on the terminal.
extension ExplanationAnswer {
  func tell(in session: Session) throws {
    let language = session.language
    try session.console.output.write("\(subject) — \(projection.title[language])\n\n")
    if let line = explanation.line {
      let rows = ModelRows(projection)
      try session.give(rows.columns, rows.cells(of: line))
      try session.console.output.write("\n")
    }
    if let outlook = outlook(in: language) { try session.console.output.write(outlook + "\n\n") }
    if !explanation.findings.isEmpty {
      try session.rows(ExplanationAnswer.findingColumns).give(findings(in: language))
    }
    if let field = explanation.field { try tell(field, in: session) }
    guard !explanation.events.isEmpty else { return }
    try session.console.output.write("\n")
    let history = HistoryWriter(session)
    for event in explanation.events { try history.write(event) }
    try history.finish()
  }

  private func tell(_ field: FieldCause, in session: Session) throws {
    let (sentence, rows) = decisive(of: field, in: session.language)
    try session.console.output.write("\n" + sentence + "\n\n")
    if !rows.isEmpty { try session.rows(ExplanationAnswer.decisiveColumns).give(rows) }
  }
}
