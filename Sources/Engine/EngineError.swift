import Vocabulary

/// Why a question could not be answered. The log is unharmed by all of these.
public enum EngineError: Error, Hashable, Sendable {
  case unknownProjection(String, known: [String])
  case unknownSubject(String)
  /// A name means more than one row where one is asked for.
  case severalRows(String, model: String, rows: [String])
  case unknownField(String, model: String, known: [String])
  case unknownRule(kind: String, version: Int, known: [Int])
  case unknownRuleKind(String, known: [String])
  /// A published rule's body does not fit its kind.
  case badRule(kind: String, seq: Int64, message: Name)
  /// `--known-at` names a position that the log has not reached.
  case beyondHead(Int64, head: Int64)
  case derivedFile(path: String, what: String)
  /// A line holds an event that this program's catalogue refuses.
  case unreadableEvent(seq: Int64, message: Name)

  /// Stable, for programs.
  public var code: String {
    switch self {
    case .unknownProjection: "E-PROJECTION"
    case .unknownSubject: "E-SUBJECT"
    case .severalRows: "E-SEVERAL"
    case .unknownField: "E-FIELD"
    case .unknownRule, .unknownRuleKind, .badRule: "E-RULE"
    case .beyondHead: "E-POSITION"
    case .derivedFile: "E-DERIVED"
    case .unreadableEvent: "E-LINE"
    }
  }

  public func message(in language: Language) -> String { text[language] }

  /// The first ten of a list.
  private static func some(_ list: [String], _ separator: String) -> String {
    list.prefix(10).joined(separator: separator) + (list.count > 10 ? separator + "…" : "")
  }

  private var text: Name {
    switch self {
    case .unknownProjection(let name, let known):
      Name("there is no read model \"\(name)\"; known: \(known.joined(separator: ", "))", "没有读模型“\(name)”；可用：\(known.joined(separator: "、"))")
    case .unknownSubject(let name):
      Name("the log has no event about \"\(name)\"", "日志中没有关于“\(name)”的事件")
    case .severalRows(let name, let model, let rows):
      Name(
        "\(name) has \(rows.count) rows in \(model): \(EngineError.some(rows, ", "))",
        "\(name) 在 \(model) 中有 \(rows.count) 行：\(EngineError.some(rows, "、"))")
    case .unknownField(let name, let model, let known):
      Name("\(model) has no field \"\(name)\"; known: \(known.joined(separator: ", "))", "\(model) 没有字段“\(name)”；可用：\(known.joined(separator: "、"))")
    case .unknownRule(let kind, let version, let known):
      Name("rule \(kind) has no version \(version); known: \(known.map(String.init).joined(separator: ", "))",
        "规则 \(kind) 没有第 \(version) 版；可用：\(known.map(String.init).joined(separator: "、"))")
    case .unknownRuleKind(let kind, let known):
      Name("there is no rule kind \"\(kind)\"; known: \(known.joined(separator: ", "))", "没有规则类别“\(kind)”；可用：\(known.joined(separator: "、"))")
    case .badRule(let kind, let seq, let message):
      Name("rule \(kind), published by event \(seq): \(message.en)", "事件 \(seq) 发布的规则 \(kind)：\(message.zh)")
    case .beyondHead(let position, let head):
      Name("position \(position) is beyond the log's \(head) events", "位置 \(position) 超出日志的 \(head) 个事件")
    case .unreadableEvent(let seq, let message):
      Name("event \(seq) cannot be read by this version of Keshi: \(message.en)", "此版本无法读取事件 \(seq)：\(message.zh)")
    case .derivedFile(let path, let what):
      Name("\(path): \(what). It is derived: delete it, and it is made again from the log", "\(path)：\(what)。此文件可由日志重新生成，删除即可")
    }
  }
}
