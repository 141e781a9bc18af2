import Answers
import ArgumentParser
import Engine
import Vocabulary
import Wire

/// `keshi explain NAME SUBJECT`: why this row.
struct ExplainCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "explain",
      abstract: Name(
        "Say why a row is as it is: the rule, each condition with value and threshold, the events.", "说明某行的依据：规则、各条件的取值与阈值、相关事件。")[
          Speech.language],
      discussion: example(
        """
        keshi explain churn customer:4
        keshi explain lifecycle customer:4 --as-of 2025-12-31 --format json
        keshi explain churn customer:4 --field score
        """))
  }

  @Argument(help: help("A read model such as churn.", "读模型，例如 churn。", value: "name"))
  var name: String

  @Argument(help: help("kind:id; a bare id means a customer.", "类别:编号；只写编号时指客户。", value: "subject"))
  var subject: String

  @Option(help: help("Which events this field of the row rests on.", "该行此字段依据哪些事件。", value: "name"))
  var field: String?

  @OptionGroup var reader: ReaderOptions
  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try session.withStore(.read, keys: keys) { store in
      let answer = try ExplanationAnswer(name, subject, view: reader.view, field: field, in: store.snapshot())
      switch session.format {
      case .json, .ndjson: try session.console.output.write(answer.json.canonical + "\n")
      case .csv: try session.rows(ExplanationAnswer.findingColumns).give(answer.findings(in: session.language))
      case .table: try answer.tell(in: session)
      }
      if answer.isEmpty {
        session.console.remark(Name("\(subject) has no row in \(name).", "\(subject) 在 \(name) 中没有行。"))
      }
    }
  }
}
