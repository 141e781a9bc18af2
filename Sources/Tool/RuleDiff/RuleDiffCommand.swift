import Answers
import ArgumentParser
import Engine
import Vocabulary

/// `keshi rules diff KIND FROM [TO] [--file FILE]`: who moves between two versions of a rule.
struct RuleDiffCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "diff",
      abstract: Name(
        "Judge everyone by two versions of a rule and show who moves, and why.", "按规则的两个版本分别判断，列出谁的结论改变及其缘由。")[Speech.language],
      discussion: example(
        """
        keshi rules diff churn 1 2
        keshi rules diff churn 1 2 --as-of 2026-06-30 --page change.html --issue
        keshi rules diff churn 1 --file churn.yaml
        """))
  }

  @Argument(help: help("A kind of rule, see `keshi rules list`.", "规则类别，见 `keshi rules list`。", value: "kind"))
  var kind: String

  @Argument(help: help("The version before.", "原版本。", value: "from"))
  var from: Int

  @Argument(help: help("The version after.", "新版本。", value: "to"))
  var to: Int?

  @Option(help: help("The rule after stands in this file.", "新规则取自此文件。", value: "file"))
  var file: String?

  @OptionGroup var options: RuleDiffOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    guard to != nil || file != nil else {
      throw Trouble.usage(
        Name("there is nothing to compare version \(from) with", "没有可与第 \(from) 版比较的规则"),
        remedy: Name("give a second version, or --file FILE", "请给出第二个版本，或 --file FILE"))
    }
    let run = RuleDiffRun(options: options, session: session)
    try run.run(of: kind) { snapshot in
      let book = try snapshot.ruleBook(options.view)
      let old = try book.version(from, of: kind)
      if let file {
        return (old, try session.draft(file, of: kind, as: to, after: book, in: snapshot))
      }
      return (old, try book.version(to ?? from, of: kind))
    }
  }
}

/// `keshi rules whatif KIND FILE`: who would move if the rule in this file were in force.
struct RuleWhatIfCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "whatif",
      abstract: Name(
        "Judge everyone by a rule that nobody has published yet, and show who would move.", "按尚未发布的规则试算，列出谁的结论会改变。")[
          Speech.language],
      discussion: example(
        """
        keshi rules whatif churn churn.yaml
        keshi rules whatif tier tier.yaml --format csv
        """))
  }

  @Argument(help: help("A kind of rule, see `keshi rules list`.", "规则类别，见 `keshi rules list`。", value: "kind"))
  var kind: String

  @Argument(help: help("The file with the rule.", "规则文件。", value: "file"))
  var file: String

  @OptionGroup var options: RuleDiffOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let run = RuleDiffRun(options: options, session: session)
    try run.run(of: kind) { snapshot in
      let view = options.view
      let draft = try session.draft(file, of: kind, after: snapshot.ruleBook(view), in: snapshot)
      return (try snapshot.rule(of: kind, in: view), draft)
    }
  }
}
