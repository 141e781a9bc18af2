import ArgumentParser
import Engine
import Projection
import Vocabulary

/// `keshi rebuild [NAME…] [--from-log]`: the log into read models.
struct RebuildCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "rebuild",
      abstract: Name(
        "Fold the log into read models beside the old ones, compare, and swap.", "由日志重建读模型：旁路构建、比较、替换。")[Speech.language],
      discussion: example(
        """
        keshi rebuild
        keshi rebuild churn lifecycle --from-log
        """))
  }

  @Argument(help: help("Read models; none means all.", "读模型；不写则全部。", value: "name"))
  var names: [String] = []

  @Flag(help: help("Believe no derived file: read every event of the log again.", "不信任任何派生文件：重新读取日志的每个事件。"))
  var fromLog = false

  @OptionGroup var global: GlobalOptions

  static let columns = [
    Column("projection", .text, "Read model", "读模型"), Column("events", .integer, "Events", "事件数"),
    Column("rows", .integer, "Rows", "行数"), Column("changed", .integer, "Changed", "变化"),
    Column("seconds", .integer, "Seconds", "秒"), Column("eventsPerSecond", .integer, "Events/s", "事件/秒"),
    Column("outputHash", .text, "Hash of the rows", "结果哈希"),
  ]

  func run(in session: Session) throws {
    try session.withStore(.read) { store in
      try RebuildCommand.rebuild(names, of: store, fromLog: fromLog, in: session)
    }
  }

  /// Rebuilds with progress, and gives a row for each read model.
  static func rebuild(_ names: [String], of store: Store, fromLog: Bool, in session: Session) throws {
    let bars = RebuildBars(on: session.console)
    var options = RebuildOptions()
    options.fromLog = fromLog
    options.progress = { step, done, total in bars.update(step, done, of: total) }
    defer { bars.finish() }
    let reports = try store.rebuild(names, options: options)
    bars.finish()
    let rows = session.rows(columns)
    for report in reports {
      try rows.write([
        .text(report.projection), .integer(report.events), .integer(report.rows), .integer(report.changed),
        .decimal(report.seconds, places: 3), .decimal(report.eventsPerSecond, places: 0), .text(report.outputHash),
      ])
    }
    try rows.finish()
  }
}
