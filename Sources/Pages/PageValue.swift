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
  /// A part that is made already.
  case made(Markup)

  /// A text, or no part at all.
  public init(_ text: String?) { self = text.map { .text($0) } ?? .flag(false) }
}

extension PageValue {
  /// The value as the template engine takes it.
  var rendered: Any {
    switch self {
    case .text(let text): ShownMarkup(renderText: Markup(text).html)
    case .made(let markup): ShownMarkup(renderText: markup.html)
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
