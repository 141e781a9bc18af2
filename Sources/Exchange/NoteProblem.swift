public import Vocabulary
public import Wire
import XML

/// Why one event or object of a file cannot be used. It goes to quarantine; those after it go on.
public enum NoteProblem: Error, Hashable, Sendable {
  case missing(String)
  case badTime(String)
  case badValue(String, found: String)
  case tooLong(String, limit: Int)
  case json(JSONError)
  case notCloudEvent
  case version(String)
  case encoded
  case unknownExtension(String)
  case unknownObject(String)

  /// Stable, for programs.
  public var code: String {
    switch self {
    case .missing: "E-NOTE-MISSING"
    case .badTime: "E-NOTE-TIME"
    case .badValue, .encoded: "E-NOTE-VALUE"
    case .tooLong: "E-NOTE-LIMIT"
    case .json: "E-NOTE-JSON"
    case .notCloudEvent, .version: "E-NOTE-ENVELOPE"
    case .unknownExtension: "E-NOTE-EXTENSION"
    case .unknownObject: "E-NOTE-OBJECT"
    }
  }

  /// One sentence for a person.
  public func message(in language: Language) -> String { text[language] }

  private var text: Name {
    switch self {
    case .missing(let name): Name("\(name) is missing", "缺少 \(name)")
    case .badTime(let found): Name("\"\(found)\" is not a time of ISO 8601", "“\(found)”不是 ISO 8601 时间")
    case .badValue(let name, let found): Name("\(name): \"\(found)\" is not such a value", "\(name)：“\(found)”不是有效的值")
    case .tooLong(let name, let limit): Name("\(name) has more than \(limit) bytes", "\(name) 超过 \(limit) 字节")
    case .json(let error): Name("not valid JSON (\(error))", "不是有效的 JSON（\(error)）")
    case .notCloudEvent: Name("is not an object with a CloudEvents envelope", "不是带 CloudEvents 信封的对象")
    case .version(let found):
      Name("CloudEvents \"\(found)\" is not known here; 1.0 is", "不支持 CloudEvents “\(found)”，只支持 1.0")
    case .encoded: Name("the data is not JSON; data_base64 is not read", "data 不是 JSON；不读取 data_base64")
    case .unknownExtension(let name):
      Name("the attribute \(name) has no place in an event here", "此处的事件容纳不下属性 \(name)")
    case .unknownObject(let id): Name("refers to the object \"\(id)\", which the file does not have", "引用了文件中没有的对象“\(id)”")
    }
  }
}

/// Why a whole file cannot be read any further.
public struct ExchangeError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// The parser's own words.
    case notXML(String)
    case documentType
    case tooDeep(limit: Int)
    case tooLarge(String, limit: Int)
    case json(JSONError)
    case notProcessLog(String)
    case oldVersion(String)
    case database(String)
    case cannotWrite(String)
  }

  public let reason: Reason
  /// From 1; 0 where no line can be named.
  public let line: Int

  public init(_ reason: Reason, line: Int = 0) {
    self.reason = reason
    self.line = line
  }

  init(_ fault: XMLFault) {
    let reason: Reason =
      switch fault.reason {
      case .malformed(let words): .notXML(words)
      case .documentType: .documentType
      case .tooDeep(let limit): .tooDeep(limit: limit)
      case .tooLarge(let what, let limit): .tooLarge(what, limit: limit)
      }
    self.init(reason, line: fault.line)
  }

  /// Stable, for programs.
  public var code: String {
    switch reason {
    case .notXML: "E-EXCHANGE-XML"
    case .documentType: "E-EXCHANGE-DTD"
    case .tooDeep, .tooLarge: "E-EXCHANGE-LIMIT"
    case .json: "E-EXCHANGE-JSON"
    case .notProcessLog, .oldVersion: "E-EXCHANGE-FORMAT"
    case .database: "E-EXCHANGE-DATABASE"
    case .cannotWrite: "E-EXCHANGE-WRITE"
    }
  }

  /// One sentence for a person.
  public func message(in language: Language) -> String {
    (line > 0 ? Name("line \(line): ", "第 \(line) 行：")[language] : "") + text[language]
  }

  private var text: Name {
    switch reason {
    case .notXML(let words): Name("not well-formed XML (\(words))", "不是良构的 XML（\(words)）")
    case .documentType:
      Name("declares a document type; process logs need none, and entities are not expanded", "含有文档类型声明；过程日志不需要它，实体也不会展开")
    case .tooDeep(let limit): Name("elements nest deeper than \(limit)", "元素嵌套超过 \(limit) 层")
    case .tooLarge(let what, let limit): Name("\(what): more than \(limit)", "\(what)：超过 \(limit)")
    case .json(let error): Name("not valid JSON (\(error))", "不是有效的 JSON（\(error)）")
    case .notProcessLog(let why): Name("is no XES, OCEL 2.0 or CloudEvents file (\(why))", "不是 XES、OCEL 2.0 或 CloudEvents 文件（\(why)）")
    case .oldVersion(let name): Name("is \(name); only version 2.0 is read", "是 \(name)；只读取 2.0 版")
    case .database(let words): Name("the database cannot be read (\(words))", "无法读取数据库（\(words)）")
    case .cannotWrite(let words): Name("cannot be written (\(words))", "无法写入（\(words)）")
    }
  }
}
