public import Vocabulary

/// What befell the log itself: what a crash made it cut off, and what was mended from a copy.
///
/// The machine writes the first two when it has done what they say. `lost` is never recorded: it stands, for readers,
/// in the place of an event that cannot be read any more.
public enum LogUpkeep: UInt8, Family {
  case recovered = 1
  case repaired = 2
  case lost = 3

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
        ])
    case .repaired:
      Declaration(
        "log.repaired", "Log repaired from a copy", "日志由副本修复", on: .log,
        fields: [
          .list("files", of: .text(limit: 200), "Files written anew", "重写的文件", limit: 1_000),
          .count("borrowed", "Events taken from the copy", "取自副本的事件数"),
          .count("events", "Events after it", "修复后事件数"),
          .hash("root", "Root after it", "修复后根哈希"),
        ])
    case .lost:
      Declaration("log.lost", "Event that cannot be read", "无法读取的事件", on: .log, fields: [])
    }
  }
}

extension Field {
  fileprivate static func count(_ name: String, _ en: String, _ zh: String, _ unit: Unit) -> Field {
    .count(name, en, zh, 0...9_007_199_254_740_991, unit)
  }
}
