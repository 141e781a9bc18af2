public import Vocabulary

/// Why a read model cannot be written or read. Read models are derived: none of these has harmed the log, and a build
/// that fails leaves the read model in use as it was.
public enum ReadModelError: Error, Hashable, Sendable {
  /// The word cannot name a read model, a column or a rule kind.
  case badName(String)
  /// A column cannot be had: twice the same name, or one that the store itself uses.
  case badColumn(String, model: String)
  /// A row has another number of values than there are columns, or a value of another kind than its column.
  case badValue(subject: String, column: String, model: String)
  /// A row came at or before the row that should precede it, by the bytes of its subject.
  case outOfOrder(subject: String, after: String, model: String)
  case limit(Limit, found: Int)
  /// Another process is building this read model now.
  case busy(model: String)
  case missing(model: String)
  /// There is no earlier model to go back to.
  case noneBefore(model: String)
  /// The file is no read model, or holds something that this program did not write.
  case damaged(model: String, what: String)
  /// The file was written by a newer program.
  case newerFormat(model: String, found: Int, newest: Int)
  case full(model: String)
  /// The system refused: which call, and its own words.
  case io(model: String, step: String, reason: String)

  /// Stable, for programs.
  public var code: String {
    switch self {
    case .badName: "E-MODEL-NAME"
    case .badColumn: "E-MODEL-COLUMN"
    case .badValue: "E-MODEL-VALUE"
    case .outOfOrder: "E-MODEL-ORDER"
    case .limit: "E-MODEL-LIMIT"
    case .busy: "E-MODEL-BUSY"
    case .missing: "E-MODEL-MISSING"
    case .noneBefore: "E-MODEL-BEFORE"
    case .damaged: "E-MODEL-DAMAGED"
    case .newerFormat: "E-MODEL-FORMAT"
    case .full: "E-MODEL-FULL"
    case .io: "E-MODEL-IO"
    }
  }

  /// What happened, what is unharmed, what to do.
  public func message(in language: Language) -> String { text[language] }

  private var text: Name {
    switch self {
    case .badName, .badColumn, .badValue, .outOfOrder, .limit: refusal
    case .busy, .missing, .noneBefore, .damaged, .newerFormat, .full, .io: failure
    }
  }

  /// What the caller did wrong.
  private var refusal: Name {
    switch self {
    case .badName(let word):
      Name(
        "\"\(word)\" is not a name; use a–z, 0–9, - and _, beginning with a letter",
        "“\(word)”不是有效名称；请用 a–z、0–9、- 和 _，以字母开头")
    case .badColumn(let column, let model):
      Name("\(model): the column \"\(column)\" is taken or not a name", "\(model)：列“\(column)”重复或不是有效名称")
    case .badValue(let subject, let column, let model):
      Name(
        "\(model): \(subject): the value of \(column) is of another kind than its column",
        "\(model)：\(subject)：\(column) 的值与列的类别不符")
    case .outOfOrder(let subject, let after, let model):
      Name(
        "\(model): \(subject) came after \(after); rows must come in the order of their subjects' bytes",
        "\(model)：\(subject) 排在 \(after) 之后；各行必须按主体的字节顺序给出")
    case .limit(let limit, let found):
      Name(
        "\(limit.title.en): \(found), at most \(limit.value) are allowed",
        "\(limit.title.zh)：\(found)，最多 \(limit.value)")
    default: Name(code, code)
    }
  }

  /// What the files or the system did.
  private var failure: Name {
    switch self {
    case .busy(let model):
      Name("\(model) is being rebuilt by another process; try again when it has ended", "\(model) 正由另一进程重建；请稍后再试")
    case .missing(let model):
      Name(
        "there is no read model \(model) yet; run: keshi rebuild \(model)",
        "尚无读模型 \(model)；请运行：keshi rebuild \(model)")
    case .noneBefore(let model):
      Name("no earlier \(model) is kept to go back to", "没有可退回的早先 \(model)")
    case .damaged(let model, let what):
      Name(
        "the read model \(model) is damaged (\(what)); the log is unharmed; run: keshi rebuild \(model)",
        "读模型 \(model) 已损坏（\(what)）；日志完好；请运行：keshi rebuild \(model)")
    case .newerFormat(let model, let found, let newest):
      Name(
        "the read model \(model) has format \(found), newer than \(newest); update keshi, or run: keshi rebuild \(model)",
        "读模型 \(model) 的格式为 \(found)，本程序最高支持 \(newest)；请升级，或运行：keshi rebuild \(model)")
    case .full(let model):
      Name(
        "no room to build \(model); the read model in use and the log are unharmed; make room and run: keshi rebuild \(model)",
        "空间不足，无法构建 \(model)；现用读模型与日志完好；请腾出空间后运行：keshi rebuild \(model)")
    case .io(let model, let step, let reason):
      Name("\(model): \(step): \(reason); the log is unharmed", "\(model)：\(step)：\(reason)；日志完好")
    default: Name(code, code)
    }
  }
}

/// Everything that a read model may have at most, by name.
public struct Limit: Hashable, Sendable {
  public let value: Int
  public let title: Name

  private init(_ value: Int, _ en: String, _ zh: String) {
    self.value = value
    self.title = Name(en, zh)
  }

  public static let nameBytes = Limit(64, "bytes in a name", "名称字节数")
  public static let subjectBytes = Limit(256, "bytes in a subject", "主体字节数")
  public static let textBytes = Limit(65_536, "bytes in a text", "文本字节数")
  public static let columns = Limit(100, "columns", "列数")
  public static let pageRows = Limit(10_000, "rows in a page", "每页行数")
  /// Subjects that a comparison names one by one; it counts all of them.
  public static let changes = Limit(100_000, "changes listed", "列出的变更数")
}
