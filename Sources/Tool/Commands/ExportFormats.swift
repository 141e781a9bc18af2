import Answers
import ArgumentParser
import Engine
import Events
import Exchange
import Foundation
import Log
import Vocabulary

/// `keshi export cloudevents`: CloudEvents 1.0, which come back by `import` as the events that they are.
struct ExportCloudEvents: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "cloudevents",
      abstract: Name("Events as CloudEvents 1.0, one JSON object a line.", "导出为 CloudEvents 1.0，每行一个 JSON 对象。")[Speech.language],
      discussion: example("keshi export cloudevents --type order.placed --out orders.ndjson"))
  }

  @Flag(help: help("One JSON list instead of lines (the JSON batch format).", "输出一个 JSON 列表（JSON 批格式），而不是逐行。"))
  var batch = false

  @OptionGroup var choice: ExportChoice
  @OptionGroup var reader: ReaderOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try choice.write(in: session, reader) { snapshot, events, write in
      let log = snapshot.logName
      var count = 0
      if batch { try write("[") }
      try events { event in
        let line = CloudEventEnvelope.line(of: event, log: log)
        try write(batch ? (count == 0 ? "\n" : ",\n") + line : line + "\n")
        count += 1
      }
      if batch { try write("\n]\n") }
    }
  }
}

/// `keshi export csv`: a row an event.
struct ExportTable: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "csv",
      abstract: Name(
        "Events as CSV: a row an event, a column a field.", "导出为 CSV：每个事件一行，每个字段一列。")[Speech.language],
      discussion: example(
        """
        keshi export csv --type order.placed --out orders.csv
        keshi export csv --per-type --out ./tables
        """))
  }

  @Flag(help: help("A file for each event type, in the folder that --out names.", "每种事件一个文件，放入 --out 指定的目录。"))
  var perType = false

  @OptionGroup var choice: ExportChoice
  @OptionGroup var reader: ReaderOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    guard perType else {
      return try choice.write(in: session, reader) { _, events, write in
        // The columns are those of the types that occur, so the events are read twice.
        var found: Set<String> = []
        try events { found.insert($0.type) }
        let table = EventTable(Catalogue.keshi.entries.map(\.declaration.name).filter(found.contains), catalogue: .keshi)
        try write("\u{FEFF}" + table.head)
        try events { try write(table.line(of: $0)) }
      }
    }
    guard let folder = choice.out else {
      throw Trouble.usage(
        Name("--per-type needs --out with a folder", "--per-type 须与 --out 目录同用"), remedy: Name("add --out FOLDER", "请加上 --out 目录"))
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try choice.read(in: session, reader) { _, events in
      var files: [String: (table: EventTable, file: ExportFile)] = [:]
      try events { event in
        if files[event.type] == nil {
          let file = try ExportFile(path: folder + "/" + event.type + ".csv")
          let table = EventTable([event.type], catalogue: .keshi)
          try file.write("\u{FEFF}" + table.head)
          files[event.type] = (table, file)
        }
        if let (table, file) = files[event.type] { try file.write(table.line(of: event)) }
      }
      for (_, file) in files.values { try file.close() }
    }
  }
}

/// `keshi export xes`: IEEE 1849, a trace for each case.
struct ExportXES: KeshiCommand {
  enum Case: String, CaseIterable, ExpressibleByArgument {
    case account, subject
  }

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "xes",
      abstract: Name(
        "Events as XES (IEEE 1849), for process mining by cases.", "导出为 XES（IEEE 1849），供按案例的流程挖掘使用。")[Speech.language],
      discussion: example("keshi export xes --case subject --type opportunity.opened --out deals.xes"))
  }

  @Option(
    name: .customLong("case"),
    help: help(
      "A trace is a customer with all that belongs to it, or one subject.", "一条轨迹：客户及其一切，或单个主体。", value: "case"))
  var unit: Case = .account

  @OptionGroup var choice: ExportChoice
  @OptionGroup var reader: ReaderOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try choice.writeByAccount(in: session, reader) { accounts, write in
      let writer = XESWriter(catalogue: .keshi, write)
      try writer.begin()
      try accounts { account, events in
        guard unit == .subject else { return try writer.trace(account, events) }
        var subjects: [String] = []
        let groups = Dictionary(grouping: events) { $0.subject.description }
        for event in events where !subjects.contains(event.subject.description) { subjects.append(event.subject.description) }
        for subject in subjects { try writer.trace(subject, groups[subject] ?? []) }
      }
      try writer.end()
    }
  }
}

/// `keshi export ocel`: OCEL 2.0, events with all objects that they concern.
struct ExportOCEL: KeshiCommand {
  enum Form: String, CaseIterable, ExpressibleByArgument {
    case json, sqlite
  }

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "ocel",
      abstract: Name(
        "Events as OCEL 2.0, for object-centric process mining.", "导出为 OCEL 2.0，供面向对象的流程挖掘使用。")[Speech.language],
      discussion: example(
        """
        keshi export ocel --out shop.jsonocel
        keshi export ocel --out shop.sqlite
        """))
  }

  @Option(help: help("JSON or SQLite; without it told by the name of the file.", "JSON 或 SQLite；不写时按文件名判断。", value: "form"))
  var form: Form?

  @OptionGroup var choice: ExportChoice
  @OptionGroup var reader: ReaderOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let isNamedSo = choice.out.map { $0.hasSuffix(".sqlite") || $0.hasSuffix(".db") } ?? false
    guard form ?? (isNamedSo ? .sqlite : .json) == .sqlite else {
      return try choice.write(in: session, reader) { _, events, write in
        let writer = OCELJSONWriter(catalogue: .keshi, write)
        try writer.begin()
        try events { try writer.add($0) }
        try writer.end()
      }
    }
    guard let path = choice.out else {
      throw Trouble.usage(Name("a SQLite file needs --out", "SQLite 文件须用 --out 指定"), remedy: Name("add --out FILE", "请加上 --out 文件"))
    }
    try ExportFile.refuseExisting(path)
    try choice.read(in: session, reader) { _, events in
      let part = path + ".part"
      try? FileManager.default.removeItem(atPath: part)
      do {
        try OCELDatabaseWriter(path: part, catalogue: .keshi).write { add in try events { try add($0) } }
        try FileManager.default.moveItem(atPath: part, toPath: path)
      } catch {
        try? FileManager.default.removeItem(atPath: part)
        throw error
      }
    }
  }
}
