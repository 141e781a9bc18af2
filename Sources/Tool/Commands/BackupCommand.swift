import Answers
import ArgumentParser
import Engine
import Vocabulary

/// `keshi backup --to DIR`: a consistent copy, also while events are recorded.
struct BackupCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "backup",
      abstract: Name("Copy the log to an empty folder, also while events are recorded.", "将日志复制到空目录；入账可同时进行。")[Speech.language],
      discussion: example("keshi backup --to /mnt/safe/2026-11-23") + "\n\n"
        + Name(
          "The copy holds the log, its vault and the certificates, and a list of their hashes. It holds no keys: without them its personal values stay closed. Copy those with `keshi keys backup`, to another place.",
          "副本包含日志、保险库与证明书及其哈希清单，不含密钥：没有密钥，个人信息无法打开。密钥请用 `keshi keys backup` 另行备份到别处。")[Speech.language])
  }

  @Option(help: help("An empty folder, or one to be made.", "空目录，或将新建的目录。", value: "dir"))
  var to: String

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let bar = ProgressBar(Name("Copying", "复制"), on: session.console)
    defer { bar.finish() }
    let backup = try session.withStore(.read) { store in
      try store.backUp(to: to) { bar.update($0, of: $1) }
    }
    bar.finish()
    try session.give(Backup.columns, backup.cells(at: to))
  }
}

/// `keshi restore --from DIR`: a backup, checked, into a folder that has no log.
struct RestoreCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "restore",
      abstract: Name("Check a backup and put its log into a data folder that has none.", "检查备份，并将其日志放入尚无日志的数据目录。")[Speech.language],
      discussion: example("keshi restore --from /mnt/safe/2026-11-23 --data ./acme") + "\n\n"
        + Name(
          "Every file is compared with its hash and every line with the root before the log gets its place. Erasures that the keys remember and the backup does not are done again before anything is served.",
          "日志就位前，逐个核对文件哈希，逐行核对根哈希。密钥记得而备份不知的擦除，在提供任何服务前重新执行。")[Speech.language])
  }

  @Option(help: help("The backup.", "备份目录。", value: "dir"))
  var from: String

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let bar = ProgressBar(Name("Checking", "检查"), on: session.console)
    let backup = try session.folder().locating {
      try Store.restore(from: from, to: session.dataPath) { bar.update(Int64($0), of: Int64($1)) }
    }
    bar.finish()
    var about = session.circumstances(channel: "cli")
    about.reason = Name("repeated after a backup was restored", "恢复备份后重新执行")[session.language]
    _ = try session.withStore(.write, keys: keys) { try $0.replayErasures(about: about, thorough: true) }
    try session.give(Backup.columns, backup.cells(at: session.dataPath))
  }
}
