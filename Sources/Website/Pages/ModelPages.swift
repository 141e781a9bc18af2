import Answers
import Engine
import Pages
import Projection
import ReadModels
import Vocabulary
import Wire

/// Read models as tables, whatever they conclude.
enum ModelPages {
  static let routes = [
    PageRoute(.get, "/models", .read, "Read models", "读模型") { asking in try asking.page(list) },
    PageRoute(.get, "/models/{name}", .read, "A read model", "一个读模型") { asking in
      try asking.query["format"] == "csv" ? csv(asking) : asking.page { try table(asking["name"], in: $0) }
    },
  ]

  private static func list(in desk: Desk) throws -> Content {
    let language = desk.language
    let rows = desk.snapshot.projections.map { projection in
      [
        SiteCell(projection.title[language], href: desk.link("/models/" + projection.name)), SiteCell(projection.name),
        SiteCell(EntityKind.title(of: projection.key)[language]),
        SiteCell(projection.ruleKind ?? "", href: projection.ruleKind.map { desk.link("/rules/" + $0) } ?? ""),
        SiteCell(String(projection.columns.count)),
      ]
    }
    return Content(
      desk.say("Read models", "读模型"),
      [
        .paragraph(desk.say("What is concluded from the events. Every table can be ordered, narrowed, taken out, and explained row by row.", "由事件得出的全部结论。每张表均可排序、筛选、导出，并逐行说明缘由。")),
        .table(
          SiteTable(
            desk.say("Read models", "读模型"),
            [
              .init(desk.say("Read model", "读模型")), .init(desk.say("Name", "名称")), .init(desk.say("Rows about", "每行对应")),
              .init(desk.say("Rule", "规则")), .init(desk.say("Columns", "列数"), isNumber: true),
            ], rows, nothing: "")),
      ])
  }

  static func table(_ name: String, in desk: Desk) throws -> Content {
    let projection = try desk.snapshot.projection(name)
    let page = try desk.page(name, desk.query(of: projection))
    var blocks: [Block] = []
    if let notice = desk.lag(of: page.shelved.behind) { blocks.append(.notice(notice)) }
    blocks.append(.links(desk.facets(of: projection)))
    blocks.append(.form(desk.filters(of: projection)))
    blocks.append(.table(try desk.table(page)))
    return Content(projection.title[desk.language], blocks)
  }

  /// All rows as a file, in the order of the subjects.
  private static func csv(_ asking: Asking) throws -> PageReply {
    let answer = try ModelAnswer(asking["name"], view: try asking.view(), of: asking.premises.store)
    let sink = MemorySink()
    let writer = CSVWriter(answer.columns, to: sink)
    try answer.forEachRow { try writer.write($0) }
    try writer.finish()
    return .file(asking["name"] + ".csv", "text/csv; charset=utf-8", sink.bytes)
  }
}

extension Key {
  var isCustomer: Bool { if case .account = self { true } else { false } }
}

extension EntityKind {
  /// What a projection's rows are about.
  static func title(of key: Key) -> Name {
    switch key {
    case .account: Name("Customer", "客户")
    case .subject(let kind): kind.title
    }
  }
}

// A table of one model, as the address asks for it.
extension Desk {
  /// Order, conditions and place of a page: `sort=-score`, `is.level=red`, `min.daysToEnd=0`, `after=…`.
  func query(of projection: AnyProjection, rows: Int = ModelPage.usualRows) throws -> RowQuery {
    var query = RowQuery(limit: rows)
    for pair in asking.query.pairs where !pair.value.isEmpty {
      let halves = pair.name.split(separator: ".", maxSplits: 1).map(String.init)
      guard halves.count == 2, let relation = RowQuery.Condition.Relation(rawValue: halves[0]),
        let column = projection.columns.first(where: { $0.name == halves[1] })
      else { continue }
      guard let value = column.value(pair.value) else {
        throw Trouble.unreadable(pair.value, column.title)
      }
      query.conditions.append(RowQuery.Condition(column.name, relation, value))
    }
    if let sort = asking.query["sort"] {
      query.descends = sort.hasPrefix("-")
      let name = query.descends ? String(sort.dropFirst()) : sort
      if projection.columns.contains(where: { $0.name == name }) || name == "since" { query.order = name }
    }
    if let after = asking.query["after"] {
      let column = query.order.flatMap { name in projection.columns.first { $0.name == name } } ?? Column("since", .instant, "", "")
      query.after = RowQuery.Place(query.order == nil ? .null : column.value(asking.query["value"] ?? "") ?? .null, after)
    }
    return query
  }

  /// A page of rows with the ways to the next ones. The rows are those that `page` holds, whatever the log holds.
  func table(_ page: ModelPage, columns wanted: [String]? = nil, caption: String? = nil) throws -> SiteTable {
    let shown = page.columns.indices.filter { place in
      let name = page.columns[place].name
      return wanted.map { $0.contains(name) || name == "subject" } ?? !["asOf", "position", "rule"].contains(name)
    }
    let currency = page.columns.firstIndex { $0.name == "cur" }
    let names = page.lines.map { name(of: $0.subject) ?? customerName(of: $0.subject) }
    let isNamed = names.contains { $0 != nil }
    var rows = page.lines.enumerated().map { number, line -> [SiteCell] in
      let cells = page.cells(of: line)
      let unit = currency.map { cells[$0].plain }
      var row = shown.map { cell(cells[$0], page.columns[$0], of: line, in: page.projection, currency: unit) }
      row.insert(SiteCell(names[number] ?? ""), at: 1)
      row.append(SiteCell(say("Why", "为何"), href: whyLink(page.projection.name, line.subject)))
      return row
    }
    var heads = shown.map { head(page.columns[$0], page) }
    heads.insert(SiteTable.Head(page.projection.key.isCustomer ? say("Name", "名称") : say("Customer", "客户")), at: 1)
    heads.append(SiteTable.Head(say("Explained", "说明")))
    if !isNamed {
      heads.remove(at: 1)
      for place in rows.indices { rows[place].remove(at: 1) }
    }
    return SiteTable(
      caption ?? counted(page), heads, rows, nothing: say("No row meets these conditions.", "没有符合条件的行。"),
      note: rows.isEmpty ? "" : provenance(page), links: links(page))
  }

  private func head(_ column: Column, _ page: ModelPage) -> SiteTable.Head {
    let canOrder = page.projection.columns.contains { $0.name == column.name } || column.name == "since" || column.name == "subject"
    let isOrder = page.query.order == column.name
    let way = isOrder && page.query.descends ? column.name : isOrder ? "-" + column.name : column.kind.isNumeric ? "-" + column.name : column.name
    return SiteTable.Head(
      title(of: column), isNumber: column.kind.isNumeric,
      isShort: column.kind == .day || column.kind == .instant || column.name == "subject",
      href: canOrder ? asking.here(["sort": column.name == "subject" ? "" : way, "after": "", "value": "", "done": ""]) : "",
      order: isOrder ? (page.query.descends ? .descending : .ascending) : nil)
  }

  private func counted(_ page: ModelPage) -> String {
    let count = Int64(page.matching.count).grouped
    let more = page.matching.isAtLeast ? say("more than ", "超过 ") : ""
    return page.projection.title[language] + say(": \(more)\(count) rows", "：\(more)\(count) 行")
  }

  private func provenance(_ page: ModelPage) -> String {
    let made = page.shelved.model.provenance
    let rule = made.rule.map { say(", by \($0.description)", "，依据规则 \($0.description)") } ?? ""
    return say("As of \(made.asOf), from \(made.position) events\(rule).", "截至 \(made.asOf)，依据 \(made.position) 个事件\(rule)。")
  }

  private func links(_ page: ModelPage) -> [Link] {
    var links: [Link] = []
    if page.query.after != nil { links.append(Link(say("First page", "首页"), asking.here(["after": "", "value": ""]))) }
    if let next = page.next {
      links.append(Link(say("Next page", "下一页"), asking.here(["after": next.subject, "value": Cell(next.value).plain]), isButton: true))
    }
    links.append(Link(say("All rows as CSV", "导出全部行（CSV）"), link("/models/" + page.projection.name, ["format": "csv"])))
    return links
  }

  /// That rows come from a model that is older than the log.
  func lagging(_ behind: Int64) -> String? {
    guard behind > 0 else { return nil }
    return say(
      "Not in these rows yet: the newest events, \(behind.grouped). They are being taken in.",
      "这些行尚未包含最新的 \(behind.grouped) 个事件，正在后台更新。")
  }

  /// The same over a page, with what to do about it.
  func lag(of behind: Int64) -> Notice? {
    guard let text = lagging(behind) else { return nil }
    return Notice(
      .hint, text,
      links: asking.user.may(.operate) ? [Link(say("Rebuild", "重建"), link("/rebuild"))] : [])
  }

  /// The first column of a closed list, as ways to narrow the table.
  func facets(of projection: AnyProjection) -> [Link] {
    guard let column = projection.columns.first(where: { !$0.words.isEmpty }) else { return [] }
    let name = "is." + column.name
    let chosen = asking.query[name]
    let model = try? model(projection.name).model
    let groups = model.flatMap { try? shelf.groups(of: $0, by: column.name) } ?? []
    let all = Link(say("All", "全部"), asking.here([name: "", "after": "", "value": ""]), isCurrent: chosen == nil)
    return [all] + column.words.compactMap { word in
      guard let count = groups.first(where: { $0.value == .text(word.text) })?.count else { return nil }
      return Link(
        "\(word.title[language]) (\(Int64(count).grouped))", asking.here([name: word.text, "after": "", "value": ""]),
        isCurrent: chosen == word.text)
    }
  }

  /// A field for each column of a closed list, and the bounds of those that are ordered.
  func filters(of projection: AnyProjection) -> Form {
    var fields: [Form.Field] = []
    for column in projection.columns.prefix(24) where !column.words.isEmpty || column.kind == .flag {
      let words = column.kind == .flag ? [("true", "✓"), ("false", "✗")] : column.words.map { ($0.text, $0.title[language]) }
      let name = "is." + column.name
      fields.append(
        Form.Field(name, column.title[language], .choice([("", say("any", "不限"))] + words), value: asking.query[name] ?? ""))
    }
    let kept = asking.query.pairs.filter { pair in
      !fields.contains { $0.name == pair.name } && !["after", "value", "done"].contains(pair.name)
    }
    return Form(
      "", .get, asking.path, fields + kept.map { Form.Field($0.name, $0.name, .hidden, value: $0.value) },
      submit: say("Narrow", "筛选"), isCompact: true)
  }
}

extension Trouble {
  /// A value of the address that cannot be one of that column.
  static func unreadable(_ text: String, _ what: Name) -> Trouble {
    Trouble(
      .usage, "E-USAGE", Name("“\(text)” is no value of “\(what.en)”", "“\(text)”不是“\(what.zh)”的取值"), unharmed: Unharmed.everything,
      remedy: Name("choose another value", "请选择其他取值"))
  }
}

extension Int64 {
  /// Digits with a comma between the thousands.
  var grouped: String {
    var digits = String(magnitude)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return (self < 0 ? "-" : "") + digits
  }
}
