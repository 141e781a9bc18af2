import ArgumentParser
import Engine
import Log
import Projection
import Vocabulary
import Wire

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

  static let columns = [
    Column("verdict", .text, "Verdict", "结论"), Column("events", .position, "Events", "事件数"),
    Column("root", .text, "Root", "根哈希"), Column("borrowed", .integer, "Events from the copy", "取自副本的事件"),
    Column("mended", .text, "Files written anew", "重写的文件"), Column("problems", .text, "Problems", "问题"),
  ]

  func run(in session: Session) throws {
    let bar = ProgressBar(Name("Reading", "读取"), on: session.console)
    let report = try session.locating {
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
    let mended = report.mended.map { JSON.object($0.json) }
    try session.give(
      RepairCommand.columns,
      [
        .text(report.after.contractVerdict), .integer(Int64(report.after.events)), .text(report.after.root.hex),
        .integer(Int64(report.borrowed)), .json(.array(mended)),
        .json(.array(report.after.problems.map { .object($0.json) })),
      ])
    if report.mended.isEmpty, report.after.verdict == .clean {
      session.console.remark(Name("The log is clean; nothing was changed.", "日志完好，未作任何改动。"))
    }
  }
}

extension RepairReport.Mended {
  fileprivate var json: JSONObject {
    var object: JSONObject = [
      "file": .string(file), "sha256": .string(sha256.hex), "events": .int(Int64(leaves.count)),
    ]
    if !leaves.isEmpty {
      object["firstSeq"] = .int(Int64(leaves.lowerBound))
      object["lastSeq"] = .int(Int64(leaves.upperBound) - 1)
    }
    if let kept { object["kept"] = .string(kept) }
    return object
  }
}
