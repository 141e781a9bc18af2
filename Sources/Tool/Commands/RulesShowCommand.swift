import Answers
import ArgumentParser
import Projection
import Vocabulary

/// `keshi rules show KIND [VERSION]`: what a rule lays down.
struct RulesShowCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Name("Show what a rule lays down; without a version, the newest.", "显示规则内容；不写版本则为最新版。")[Speech.language],
      discussion: example(
        """
        keshi rules show churn
        keshi rules show churn 1 --format json
        keshi rules show churn --format yaml > churn.yaml
        """) + "\n\n" + explanation[Speech.language])
  }

  private static let explanation = Name(
    "`--format yaml` gives a file with comments that can be edited and published as it is.",
    "`--format yaml` 给出带说明的文件，改好即可发布。")

  @Argument(help: help("A kind of rule, see `keshi rules list`.", "规则类别，见 `keshi rules list`。", value: "kind"))
  var kind: String

  @Argument(help: help("A version.", "版本。", value: "version"))
  var version: Int?

  @OptionGroup var global: GlobalOptions

  var answersInYAML: Bool { true }

  func run(in session: Session) throws {
    let kind = try RuleKind.named(kind)
    let book = try session.ruleBook()
    let detail = try RuleDetail(kind, version: version, in: book, now: session.console.clock.millisecond)
    let language = session.language
    if session.options.format == .yaml { return try session.console.output.write(detail.yaml(in: language)) }
    switch session.format {
    case .json, .ndjson: try session.give(RuleDetail.columnsWithBody, detail.cellsWithBody(in: language))
    case .csv: try session.rows(RuleDetail.fieldColumns).give(detail.fields(in: language))
    case .table:
      try session.give(RuleDetail.columns, detail.cells(in: language))
      try session.console.output.write("\n")
      try session.rows(RuleDetail.fieldColumns).give(detail.fields(in: language))
    }
  }
}
