import Answers
import Mustache

/// What a template is given under a name.
///
/// A template asks for nothing that is not given: what may be missing is given as `.flag(false)`, or as an empty list.
public indirect enum PageValue: Sendable {
  /// Shown as text, whatever is in it: no sign of it is read as markup.
  case text(String)
  /// Whether a part is shown.
  case flag(Bool)
  /// A part is shown for each.
  case list([PageValue])
  /// Values by name, for a part.
  case values([String: PageValue])

  /// A text, or no part at all.
  public init(_ text: String?) { self = text.map { .text($0) } ?? .flag(false) }
}

extension PageValue {
  /// The value as the template engine takes it.
  var rendered: Any {
    switch self {
    case .text(let text): text.safeForPages
    case .flag(let flag): flag
    case .list(let values): values.map(\.rendered)
    case .values(let values): PageScope(values: values)
    }
  }
}

/// Values by name, looked up one by one and without reflection.
struct PageScope: MustacheParent {
  let values: [String: PageValue]

  func child(named name: String) -> Any? { values[name]?.rendered }
}

extension String {
  /// The text as the template engine's escaping sees all of it.
  ///
  /// The engine looks for `<`, `>`, `&`, `"` and `'` as characters that a person sees. Unicode's grapheme clusters (UAX
  /// #29) join such a sign with a mark behind it, or with a sign like U+0600 before it, into one character, which the
  /// engine would let pass as it is; a browser reads code points. So the signs are parted from what clings to them by
  /// U+FFFD. Controls and marks that turn the direction of writing become visible too.
  var safeForPages: String {
    let text = withoutControls
    guard text.unicodeScalars.contains(where: \.isMarkup) else { return text }
    var scalars = String.UnicodeScalarView()
    for character in text {
      var isAfterMarkup = false
      for (place, scalar) in character.unicodeScalars.enumerated() {
        if isAfterMarkup || (place > 0 && scalar.isMarkup) { scalars.append("\u{FFFD}") }
        scalars.append(scalar)
        isAfterMarkup = scalar.isMarkup
      }
    }
    return String(scalars)
  }
}

extension Unicode.Scalar {
  /// Signs that HTML reads as markup somewhere (HTML Standard, 13.3).
  fileprivate var isMarkup: Bool { self == "<" || self == ">" || self == "&" || self == "\"" || self == "'" }
}
