import Answers
import Projection
import Vocabulary
import Wire

extension Page {
  /// A report about a period, to print or to keep. It says no time of its making: the same question about the same log
  /// gives the same bytes.
  public static func report(_ answer: ReportAnswer, in language: Language) -> Page {
    func say(_ en: String, _ zh: String) -> PageValue { .text(Name(en, zh)[language]) }
    let partial = Name("The period is not over in the record: it is told until \(answer.asOf.day).", "期间尚未结束：记录截至 \(answer.asOf.day)。")
    let shown = answer.namedSections.filter { !$0.rows.isEmpty || $0.note != nil }
    return Page(
      .report, title: answer.title[language], in: language,
      [
        "about": .text("\(answer.name.about[language]) · \(answer.period.first) – \(answer.period.last)"),
        "partial": PageValue(answer.isPartial ? partial[language] : nil),
        "figures": .list(answer.figures.map { figure($0, language) }),
        "sections": .list(shown.map { section($0, language) }),
        "definitionsHeading": say("How the figures are computed", "指标口径"),
        "definitions": .list([
          .values(["facts": .facts(answer.figures.map { ($0.title, $0.definition[language]) }, in: language)])
        ]),
        "basisHeading": say("What this report rests on", "报告依据"), "facts": .facts(basis(answer), in: language),
      ])
  }

  private static func figure(_ figure: ReportFigure, _ language: Language) -> PageValue {
    .values([
      "title": .text(figure.title[language]), "value": .text(figure.text(in: language)),
      "before": PageValue(figure.comparison(in: language)), "spread": PageValue(figure.spread(in: language)),
    ])
  }

  private static func section(_ section: ReportSection, _ language: Language) -> PageValue {
    .values([
      "heading": .text(section.heading[language]), "note": PageValue(section.note?[language]),
      "chart": .list(Chart(section, in: language).map { [$0.page] } ?? []),
      "table": .table(section.heading, section.columns, section.rows, shaded: section.shaded, in: language),
    ])
  }

  /// So that anybody can ask the same question again.
  private static func basis(_ answer: ReportAnswer) -> [(term: Name, value: String)] {
    [
      (Name("Period", "期间"), "\(answer.period) (\(answer.period.first) – \(answer.period.last))"),
      (Name("As of", "截至"), answer.asOf.description),
      (Name("Newest event besides reports issued", "最新事件（报告签发除外）"), String(answer.position)),
      (
        Name("Read models", "读模型"),
        answer.models.map { model in model.rule.map { "\(model.name) (\($0))" } ?? model.name }.joined(separator: ", ")
      ),
    ] + answer.rules.map { (Name("Rule \($0.label)", "规则 \($0.label)"), "SHA-256 \($0.hash)") }
      + [
        (
          Name("The same again", "重新出具"),
          "keshi report \(answer.name.rawValue) --period \(answer.period) --known-at \(answer.position)"
        )
      ]
  }
}
