public import Vocabulary

/// What befell the log itself: what a crash made it cut off, what was mended from a copy, what was signed.
///
/// The machine writes them when it has done what they say. `lost` is never recorded: it stands, for readers,
/// in the place of an event that cannot be read any more.
public enum LogUpkeep: UInt8, Family {
  case recovered = 1
  case repaired = 2
  case lost = 3
  case checkpointed = 4

  public typealias Fact = NoFacts

  public static let code: UInt8 = 40
  public static let title = Name("The log itself", "日志本身")

  public var declaration: Declaration {
    switch self {
    case .recovered:
      Declaration(
        "log.recovered", "Log recovered after a crash", "日志崩溃恢复", on: .log,
        fields: [
          .text("file", "File", "文件", limit: 200),
          .count("offset", "Cut from byte", "截去起点", .bytes),
          .count("bytes", "Bytes cut", "截去字节数", .bytes),
          .hash("sha256", "SHA-256 of the bytes cut", "截去内容的 SHA-256"),
          .text("copy", "Where they are kept", "副本位置", limit: 200),
          .text("reason", "At what the whole groups ended", "完整部分止于", limit: 40).optional,
          .hash("fileBefore", "SHA-256 of the file before", "恢复前文件的 SHA-256").optional,
          .hash("fileAfter", "SHA-256 of the file after", "恢复后文件的 SHA-256").optional,
          .count("kept", "Events kept", "保留事件数"),
          .hash("root", "Root of the events kept", "保留事件的根哈希"),
        ]
      ).by(.system)
        .meaning(
          "A crash left a torn end. What never was acknowledged was cut off and is kept beside the log.",
          "崩溃留下残缺的末尾；从未确认的内容被截去，并另存副本。")
    case .repaired:
      Declaration(
        "log.repaired", "Log repaired from a copy", "日志由副本修复", on: .log,
        fields: [
          .list("files", of: .text(limit: 200), "Files written anew", "重写的文件", limit: 1_000),
          .count("borrowed", "Events taken from the copy", "取自副本的事件数"),
          .count("events", "Events after it", "修复后事件数"),
          .hash("root", "Root after it", "修复后根哈希"),
        ]
      ).by(.system)
        .meaning("Damaged files were written anew from a second copy; no line changed.", "以副本重写受损文件；各行内容不变。")
    case .lost:
      Declaration("log.lost", "Event that cannot be read", "无法读取的事件", on: .log, fields: [])
        .by(.system)
        .meaning(
          "Stands where a line cannot be read any more. Nobody records it.", "代表已无法读取的一行；无人可入账。")
    case .checkpointed:
      Declaration(
        "log.checkpointed", "Log signed", "日志封签", on: .log,
        fields: [
          .count("size", "Events signed for", "所封签的事件数", .count),
          .hash("root", "Root over them", "其根哈希"),
          .text("signer", "Signed by key", "签署密钥", limit: 200),
          .hash("noteHash", "Hash of the note", "检查点文件的哈希"),
          .text("givenTo", "Given to", "交付对象", limit: 500).optional,
          .hash("anchor", "Hash of an outside time stamp", "外部时间戳的哈希").optional,
        ]
      ).by(.system, .auditor)
        .meaning(
          "How far the log reached and its root were signed; only a copy that somebody else holds binds the company.",
          "已签署日志长度与根哈希；只有他人持有的副本对公司有约束力。")
    }
  }
}

extension Field {
  fileprivate static func count(_ name: String, _ en: String, _ zh: String, _ unit: Unit) -> Field {
    .count(name, en, zh, 0...9_007_199_254_740_991, unit)
  }
}
