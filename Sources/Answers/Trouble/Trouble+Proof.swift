import Proofs
import Vocabulary

extension Trouble {
  /// Evidence that is none, or a signature that was refused.
  public init(_ error: ProofError) {
    self.init(
      Trouble.kind(of: error), error.code, Trouble.sentence(of: error), unharmed: Unharmed.log,
      remedy: Trouble.remedy(for: error))
  }

  private static func kind(of error: ProofError) -> Kind {
    switch error {
    case .malformed, .tooLarge, .keyType: .badInput
    case .badSignature, .unsigned, .otherLog, .wrongHashes, .quorum, .contradiction, .redacted: .differs
    case .otherKey, .badOrigin: .configuration
    case .outOfRange: .unknownName
    case .busy: .busy
    }
  }

  private static func sentence(of error: ProofError) -> Name {
    switch error {
    case .malformed(let format, let line, let reason):
      Name(
        "line \(line) is not what a \(format.rawValue) has there (\(reason.rawValue))",
        "第 \(line) 行不符合\(name(of: format))的格式（\(reason.rawValue)）")
    case .tooLarge(let format, let limit):
      Name("the \(format.rawValue) is larger than \(limit)", "\(name(of: format))超过上限 \(limit)")
    case .badSignature(let key): Name("the signature of \(key) does not fit the text", "\(key) 的签名与文本不符")
    case .unsigned(let origin): Name("no trusted key has signed for \(origin)", "没有受信任的密钥为 \(origin) 签署")
    case .otherLog(let expected, let found):
      Name("this is about the log \(found), not about \(expected)", "这是关于日志 \(found) 的，而不是 \(expected)")
    case .wrongHashes: Name("the hashes do not lead to what was signed", "哈希不能推导出所签署的内容")
    case .redacted(let lines):
      Name("the second root cannot be compared: lines that gave place to their hash: \(lines)", "无法比对第二个根：已由哈希代替的行数为 \(lines)")
    case .quorum(let name): Name("too few witnesses have signed for the quorum \(name)", "见证方签名数未达到法定数 \(name)")
    case .keyType(let type): Name("keys of type \(type) cannot be used here", "此处不能使用类型 \(type) 的密钥")
    case .otherKey(let expected, let found):
      Name("the key is that of \(found), not of \(expected)", "该密钥属于 \(found)，而不是 \(expected)")
    case .badOrigin(let origin): Name("“\(origin)” cannot stand in a checkpoint", "“\(origin)” 不能写入检查点")
    case .outOfRange(let seq, let size):
      Name("event \(seq) is not among the \(size) that are signed", "事件 \(seq) 不在已签署的 \(size) 个事件之内")
    case .contradiction(let kept, let found, let saved):
      Name(
        "nothing was signed: a checkpoint of \(kept.size) events was signed that this log of \(found.size) events contradicts; both are kept in \(saved.joined(separator: ", "))",
        "未签署：曾签署 \(kept.size) 个事件的检查点，与现有 \(found.size) 个事件的日志相矛盾；双方保存在 \(saved.joined(separator: "、"))")
    case .busy: Name("another command is signing this log", "另一个命令正在签署此日志")
    }
  }

  private static func name(of format: ProofError.Format) -> String {
    switch format {
    case .note: "签名文本"
    case .checkpoint: "检查点"
    case .key: "密钥"
    case .proof: "证明"
    case .policy: "见证策略"
    case .receipt: "回执"
    case .request: "增长证明"
    }
  }

  private static func remedy(for error: ProofError) -> Name {
    switch error {
    case .malformed, .tooLarge: Name("check that it is the right file and whole", "请确认文件正确且完整")
    case .badSignature, .unsigned:
      Name("do not rely on it; or name the right key with --key", "请勿采信；或用 --key 指定正确的密钥")
    case .otherLog: Name("name the right log with --data", "请用 --data 指定正确的日志")
    case .redacted: Name("the root by SHA-256 still counts; have a new statement signed", "SHA-256 的根仍然有效；请另行签署新的声明")
    case .wrongHashes: Name("do not rely on it; ask whoever gave it for another", "请勿采信，并向提供者索取新的证明")
    case .quorum: Name("get the signatures of more witnesses", "请取得更多见证方的签名")
    case .keyType: Name("use an Ed25519 key", "请使用 Ed25519 密钥")
    case .otherKey: Name("name the folder of this log's key with --keys", "请用 --keys 指定此日志的密钥目录")
    case .badOrigin: Name("an origin is one line of text; make a log with another", "来源名应为一行文本；请另建日志")
    case .outOfRange: Name("run `keshi checkpoint`, then try again", "先运行 `keshi checkpoint` 再重试")
    case .contradiction:
      Name(
        "keep both files and the log as they are; go on in a new log that names the old checkpoint",
        "请原样保留两份文件与日志；另建新日志并注明旧检查点")
    case .busy: Name("try again when it has ended", "待其结束后重试")
    }
  }
}

// Keys, and the program openssl.
extension Trouble {
  public static func openKey(_ path: String) -> Trouble {
    Trouble(
      .notPermitted, "E-KEY-MODE", Name("others may read the signing key", "其他人可以读取签名密钥"), at: Name(same: path),
      unharmed: Unharmed.everything, remedy: Name(same: "chmod 600 \(path)"))
  }

  public static func noKey(in folder: String) -> Trouble {
    Trouble(
      .configuration, "E-KEY-NONE", Name("the log has a key, but it is not here", "该日志已有密钥，但不在此处"), at: Name(same: folder),
      unharmed: Unharmed.everything,
      remedy: Name("name its folder with --keys or KESHI_KEYS", "请用 --keys 或 KESHI_KEYS 指定其目录"))
  }

  public static func strangeKey(_ key: String, in folder: String) -> Trouble {
    Trouble(
      .configuration, "E-KEY-STRANGE", Name("this key is not among those of log/policy.txt: \(key)", "此密钥不在 log/policy.txt 之列：\(key)"),
      at: Name(same: folder), unharmed: Unharmed.everything,
      remedy: Name(
        "name the right folder with --keys; if the log shall have a second key, add the line `log \(key)` there",
        "请用 --keys 指定正确的目录；若日志要增加密钥，请在其中加入一行 `log \(key)`"))
  }

  public static func cannotWrite(_ path: String, errno number: Int32) -> Trouble {
    Trouble(
      .cannotCreate, "E-FILE", Name("the file could not be written: ", "无法写入文件：") + Name(same: systemText(number)),
      at: Name(same: path), unharmed: Unharmed.log,
      remedy: Name("check the path, its permissions and the room on the disk", "请检查路径、权限与磁盘空间"))
  }

  public static let noOpenSSL = Trouble(
    .unavailable, "E-OPENSSL", Name("the program openssl is not installed", "未安装 openssl 程序"), unharmed: Unharmed.everything,
    remedy: Name("install it, then try again", "安装后重试"))

  public static func openSSL(_ words: String) -> Trouble {
    Trouble(
      .badInput, "E-OPENSSL-REFUSED", Name("openssl refused it: \(words)", "openssl 拒绝：\(words)"), unharmed: Unharmed.everything,
      remedy: Name("check the time stamp and the authority's certificates", "请检查时间戳与机构证书"))
  }

  public static let strangeStamp = Trouble(
    .differs, "E-STAMP-OTHER", Name("the time stamp is about none of the kept checkpoints", "该时间戳不对应任何已保存的检查点"),
    unharmed: Unharmed.everything,
    remedy: Name("make the request with --timestamp-request from this log", "请用 --timestamp-request 从此日志生成请求"))
}
