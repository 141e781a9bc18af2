import Answers
import Documents
import Events
import Projection
import Redline
import Vocabulary
import Wire

extension Page {
  /// A contract as it stood: text and terms of one version, who assented, what is missing; all versions, and who decided about
  /// them under which rule.
  public static func contract(_ answer: ContractAnswer, in language: Language) -> Page {
    let (reading, version) = (answer.reading, answer.version)
    var state = reading.file.state(of: version, on: reading.day).word.title
    if let day = version.effectiveOn { state = state + Name(" from \(day)", "，自 \(day) 起") }
    let terms = answer.terms(in: language).map { [Cell.text($0.title), .text($0.text)] }
    return Page(
      record: Name("Contract \(reading.id)", "合同 \(reading.id)"),
      facts: [
        (Name("Customer", "客户"), reading.file.customer ?? ""), (Name("Number", "合同号"), reading.file.number ?? ""),
        (Name("Version \(version.number)", "第 \(version.number) 版"), state[language]),
        (Name("As of", "截至"), reading.day.description), (Name("Approval", "审批"), version.approval ?? ""),
      ],
      warnings: version.missing.map(\.title) + reading.decisionFindings,
      tables: [
        RecordTable(Name("Terms", "约定"), Page.pairColumns, terms),
        RecordTable(Name("Clauses", "条款"), Page.pairColumns, version.clauses.map { [.text($0.key), .text($0.text)] }),
        RecordTable(Name("Assent", "各方同意"), ContractAnswer.assentColumns, answer.assents(in: language)),
        RecordTable(Name("Decisions", "审批"), ContractReading.decisionColumns, reading.decisionRows(in: language)),
        RecordTable(Name("Versions", "版本"), ContractAnswer.versionColumns, answer.versions(in: language)),
      ], in: language)
  }

  private static let pairColumns = [Column("name", .text, "Name", "名称"), Column("text", .text, "Text", "内容")]
}
