// Numbers as contracts write them.

extension Token {
  private static let currencySigns: Set<Character> = ["¥", "￥", "$", "€", "£", "＄"]
  private static let separators: Set<Character> = [",", ".", "，", "．", "-", "/", ":", "'"]
  /// What may follow a number and belongs to it, in any order: 12%, 100万元, 3.5亿, 30日, 2026年1月5日.
  private static let units: Set<Character> = ["%", "‰", "％", "万", "亿", "千", "百", "元", "角", "分", "年", "月", "日", "号", "天", "时"]

  /// The end of the number, amount, date or time at the start of `text`; `nil` where there is none.
  ///
  /// Separators count only between digits, so that a full stop after a number ends the sentence and not the number.
  static func number(_ text: Substring) -> String.Index? {
    var end = text.startIndex
    if let first = text.first, currencySigns.contains(first) { end = text.index(after: end) }
    guard end < text.endIndex, text[end].isDecimalDigit else { return nil }
    while end < text.endIndex {
      let character = text[end]
      let next = text.index(after: end)
      if character.isDecimalDigit || units.contains(character) {
        end = next
      } else if separators.contains(character), next < text.endIndex, text[next].isDecimalDigit {
        end = next
      } else {
        break
      }
    }
    // 3rd, 12kg, 5G: letters that touch a number make it a word.
    if end < text.endIndex, text[end].isLetter, !text[end].isIdeograph { return nil }
    return end
  }

  private static let financialDigits: Set<Character> = [
    "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖", "拾", "佰", "仟", "万", "亿", "元", "圆", "角", "分", "整", "正",
  ]

  /// The end of an amount in the capital numerals of Chinese documents (壹佰万元整); `nil` where there is none.
  static func financialNumeral(_ text: Substring) -> String.Index? {
    let run = text.prefix { financialDigits.contains($0) }
    guard run.count >= 2, let first = run.first, "零壹贰叁肆伍陆柒捌玖拾".contains(first) else { return nil }
    return run.endIndex
  }
}

extension Character {
  /// 0 to 9, also in their full-width forms.
  var isDecimalDigit: Bool {
    guard let scalar = unicodeScalars.first, unicodeScalars.count == 1 else { return false }
    return (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
  }

  /// A character of a script that is written without spaces: Han (with extensions), kana, Hangul.
  var isIdeograph: Bool {
    guard let value = unicodeScalars.first?.value else { return false }
    return (0x3400...0x9FFF).contains(value) || (0x2_0000...0x3_FFFF).contains(value) || (0xF900...0xFAFF).contains(value)
      || (0x3040...0x30FF).contains(value) || (0xAC00...0xD7AF).contains(value)
  }
}
