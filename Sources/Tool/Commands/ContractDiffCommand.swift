import Answers
import ArgumentParser
import Engine
import Foundation
import Pages
import Vocabulary
import Wire

/// `keshi contract diff ID V1 V2`: clause by clause, what was changed, by whom, with whose assent.
struct ContractDiffCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "diff",
      abstract: Name(
        "Compare two versions of a contract, clause by clause, with proposals and assent.", "逐条比较合同的两个版本，附提出方与同意情况。")[Speech.language],
      discussion: example(
        """
        keshi contract diff HT-2025-0042 1 2
        keshi contract diff HT-2025-0042 1 2 --page changes.html
        """) + "\n\n"
        + Name(
          "Without colours, [-deleted-] and {+inserted+}. Numbers, dates, amounts and words are changed as wholes.",
          "无颜色时以 [-删除-] 与 {+新增+} 标示。数字、日期、金额与单词整体比较。")[Speech.language])
  }

  @Argument(help: help("The contract's id.", "合同编号。", value: "id"))
  var id: String

  @Argument(help: help("The earlier version.", "较早的版本。", value: "v1"))
  var from: Int

  @Argument(help: help("The later version.", "较晚的版本。", value: "v2"))
  var to: Int

  @Option(help: help("Also write a page to print.", "同时写出可打印的页面。", value: "file.html"))
  var page: String?

  @OptionGroup var reader: ReaderOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try session.withStore(.read) { store in
      let answer = try RedlineAnswer(ContractReading(id, view: reader.view, in: store.snapshot()), from: from, to: to)
      if let page { try write(Page.redline(answer, in: session.language).html, to: page) }
      switch session.format {
      case .json, .ndjson: try session.console.output.write(answer.json.canonical + "\n")
      case .csv: try session.rows(RedlineAnswer.columns).give(answer.rows)
      case .table: try answer.tell(in: session)
      }
    }
  }

  private func write(_ text: String, to path: String) throws {
    do { try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
      throw Trouble(
        .cannotCreate, "E-PAGE-WRITE", Name("the page could not be written", "无法写出页面"), at: Name(same: path),
        unharmed: Unharmed.everything, remedy: Name("choose a folder that can be written to", "请选择可写的目录"))
    }
  }
}
