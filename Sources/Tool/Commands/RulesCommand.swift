import ArgumentParser
import Vocabulary

/// `keshi rules …`: rule versions as dated facts.
struct RulesCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "rules",
      abstract: Name("Show the rules by which read models judge, version by version.", "查看读模型据以判断的规则及各版本。")[Speech.language],
      discussion: example(
        """
        keshi rules list
        keshi rules show churn 1
        keshi rules backtest churn 1 --horizon 90d
        keshi rules fit churn --model bg-nbd --until 2026-06-30
        """),
      subcommands: [RulesListCommand.self, RulesShowCommand.self, RulesBacktestCommand.self, RulesFitCommand.self])
  }
}
