import Vocabulary

/// Text → phrases. The grammar stands in README.md; no backtracking, and no deeper than `ConditionLimit.depth`.
struct ConditionParser {
  private var scanner: ConditionScanner
  private let measures: [Measure]
  private var depth = 0

  init(_ text: String, measures: [Measure]) {
    scanner = ConditionScanner(text)
    self.measures = measures
  }

  static func parse(_ text: String, measures: [Measure]) throws(ConditionError) -> Phrase {
    guard text.utf8.count <= ConditionLimit.bytes else {
      throw ConditionError(
        "the condition has \(text.utf8.count) bytes; allowed: at most \(ConditionLimit.bytes)",
        "条件有 \(text.utf8.count) 字节；最多 \(ConditionLimit.bytes)", at: 0)
    }
    var parser = ConditionParser(text, measures: measures)
    let phrase = try parser.any()
    guard parser.scanner.isAtEnd else { throw parser.unexpected("and, or, a comparison or the end", "“且”“或”、比较或结尾") }
    return phrase
  }

  // MARK: Logic

  private mutating func any() throws(ConditionError) -> Phrase {
    var parts = [try all()]
    while scanner.take(anyOf: "or", "或者", "或") { parts.append(try all()) }
    return parts.count == 1 ? parts[0] : Phrase(form: .any(parts), offset: parts[0].offset)
  }

  private mutating func all() throws(ConditionError) -> Phrase {
    var parts = [try not()]
    while scanner.take(anyOf: "and", "并且", "且") { parts.append(try not()) }
    return parts.count == 1 ? parts[0] : Phrase(form: .all(parts), offset: parts[0].offset)
  }

  private mutating func not() throws(ConditionError) -> Phrase {
    scanner.skipBlanks()
    let offset = scanner.place
    guard scanner.take(anyOf: "not", "非") else { return try comparison() }
    try deeper()
    defer { depth -= 1 }
    return Phrase(form: .not(try not()), offset: offset)
  }

  private mutating func comparison() throws(ConditionError) -> Phrase {
    let left = try sum()
    if case .measure(let use) = left.form, let form = try state(of: use) {
      return Phrase(form: form, offset: left.offset)
    }
    guard let relation = takeRelation() else { return left }
    let right = try sum()
    return Phrase(form: .compare(relation, left, right), offset: left.offset)
  }

  /// `is known`, `is unknown`, `is a`, `is not a`.
  private mutating func state(of use: MeasureUse) throws(ConditionError) -> Phrase.Form? {
    if scanner.take(anyOf: "is known", "已知") { return .known(use, true) }
    if scanner.take(anyOf: "is unknown", "未知") { return .known(use, false) }
    guard !use.measure.words.isEmpty else { return nil }
    if scanner.take(anyOf: "is not", "不为", "不是") { return .word(use, place: try word(of: use.measure), false) }
    if scanner.take(anyOf: "is", "为", "是") { return .word(use, place: try word(of: use.measure), true) }
    return nil
  }

  private mutating func word(of measure: Measure) throws(ConditionError) -> Int {
    scanner.skipBlanks()
    let spellings = measure.words.enumerated().flatMap { place, word in [(place, word.text), (place, word.title.zh)] }
    let found = spellings.filter { scanner.end(of: $0.1) != nil }.max {
      $0.1.unicodeScalars.count < $1.1.unicodeScalars.count
    }
    guard let found, scanner.take(phrase: found.1) else {
      throw unexpected(
        measure.words.map(\.text).joined(separator: ", "), measure.words.map(\.title.zh).joined(separator: "、"))
    }
    return found.0
  }

  private mutating func takeRelation() -> Relation? {
    if scanner.take(sign: "≥") { return .atLeast }
    if scanner.take(sign: "≤") { return .atMost }
    if scanner.take(sign: "≠") { return .unequal }
    for relation in [Relation.atMost, .atLeast, .unequal, .less, .more, .equal]
    where scanner.take(sign: relation.rawValue) {
      return relation
    }
    return nil
  }

  // MARK: Arithmetic

  private mutating func sum() throws(ConditionError) -> Phrase {
    var left = try product()
    while true {
      if scanner.take(sign: "+") {
        left = Phrase(form: .arithmetic(.add, left, try product()), offset: left.offset)
      } else if scanner.take(sign: "-") {
        left = Phrase(form: .arithmetic(.subtract, left, try product()), offset: left.offset)
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(ConditionError) -> Phrase {
    var left = try factor()
    while true {
      if scanner.take(sign: "*") {
        left = Phrase(form: .arithmetic(.multiply, left, try factor()), offset: left.offset)
      } else if scanner.take(sign: "/") {
        left = Phrase(form: .arithmetic(.divide, left, try factor()), offset: left.offset)
      } else {
        return left
      }
    }
  }

  private mutating func factor() throws(ConditionError) -> Phrase {
    scanner.skipBlanks()
    let offset = scanner.place
    if scanner.take(sign: "(") {
      try deeper()
      defer { depth -= 1 }
      let inner = try any()
      guard scanner.take(sign: ")") else { throw unexpected("a closing parenthesis", "右括号") }
      return Phrase(form: inner.form, offset: offset)
    }
    if let digits = scanner.takeNumber() {
      return Phrase(form: .number(try literal(digits, at: offset)), offset: offset)
    }
    guard let measure = takeMeasure() else { throw unexpected("a measure, a number or a parenthesis", "指标、数字或括号") }
    return Phrase(form: .measure(MeasureUse(measure, window: try window())), offset: offset)
  }

  /// The measure with the longest name that stands here.
  private mutating func takeMeasure() -> Measure? {
    scanner.skipBlanks()
    var best: (end: Int, name: String, measure: Measure)?
    for measure in measures {
      for name in [measure.name.en, measure.name.zh] {
        if let end = scanner.end(of: name), end > best?.end ?? -1 { best = (end, name, measure) }
      }
    }
    guard let best, scanner.take(phrase: best.name) else { return nil }
    return best.measure
  }

  private mutating func deeper() throws(ConditionError) {
    depth += 1
    guard depth <= ConditionLimit.depth else {
      throw ConditionError(
        "nested deeper than \(ConditionLimit.depth)", "嵌套超过 \(ConditionLimit.depth) 层", at: scanner.place)
    }
  }
}

// Numbers and windows.
extension ConditionParser {
  /// `in last 90 days`, or `in 90 days before last 90 days`.
  private mutating func window() throws(ConditionError) -> Window? {
    if scanner.take(phrase: "in last") {
      return Window(length: try days(from: 1))
    } else if scanner.take(phrase: "in") {
      let length = try days(from: 1)
      guard scanner.take(phrase: "before last") else { throw unexpected("before last", "before last") }
      return Window(length: length, skip: try days(from: 0))
    } else if scanner.take(phrase: "近") {
      let first = try days(from: 1)
      guard scanner.take(phrase: "之前") else { return Window(length: first) }
      return Window(length: try days(from: 1), skip: first)
    }
    return nil
  }

  /// A whole number of days in a window's bounds.
  private mutating func days(from least: Int) throws(ConditionError) -> Int {
    scanner.skipBlanks()
    let offset = scanner.place
    guard let digits = scanner.takeNumber(), let count = Int(digits),
      (least...ConditionLimit.windowDays).contains(count)
    else {
      throw ConditionError(
        "a window needs a whole number of days; allowed: \(least) to \(ConditionLimit.windowDays)",
        "时间窗口应为整数天；可填 \(least) 至 \(ConditionLimit.windowDays)", at: offset)
    }
    guard scanner.take(anyOf: "days", "day", "天") else { throw unexpected("days", "天") }
    return count
  }

  private mutating func literal(_ digits: String, at offset: Int) throws(ConditionError) -> Literal {
    guard let value = millionths(digits) else {
      throw ConditionError(
        "\"\(digits)\" is not a number; allowed: 0 to \(ConditionLimit.literal), up to \(ConditionLimit.decimals) digits behind the point",
        "“\(digits)”不是有效数字；可填 0 至 \(ConditionLimit.literal)，小数最多 \(ConditionLimit.decimals) 位", at: offset)
    }
    if scanner.take(sign: "%") {
      guard value % 100 == 0 else {
        throw ConditionError("a percentage has at most 4 digits behind the point", "百分比小数最多 4 位", at: offset)
      }
      return Literal(millionths: value / 100, unit: .percent)
    }
    if scanner.take(anyOf: "days", "day", "天") { return Literal(millionths: value, unit: .days) }
    if scanner.take(anyOf: "weeks", "week", "周") { return Literal(millionths: value * 7, unit: .days) }
    if scanner.take(anyOf: "months", "month", "years", "year", "个月", "月", "年") {
      throw ConditionError("months and years have no fixed length; write days", "月和年长短不一；请写天数", at: offset)
    }
    guard let currency = scanner.takeCurrency() else { return Literal(millionths: value, unit: .bare) }
    let minor = value * Int128(currency.minorUnits)
    guard minor % 1_000_000 == 0 else {
      throw ConditionError(
        "\(currency) has no such small unit", "\(currency) 没有这样小的单位", at: offset)
    }
    return Literal(millionths: minor, unit: .money(currency))
  }

  /// Decimal digits in millionths; `nil` beyond the bounds.
  private func millionths(_ digits: String) -> Int128? {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int64(parts[0]), whole <= ConditionLimit.literal else { return nil }
    guard parts.count == 2 else { return Int128(whole) * 1_000_000 }
    guard (1...ConditionLimit.decimals).contains(parts[1].count), var fraction = Int64(parts[1]) else { return nil }
    for _ in parts[1].count..<6 { fraction *= 10 }
    return Int128(whole) * 1_000_000 + Int128(fraction)
  }

  private func unexpected(_ en: String, _ zh: String) -> ConditionError {
    let word = scanner.wordHere()
    var here = scanner
    here.skipBlanks()
    guard !word.isEmpty else {
      return ConditionError("the condition ends early; expected \(en)", "条件不完整；此处应为\(zh)", at: here.place)
    }
    let near = nearMeasures(word)
    return ConditionError(
      "\"\(word)\" is not known here; expected \(en)"
        + (near.isEmpty ? "" : "; perhaps: " + near.map(\.en).joined(separator: ", ")),
      "此处不认识“\(word)”；应为\(zh)" + (near.isEmpty ? "" : "；是否为：" + near.map(\.zh).joined(separator: "、")), at: here.place)
  }

  /// Measures whose names share the word, or begin like it.
  private func nearMeasures(_ word: String) -> [Name] {
    let stem = word.lowercased().prefix(max(3, word.count - 2))
    let scalars = word.unicodeScalars.filter { !$0.isASCII }
    return measures.filter { measure in
      measure.name.en.split(separator: " ").contains { $0.hasPrefix(stem) }
        || (scalars.count > 1
          && scalars.filter { measure.name.zh.unicodeScalars.contains($0) }.count * 2 > scalars.count)
    }.prefix(6).map(\.name)
  }
}

extension Currency {
  /// Minor units in one (ISO 4217, column "minor unit"): 100 for most.
  var minorUnits: Int {
    let code = description
    if Currency.withoutMinorUnits.contains(code) { return 1 }
    return Currency.withThousandths.contains(code) ? 1_000 : 100
  }

  private static let withoutMinorUnits: Set<String> = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
    "XPF",
  ]
  private static let withThousandths: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
}
