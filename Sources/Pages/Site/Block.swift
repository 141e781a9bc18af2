import Vocabulary

/// One part of a page of the site. A page is a list of them, so that every page looks and reads alike.
public enum Block: Sendable {
  /// A heading of the second level.
  case heading(String)
  case paragraph(String)
  case notice(Notice)
  case facts([Fact])
  /// Ways to go on.
  case links([Link])
  case table(SiteTable)
  case form(Form)
  case timeline([TimelineDay])
  case board([BoardColumn])
  case tiles([Tile])
  /// Facts of several kinds side by side.
  case sheets([Sheet])
  case changes([Passage])
  /// Text that is kept as it is written.
  case code(String)
  case progress(Progress)

  /// The values of the part `block`: of the kinds one is there, the others are not.
  func value(in language: Language) -> PageValue {
    var values = Block.absent
    let (name, value): (String, PageValue) =
      switch self {
      case .heading(let text): ("heading", .text(text))
      case .paragraph(let text): ("paragraph", .text(text))
      case .notice(let notice): ("notice", .list([notice.value]))
      case .facts(let facts): ("facts", facts.isEmpty ? .list([]) : .list([.values(["facts": .made(.lines(facts.map { $0.markup(in: language) }))])]))
      case .links(let links): ("links", links.part)
      case .table(let table): ("table", .list([table.value(in: language)]))
      case .form(let form): ("form", .list([form.value]))
      case .timeline(let days): ("timeline", .list([.values(["days": .list(days.map(\.value))])]))
      case .board(let columns): ("board", .list([.values(["columns": .list(columns.map(\.value))])]))
      case .tiles(let tiles): ("tiles", .list([.values(["tiles": .list(tiles.map(\.value))])]))
      case .sheets(let sheets): ("sheets", sheets.isEmpty ? .list([]) : .list([.values(["sheets": .list(sheets.map { $0.value(in: language) })])]))
      case .changes(let passages): ("changes", .list(passages.map(\.value)))
      case .code(let text): ("code", .list(text.split(separator: "\n", omittingEmptySubsequences: false).map { .text(String($0)) }))
      case .progress(let progress): ("progress", .list([progress.value]))
      }
    values[name] = value
    return .values(values)
  }

  private static let absent: [String: PageValue] = Dictionary(
    uniqueKeysWithValues: [
      "heading", "paragraph", "notice", "facts", "links", "table", "form", "timeline", "board", "tiles", "sheets", "changes", "code", "progress",
    ].map { ($0, .flag(false)) })
}

/// What a reader is to notice before they go on.
public struct Notice: Hashable, Sendable {
  /// Words first, colour second: the mark says which it is.
  public enum Weight: String, Sendable {
    case done = "success"
    case hint = "info"
    case caution = "warning"
    case refusal = "danger"
  }
  public var weight: Weight
  public var sentence: String
  /// What else is to be said of it.
  public var details: [String]
  public var links: [Link]

  public init(_ weight: Weight, _ sentence: String, details: [String] = [], links: [Link] = []) {
    (self.weight, self.sentence, self.details, self.links) = (weight, sentence, details, links)
  }

  var value: PageValue {
    .values([
      "weight": .text(weight.rawValue), "isUrgent": .flag(weight == .refusal), "sentence": .text(sentence),
      "details": .list(details.map { .text($0) }), "noticeLinks": .list(links.map(\.value)),
    ])
  }
}

/// A term with what it is.
public struct Fact: Hashable, Sendable {
  public var term: String
  public var cell: SiteCell

  public init(_ term: String, _ cell: SiteCell) { (self.term, self.cell) = (term, cell) }
  public init(_ term: String, _ text: String) { self.init(term, SiteCell(text)) }

  func markup(in language: Language) -> Markup {
    var made = Markup()
    made.tag("<dt>")
    made.text(term)
    made.tag("</dt><dd>")
    made.part(cell.markup(term, in: language))
    made.tag("</dd>")
    return made
  }
}

/// Facts under a heading, with ways to go on.
public struct Sheet: Hashable, Sendable {
  public var heading: String
  public var facts: [Fact]
  public var links: [Link]

  public init(_ heading: String, _ facts: [Fact], links: [Link]) { (self.heading, self.facts, self.links) = (heading, facts, links) }

  func value(in language: Language) -> PageValue {
    .values([
      "heading": .text(heading), "facts": .made(.lines(facts.map { $0.markup(in: language) })),
      "sheetLinks": links.part,
    ])
  }
}

/// A number that stands for itself, with the page that has the rows behind it.
public struct Tile: Hashable, Sendable {
  public var title: String
  public var number: String
  public var note: String
  public var href: String
  /// Whether it asks for somebody's attention.
  public var isUrgent: Bool

  public init(_ title: String, _ number: String, note: String = "", href: String, isUrgent: Bool = false) {
    (self.title, self.number, self.note, self.href, self.isUrgent) = (title, number, note, href, isUrgent)
  }

  var value: PageValue {
    .values([
      "title": .text(title), "number": .text(number), "note": .text(note), "href": .text(href), "isUrgent": .flag(isUrgent),
    ])
  }
}

/// How far long work is.
public struct Progress: Hashable, Sendable {
  public var title: String
  public var done: Int64
  public var total: Int64
  public var note: String
  /// Where the same block is to be had anew; empty where the work is over.
  public var href: String

  public init(_ title: String, done: Int64, total: Int64, note: String, href: String = "") {
    (self.title, self.done, self.total, self.note, self.href) = (title, done, total, note, href)
  }

  var value: PageValue {
    .values([
      "title": .text(title), "done": .text(String(done)), "total": .text(String(max(total, 1))), "note": .text(note),
      "href": href.isEmpty ? .flag(false) : .text(href),
    ])
  }
}
