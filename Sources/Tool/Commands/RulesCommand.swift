import ArgumentParser
import Vocabulary

/// `keshi rules …`: rule versions as dated facts.
struct RulesCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "rules",
      abstract: Name("Show and change the rules by which read models judge, version by version.", "查看和变更读模型据以判断的规则及各版本。")[Speech.language],
      discussion: example(
        """
        keshi rules list
        keshi rules show churn --format yaml > churn.yaml
        keshi rules publish churn churn.yaml --from 2027-01-01 --why "…" --approved-by "Li Na"
        keshi rules backtest churn churn.yaml --horizon 90d
        """),
      subcommands: [
        RulesListCommand.self, RulesShowCommand.self, RulesSchemaCommand.self, RulesPublishCommand.self,
        RulesApproveCommand.self, RulesRejectCommand.self, RuleDiffCommand.self, RuleWhatIfCommand.self,
        RulesBacktestCommand.self, RulesFitCommand.self,
      ])
  }
}
