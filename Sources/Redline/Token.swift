/// A piece of text that a reader takes in at once, and that a comparison therefore keeps or changes as a whole.
///
/// Numbers, dates, amounts and Latin words are whole, because `1[-2-]{+5+},000` and `deliver[-y-]{+ed+}` mislead; Han
/// characters stand alone, because Chinese has no spaces and one character can turn a clause around.
struct Token: Hashable {
  enum Kind {
    /// A number with its separators, sign of currency, per cent and Chinese unit; a date; a time.
    case number
    /// Letters with what joins them.
    case word
    /// One Han character, kana or Hangul syllable.
    case character
    case space
    /// One of anything else.
    case mark
  }
  let text: Substring
  let kind: Kind

  static func == (a: Token, b: Token) -> Bool {
    a.kind == .space && b.kind == .space ? a.hasBreak == b.hasBreak : a.text == b.text
  }

  func hash(into hasher: inout Hasher) {
    if kind == .space { hasher.combine(hasBreak) } else { hasher.combine(text) }
  }

  /// White space is the same however long it is; a paragraph is not a blank.
  private var hasBreak: Bool { text.contains { $0.isNewline } }

  /// How much of the sense it carries: a Han character as much as a short word, a long word or number not much more,
  /// punctuation and blanks nothing.
  var weight: Int {
    switch kind {
    case .number: min(text.count, 4)
    case .word: min(text.count, 8)
    case .character: 2
    case .space, .mark: 0
    }
  }
}

extension Token {
  /// The whole text as tokens; joined they are the text. Complexity: O(length).
  static func split(_ text: String) -> [Token] {
    var tokens: [Token] = []
    var rest = text[...]
    while let first = rest.first {
      let (kind, end) = next(first, rest)
      tokens.append(Token(text: rest[..<end], kind: kind))
      rest = rest[end...]
    }
    return tokens
  }

  private static func next(_ first: Character, _ text: Substring) -> (Kind, String.Index) {
    if first.isWhitespace { return (.space, text.prefix { $0.isWhitespace }.endIndex) }
    if let end = number(text) { return (.number, end) }
    if let end = financialNumeral(text) { return (.number, end) }
    if first.isIdeograph { return (.character, text.index(after: text.startIndex)) }
    if first.isLetter || first.isNumber { return (.word, word(text)) }
    return (.mark, text.index(after: text.startIndex))
  }

  /// Letters and digits, and what joins them: `e-mail`, `don't`, `GTX-500`.
  private static func word(_ text: Substring) -> String.Index {
    var end = text.startIndex
    while end < text.endIndex {
      let character = text[end]
      if (character.isLetter || character.isNumber) && !character.isIdeograph {
        end = text.index(after: end)
      } else if "-'’_".contains(character), let next = text[text.index(after: end)...].first,
        (next.isLetter || next.isNumber) && !next.isIdeograph
      {
        end = text.index(after: end)
      } else {
        break
      }
    }
    return end
  }
}
