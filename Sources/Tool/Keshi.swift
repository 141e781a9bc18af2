import ArgumentParser
import Glibc
import Vocabulary

/// The command `keshi`.
@main struct Keshi: ParsableCommand {
  static let version = "0.1.0"

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "keshi",
      abstract: Name(
        "Keshi keeps every fact about your customers for good, and answers from them.", "客史：永久保存客户的每一个事实，并据此作答。")[Speech.language],
      discussion: Name(
        """
        EXAMPLE:
          keshi demo --data ./try
          keshi show churn --data ./try
        """,
        """
        示例：
          keshi demo --data ./try
          keshi show churn --data ./try
        """)[Speech.language],
      version: version,
      subcommands: [
        DemoCommand.self, InitCommand.self, AppendCommand.self, DoCommand.self, ImportCommand.self,
        HistoryCommand.self, RebuildCommand.self, ShowCommand.self, ExplainCommand.self, ReportCommand.self,
        ForecastCommand.self, ContractCommand.self, RulesCommand.self, ProcessCommand.self, GuardsCommand.self,
        LateCommand.self, VerifyCommand.self, RepairCommand.self, CheckpointCommand.self, ProveCommand.self,
        EvidenceCommand.self, AuditCommand.self,
        EventsCommand.self,
        PrivacyCommand.self, EraseCommand.self, RedactCommand.self, HoldCommand.self, BackupCommand.self,
        RestoreCommand.self, ExportCommand.self, KeysCommand.self, ServeCommand.self, TokenCommand.self,
        WebhookCommand.self, BenchCommand.self,
      ])
  }

  static func main() {
    let status = Invocation(Array(CommandLine.arguments.dropFirst()), on: .ofProcess()).run()
    if Interrupt.isRequested { Interrupt.passOn() }
    Glibc.exit(status.rawValue)
  }

}
