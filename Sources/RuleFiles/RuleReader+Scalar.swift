import Projection
import Vocabulary
import Wire
import YAML

// A single value of a file → the value that the field holds.

extension RuleReader {
  mutating func scalar(_ text: String, isPlain: Bool, _ kind: Field.Kind, path: String, at spot: Spot) -> JSON? {
    guard let value = RuleReader.value(text, isPlain: isPlain, kind) else {
      problems.add(refusal(of: text, kind), path, at: spot)
      return nil
    }
    do {
      try kind.check(value, at: path)
      return value
    } catch {
      problems.add(refusal(of: text, kind), path, at: spot)
      return nil
    }
  }

  /// The text as a value of that kind, whether or not it is in bounds.
  ///
  /// YAML's own guesses do not count: `no` is a text where a text stands, and a number only where one is asked for.
  private static func value(_ text: String, isPlain: Bool, _ kind: Field.Kind) -> JSON? {
    switch kind {
    case .integer: isPlain ? number(text).map { .int($0) } : nil
    case .flag: isPlain ? flag(text).map { .bool($0) } : nil
    case .text: text.isEmpty && isPlain ? nil : .string(text)
    case .currency, .decimal, .day, .instant, .code, .reference, .subject, .hash: .string(text)
    case .record, .list, .body: nil
    }
  }

  /// A whole number; underscores may part its digits, as in 1_000_000.
  private static func number(_ text: String) -> Int64? {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard let first = digits.first, let last = digits.last, first != UInt8(ascii: "_"), last != UInt8(ascii: "_"),
      digits.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") })
    else { return nil }
    return Int64(text.replacing("_", with: ""))
  }

  private static func flag(_ text: String) -> Bool? {
    switch text {
    case "yes", "true": true
    case "no", "false": false
    default: nil
    }
  }

  private func refusal(of text: String, _ kind: Field.Kind) -> Name {
    let shown = text.shortened
    var near = Name("", "")
    if case .code(let codes) = kind, let word = text.nearest(among: codes.map(\.word.text)) {
      near = Name("perhaps \(word); ", "是否为 \(word)；")
    }
    return Name(
      "\"\(shown)\" is not allowed here; \(near.en)allowed: \(kind.allowed.en)",
      "“\(shown)”不能填在此处；\(near.zh)可填：\(kind.allowed.zh)")
  }
}
