import Answers
import ArgumentParser
import Engine
import Events
import Exchange
import Foundation
import Import
import Projection
import Vocabulary

/// `keshi import --map MAPPING FILE…`: tables to events.
struct ImportCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "import",
      abstract: Name(
        "Turn tables, by a mapping, and process logs and CloudEvents into events.", "把表格（按映射）、过程日志和 CloudEvents 转成事件。")[Speech.language],
      discussion: example(
        """
        keshi import --map crm-sales crm_sales_pipeline.csv.gz
        keshi import --map ./orders.yaml orders-*.csv --dry-run
        keshi import log.xes shop.jsonocel events.ndjson
        """)
        + "\n\n"
        + Name(
          "Tables need a mapping. XES, OCEL 2.0 (JSON, XML, SQLite) and CloudEvents are told by their content: CloudEvents of Keshi's own types become those events, what a process log says becomes records; a mapping can say otherwise. Shipped mappings: \(Mapping.shippedNames.joined(separator: ", ")). A row that yields no events goes to quarantine in the data folder; the rows after it go on. The same import again adds nothing.",
          "表格须有映射。XES、OCEL 2.0（JSON、XML、SQLite）与 CloudEvents 按内容识别：客史自有类型的 CloudEvents 还原为原事件，过程日志的内容成为外部系统记录；映射可另作规定。自带映射：\(Mapping.shippedNames.joined(separator: "、"))。不能产生事件的行进入数据目录下的隔离文件，其后各行照常处理。重复导入不会新增任何内容。")[
            Speech.language])
  }

  @Option(
    help: help(
      "Path of a mapping, or the name of a shipped one; or xes, ocel, cloudevents.",
      "映射文件路径或自带映射的名称；或 xes、ocel、cloudevents。", value: "mapping"))
  var map: String?

  @Flag(help: help("Write nothing; say what would happen.", "不写入，只说明会发生什么。"))
  var dryRun = false

  @Option(help: GuardPolicy.explanation)
  var guards = GuardPolicy.record

  @Argument(help: help("Data files, and files of look-up tables.", "数据文件与查找表文件。", value: "file"))
  var files: [String]

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let mapping = try map.map(ShippedMapping.load) ?? Mapping.native(catalogue: .keshi)
    var options = ImportRun.Options()
    options.about = session.circumstances(channel: "import")
    options.language = session.language
    if let folder = map.flatMap(ShippedMapping.folder) { options.lookupFolders = [folder] }
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
    if let kinds = native[argument] { return Mapping.native(kinds, catalogue: .keshi) }
    if let text = Mapping.shipped(argument) {
      return try Mapping.load(text, name: argument + ".yaml", catalogue: .keshi)
    }
    return try Mapping.load(try read(argument), name: argument, catalogue: .keshi)
  }

  /// Kinds of file that need no mapping, by the names that stand in its place.
  private static let native: [String: Set<FileKind>] = [
    "xes": [.xes], "ocel": [.ocelJSON, .ocelXML, .ocelDatabase], "cloudevents": [.cloudEvents],
  ]

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
      .absent, "E-MAPPING-NONE", Name("there is no such mapping", "没有这个映射"), at: Name(same: argument),
      unharmed: Unharmed.everything,
      remedy: Name(
        "name a file, or one of \(names.joined(separator: ", "))", "请给出文件路径，或 \(names.joined(separator: "、")) 之一"))
  }

  /// Where a mapping's look-up tables may lie beside it.
  static func folder(of argument: String) -> String? {
    guard Mapping.shipped(argument) == nil, native[argument] == nil else { return nil }
    return URL(fileURLWithPath: argument).deletingLastPathComponent().path
  }
}
