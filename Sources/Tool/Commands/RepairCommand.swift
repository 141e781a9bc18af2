import Answers
import ArgumentParser
import Engine
import Log
import Vocabulary

/// `keshi repair [--from DIR]`: mends a damaged log.
struct RepairCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "repair",
      abstract: Name(
        "Mend a damaged log, block by block, from a second copy of it.", "用另一份副本逐块修复受损的日志。")[Speech.language],
      discussion: example("keshi repair --data ./acme --from /mnt/mirror/acme") + "\n\n"
        + Name(
          """
          Both copies may be damaged, as long as not in the same block. Every line is hashed and compared with what the \
          whole blocks of both copies state before a file takes its place; the file that it replaces is kept in \
          log/quarantine/. Without --from only bytes that follow from the lines are made anew. Status 2 unless the log \
          is clean afterwards.
          """,
          """
          两份副本都可以受损，只要不在同一块。文件替换之前，每一行都会计算哈希，并与两份副本中完好的块所声明的根比较；\
          被替换的文件保留在 log/quarantine/。不带 --from 时，只重建可由各行推出的字节。修复后若非完好，状态为 2。
          """)[Speech.language])
  }

  @Option(
    help: help("The other copy: a data folder, or a log's own folder.", "另一份副本：数据目录，或日志目录。", value: "dir"))
  var from: String?

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let bar = ProgressBar(Name("Reading", "读取"), on: session.console)
    let report = try session.folder().locating {
      try Store.repair(at: session.dataPath, from: from) { done, all in bar.update(Int64(done), of: Int64(all)) }
    }
    bar.finish()
    let isWhole = report.after.verdict != .damaged
    if isWhole { try session.withStore(.write) { try $0.record(report) } }
    try give(report, to: session)
    try session.console.output.flush()
    for damage in report.after.problems where !damage.leaves.isEmpty {
      session.console.remark(Trouble(LogError.damaged(damage)).text(in: Speech.language))
    }
    guard report.after.verdict == .clean || report.after.verdict == .torn else { throw Ending(status: .differs) }
  }

  private func give(_ report: RepairReport, to session: Session) throws {
    try session.give(RepairReport.columns, report.cells)
    if report.mended.isEmpty, report.after.verdict == .clean {
      session.console.remark(Name("The log is clean; nothing was changed.", "日志完好，未作任何改动。"))
    }
  }
}
