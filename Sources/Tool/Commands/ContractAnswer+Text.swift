import Documents
import Events
import Projection
import Redline
import Vocabulary
import Wire

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
    try section(Name("Assent", "各方同意"), in: session)
    try tellAssent(in: session)
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
    let rows = TableWriter(
      [
        Column("number", .integer, "Version", "版本"), Column("purpose", .text, "Purpose", "目的"),
        Column("state", .text, "State", "状态"), Column("effectiveOn", .day, "From", "起始"),
        Column("because", .position, "Event", "依据事件"), Column("actor", .text, "Recorded by", "记录人"),
        Column("reason", .text, "Reason", "原因"),
      ], on: session.console)
    for each in reading.file.versions {
      let state = reading.file.state(of: each, on: reading.day)
      try rows.write([
        .integer(Int64(each.number)), .text(each.purpose.word.title[session.language]), .text(state.word.title[session.language]),
        each.effectiveOn.map { .day($0) } ?? .null, Cell(each.concludedBy?.seq), Cell(each.concludedBy?.actor),
        Cell(each.concludedBy?.reason),
      ])
    }
    try rows.finish()
  }

  private func tellTerms(in session: Session) throws {
    for field in ContractVersion.termFields {
      guard let value = version.terms[field.name] else { continue }
      let text = FieldText(language: session.language).text(value, as: field.kind)
      try session.console.output.write("  " + field.title[session.language] + Name(": ", "：")[session.language] + text.withoutControls + "\n")
    }
  }

  func tellAssent(in session: Session) throws {
    let language = session.language
    let rows = TableWriter(
      [
        Column("party", .text, "Party", "当事方"), Column("name", .text, "Signatory", "签署人"), Column("at", .instant, "At", "时间"),
        Column("seq", .position, "Event", "事件"), Column("evidence", .text, "Evidence (SHA-256)", "凭证（SHA-256）"),
      ], on: session.console)
    for assent in version.assents {
      try rows.write([
        .text(assent.party.word.title[language]), Cell(assent.name), .instant(assent.at), .integer(assent.seq),
        Cell(assent.evidence.map { String($0.prefix(16)) + "…" }),
      ])
    }
    try rows.finish()
    if version.assents.isEmpty { try session.console.output.write("  " + Name("none on record", "无记录")[language] + "\n") }
    if let approval = version.approval {
      try session.console.output.write("  " + Name("Approval: ", "审批：")[language] + approval.withoutControls + "\n")
    }
  }
}
