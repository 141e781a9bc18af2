import ArgumentParser
import Vocabulary

/// `keshi evidence …`: packages for those who have neither the log nor Keshi.
struct EvidenceCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "evidence",
      abstract: Name(
        "Packages of evidence that a stranger can check without Keshi.", "无需客史即可由第三方核验的证据包。")[Speech.language],
      discussion: example(
        """
        keshi evidence customer:C00042 --out C00042.zip
        keshi evidence export --contract HT-2025-0042 --out HT-2025-0042.zip
        """),
      subcommands: [EvidenceExportCommand.self], defaultSubcommand: EvidenceExportCommand.self)
  }
}
