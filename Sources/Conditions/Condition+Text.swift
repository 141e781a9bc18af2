import Vocabulary

// Conditions in words, so that reading them gives the same condition again.

extension Condition {
  static func text(_ clause: Clause, _ comparisons: [Comparison], in language: Language) -> String {
    text(clause, comparisons, in: language, within: 0)
  }

  /// How tightly the parts hold together: `or` 1, `and` 2, `not` 3. A part that holds less tightly stands in parentheses.
  private static func text(_ clause: Clause, _ comparisons: [Comparison], in language: Language, within: Int) -> String
  {
    func joined(_ parts: [Clause], _ word: Name, _ level: Int) -> String {
      let text = parts.map { Condition.text($0, comparisons, in: language, within: level + 1) }
        .joined(separator: " \(word[language]) ")
      return within > level ? "(\(text))" : text
    }
    switch clause {
    case .comparison(let number): return comparisons[number].text(in: language)
    case .not(let inner):
      return Name("not ", "非 ")[language] + text(inner, comparisons, in: language, within: 3)
    case .all(let parts): return joined(parts, Name("and", "且"), 2)
    case .any(let parts): return joined(parts, Name("or", "或"), 1)
    }
  }
}

extension Comparison {
  func text(in language: Language) -> String {
    switch self {
    case .order(let left, let relation, let right):
      return "\(left.text(in: language)) \(relation.rawValue) \(right.text(in: language))"
    case .known(let use, let isKnown):
      let word = isKnown ? Name("is known", "已知") : Name("is unknown", "未知")
      return "\(use.text(in: language)) \(word[language])"
    case .word(let use, let place, let isSo):
      let word = use.measure.words[place]
      let verb = isSo ? Name("is", "为") : Name("is not", "不为")
      return "\(use.text(in: language)) \(verb[language]) \(language == .en ? word.text : word.title.zh)"
    }
  }
}

extension Quantity {
  func text(in language: Language) -> String { text(in: language, within: 0) }

  /// Sums 1, products 2; the right side of `-` and `/` holds more tightly.
  private func text(in language: Language, within: Int) -> String {
    switch self {
    case .literal(let literal): return literal.text(in: language)
    case .measure(let use): return use.text(in: language)
    case .arithmetic(let operation, let left, let right):
      let level = operation == .add || operation == .subtract ? 1 : 2
      let text =
        "\(left.text(in: language, within: level)) \(operation.sign) \(right.text(in: language, within: level + 1))"
      return within > level ? "(\(text))" : text
    }
  }
}

extension MeasureUse {
  public func text(in language: Language) -> String {
    let name = measure.name[language]
    guard let window else { return name }
    let text =
      window.skip == 0
      ? Name("in last \(window.length) days", "近 \(window.length) 天")
      : Name(
        "in \(window.length) days before last \(window.skip) days", "近 \(window.skip) 天之前 \(window.length) 天")
    return "\(name) \(text[language])"
  }
}

extension Literal {
  func text(in language: Language) -> String {
    switch unit {
    case .bare: return millionths.decimal
    case .percent: return (millionths * 100).decimal + " %"
    case .days:
      return "\(millionths.decimal) \(millionths == 1_000_000 && language == .en ? "day" : Name("days", "天")[language])"
    case .money(let currency):
      return (millionths / Int128(currency.minorUnits)).decimal + " \(currency)"
    }
  }
}

extension Int128 {
  /// Millionths as decimal digits, without idle zeros.
  var decimal: String {
    let sign = self < 0 ? "-" : ""
    let whole = magnitude / 1_000_000
    var fraction = String(magnitude % 1_000_000)
    guard magnitude % 1_000_000 != 0 else { return sign + String(whole) }
    fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    return "\(sign)\(whole).\(fraction)"
  }
}
