import Answers
import ArgumentParser
import Engine
import Log
import Vocabulary
import Wire

/// `keshi export …`: the log's content in forms that others read.
struct ExportCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "export",
      abstract: Name("Give events out in a form that others read.", "以通用格式导出事件。")[Speech.language],
      discussion: example(
        """
        keshi export events > events.ndjson
        keshi export csv customer:4 --type order.placed
        keshi export ocel --as-of 2026-06-30 --out shop.sqlite
        """) + "\n\n"
        + Name(
          "An export with personal values in clear is recorded as data.accessed before it is written, and does not hold that event; with --sealed nothing is in clear. Where the folder cannot be written, a remark says that it was not recorded.",
          "以明文导出个人信息时，先记为 data.accessed 再写出，导出内容不含该事件；使用 --sealed 则不含明文。数据目录无法写入时，会提示本次导出未留痕。")[Speech.language],
      subcommands: [
        ExportEventsCommand.self, ExportCloudEvents.self, ExportTable.self, ExportXES.self, ExportOCEL.self,
      ])
  }
}

/// `keshi export events [SUBJECT]`: lines that `keshi append` takes.
struct ExportEventsCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "events",
      abstract: Name("Give events as lines that `keshi append` takes.", "以 `keshi append` 可接受的行导出事件。")[Speech.language],
      discussion: example(
        """
        keshi export events > events.ndjson
        keshi export events customer:4 --sealed
        """) + "\n\n"
        + Name(
          """
          Appended to an empty log, a whole export gives the same ids, positions and read models. Personal values are in \
          clear where the keys are here; where they are not, and with --sealed everywhere, the commitment stands in the \
          value's place with ~ before it: another log can hold it, and only this one can open it.
          """,
          """
          完整导出追加到空日志后，编号、序号与读模型均相同。密钥在此处时个人信息以明文导出；否则（或使用 --sealed 时）\
          以带 ~ 前缀的承诺值代替：其他日志可以保存它，但只有本日志能打开它。
          """)[Speech.language])
  }

  @Argument(help: help("Only the events that reach this subject.", "只导出与此主体有关的事件。", value: "subject"))
  var subject: String?

  @Flag(help: help("No personal value in clear.", "不以明文导出个人信息。"))
  var sealed = false

  @OptionGroup var reader: ReaderOptions
  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try session.withStore(.read, keys: keys) { store in
      let snapshot = try store.snapshot()
      if !sealed, let grade = store.openGrade {
        let words = ["export events", subject].compactMap { $0 }
        session.record(AccessRecord(query: words.joined(separator: " "), subject: subject, grade: grade), keys: keys)
      }
      let id = store.log.manifest.id.hex
      func give(_ stored: StoredEvent) throws {
        let line = JSON.object(stored.exported(from: id, sealed: sealed)).canonical
        try session.console.output.write(line + "\n")
      }
      if let subject { return try snapshot.history(of: subject, view: reader.view, give) }
      let bar = ProgressBar(Name("Exporting", "导出"), on: session.console)
      defer { bar.finish() }
      let redacted = try snapshot.forEachEvent(view: reader.view) { stored in
        try give(stored)
        if stored.seq % 4_096 == 0 { bar.update(stored.seq, of: snapshot.size) }
      }
      guard redacted > 0 else { return }
      session.console.remark(
        Name(
          "\(redacted) lines are kept as their hash only and cannot be given out: events after them get other positions elsewhere.",
          "有 \(redacted) 行仅存哈希，无法导出：其后的事件在别处的序号会不同。"))
    }
  }
}
