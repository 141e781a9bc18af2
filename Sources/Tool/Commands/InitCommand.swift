import ArgumentParser
import Engine
import Vocabulary

/// `keshi init`: an empty log.
struct InitCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "init",
      abstract: Name("Make an empty log in a new data folder.", "在新的数据目录中建立空日志。")[Speech.language],
      discussion: example("keshi init --data ./acme --origin crm.acme.example/2026"))
  }

  @Option(
    help: help(
      "The log's name for the outside world; signed with every checkpoint.", "日志对外的名称，写入每个检查点。", value: "name"))
  var origin: String?

  @OptionGroup var global: GlobalOptions

  /// The name of a log that was given none.
  static let usualOrigin = "keshi.local/log"

  func run(in session: Session) throws {
    var random = SystemRandomNumberGenerator()
    try session.locating {
      try Store.create(
        at: session.dataPath, origin: origin ?? InitCommand.usualOrigin, clock: session.console.clock, random: &random)
    }
    session.console.remark(
      Name("An empty log is in \(session.dataPath).", "已在 \(session.dataPath) 建立空日志。")
        + Name("\nNext: keshi append, keshi import, or keshi events for what can be recorded.", "\n下一步：keshi append、keshi import；keshi events 列出可记录的事件。"))
  }
}
