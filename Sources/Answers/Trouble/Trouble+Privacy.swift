import Engine
import Vault
import Vocabulary

extension Trouble {
  /// An erasure, a hold or a redaction that was refused or not completed.
  public init(_ error: ErasureError) {
    switch error {
    case .held(let subject, let hold):
      self.init(
        .notPermitted, error.code, Name("a legal hold is on \(subject)", "\(subject) 处于法律保全中"),
        at: Name("event \(hold)", "事件 \(hold)"), unharmed: Unharmed.nothingDestroyed,
        remedy: Name("`keshi hold release \(subject)` once the matter is over", "事项了结后运行 `keshi hold release \(subject)`"))
    case .noHold(let subject):
      self.init(
        .absent, error.code, Name("no hold is on \(subject)", "\(subject) 没有生效中的保全"), unharmed: Unharmed.everything,
        remedy: Name("`keshi hold list` shows the holds in force", "用 `keshi hold list` 查看生效中的保全"))
    case .noKeys:
      self.init(
        .absent, error.code, Name("there are no keys at hand", "没有可用的密钥"), unharmed: Unharmed.nothingDestroyed,
        remedy: Name("name their folder with --keys", "请用 --keys 指定密钥目录"))
    case .notRequested(let line):
      self.init(
        .notPermitted, error.code, Name("nobody has asked to redact event \(line)", "尚无人申请替换事件 \(line)"),
        unharmed: Unharmed.nothingDestroyed,
        remedy: Name("`keshi redact request \(line) --reason …`", "先运行 `keshi redact request \(line) --reason …`"))
    case .notApproved(let request):
      self.init(
        .notPermitted, error.code, Name("the request has no approval", "申请尚未获批准"),
        at: Name("event \(request)", "事件 \(request)"), unharmed: Unharmed.nothingDestroyed,
        remedy: Name("another person runs `keshi redact approve`", "请由另一人运行 `keshi redact approve`"))
    case .sameActor(let actor, let request):
      self.init(
        .notPermitted, error.code, Name("\(actor) asked for it and cannot approve it", "\(actor) 是申请人，不能批准"),
        at: Name("event \(request)", "事件 \(request)"), unharmed: Unharmed.nothingDestroyed,
        remedy: Name("another person approves, with --actor", "请由另一人批准（--actor）"))
    case .alreadyRedacted(let line):
      self.init(
        .usage, error.code, Name("event \(line) is kept as its hash only", "事件 \(line) 已仅存哈希"), unharmed: Unharmed.everything,
        remedy: Name("nothing; `keshi verify` lists it", "无需处理；`keshi verify` 会列出它"))
    case .remains(let what):
      self.init(
        .failed, error.code, Name("not erased: there still is \(what)", "未完成擦除：仍存在 \(what)"), unharmed: Unharmed.log,
        remedy: Name("run `keshi verify`, then the erasure again", "运行 `keshi verify`，然后重新擦除"))
    }
  }

  /// Keys that could not be had.
  public init(_ error: KeyError) {
    switch error {
    case .disk(let error):
      let trouble = Trouble(error)
      self.init(
        trouble.kind, "E-KEYS-DISK", trouble.what, at: trouble.place.map { Name("keys: ", "密钥：") + $0 },
        unharmed: Unharmed.log, remedy: trouble.remedy)
    case .damaged(let path, let offset):
      self.init(
        .inputOutput, error.code, Name("the file of keys is damaged", "密钥文件已损坏"),
        at: Name("\(path), byte \(offset)", "\(path)，第 \(offset) 字节"), unharmed: Unharmed.log,
        remedy: Name("move the file away and run `keshi keys restore`", "移走该文件，运行 `keshi keys restore`"))
    case .stopped:
      self.init(
        .inputOutput, error.code, Name("keys can no longer be written after an error", "出错后无法再写入密钥"), unharmed: Unharmed.log,
        remedy: Name("run the command again", "请重新运行命令"))
    case .none(let path):
      self.init(
        .absent, error.code, Name("there are no keys of this log", "没有此日志的密钥"), at: Name(same: path),
        unharmed: Unharmed.everything, remedy: Name("name another folder", "请指定其他目录"))
    case .otherLog(let path, let log):
      self.init(
        .configuration, error.code, Name("the keys are those of log \(log)", "密钥属于日志 \(log)"), at: Name(same: path),
        unharmed: Unharmed.everything, remedy: Name("name the right folder with --keys", "请用 --keys 指定正确的目录"))
    }
  }

  /// A backup that could not be made or used.
  public init(_ error: BackupError) {
    switch error {
    case .occupied(let path):
      self.init(
        .cannotCreate, error.code, Name("the folder is not empty", "目录不为空"), at: Name(same: path),
        unharmed: Name("everything in it", "其中的所有内容"), remedy: Name("choose another folder", "请换一个目录"))
    case .none(let path):
      self.init(
        .absent, error.code, Name("there is no backup", "没有备份"), at: Name(same: path), unharmed: Unharmed.everything,
        remedy: Name("name a folder that `keshi backup` made", "请指定由 `keshi backup` 生成的目录"))
    case .changed(let file):
      self.init(
        .differs, error.code, Name("a file of the backup is not as its list says", "备份中的文件与清单不符"), at: Name(same: file),
        unharmed: Name("the data folder; nothing was written", "数据目录未改动，没有写入任何内容"), remedy: Name("use another backup", "请使用其他备份"))
    case .wrongLog(let verdict):
      self.init(
        .differs, error.code, Name("the log in the backup does not verify (\(verdict))", "备份中的日志未通过校验（\(verdict)）"),
        unharmed: Name("the data folder; nothing was written", "数据目录未改动，没有写入任何内容"), remedy: Name("use another backup", "请使用其他备份"))
    }
  }

  /// Something wrong between lines, vault and keys.
  public init(_ problem: VaultProblem) {
    let place = problem.seq.map { Name("event \($0): \(problem.what)", "事件 \($0)：\(problem.what)") } ?? Name(same: problem.what)
    self.init(
      .differs, "E-" + problem.kind.rawValue.uppercased(), problem.kind.sentence, at: place, unharmed: Unharmed.log,
      remedy: problem.kind.remedy)
  }
}

extension Unharmed {
  public static let nothingDestroyed = Name("everything; nothing was destroyed", "一切照旧，没有销毁任何内容")
}

extension VaultProblem.Kind {
  public var sentence: Name {
    switch self {
    case .missing: Name("a personal value is missing, and no erasure explains it", "缺少个人信息内容，且无擦除记录可解释")
    case .altered: Name("the vault does not hold what the line commits to", "保险库内容与行中承诺不符")
    case .revived: Name("the vault holds what was erased", "保险库中出现已擦除的内容")
    case .stray: Name("the vault holds something for an event that commits to nothing", "保险库中有与任何承诺无关的内容")
    case .damaged: Name("a part of the vault is damaged", "保险库的一部分已损坏")
    case .keyRevived: Name("a destroyed key is here again", "已销毁的密钥再次出现")
    case .keyMissing: Name("a key is missing, and no erasure explains it", "缺少密钥，且无擦除记录可解释")
    case .unfinished: Name("a key was destroyed, and the log does not say so", "密钥已销毁，但日志没有相应记录")
    case .unapproved: Name("a line is kept as its hash without an approval", "某行仅存哈希，但没有批准记录")
    }
  }

  fileprivate var remedy: Name {
    switch self {
    case .missing, .altered, .stray, .damaged: Name("take the vault from a backup", "请用备份恢复保险库")
    case .revived, .keyRevived, .unfinished:
      Name("run `keshi erase` again for that subject", "请对该主体再次运行 `keshi erase`")
    case .keyMissing: Name("`keshi keys restore --from DIR`", "运行 `keshi keys restore --from 目录`")
    case .unapproved: Name("find out who replaced it; compare with a backup", "查明何人替换，并与备份比对")
    }
  }
}
