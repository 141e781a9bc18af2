import Mustache
import Vocabulary

/// The kinds of page that there are, by their templates in `Templates/`.
public enum PageKind: String, CaseIterable, Sendable {
  case problem
  case redline
  case ruleDifference = "rule-difference"
  /// Facts, warnings, tables and remarks: whatever needs no form of its own.
  case record
  case report
  case site
  case signIn = "sign-in"
}

/// One HTML document: of values and a language, the same bytes each time. It needs nothing else: no script, no network.
public struct Page {
  private let kind: PageKind
  private let values: [String: PageValue]

  /// - Parameters:
  ///   - title: over the page, and the document's title.
  ///   - values: what the kind's template asks for.
  public init(_ kind: PageKind, title: String, in language: Language, _ values: [String: PageValue]) {
    self.kind = kind
    let frame: [String: PageValue] = ["title": .text(title), "lang": .text(language == .zh ? "zh-CN" : "en")]
    self.values = values.merging(frame) { $1 }
  }

  public var html: String {
    html { name in assertionFailure("the page \(kind.rawValue) has no value \(name)") }
  }

  /// - Parameter missing: told of every name that the template asks for and nobody gives.
  func html(missing: @escaping (String) -> Void) -> String {
    let root = RootScope(values: PageScope(values: values), missing: missing)
    return Templates.library.render(root, withTemplate: kind.rawValue) ?? ""
  }
}

/// What the engine asks last, after the parts that it is in.
private struct RootScope: MustacheParent {
  let values: PageScope
  let missing: (String) -> Void

  func child(named name: String) -> Any? {
    let value = values.child(named: name)
    if value == nil { missing(name) }
    return value
  }
}
