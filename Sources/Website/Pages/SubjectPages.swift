import Answers
import Engine
import Events
import Pages
import Projection
import Vocabulary
import Wire

/// Everything about one subject: what is concluded of it, what belongs to it, what happened.
enum SubjectPages {
  static let routes = [
    PageRoute(.get, "/subjects/{subject}", .read, "Customer 360", "客户全景") { asking in
      try asking.page { try subject(asking["subject"], in: $0) }
    },
    PageRoute(.get, "/events/{seq}", .read, "An event", "一个事件") { asking in
      try asking.page { try event(asking["seq"], in: $0) }
    },
  ]

  /// Events that a page shows; the rest are on pages of their own.
  static let eventsPerPage = 40

  private static func subject(_ asked: String, in desk: Desk) throws -> Content {
    let whole = String(asked.prefix { $0 != "/" })
    let known = (try? desk.snapshot.resolve(asked)) ?? (try? desk.snapshot.resolve(whole))
    let subject = known ?? asked
    let kind = String(subject.prefix { $0 != ":" })
    guard known != nil else { return try unrecorded(asked, kind, in: desk) }
    let reading = try SubjectReading(subject, view: desk.view, in: desk.snapshot)
    let events = try reading.entries()
    var blocks: [Block] = [.links(actions(subject, kind, in: desk))]
    blocks += try conclusions(subject, kind, reading, in: desk)
    if kind == EntityKind.customer.word { blocks += belongings(events, reading, in: desk) }
    blocks.append(.heading(desk.say("Timeline", "时间线")))
    let types = desk.asking.query["type"]
    let chosen = types.map { type in events.filter { reading.name(of: $0.type) == type } } ?? events
    blocks.append(.links(typeLinks(events, reading, in: desk)))
    blocks += try timeline(chosen, reading, in: desk)
    return Content(desk.title(of: subject), blocks)
  }

  /// What is concluded of something that no event is about, such as the company or a role.
  private static func unrecorded(_ asked: String, _ kind: String, in desk: Desk) throws -> Content {
    let blocks = try conclusions(asked, kind, nil, in: desk)
    guard !blocks.isEmpty else { throw EngineError.unknownSubject(asked) }
    return Content(asked, blocks)
  }

  private static func actions(_ subject: String, _ kind: String, in desk: Desk) -> [Link] {
    var links: [Link] = []
    if desk.asking.user.may(.record) {
      links = RecordPages.usual(about: kind).map { type in
        let title = Catalogue.keshi.entry(named: type)?.declaration.title[desk.language] ?? type
        return Link("+ " + title, desk.link("/record/" + type, ["subject": subject]), isButton: true)
      }
    }
    if kind == EntityKind.contract.word { links.append(Link(desk.say("Contract file", "合同卷宗"), desk.link("/contracts/" + Address.part(String(subject.dropFirst(9)))))) }
    if desk.asking.user.may(.audit) {
      links.append(Link(desk.say("Evidence for an auditor", "审计证据"), desk.link("/audit/evidence", ["subject": subject])))
    }
    return links
  }

  /// A card of facts for each read model that has a row about the subject.
  private static func conclusions(_ subject: String, _ kind: String, _ reading: SubjectReading?, in desk: Desk) throws -> [Block] {
    let rows = try SubjectRows(subject, kind: kind, reading, view: desk.view, on: desk.shelf, in: desk.snapshot)
    var blocks: [Block] = []
    if rows.behind > 0 {
      blocks.append(
        .paragraph(
          desk.say(
            "What rests on everybody, such as ranks and shares, does not know the newest events yet (\(rows.behind.grouped)); all else does.",
            "依据全体得出的结论（如排名、占比）尚未包含最新的 \(rows.behind.grouped) 个事件；其余均为最新。")))
    }
    let sheets = rows.found.map { projection, line -> Sheet in
      let columns = ModelRows(projection).columns
      let cells = ModelRows(projection).cells(of: line)
      let unit = columns.firstIndex { $0.name == "cur" }.map { cells[$0].plain }
      let facts = zip(columns, cells).compactMap { column, cell -> Fact? in
        guard !["subject", "asOf", "position", "rule", "cur"].contains(column.name), cell != .null else { return nil }
        var shown = desk.cell(cell, column, of: line, in: projection, currency: unit)
        if projection.columns.contains(where: { $0.name == column.name }) {
          shown.why = projection.needsAll ? desk.whyLink(projection.name, subject) : desk.whyLink(projection.name, subject, field: column.name)
        }
        return Fact(desk.title(of: column), shown)
      }
      return Sheet(
        projection.title[desk.language], facts, links: [Link(desk.say("Why", "为何"), desk.whyLink(projection.name, subject))])
    }
    if !sheets.isEmpty { blocks.append(.sheets(sheets)) }
    blocks += rows.parts.map { projection, lines in .table(parts(projection, lines, in: desk)) }
    if !rows.unasked.isEmpty {
      blocks.append(.paragraph(desk.say("Not asked, because everybody would have to be judged as of then:", "以下结论须按该时点判断全部主体，未在此查询：")))
      blocks.append(.links(rows.unasked.map { Link($0.title[desk.language], desk.link("/models/" + $0.name)) }))
    }
    return blocks
  }

  private static func parts(_ projection: AnyProjection, _ lines: [ModelLine], in desk: Desk) -> SiteTable {
    let columns = ModelRows(projection).columns
    let shown = columns.indices.filter { !["since", "because", "asOf", "position", "rule", "cur"].contains(columns[$0].name) }.prefix(11)
    let unit = columns.firstIndex { $0.name == "cur" }
    let rows = lines.map { line in
      let cells = ModelRows(projection).cells(of: line)
      return shown.map { place -> SiteCell in
        var cell = desk.cell(cells[place], columns[place], of: line, in: projection, currency: unit.map { cells[$0].plain })
        if columns[place].name == "subject" { cell.href = desk.whyLink(projection.name, line.subject) }
        return cell
      }
    }
    return SiteTable(
      projection.title[desk.language], shown.map { .init(desk.title(of: columns[$0]), isNumber: columns[$0].kind.isNumeric) }, rows, nothing: "")
  }

  /// Contracts, opportunities and whatever else the customer's events are about.
  private static func belongings(_ events: [SubjectReading.Entry], _ reading: SubjectReading, in desk: Desk) -> [Block] {
    var seen: Set<OwnSubject> = []
    var rows: [[SiteCell]] = []
    for event in events.reversed() where rows.count < 30 {
      guard seen.insert(event.subject).inserted else { continue }
      let name = reading.name(of: event.subject)
      guard name != reading.subject else { continue }
      let word = String(name.prefix { $0 != ":" })
      let title = Catalogue.keshi.entry(of: event.type)?.declaration.title[desk.language] ?? "?"
      rows.append([
        SiteCell(EntityKind.title(ofKind: word)?[desk.language] ?? word), SiteCell(desk.title(of: name), href: desk.subjectLink(name)),
        SiteCell(title), SiteCell(event.at.day.description, href: desk.eventLink(event.seq)),
      ])
    }
    guard !rows.isEmpty else { return [] }
    return [
      .table(
        SiteTable(
          desk.say("What belongs to it, newest first", "相关事项（最近在前）"),
          [
            .init(desk.say("Kind", "类别")), .init(desk.say("Subject", "主体")), .init(desk.say("Latest event", "最近事件")), .init(desk.say("On", "日期")),
          ], rows, nothing: ""))
    ]
  }

  private static func typeLinks(_ events: [SubjectReading.Entry], _ reading: SubjectReading, in desk: Desk) -> [Link] {
    var codes: [TypeCode: Int] = [:]
    for event in events { codes[event.type, default: 0] += 1 }
    let counts = codes.map { (reading.name(of: $0), $1) }
    let chosen = desk.asking.query["type"]
    let all = Link(desk.say("All (\(events.count))", "全部（\(events.count)）"), desk.asking.here(["type": "", "page": ""]), isCurrent: chosen == nil)
    return [all] + counts.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map { type, count in
      let title = Catalogue.keshi.entry(named: type)?.declaration.title[desk.language] ?? type
      return Link("\(title) (\(count))", desk.asking.here(["type": type, "page": ""]), isCurrent: chosen == type)
    }
  }

  private static func timeline(_ events: [SubjectReading.Entry], _ reading: SubjectReading, in desk: Desk) throws -> [Block] {
    let page = max(0, desk.asking.query["page"].flatMap { Int($0) } ?? 0)
    let ordered = events.sorted { ($0.at, $0.seq) > ($1.at, $1.seq) }
    let shown = try reading.events(of: ordered.dropFirst(min(page, events.count) * eventsPerPage).prefix(eventsPerPage))
    var links: [Link] = []
    if page > 0 { links.append(Link(desk.say("Newer", "较新"), desk.asking.here(["page": page == 1 ? "" : String(page - 1)]))) }
    if page < events.count / eventsPerPage, (page + 1) * eventsPerPage < events.count {
      links.append(Link(desk.say("Older", "较早"), desk.asking.here(["page": String(page + 1)]), isButton: true))
    }
    return [.timeline(desk.timeline(shown, besides: reading.subject)), .links(links)]
  }

  // One event.

  /// What the members of an event's circumstances are called.
  private static let circumstances = [
    "actor": Name("Recorded by", "登记人"), "actorName": Name("Name of who recorded it", "登记人姓名"), "batch": Name("Batch", "批次"),
    "causedBy": Name("Because of event", "起因事件"), "channel": Name("Came by", "渠道"), "correlation": Name("Belongs with", "关联编号"),
    "onBehalfOf": Name("On behalf of", "代表"), "reason": Name("Reason", "原因"), "role": Name("In the role of", "角色"),
    "sopVersion": Name("By version of the procedure", "规程版本"),
  ]

  private static func event(_ asked: String, in desk: Desk) throws -> Content {
    guard let seq = Int64(asked), let stored = try desk.snapshot.event(at: seq) else {
      throw Trouble(
        .absent, "E-NO-EVENT", Name("there is no event \(asked), or only its hash is left", "没有事件 \(asked)，或仅余其哈希"),
        unharmed: Unharmed.everything, remedy: Name("events are numbered from 0", "事件自 0 起编号"))
    }
    let event = stored.event
    let declaration = Catalogue.keshi.entry(named: event.type)?.declaration
    let texts = FieldText(desk.language)
    var facts = [
      Fact(desk.say("Type", "类型"), "\(declaration?.title[desk.language] ?? "") (\(event.type))"),
      Fact(desk.say("About", "主体"), SiteCell(desk.title(of: event.subject.description), href: desk.subjectLink(event.subject.description))),
      Fact(desk.say("Happened", "业务时间"), event.occurredAt.description),
      Fact(desk.say("Recorded", "入账时间"), event.recordedAt?.description ?? ""),
      Fact(desk.say("Id", "编号"), event.id ?? ""),
    ]
    for (name, path) in Circumstances.members {
      if let text = event.about[keyPath: path] { facts.append(Fact(circumstances[name]?[desk.language] ?? name, text)) }
    }
    let values = declaration?.fields.compactMap { field -> Fact? in
      if let value = event.data[field.name] {
        return Fact(field.title[desk.language], texts.text(value, as: field.kind))
      }
      return stored.withheld[field.name].map { Fact(field.title[desk.language], "[" + $0.explanation[desk.language] + "]") }
    }
    // A value that was never sealed stands in the line itself: who may not see it gets the line without it.
    let sealed = Set(event.sealed.members.map(\.name))
    let isOpen = stored.withheld.keys.contains { !sealed.contains($0) }
    let about =
      isOpen
      ? Name("The line without what your role may not see: these are not the bytes of the log.", "已略去您的角色无权查看的内容：以下并非日志的原始字节。")
      : Name("These bytes are the evidence. Personal values that were sealed stand in it as commitments only.", "以下字节即证据；其中已封存的个人信息仅以承诺值出现。")
    return Content(
      desk.say("Event \(seq)", "事件 \(seq)"),
      [
        .facts(facts), .heading(desk.say("What it says", "内容")), .facts(values ?? []),
        .heading(desk.say("The line of the log", "日志原文")), .paragraph(about[desk.language]),
        .code(String(decoding: isOpen ? stored.shownLine : stored.line, as: UTF8.self)),
        .links(
          [
            seq > 0 ? Link(desk.say("Event before", "前一事件"), desk.eventLink(seq - 1)) : nil,
            seq + 1 < desk.snapshot.size ? Link(desk.say("Event after", "后一事件"), desk.eventLink(seq + 1)) : nil,
            desk.asking.user.may(.audit) ? Link(desk.say("Proof of this event", "该事件的证明"), desk.link("/audit/proof", ["event": String(seq)])) : nil,
          ].compactMap { $0 }),
      ])
  }
}
