import Vocabulary

/// One value on a page: its text, where it leads, and where it is explained.
public struct SiteCell: Hashable, Sendable {
  public var text: String
  /// The page about it; empty for none.
  public var href: String
  /// The page that says why it is so; empty where nothing is concluded.
  public var why: String
  /// A word that weighs: drawn as a mark beside its text.
  public var mark: Mark?
  /// Between 0 and 1: a bar before the text as long as that.
  public var share: Double?

  public enum Mark: String, Sendable {
    case good, watch, warning, urgent, quiet
  }

  public init(_ text: String, href: String = "", why: String = "", mark: Mark? = nil, share: Double? = nil) {
    (self.text, self.href, self.why, self.mark, self.share) = (text, href, why, mark, share)
  }

  /// - Parameters:
  ///   - head: what the value is, for who hears the link to why.
  ///   - language: of the page.
  func markup(_ head: String = "", in language: Language) -> Markup {
    let shown = text.isEmpty ? "–" : text
    var made = Markup()
    if let share {
      made.tag("<svg class=\"share\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"")
      made.text(String(Int((min(max(share, 0), 1) * 1000).rounded())))
      made.tag("\" height=\"10\"></rect></svg> ")
    }
    if let mark {
      made.tag("<span class=\"mark ")
      made.text(mark.rawValue)
      made.tag("\">")
    }
    if !href.isEmpty {
      made.tag("<a href=\"")
      made.text(href)
      made.tag("\">")
    }
    made.text(shown)
    if !href.isEmpty { made.tag("</a>") }
    if mark != nil { made.tag("</span>") }
    if !why.isEmpty {
      made.tag(" <a class=\"why\" href=\"")
      made.text(why)
      made.tag("\">?<span class=\"visually-hidden\"> ")
      made.text([Frame.why[language], head, shown].joined(separator: " "))
      made.tag("</span></a>")
    }
    return made
  }
}

/// A table of a page. Its rows are one page of what there is; its links lead to the others.
public struct SiteTable: Sendable {
  public struct Head: Hashable, Sendable {
    public var title: String
    /// Numbers stand on the right.
    public var isNumber: Bool
    /// Values stay in one line: days, times, ids.
    public var isShort: Bool
    /// Orders the rows by this column; empty where they cannot be.
    public var href: String
    public var order: Order?

    public enum Order: String, Sendable {
      case ascending, descending
    }

    public init(_ title: String, isNumber: Bool = false, isShort: Bool = false, href: String = "", order: Order? = nil) {
      (self.title, self.isNumber, self.isShort, self.href, self.order) = (title, isNumber, isShort, href, order)
    }
  }

  public var caption: String
  public var heads: [Head]
  public var rows: [[SiteCell]]
  /// What is said where there are no rows.
  public var nothing: String
  public var note: String
  /// First page, next page, the rows as a file.
  public var links: [Link]
  /// Whether a script may draw its columns of numbers as lines above it, along the column of that place.
  public var chart: Int?

  public init(
    _ caption: String, _ heads: [Head], _ rows: [[SiteCell]], nothing: String, note: String = "", links: [Link] = []
  ) {
    (self.caption, self.heads, self.rows, self.nothing, self.note, self.links) = (caption, heads, rows, nothing, note, links)
  }

  /// How the values of a column stand.
  private static func kind(_ head: Head) -> String? { head.isNumber ? "n" : head.isShort ? "t" : nil }

  private func markup(_ row: [SiteCell], in language: Language) -> Markup {
    var made = Markup()
    made.tag("<tr>")
    for (head, cell) in zip(heads, row) {
      made.tag("<td")
      if let kind = SiteTable.kind(head) {
        made.tag(" class=\"")
        made.text(kind)
        made.tag("\"")
      }
      made.tag(" data-label=\"")
      made.text(head.title)
      made.tag("\">")
      made.part(cell.markup(head.title, in: language))
      made.tag("</td>")
    }
    made.tag("</tr>")
    return made
  }

  func value(in language: Language) -> PageValue {
    let titles: [PageValue] = heads.map { head in
      .values([
        "title": .text(head.title), "kind": PageValue(SiteTable.kind(head)), "href": head.href.isEmpty ? .flag(false) : .text(head.href),
        "order": head.order.map { .text($0.rawValue) } ?? .flag(false),
      ])
    }
    let lines = Markup.lines(rows.map { markup($0, in: language) })
    return .values([
      "chart": chart.map { .text(String($0)) } ?? .flag(false), "caption": .text(caption), "heads": .list(titles), "rows": .made(lines), "isEmpty": .flag(rows.isEmpty),
      "hasRows": .flag(!rows.isEmpty), "nothing": .text(nothing), "note": note.isEmpty ? .flag(false) : .text(note),
      "tableLinks": links.part,
    ])
  }
}
