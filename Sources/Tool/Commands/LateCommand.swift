import Answers
import ArgumentParser
import Engine
import Vocabulary

/// `keshi late [SUBJECT]`: what was recorded later than the approval rule allows without a reason.
struct LateCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "late",
      abstract: Name("List late entries, with the reason that each was given.", "补录清单：列出补录的事件及其原因。")[Speech.language],
      discussion: example(
        """
        keshi late
        keshi late contract:K-7
        keshi late --imports --format csv > late.csv
        """) + "\n\n"
        + Name(
          "An entry is late where more days passed until it was recorded than the approval rule in force when it happened "
            + "allows without a reason. What an import brought in was taken over as history and is counted only.",
          "自业务时间至入账时间超过当时有效的审批规则所许天数者为补录。import 带入的历史只计数，不列出。")[Speech.language])
  }

  @Argument(help: help("Whose history: customer:4, contract:K-7.", "查看谁的历史：customer:4、contract:K-7。", value: "subject"))
  var subject: String?

  @Flag(help: help("List what imports brought in, too.", "也列出 import 带入的事件。"))
  var imports = false

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let rows = session.rows(LateRows.columns)
    let skipped = try session.withStore(.read) { store in
      let bar = ProgressBar(Name("Reading", "读取"), on: session.console)
      defer { bar.finish() }
      return try store.lateEntries(of: subject, withImports: imports, progress: { bar.update($0, of: $1) }) { entry in
        try rows.write(LateRows.cells(of: entry))
      }
    }
    try rows.finish()
    if skipped > 0 {
      session.console.remark(
        Name(
          "By imports, not listed: \(skipped); --imports lists them.", "import 带入而未列出：\(skipped) 个；用 --imports 列出。"))
    }
    if rows.count == 0 { session.console.remark(Name("No late entries.", "没有补录。")) }
  }
}
