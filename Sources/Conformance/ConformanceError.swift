public import Vocabulary

/// Why a net or a log cannot be taken. Nothing has been written.
public struct ConformanceError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// The parser's own words.
    case notXML(String)
    case documentType
    case tooDeep(limit: Int)
    case tooLarge(String, limit: Int)
    case notNet(Name)
    /// More of something than `ConformanceLimit` has.
    case tooMany(Name, limit: Int)
    case badNumber(String, allowed: ClosedRange<Int>)
    /// An arc, a marking or a page names what is not there, or twice.
    case badReference(String, Name)
    case noInitialMarking
    case noFinalMarking
    /// No order of the net's transitions leads to its final marking.
    case finalUnreachable
  }
  public let reason: Reason
  /// From 1; 0 where no line can be named.
  public let line: Int

  public init(_ reason: Reason, line: Int = 0) {
    self.reason = reason
    self.line = line
  }

  /// Stable, for programs.
  public var code: String {
    switch reason {
    case .notXML: "E-NET-XML"
    case .documentType: "E-NET-DTD"
    case .tooDeep, .tooLarge, .tooMany: "E-NET-LIMIT"
    case .notNet, .badNumber, .badReference: "E-NET-FORMAT"
    case .noInitialMarking, .noFinalMarking: "E-NET-MARKING"
    case .finalUnreachable: "E-NET-UNSOUND"
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
      Name("declares a document type; nets need none, and entities are not expanded", "含有文档类型声明；网模型不需要它，实体也不会展开")
    case .tooDeep(let limit): Name("elements nest deeper than \(limit)", "元素嵌套超过 \(limit) 层")
    case .tooLarge(let what, let limit): Name("\(what): more than \(limit) bytes", "\(what)：超过 \(limit) 字节")
    case .notNet(let why): Name("is no place/transition net that is read here: \(why.en)", "不是此处可读取的库所/变迁网：\(why.zh)")
    case .tooMany(let what, let limit): Name("more than \(limit) \(what.en)", "\(what.zh)超过 \(limit) 个")
    case .badNumber(let found, let allowed):
      Name(
        "\"\(found)\" is not allowed here; allowed: \(allowed.lowerBound) to \(allowed.upperBound)",
        "“\(found)”不能填在此处；可填：\(allowed.lowerBound) 至 \(allowed.upperBound)")
    case .badReference(let id, let why): Name("\"\(id)\" \(why.en)", "“\(id)”\(why.zh)")
    case .noInitialMarking:
      Name(
        "has no initial marking, and not exactly one place without incoming arcs where it could be",
        "没有初始标识，且没有唯一一个无输入弧的库所可作为初始库所")
    case .noFinalMarking:
      Name(
        "has no final marking, and not exactly one place without outgoing arcs where it could be",
        "没有终止标识，且没有唯一一个无输出弧的库所可作为终止库所")
    case .finalUnreachable:
      Name("no order of its transitions leads to the final marking; nothing can be aligned to it", "任何变迁次序都到不了终止标识，无法与之对齐")
    }
  }
}

/// Why one case was not judged. Others are.
public enum CaseRefusal: Error, Hashable, Sendable {
  case tooManyEvents(Int, limit: Int)
  case tooManyStates(limit: Int)
  case tooManyMarkings(limit: Int)
  case tooManyTokens(limit: Int)
  /// No order of the net's transitions leads to its final marking from where the case stands.
  case finalUnreachable

  /// Stable, for programs.
  public var code: String {
    switch self {
    case .tooManyEvents: "E-CASE-EVENTS"
    case .tooManyStates, .tooManyMarkings, .tooManyTokens: "E-CASE-LIMIT"
    case .finalUnreachable: "E-NET-UNSOUND"
    }
  }

  /// One sentence for a person.
  public func message(in language: Language) -> String { text[language] }

  private var text: Name {
    switch self {
    case .tooManyEvents(let count, let limit): Name("has \(count) events; at most \(limit) are judged", "有 \(count) 个事件；最多判断 \(limit) 个")
    case .tooManyStates(let limit):
      Name("no best alignment within \(limit) states of the search; none is shown rather than a worse one", "搜索 \(limit) 个状态仍未得到最优对齐；不以较差结果代替")
    case .tooManyMarkings(let limit): Name("the model reaches more than \(limit) markings here", "模型在此处可达标识超过 \(limit) 个")
    case .tooManyTokens(let limit): Name("more than \(limit) tokens in one place", "同一库所中的托肯超过 \(limit) 个")
    case .finalUnreachable: Name("the model cannot come to its end", "模型无法到达终止标识")
    }
  }
}
