public import Vocabulary

/// What is wrong with a mapping, and where in its file. No row has been read when this is thrown.
public struct MappingError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case yaml(String)
    case wrongShape(expected: Name)
    case unknownKey(String, allowed: [String])
    case missingKey(String)
    case contradiction(Name)
    case badValue(String, expected: Name)
    case unknownType(String, near: [String])
    case unknownField(String, allowed: [String])
    case missingField(String)
    case unfillable(String)
    case notOptional(String)
    case unknownColumn(String, allowed: [String])
    case ambiguousColumn(String)
    case unknownLookup(String, allowed: [String])
    case lookupFile(String, why: Name)
    case wrongSubject(String, allowed: [String])
    case constant(EventError)
    case badConstant(RowProblem)
    case condition(Name)
    case template(Name)
  }

  public let reason: Reason
  public let file: String
  /// From 1.
  public let line: Int
  public let column: Int

  init(_ reason: Reason, file: String, at spot: Spot) {
    self.reason = reason
    self.file = file
    line = spot.line
    column = spot.column
  }

  /// Stable, for programs.
  public var code: String {
    switch reason {
    case .yaml: "E-MAPPING-YAML"
    case .wrongShape, .badValue, .constant, .badConstant, .contradiction: "E-MAPPING-VALUE"
    case .unknownKey, .missingKey: "E-MAPPING-KEY"
    case .unknownType: "E-MAPPING-TYPE"
    case .unknownField, .missingField, .unfillable, .notOptional: "E-MAPPING-FIELD"
    case .unknownColumn, .ambiguousColumn: "E-MAPPING-COLUMN"
    case .unknownLookup, .lookupFile: "E-MAPPING-LOOKUP"
    case .wrongSubject: "E-MAPPING-SUBJECT"
    case .condition: "E-MAPPING-CONDITION"
    case .template: "E-MAPPING-TEMPLATE"
    }
  }

  /// `file:line:column: what is wrong and what is allowed`.
  public func message(in language: Language) -> String { "\(file):\(line):\(column): \(text[language])" }

  private var text: Name {
    switch reason {
    case .yaml(let problem): Name("not valid YAML: \(problem)", "不是有效的 YAML：\(problem)")
    case .wrongShape(let expected): Name("expected \(expected.en)", "应为\(expected.zh)")
    case .unknownKey(let key, let allowed):
      Name("unknown key \"\(key)\"; allowed: \(list(allowed))", "未知的键“\(key)”；可用：\(list(allowed))")
    case .missingKey(let key): Name("the key \"\(key)\" is missing", "缺少键“\(key)”")
    case .contradiction(let text), .condition(let text), .template(let text): text
    case .badValue(let found, let expected): Name("\"\(found)\" is not \(expected.en)", "“\(found)”不是\(expected.zh)")
    case .unknownType(let type, let near):
      Name("there is no event type \"\(type)\"; near: \(list(near))", "没有事件类型“\(type)”；相近的有：\(list(near))")
    case .constant(let error): Name(error.message(in: .en), error.message(in: .zh))
    case .badConstant(let problem): Name(problem.message(in: .en), problem.message(in: .zh))
    default: fieldText
    }
  }

  private var fieldText: Name {
    switch reason {
    case .unknownField(let field, let allowed):
      Name("the type has no field \"\(field)\"; allowed: \(list(allowed))", "此类事件没有字段“\(field)”；可用：\(list(allowed))")
    case .missingField(let field): Name("the type needs the field \"\(field)\"", "此类事件必须有字段“\(field)”")
    case .unfillable(let field): Name("the field \"\(field)\" cannot be filled from a row", "字段“\(field)”不能由表格行填写")
    case .notOptional(let field):
      Name("the type needs \"\(field)\": it cannot be left out where blank", "此类事件必须有“\(field)”：为空时不能省略")
    case .unknownColumn(let column, let allowed):
      Name("there is no column \"\(column)\"; columns: \(list(allowed))", "没有列“\(column)”；可用的列：\(list(allowed))")
    case .ambiguousColumn(let column):
      Name("\"\(column)\" may mean several things here; name the columns with `columns:`", "“\(column)”在此有多种含义；请用 columns: 为列命名")
    case .unknownLookup(let name, let allowed):
      Name("there is no look-up table \"\(name)\"; tables: \(list(allowed))", "没有查找表“\(name)”；可用：\(list(allowed))")
    case .lookupFile(let path, let why): Name("look-up file \(path): \(why.en)", "查找表文件 \(path)：\(why.zh)")
    case .wrongSubject(let found, let allowed):
      Name(
        "the subject \"\(found)\" must begin with \(list(allowed.map { $0 + ":" }))",
        "主体“\(found)”必须以 \(list(allowed.map { $0 + ":" })) 开头")
    default: Name(code, code)
    }
  }

  private func list(_ words: [String]) -> String { words.isEmpty ? "-" : words.joined(separator: ", ") }
}

/// A place in a mapping file.
struct Spot: Hashable, Sendable {
  var line: Int
  var column: Int

  /// The place `columns` further on the same line.
  func advanced(by columns: Int) -> Spot { Spot(line: line, column: column + columns) }
}
