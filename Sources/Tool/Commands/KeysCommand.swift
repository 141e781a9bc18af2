import Answers
import ArgumentParser
import Engine
import Foundation
import Log
import Projection
import Vault
import Vocabulary

/// `keshi keys …`: copies of the keys of personal values.
struct KeysCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "keys",
      abstract: Name("Back up and restore the keys of personal values.", "备份与恢复个人信息的密钥。")[Speech.language],
      discussion: example(
        """
        keshi keys backup --to /mnt/vault/keys-2026-11-23
        keshi keys restore --from /mnt/vault/keys-2026-11-23
        """) + "\n\n" + KeysCommand.warning[Speech.language],
      subcommands: [KeysBackupCommand.self, KeysRestoreCommand.self])
  }

  static let warning = Name(
    """
    LOSING THE KEYS IS ERASURE: nobody can bring back a personal value without them. And every copy of the keys is a \
    person's data that an erasure cannot reach: keep copies apart from the log, and no longer than you promise to erase in.
    """,
    """
    丢失密钥即等于擦除：没有密钥，任何人都无法找回个人信息。同时，每一份密钥副本都是擦除无法触及的个人信息：\
    副本应与日志分开保管，保存时间不得超过承诺的擦除期限。
    """)

  static let columns = [Column("path", .text, "Folder", "目录"), Column("keys", .integer, "Keys", "密钥数"), Column("refused", .integer, "Refused", "拒绝数")]
}

struct KeysBackupCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "backup",
      abstract: Name("Copy all files of the keys folder.", "复制密钥目录中的全部文件。")[Speech.language],
      discussion: example("keshi keys backup --to /mnt/vault/keys-2026-11-23") + "\n\n" + KeysCommand.warning[Speech.language])
  }

  @Option(help: help("An empty folder, or one to be made.", "空目录，或将新建的目录。", value: "dir"))
  var to: String

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    if let names = try? FileManager.default.contentsOfDirectory(atPath: to), !names.isEmpty {
      throw BackupError.occupied(path: to)
    }
    let count = try session.withStore(.write, keys: keys) { store -> Int in
      guard let file = store.sealing?.keys as? KeyFile else { return 0 }
      let target = PosixDisk(root: to, isPrivate: true)
      try file.backUp(to: target, place: to)
      try copyOthers(than: file.path, from: session.folder(keys).keysPath, to: target)
      return try file.owners().count
    }
    try session.give(KeysCommand.columns, [.text(to), .integer(Int64(count)), .absent])
    session.console.remark(KeysCommand.warning)
  }

  /// What else lies in the folder: the key that signs checkpoints.
  private func copyOthers(than own: String, from folder: String, to target: PosixDisk) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name != own {
      guard !name.hasSuffix(".tmp"), let bytes = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
      try Array(bytes).withUnsafeBytes { try target.writeWhole($0, to: name, directory: "") }
    }
  }
}

struct KeysRestoreCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "restore",
      abstract: Name("Take in the keys of a copy, but none that was destroyed since.", "取回副本中的密钥，此后已销毁的除外。")[Speech.language],
      discussion: example("keshi keys restore --from /mnt/vault/keys-2026-11-23"))
  }

  @Option(help: help("The copy.", "密钥副本目录。", value: "dir"))
  var from: String

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    var about = session.circumstances(channel: "cli")
    about.reason = Name("repeated after keys were restored", "恢复密钥后重新执行")[session.language]
    let (taken, refused) = try session.withStore(.write, keys: keys) { store -> (Int, Int) in
      guard let file = store.sealing?.keys as? KeyFile else { return (0, 0) }
      let result = try file.restore(from: PosixDisk(root: from))
      let again = try store.replayErasures(about: about, thorough: true)
      return (result.taken - min(again, result.taken), result.refused + min(again, result.taken))
    }
    try session.give(KeysCommand.columns, [.text(from), .integer(Int64(taken)), .integer(Int64(refused))])
  }
}
