public import Exchange
public import Vocabulary

/// Why one row of a file yields no events. The row goes to quarantine; the rows after it go on.
public struct RowProblem: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// A quote opens and is not closed before the record limit or the end of the file.
    case unclosedQuote
    case textAfterQuote
    case tooLong(limit: Int)
    case notDecodable
    case columns(found: Int, expected: Int)
    case blank
    case notNumber(String)
    case notWhole(String, scale: Int)
    case numberTooLarge(String)
    case notDate(String, patterns: String)
    case notComparable(String)
    case notMapped(String)
    case notFlag(String)
    case notFound(key: String, lookup: String)
    case repeatedID(String)
    case refused(EventError)
    /// An event or object of a process log, or a CloudEvent, that cannot be used.
    case note(NoteProblem)
    /// A `quarantine` rule of the mapping holds.
    case declared(Name)
    /// No event of the section applies to the row.
    case idle
  }

  public let reason: Reason
  /// The column or field concerned; empty for the row as a whole.
  public let at: String

  public init(_ reason: Reason, at: String = "") {
    self.reason = reason
    self.at = at
  }

  func at(_ place: String) -> RowProblem { at.isEmpty ? RowProblem(reason, at: place) : self }
}

extension RowProblem {
  /// Stable, for programs.
  public var code: String {
    switch reason {
    case .unclosedQuote, .textAfterQuote: "E-ROW-QUOTE"
    case .tooLong: "E-ROW-LIMIT"
    case .notDecodable: "E-ROW-ENCODING"
    case .columns: "E-ROW-COLUMNS"
    case .blank: "E-ROW-BLANK"
    case .notNumber, .notWhole, .numberTooLarge: "E-ROW-NUMBER"
    case .notDate: "E-ROW-DATE"
    case .notComparable: "E-ROW-COMPARE"
    case .notMapped, .notFlag: "E-ROW-VALUE"
    case .notFound: "E-ROW-LOOKUP"
    case .repeatedID: "E-ROW-ID"
    case .refused(let error): error.code
    case .note(let problem): problem.code
    case .declared: "E-ROW-DECLARED"
    case .idle: "E-ROW-IDLE"
    }
  }

  /// One sentence for a person.
  public func message(in language: Language) -> String { (at.isEmpty ? "" : at + ": ") + text[language] }

  private var text: Name {
    switch reason {
    case .unclosedQuote: Name("a quote opens here and is never closed", "引号开始后没有结束")
    case .textAfterQuote: Name("text follows a closing quote", "结束引号之后还有文字")
    case .tooLong(let limit): Name("the record has more than \(limit) bytes", "此记录超过 \(limit) 字节")
    case .notDecodable: Name("bytes that the declared encoding does not know", "含有所声明编码之外的字节")
    case .columns(let found, let expected):
      Name("has \(found) columns instead of \(expected)", "有 \(found) 列，应为 \(expected) 列")
    case .blank: Name("is blank", "为空")
    case .notNumber(let found): Name("\"\(found)\" is not a number", "“\(found)”不是数字")
    case .notWhole(let found, let scale):
      Name(
        "\"\(found)\" with scale \(scale) is not a whole number; declare `round` to allow it",
        "“\(found)”按 scale \(scale) 换算后不是整数；如允许舍入请声明 round")
    case .numberTooLarge(let found): Name("\"\(found)\" is too large a number", "“\(found)”数值过大")
    case .notDate(let found, let patterns): Name("\"\(found)\" is not a date (\(patterns))", "“\(found)”不是日期（\(patterns)）")
    case .notComparable(let found): Name("\"\(found)\" is neither a number nor a date", "“\(found)”既不是数字也不是日期")
    case .notMapped(let found): Name("\"\(found)\" is not in the map of values", "“\(found)”不在取值对照表中")
    case .notFlag(let found): Name("\"\(found)\" is neither true nor false", "“\(found)”既不是 true 也不是 false")
    case .notFound(let key, let lookup):
      Name("\"\(key)\" is not in the look-up table \(lookup)", "查找表 \(lookup) 中没有“\(key)”")
    case .repeatedID(let id):
      Name("the id \"\(id)\" was already given to a different event", "编号“\(id)”已用于另一个不同的事件")
    case .refused(let error): Name(error.message(in: .en), error.message(in: .zh))
    case .note(let problem): Name(problem.message(in: .en), problem.message(in: .zh))
    case .declared(let reason): reason
    case .idle: Name("no event of the mapping applies to this row", "映射中没有适用于此行的事件")
    }
  }
}
