import Answers
import Documents
import Events
import Projection
import Redline
import Vocabulary

// A version of a contract, for people.

extension ContractAnswer {
  func tell(in session: Session) throws {
    let language = session.language
    try session.console.output.write(heading(in: language))
    try tellVersions(in: session)
    try section(Name("Terms", "约定"), in: session)
    try tellTerms(in: session)
    try section(Name("Clauses", "条款"), in: session)
    for clause in version.clauses {
      try session.console.output.write("  \(clause.key.withoutControls)\n    \(clause.text.withoutControls)\n")
    }
    if version.clauses.isEmpty { try session.console.output.write("  " + Name("none on record", "无记录")[language] + "\n") }
    try section(Name("Assent", "各方同意"), in: session)
    try tellAssent(in: session)
    if let matters { try tell(matters, in: session) }
  }

  /// What stands beside the text: a line for each value of the register that says something, then tables.
  private func tell(_ matters: ContractMatters, in session: Session) throws {
    let language = session.language
    if let row = matters.standing.rows.first {
      try section(Name("Register", "台账"), in: session)
      for (column, cell) in zip(matters.standing.columns, row) where cell != .null && cell != .absent {
        let line = column.title[language] + Name(": ", "：")[language] + cell.text(in: column, language).withoutControls
        try session.console.output.write("  " + line + "\n")
      }
    }
    for (title, table) in matters.lists {
      try section(title, in: session)
      try TableWriter(table.columns, on: session.console).give(table.rows)
    }
  }

  func heading(in language: Language) -> String {
    let state = reading.file.state(of: version, on: reading.day).word.title[language]
    var text = Name("Contract \(reading.id)", "合同 \(reading.id)")[language]
    if let customer = reading.file.customer { text += " · " + Name("customer \(customer)", "客户 \(customer)")[language] }
    text += "\n" + Name("Version \(version.number): ", "第 \(version.number) 版：")[language] + state
    if let day = version.effectiveOn { text += Name(" from \(day)", "，自 \(day) 起")[language] }
    text += Name(" (as of \(reading.day))", "（截至 \(reading.day)）")[language] + "\n"
    for missing in version.missing { text += "  ! " + missing.title[language].withoutControls + "\n" }
    return text
  }

  func section(_ title: Name, in session: Session) throws {
    try session.console.output.write("\n" + title[session.language] + "\n")
  }

  private func tellVersions(in session: Session) throws {
    guard reading.file.versions.count > 1 else { return }
    try section(Name("Versions", "版本"), in: session)
    try TableWriter(ContractAnswer.versionColumns, on: session.console).give(versions(in: session.language))
  }

  private func tellTerms(in session: Session) throws {
    for (title, text) in terms(in: session.language) {
      try session.console.output.write("  " + title + Name(": ", "：")[session.language] + text.withoutControls + "\n")
    }
  }

  func tellAssent(in session: Session) throws {
    let language = session.language
    let rows: [[Cell]] = assents(in: language).map { row in
      row.dropLast() + [ContractAnswer.beginning(of: row[row.count - 1])]
    }
    try TableWriter(ContractAnswer.assentColumns, on: session.console).give(rows)
    if version.assents.isEmpty { try session.console.output.write("  " + Name("none on record", "无记录")[language] + "\n") }
    try tellDecisions(in: session)
  }

  /// Who asked for a decision, who decided, and under which rule; and where they decided about something else.
  private func tellDecisions(in session: Session) throws {
    let language = session.language
    let rows = decisionRows(in: language)
    if rows.isEmpty, let approval = version.approval {
      try session.console.output.write("  " + Name("Approval: ", "审批：")[language] + approval.withoutControls + "\n")
    }
    guard !rows.isEmpty else { return }
    try section(Name("Decisions", "审批"), in: session)
    try TableWriter(ContractAnswer.decisionColumns, on: session.console).give(rows)
    for finding in decisionFindings { try session.console.output.write("  ! " + finding[language].withoutControls + "\n") }
  }

  /// A hash as far as a terminal has room for it.
  private static func beginning(of hash: Cell) -> Cell {
    if case .text(let hash) = hash { .text(hash.prefix(16) + "…") } else { hash }
  }
}
