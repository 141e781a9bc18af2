import Engine
import Events
import Pages
import Vocabulary

/// Search by names, in whichever script, and by ids.
enum SearchPages {
  static let routes = [
    PageRoute(.get, "/search", .read, "Search", "搜索") { asking in try search(asking) }
  ]

  static func form(_ asking: Asking) -> Form {
    Form(
      "", .get, "/search",
      [
        Form.Field(
          "q", asking.say("Name, id or number", "名称、编号"), .line(type: "search"), value: asking.query["q"] ?? "",
          hint: asking.say("Any part of a name, in Chinese or Latin letters; customer:C00042; #1200 for an event.", "名称的任意部分（中文或拉丁字母）；customer:C00042；#1200 为事件序号。"),
          limit: 200)
      ], submit: asking.say("Search", "搜索"), isCompact: true)
  }

  private static func search(_ asking: Asking) throws -> PageReply {
    let text = (asking.query["q"] ?? "").trimmed
    if text.hasPrefix("#"), let seq = Int64(text.dropFirst()) { return .see(asking.link("/events/\(seq)")) }
    return try asking.page { try results(text, in: $0) }
  }

  private static func results(_ text: String, in desk: Desk) throws -> Content {
    var blocks: [Block] = [.form(form(desk.asking))]
    guard !text.isEmpty else { return Content(desk.say("Search", "搜索"), blocks) }
    var rows: [[SiteCell]] = []
    if let subject = try? desk.snapshot.resolve(text) { rows.append(row(subject, desk.name(of: subject) ?? "", in: desk)) }
    let hits = try desk.asking.premises.directory.search(text)
    rows += hits.filter { $0.subject != rows.first?[0].text }.map { row($0.subject, $0.name, in: desk) }
    blocks.append(
      .table(
        SiteTable(
          desk.say("Found: \(rows.count)", "找到 \(rows.count) 项"),
          [.init(desk.say("Subject", "主体")), .init(desk.say("Name", "名称")), .init(desk.say("Kind", "类别"))], rows,
          nothing: desk.say("Nothing has this in its name or id.", "没有名称或编号包含此内容的项。"),
          note: hits.count >= Directory.hitLimit ? desk.say("There may be more; write more of the name.", "可能还有更多，请输入更多内容。") : "")))
    return Content(desk.say("Search: “\(text)”", "搜索：“\(text)”"), blocks)
  }

  private static func row(_ subject: String, _ name: String, in desk: Desk) -> [SiteCell] {
    let kind = String(subject.prefix { $0 != ":" })
    return [
      SiteCell(subject, href: desk.subjectLink(subject)), SiteCell(name, href: desk.subjectLink(subject)),
      SiteCell(EntityKind.title(ofKind: kind)?[desk.language] ?? kind),
    ]
  }
}

extension EntityKind {
  /// What people call a kind by its word; `nil` for one that no declaration names.
  static func title(ofKind word: String) -> Name? { titles[word] }

  private static let titles: [String: Name] = Dictionary(
    Catalogue.keshi.entries.flatMap(\.declaration.subjects).map { ($0.word, $0.title) }, uniquingKeysWith: { first, _ in first })
}
