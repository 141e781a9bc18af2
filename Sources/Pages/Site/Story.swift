/// What happened on one day.
public struct TimelineDay: Sendable {
  public struct Item: Sendable {
    public var title: String
    public var text: String
    /// Who recorded it, about what, when it was recorded if that was another day.
    public var about: String
    public var links: [Link]

    public init(_ title: String, text: String, about: String, links: [Link]) {
      (self.title, self.text, self.about, self.links) = (title, text, about, links)
    }

    var markup: Markup {
      var made = Markup()
      made.tag("<li><strong>")
      made.text(title)
      made.tag("</strong> <span class=\"text\">")
      made.text(text)
      made.tag("</span>\n<span class=\"about\">")
      made.text(about)
      for link in links {
        made.tag(" ")
        made.part(link.markup)
      }
      made.tag("</span></li>")
      return made
    }
  }
  public var day: String
  public var items: [Item]

  public init(_ day: String, _ items: [Item]) { (self.day, self.items) = (day, items) }

  var value: PageValue {
    .values([
      "day": .text(day),
      "items": .made(.lines(items.map(\.markup))),
    ])
  }
}

/// One column of a board, with its cards.
public struct BoardColumn: Sendable {
  public struct Card: Sendable {
    public var title: Link
    public var mark: SiteCell.Mark?
    public var lines: [String]
    public var links: [Link]

    public init(_ title: Link, mark: SiteCell.Mark? = nil, lines: [String], links: [Link]) {
      (self.title, self.mark, self.lines, self.links) = (title, mark, lines, links)
    }

    var value: PageValue {
      .values([
        "title": .text(title.title), "href": .text(title.href), "mark": mark.map { .text($0.rawValue) } ?? .flag(false),
        "lines": .list(lines.map { .text($0) }), "cardLinks": links.made,
      ])
    }
  }
  public var title: String
  public var count: String
  public var cards: [Card]
  public var more: [Link]
  public var nothing: String

  public init(_ title: String, count: String, _ cards: [Card], more: [Link] = [], nothing: String) {
    (self.title, self.count, self.cards, self.more, self.nothing) = (title, count, cards, more, nothing)
  }

  var value: PageValue {
    .values([
      "title": .text(title), "count": .text(count), "cards": .list(cards.map(\.value)), "more": more.made,
      "isEmpty": .flag(cards.isEmpty), "nothing": .text(nothing),
    ])
  }
}

/// A stretch of a text of which two versions are compared.
public struct Passage: Sendable {
  public enum Piece: Hashable, Sendable {
    case kept(String), deleted(String), inserted(String)
  }
  public var heading: String
  /// Who wanted it, and where that is recorded.
  public var note: String
  public var pieces: [Piece]

  public init(_ heading: String, note: String, _ pieces: [Piece]) {
    (self.heading, self.note, self.pieces) = (heading, note, pieces)
  }

  var value: PageValue {
    .values([
      "heading": .text(heading), "note": note.isEmpty ? .flag(false) : .text(note),
      "pieces": .list(
        pieces.map { piece in
          var (kept, deleted, inserted): (String?, String?, String?)
          switch piece {
          case .kept(let text): kept = text
          case .deleted(let text): deleted = text
          case .inserted(let text): inserted = text
          }
          return .values(["kept": PageValue(kept), "deleted": PageValue(deleted), "inserted": PageValue(inserted)])
        }),
    ])
  }
}
