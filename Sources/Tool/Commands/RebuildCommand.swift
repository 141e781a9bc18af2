import Answers
import ArgumentParser
import Engine
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
        keshi rebuild --check
        keshi rebuild churn --rollback
        """))
  }

  @Argument(help: help("Read models; none means all.", "读模型；不写则全部。", value: "name"))
  var names: [String] = []

  @Flag(help: help("Believe no derived file: read every event of the log again.", "不信任任何派生文件：重新读取日志的每个事件。"))
  var fromLog = false

  @Flag(help: help("Change nothing: compare the read models in use with the log, row by row; status 2 where they differ.", "不作改动：将现用读模型逐行与日志核对；不一致时以状态 2 结束。"))
  var check = false

  @Flag(help: help("Put the read models before the last change back in use; again: undo that.", "恢复上次变更之前的读模型；再次执行则撤销恢复。"))
  var rollback = false

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    guard [fromLog, check, rollback].count(where: { $0 }) <= 1 else {
      throw Trouble.usage(
        Name("--from-log, --check and --rollback exclude one another", "--from-log、--check、--rollback 只能用其一"),
        remedy: Name("give one of them", "请只给出其一"))
    }
    try session.withStore(.read) { store in
      if check { return try RebuildCheck(store: store, session: session).run(names) }
      if rollback { return try RebuildCommand.rollBack(names, of: store, in: session) }
      try RebuildCommand.rebuild(names, of: store, fromLog: fromLog, in: session)
    }
  }

  /// Rebuilds with progress, and gives a row for each read model.
  static func rebuild(_ names: [String], of store: Store, fromLog: Bool, in session: Session) throws {
    let bars = RebuildBars(on: session.console)
    var options = RebuildOptions()
    options.fromLog = fromLog
    options.progress = { step, done, total in bars.update(step, done, of: total) }
    var failures: [(name: String, trouble: Trouble)] = []
    options.failed = { name, error in failures.append((name, Trouble(explaining: error))) }
    defer { bars.finish() }
    let reports = try store.rebuild(names, options: options)
    bars.finish()
    try session.rows(RebuildReport.columns).give(reports.map(\.cells))
    // The others are in place; what failed is told in full, the last as the command's own error.
    for failure in failures.dropLast() { try session.console.remarks.write(failure.trouble.text(in: session.language)) }
    if let last = failures.last { throw last.trouble }
  }

  /// Goes back, for the read models that are named.
  private static func rollBack(_ names: [String], of store: Store, in session: Session) throws {
    guard !names.isEmpty else {
      throw Trouble.usage(
        Name("--rollback needs the name of a read model", "--rollback 需要读模型名称"),
        remedy: Name("`keshi show` lists them", "用 `keshi show` 查看全部读模型"))
    }
    let rows = session.rows(RollBackReport.columns)
    for name in names { try rows.write(try store.rollBack(name).cells) }
    try rows.finish()
  }
}
