import Answers
import ArgumentParser
import Engine
import Log
import Proofs
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

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  /// The name of a log that was given none.
  static let usualOrigin = "keshi.local/log"

  func run(in session: Session) throws {
    var random = SystemRandomNumberGenerator()
    let origin = origin ?? InitCommand.usualOrigin
    guard SigningName.of(origin) == origin, (1...Log.Limit.originBytes).contains(origin.utf8.count) else {
      throw Trouble.usage(
        Name(
          "an origin has 1 to \(Log.Limit.originBytes) bytes and no blank, plus or control character",
          "来源名为 1 至 \(Log.Limit.originBytes) 字节，不含空白、加号或控制字符"),
        remedy: Name("write it like crm.acme.example/2026", "请写成 crm.acme.example/2026 这样"))
    }
    let folder = session.folder(keys)
    try folder.locating {
      try Store.create(at: folder.path, origin: origin, clock: session.console.clock, random: &random)
      try Signing(folder).prepare(origin: origin, random: &random)
    }
    session.console.remark(
      Name(
        "Checkpoints are signed by the key in \(folder.keysPath): keep a copy of it, and away from the log.",
        "检查点由 \(folder.keysPath) 中的密钥签署：请另存副本，并与日志分开保管。"))
    session.console.remark(
      Name("An empty log is in \(session.dataPath).", "已在 \(session.dataPath) 建立空日志。")
        + Name("\nNext: keshi append, keshi import, or keshi events for what can be recorded.", "\n下一步：keshi append、keshi import；keshi events 列出可记录的事件。"))
  }
}
