/// A reference to another page of the site.
public struct Link: Hashable, Sendable {
  public var title: String
  public var href: String
  /// Whether it leads to where the reader is.
  public var isCurrent: Bool
  /// How much weight it has: one that is to be pressed looks like a button.
  public var isButton: Bool

  public init(_ title: String, _ href: String, isCurrent: Bool = false, isButton: Bool = false) {
    (self.title, self.href, self.isCurrent, self.isButton) = (title, href, isCurrent, isButton)
  }

  /// The link as it stands among others.
  var markup: Markup {
    var made = Markup()
    made.tag("<a href=\"")
    made.text(href)
    made.tag("\"")
    if isButton { made.tag(" class=\"btn btn-sm btn-primary\"") }
    if isCurrent { made.tag(" aria-current=\"true\"") }
    made.tag(">")
    made.text(title)
    made.tag("</a>")
    return made
  }

  /// For the navigation and for notices, where links stand otherwise.
  var value: PageValue {
    .values([
      "title": .text(title), "href": .text(href), "isCurrent": .flag(isCurrent),
    ])
  }
}

extension [Link] {
  /// Links one after another.
  var made: PageValue { .list(map { .made($0.markup) }) }
  /// The values of the part `links`.
  var part: PageValue { isEmpty ? .list([]) : .list([.values(["links": .made(.lines(map(\.markup)))])]) }
}
