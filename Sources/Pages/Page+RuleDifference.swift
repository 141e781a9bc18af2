import Answers
import Engine
import Vocabulary
import Wire

extension Page {
  /// The page to print and sign about a change of a rule.
  ///
  /// It says nothing that the comparison does not say, and no time of its making: the same question about the same log
  /// gives the same bytes, so that its hash can be checked by asking again.
  public static func ruleDifference(_ report: RuleDiffReport, in language: Language) -> Page {
    let answer = RuleDiffAnswer(report)
    let parts: [PageValue] = [
      .table(Name("Conditions that hold", "成立的条件"), RuleDiffAnswer.conditionColumns, answer.conditions(in: language), in: language),
      .table(Name("By grade", "按等级"), RuleDiffAnswer.totalColumns, answer.totals(in: language) { $0.grade }, in: language),
      .table(Name("By owner", "按负责人"), RuleDiffAnswer.totalColumns, answer.totals(in: language) { $0.owner }, in: language),
      .table(Name("Everyone concerned", "全部相关主体"), answer.columns, answer.people(in: language), in: language),
    ]
    return Page(
      .ruleDifference, title: report.title[language], in: language,
      [
        "facts": .facts(facts(report, language), in: language),
        "fields": .table(
          Name("What the rules say differently", "规则的不同之处"), RuleDiffAnswer.fieldColumns, answer.fields(in: language), in: language),
        "matrix": .matrix(
          Name("From (rows) to (columns)", "由（行）到（列）"), answer.matrixColumns, answer.matrix(in: language), in: language),
        "tables": .list(parts.flatMap(\.items)),
        "signatures": .signatures(
          [Name("Prepared by", "编制"), Name("Reviewed by", "复核"), Name("Approved by", "批准")], in: language),
      ])
  }

  /// What the page rests on, so that anybody can ask the same question again.
  private static func facts(_ report: RuleDiffReport, _ language: Language) -> [(term: Name, value: String)] {
    let comparison = report.comparison
    return [
      (Name("Rule before", "原规则"), "\(comparison.from.label), SHA-256 \(comparison.from.hash)"),
      (Name("Rule after", "新规则"), "\(comparison.to.label), SHA-256 \(comparison.to.hash)"),
      (Name("As of", "截至"), comparison.asOf.description),
      (Name("Newest event", "最新事件"), String(comparison.position - 1)),
      (Name("Subjects judged", "判断的主体"), String(comparison.subjects)),
      (Name("Outcome changes", "结论改变"), String(comparison.moved)),
      (Name("Only particulars change", "仅细节改变"), String(report.entries.count - comparison.moved)),
      (Name("Money concerned", "涉及金额"), RuleDiffAnswer.text(of: report.money, in: language)),
      (Name("First differences looked for", "已查找首次分歧"), "\(report.searched) / \(report.entries.count)"),
    ]
  }
}
