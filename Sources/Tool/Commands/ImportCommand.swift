import ArgumentParser
import Engine
import Events
import Foundation
import Import
import Projection
import Vocabulary

/// `keshi import --map MAPPING FILE…`: tables to events.
struct ImportCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "import",
      abstract: Name("Turn the rows of tables into events, by a mapping.", "按映射把表格的各行转成事件。")[Speech.language],
      discussion: example(
        """
        keshi import --map crm-sales crm_sales_pipeline.csv.gz
        keshi import --map ./orders.yaml orders-*.csv --dry-run
        """)
        + "\n\n"
        + Name(
          "Shipped mappings: \(Mapping.shippedNames.joined(separator: ", ")). A row that yields no events goes to quarantine in the data folder; the rows after it go on. The same import again adds nothing.",
          "自带映射：\(Mapping.shippedNames.joined(separator: "、"))。不能产生事件的行进入数据目录下的隔离文件，其后各行照常处理。重复导入不会新增任何内容。")[
            Speech.language])
  }

  @Option(help: help("Path of a mapping, or the name of a shipped one.", "映射文件路径，或自带映射的名称。", value: "mapping"))
  var map: String

  @Flag(help: help("Write nothing; say what would happen.", "不写入，只说明会发生什么。"))
  var dryRun = false

  @Option(help: GuardPolicy.explanation)
  var guards = GuardPolicy.record

  @Argument(help: help("Data files, and files of look-up tables.", "数据文件与查找表文件。", value: "file"))
  var files: [String]

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let mapping = try ShippedMapping.load(map)
    var options = ImportRun.Options()
    options.about = session.circumstances(channel: "import")
    options.language = session.language
    if let folder = ShippedMapping.folder(of: map) { options.lookupFolders = [folder] }
    let run = try ImportRun(mapping, files: files, options: options)
    let bar = ImportBar(on: session.console)
    defer { bar.finish() }
    if dryRun {
      let rehearsal = ImportRehearsal(limit: ImportRehearsal.shown)
      let summary = try run.run(progress: bar.update, quarantine: rehearsal.quarantine, emit: rehearsal.emit)
      bar.finish()
      rehearsal.tell(on: session.console)
      try ImportAnswer(summary, duplicates: nil, refused: 0, quarantineFile: nil).give(in: session)
    } else {
      try session.withStore(.write, keys: keys) { store in
        try take(run, into: store, bar: bar, in: session)
      }
    }
  }

  private func take(_ run: ImportRun, into store: Store, bar: ImportBar, in session: Session) throws {
    let quarantine = Quarantine(folder: session.dataPath + "/quarantine", at: session.console.clock.millisecond)
    let filing = ImportFiling(Recorder(store, about: session.circumstances(channel: "import"), guards: guards), quarantine)
    Interrupt.listen()
    do {
      let summary = try run.run(progress: bar.update, quarantine: quarantine.add, emit: filing.add)
      try filing.flush()
      try quarantine.close()
      bar.finish()
      try ImportAnswer(
        summary, duplicates: filing.duplicates, refused: filing.refused, quarantineFile: quarantine.path
      ).give(in: session)
      if let path = quarantine.path {
        session.console.remark(Name("Rows that could not be used are in \(path).", "无法使用的行在 \(path)。"))
      }
    } catch is ImportFiling.Stopped {
      bar.finish()
      session.console.remark(
        Name(
          "Stopped. Events recorded: \(filing.recorded). The same import again adds the rest.",
          "已停止。已入账事件：\(filing.recorded)。再次导入会补上其余部分。"))
    }
  }
}

/// A mapping by path or by name.
enum ShippedMapping {
  static func load(_ argument: String) throws -> Mapping {
    if let text = Mapping.shipped(argument) {
      return try Mapping.load(text, name: argument + ".yaml", catalogue: .keshi)
    }
    return try Mapping.load(try read(argument), name: argument, catalogue: .keshi)
  }

  private static func read(_ path: String) throws -> String {
    guard FileManager.default.fileExists(atPath: path) else { throw unknown(path) }
    guard let bytes = FileManager.default.contents(atPath: path) else { throw Trouble.file(path, errno: EACCES) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Trouble(
        .badInput, "E-MAPPING-ENCODING", Name("the mapping is not UTF-8", "映射文件不是 UTF-8"), at: Name(same: path),
        unharmed: Unharmed.everything, remedy: Name("save it as UTF-8", "请另存为 UTF-8"))
    }
    return text
  }

  private static func unknown(_ argument: String) -> Trouble {
    let names = Mapping.shippedNames
    return Trouble(
      .noInput, "E-MAPPING-NONE", Name("there is no such mapping", "没有这个映射"), at: Name(same: argument),
      unharmed: Unharmed.everything,
      remedy: Name(
        "name a file, or one of \(names.joined(separator: ", "))", "请给出文件路径，或 \(names.joined(separator: "、")) 之一"))
  }

  /// Where a mapping's look-up tables may lie beside it.
  static func folder(of argument: String) -> String? {
    guard Mapping.shipped(argument) == nil else { return nil }
    return URL(fileURLWithPath: argument).deletingLastPathComponent().path
  }
}
