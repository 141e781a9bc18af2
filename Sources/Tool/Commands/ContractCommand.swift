import ArgumentParser
import Vocabulary

/// `keshi contract show|diff|numbers`: the text of a contract, what changed in it, and whether the register is complete.
struct ContractCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "contract",
      abstract: Name(
        "Show a contract's text in force, who assented, and what changed between versions.", "查看合同的有效文本、各方同意情况及版本间的变更。")[Speech.language],
      discussion: example("keshi contract show HT-2025-0042"),
      subcommands: [ContractShowCommand.self, ContractDiffCommand.self, ContractNumbersCommand.self])
  }
}
