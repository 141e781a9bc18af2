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
        """) + "\n\n"
        + Name(
          """
          Without --version the one in force on the day. "Proposed, not effective": an amendment whose content, assent or \
          evidence is not on record; lines that begin with ! say what is missing. Then where it stands in the register, what \
          runs against a clock, what took effect without the approval that the rule in force asks for, and who united \
          duties in it, each with its event. `keshi show contracts` lists all contracts, `keshi history contract:ID` the events.
          """,
          """
          不给 --version 时显示当日有效的版本。“已提出，未生效”指变更的内容、同意或凭证未入账；以 ! 开头的行说明所缺内容。\
          其后依次为台账状态、各项时限、未按有效规则审批即生效的事项、不相容职责，均附事件序号。\
          `keshi show contracts` 列出全部合同，`keshi history contract:编号` 列出其事件。
          """)[Speech.language])
  }

  @Argument(help: help("The contract's id.", "合同编号。", value: "id"))
  var id: String

  @Option(help: help("This version, whether it is in force or not.", "指定版本（不论是否生效）。", value: "v"))
  var version: Int?

  @OptionGroup var reader: ReaderOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try session.withStore(.read) { store in
      let snapshot = try store.snapshot()
      let reading = try ContractReading(id, view: reader.view, in: snapshot)
      let matters = try ContractMatters(reading, view: reader.view, in: snapshot)
      let answer = ContractAnswer(reading, try reading.version(version), matters: matters)
      switch session.format {
      case .json, .ndjson: try session.console.output.write(answer.json.canonical + "\n")
      case .csv: try session.rows(ContractAnswer.textColumns).give(answer.textRows)
      case .table: try answer.tell(in: session)
      }
    }
  }
}
