import Vocabulary

/// A condition's text, read from left to right: words of both languages, numbers, signs.
///
/// Signs of the Chinese keyboard (＞ ≥ × （ ） ％) count as their plain forms.
struct ConditionScanner {
  private let scalars: [Unicode.Scalar]
  private(set) var place = 0

  init(_ text: String) { scalars = text.unicodeScalars.map(ConditionScanner.plain) }

  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "×": "*"
    case "÷": "/"
    case "≥", "≤", "≠": scalar
    case "\u{3000}", "\t", "\n", "\r": " "
    case "\u{FF01}"..."\u{FF5E}": Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    default: scalar
    }
  }

  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return place >= scalars.count
    }
  }

  mutating func skipBlanks() { while place < scalars.count, scalars[place] == " " { place += 1 } }

  /// Takes a sign or a run of signs, if it stands here.
  mutating func take(sign: String) -> Bool {
    skipBlanks()
    let wanted = Array(sign.unicodeScalars)
    guard scalars[place...].starts(with: wanted) else { return false }
    place += wanted.count
    return true
  }

  /// Takes a word or a phrase, if it stands here as a whole; blanks in it may be any number.
  mutating func take(phrase: String) -> Bool {
    skipBlanks()
    guard let end = end(of: phrase) else { return false }
    place = end
    return true
  }

  /// Takes whichever of these stands here.
  mutating func take(anyOf phrases: String...) -> Bool {
    for phrase in phrases where take(phrase: phrase) { return true }
    return false
  }

  /// Where a phrase that begins here ends; `nil` where another word stands here.
  func end(of phrase: String) -> Int? {
    var end = place
    var before: Unicode.Scalar = " "
    for scalar in phrase.unicodeScalars {
      if scalar == " " {
        guard end < scalars.count, scalars[end] == " " else { return nil }
        while end < scalars.count, scalars[end] == " " { end += 1 }
      } else {
        guard end < scalars.count, scalars[end] == scalar else { return nil }
        end += 1
      }
      before = scalar
    }
    let goesOn = before.isWordLetter && end < scalars.count && scalars[end].isWordLetter
    return goesOn ? nil : end
  }

  /// Takes a run of digits with at most one point in it.
  mutating func takeNumber() -> String? {
    skipBlanks()
    var end = place
    while end < scalars.count, ("0"..."9").contains(scalars[end]) || scalars[end] == "." { end += 1 }
    guard end > place, ("0"..."9").contains(scalars[place]) else { return nil }
    defer { place = end }
    return text(place..<end)
  }

  /// The word that stands here, for errors: letters up to the next blank, or one sign.
  func wordHere() -> String {
    var start = place
    while start < scalars.count, scalars[start] == " " { start += 1 }
    guard start < scalars.count else { return "" }
    var end = start + 1
    if scalars[start].isWordLetter || scalars[start].value > 0x7F {
      while end < scalars.count, end - start < 40, scalars[end] != " ",
        !"()<>=!+-*/".unicodeScalars.contains(scalars[end])
      { end += 1 }
    }
    return text(start..<end)
  }

  /// The three capital letters of a currency, if they stand here.
  mutating func takeCurrency() -> Currency? {
    skipBlanks()
    guard place + 3 <= scalars.count, let currency = Currency(text(place..<place + 3)),
      end(of: text(place..<place + 3)) != nil
    else { return nil }
    place += 3
    return currency
  }

  private func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
}

extension Unicode.Scalar {
  /// Part of an English word. Chinese words have no letters between which a word must not end.
  fileprivate var isWordLetter: Bool {
    isASCII && (properties.isAlphabetic || ("0"..."9").contains(self) || self == "_")
  }
}
