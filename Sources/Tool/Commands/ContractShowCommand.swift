import Answers
import ArgumentParser
import Engine
import Vocabulary
import Wire

/// `keshi contract show ID [--version V]`: the text in force, who assented, what is missing.
struct ContractShowCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Name(
        "Show the text and terms in force, who assented, and all versions.", "显示有效文本与条款、各方同意情况及全部版本。")[Speech.language],
      discussion: example(
        """
        keshi contract show HT-2025-0042
        keshi contract show HT-2025-0042 --version 2
        keshi contract show HT-2025-0042 --as-of 2026-06-30 --known-at 2026-07-05
        """))
  }

  @Argument(help: help("The contract's id.", "合同编号。", value: "id"))
  var id: String

  @Option(help: help("This version, whether it is in force or not.", "指定版本（不论是否生效）。", value: "v"))
  var version: Int?

  @OptionGroup var reader: ReaderOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try session.withStore(.read) { store in
      let reading = try ContractReading(id, view: reader.view, in: store.snapshot())
      let answer = ContractAnswer(reading, try reading.version(version))
      switch session.format {
      case .json, .ndjson: try session.console.output.write(answer.json.canonical + "\n")
      case .csv: try session.rows(ContractAnswer.textColumns).give(answer.textRows)
      case .table: try answer.tell(in: session)
      }
    }
  }
}
