import Answers
import ArgumentParser
import Projection
import RuleFiles
import Vocabulary
import Wire

/// `keshi rules schema KIND`: what a rule of a kind may say.
struct RulesSchemaCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "schema",
      abstract: Name(
        "Give the JSON Schema of a kind of rule: fields, units, bounds, words of conditions.",
        "输出某类规则的 JSON Schema：字段、单位、取值范围、条件用词。")[
          Speech.language],
      discussion: example("keshi rules schema churn"))
  }

  @Argument(help: help("A kind of rule, see `keshi rules list`.", "规则类别，见 `keshi rules list`。", value: "kind"))
  var kind: String

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try session.console.output.write(JSON.object(try RuleKind.named(kind).schema).canonical + "\n")
  }
}
