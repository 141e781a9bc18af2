import Vocabulary

/// What must hold of a row: `stage = Won and close_date is not blank`.
///
///     or   = and { "or" and }          and = not { "and" not }        not = "not" not | "(" or ")" | test
///     test = column ("=" "!=" "<" "<=" ">" ">=") value | column ["not"] "in" "[" word { "," word } "]"
///          | column "is" ["not"] "blank" | column ["not"] "like" word
///     column = word | {name}           value = word | {name} for another column
///
/// In the word after `like`, * stands for any letters and ? for one byte. A word that holds blanks or signs stands between ' or ".
indirect enum Condition: Sendable {
  case all([Condition])
  case any([Condition])
  case not(Condition)
  case compare(Template, Comparison, Operand)
  case among(Template, [String])
  case isBlank(Template)
  case like(Template, String)

  enum Comparison: String, Sendable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case notGreater = "<="
    case greater = ">"
    case notLess = ">="
  }

  enum Operand: Sendable {
    case word(String, Spot)
    case column(Template)
  }

  init(_ node: YAMLNode) throws(MappingError) {
    var parser = try ConditionParser(node)
    self = try parser.parse()
  }
}

private struct ConditionParser {
  private enum Token: Hashable {
    case word(String)
    case quoted(String)
    case column(String)
    case sign(String)
    case end
  }

  private let file: String
  private var tokens: [(token: Token, spot: Spot)] = []
  private var place = 0
  private var depth = 0
  /// How deep conditions may nest.
  private static let depthLimit = 32

  init(_ node: YAMLNode) throws(MappingError) {
    file = node.file
    let letters = Array(try node.text())
    var at = 0
    while at < letters.count {
      let spot = node.textSpot.advanced(by: at)
      switch letters[at] {
      case " ", "\t", "\n": at += 1
      case "'", "\"", "{":
        let close: Character = letters[at] == "{" ? "}" : letters[at]
        guard let end = letters[(at + 1)...].firstIndex(of: close) else {
          throw fail(Name("a quote or brace stays open", "引号或花括号未闭合"), spot)
        }
        let text = String(letters[(at + 1)..<end])
        tokens.append((close == "}" ? .column(text) : .quoted(text), spot))
        at = end + 1
      case let letter where ConditionParser.signs.contains(letter):
        let isPair = at + 1 < letters.count && letters[at + 1] == "=" && "!<>".contains(letter)
        tokens.append((.sign(isPair ? "\(letter)=" : "\(letter)"), spot))
        at += isPair ? 2 : 1
      default:
        let end = letters[at...].firstIndex { " \t\n'\"{".contains($0) || ConditionParser.signs.contains($0) } ?? letters.count
        tokens.append((.word(String(letters[at..<end])), spot))
        at = end
      }
    }
    tokens.append((.end, node.textSpot.advanced(by: letters.count)))
  }

  private static let signs: Set<Character> = ["=", "!", "<", ">", "(", ")", "[", "]", ","]

  private func fail(_ text: Name, _ spot: Spot? = nil) -> MappingError {
    MappingError(.condition(text), file: file, at: spot ?? tokens[place].spot)
  }

  private mutating func accept(_ token: Token) -> Bool {
    guard tokens[place].token == token else { return false }
    place += 1
    return true
  }

  mutating func parse() throws(MappingError) -> Condition {
    let condition = try any()
    guard tokens[place].token == .end else { throw fail(Name("expected and, or, or the end", "应为 and、or 或结束")) }
    return condition
  }

  private mutating func any() throws(MappingError) -> Condition {
    var parts = [try all()]
    while accept(.word("or")) { parts.append(try all()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func all() throws(MappingError) -> Condition {
    var parts = [try one()]
    while accept(.word("and")) { parts.append(try one()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func one() throws(MappingError) -> Condition {
    depth += 1
    defer { depth -= 1 }
    guard depth <= ConditionParser.depthLimit else { throw fail(Name("nested too deep", "嵌套过深")) }
    if accept(.word("not")) { return .not(try one()) }
    guard accept(.sign("(")) else { return try test() }
    let inner = try any()
    guard accept(.sign(")")) else { throw fail(Name("expected )", "应为 )")) }
    return inner
  }

  private mutating func test() throws(MappingError) -> Condition {
    let spot = tokens[place].spot
    let column: Template
    switch tokens[place].token {
    case .word(let name), .quoted(let name): column = Template(column: name, at: spot)
    case .column(let name): column = Template(column: name, at: spot.advanced(by: 1))
    default: throw fail(Name("expected a column", "应为列名"))
    }
    place += 1
    if accept(.word("is")) {
      let isNegated = accept(.word("not"))
      guard accept(.word("blank")) else { throw fail(Name("expected blank or not blank", "应为 blank 或 not blank")) }
      return isNegated ? .not(.isBlank(column)) : .isBlank(column)
    }
    let isNegated = accept(.word("not"))
    if accept(.word("in")) {
      let words = try list()
      return isNegated ? .not(.among(column, words)) : .among(column, words)
    }
    if accept(.word("like")) {
      guard case .word(let pattern, _) = try operand() else { throw fail(Name("expected a word", "应为词语")) }
      return isNegated ? .not(.like(column, pattern)) : .like(column, pattern)
    }
    guard !isNegated, case .sign(let sign) = tokens[place].token, let comparison = Condition.Comparison(rawValue: sign) else {
      throw fail(
        Name("expected = != < <= > >=, in [ ], like, is blank, or is not blank", "应为 = != < <= > >=、in [ ]、like、is blank 或 is not blank"))
    }
    place += 1
    return .compare(column, comparison, try operand())
  }

  private mutating func operand() throws(MappingError) -> Condition.Operand {
    let spot = tokens[place].spot
    defer { place += 1 }
    switch tokens[place].token {
    case .word(let text), .quoted(let text): return .word(text, spot)
    case .column(let name): return .column(Template(column: name, at: spot.advanced(by: 1)))
    default: throw fail(Name("expected a value", "应为取值"))
    }
  }

  private mutating func list() throws(MappingError) -> [String] {
    guard accept(.sign("[")) else { throw fail(Name("expected [", "应为 [")) }
    var words: [String] = []
    repeat {
      guard case .word(let text, _) = try operand() else { throw fail(Name("expected a word", "应为词语")) }
      words.append(text)
    } while accept(.sign(","))
    guard accept(.sign("]")) else { throw fail(Name("expected , or ]", "应为 , 或 ]")) }
    return words
  }
}
