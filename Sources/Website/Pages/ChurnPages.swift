import Answers
import Engine
import Events
import Pages
import Projection
import ReadModels
import Vocabulary
import Wire

/// The churn board: who may leave, why, and what is being done about it.
enum ChurnPages {
  static let routes = [
    PageRoute(.get, "/churn", .read, "Churn board", "流失预警看板") { asking in try asking.page(board) }
  ]

  /// Cards of a column.
  private static let cards = 12

  private static func board(in desk: Desk) throws -> Content {
    let shelved = try desk.model("churn")
    let model = shelved.model
    let projection = try desk.snapshot.projection("churn")
    let words = projection.columns.first { $0.name == "level" }?.words.reversed().filter { $0.text != "none" } ?? []
    let groups = try desk.shelf.groups(of: model, by: "level")
    let columns = try words.map { word -> BoardColumn in
      let isLevel = RowQuery.Condition("level", .equal, .text(word.text))
      let rows = try desk.shelf.rows(of: model, RowQuery([isLevel], order: "score", limit: cards))
      let count = groups.first { $0.value == .text(word.text) }?.count ?? 0
      let lines = rows.map { ModelLine($0, model.provenance) }
      return BoardColumn(
        word.title[desk.language], count: Int64(count).grouped, try lines.map { try card($0, projection, word, in: desk) },
        more: count > cards ? [Link(desk.say("All \(Int64(count).grouped)", "全部 \(Int64(count).grouped)"), desk.modelLink("churn", [isLevel], "score"))] : [],
        nothing: desk.say("Nobody", "无"))
    }
    var blocks: [Block] = []
    if let lag = desk.lag(of: shelved.behind) { blocks.append(.notice(lag)) }
    blocks.append(
      .paragraph(
        desk.say(
          "Warnings are concluded by the rule in force; a verdict is what a person makes of one. It stays until it is due or the warning worsens.",
          "预警由现行规则得出；研判是人的决定，在到期或预警升级前有效。")))
    blocks.append(.links([
      Link(desk.say("The rule", "规则"), desk.link("/rules/churn")), Link(desk.say("As a table", "以表格查看"), desk.link("/models/churn")),
    ]))
    blocks.append(.board(columns))
    blocks += try desk.breakdown("churn", by: "topSignal", Name("What weighs most", "首要信号"))
    blocks += try plays(in: desk)
    return Content(desk.say("Churn board", "流失预警看板"), blocks)
  }

  private static func card(_ line: ModelLine, _ projection: AnyProjection, _ word: Word, in desk: Desk) throws -> BoardColumn.Card {
    let texts = Dictionary(
      uniqueKeysWithValues: zip(projection.columns, line.values).map { ($0.name, Cell($1).text(in: $0, desk.language)) })
    let flags = (texts["flags"] ?? "").split(separator: ",").prefix(3).map { flag in
      projection.conditions.first { $0.text == flag }?.title[desk.language] ?? String(flag)
    }
    var lines = [desk.say("Health ", "健康度 ") + (texts["score"] ?? "") + " · " + flags.joined(separator: desk.say(", ", "、"))]
    if let since = line.since { lines.append(desk.say("Since \(since.day)", "自 \(since.day) 起")) }
    if let verdict = try verdict(of: line.subject, in: desk) { lines.append(verdict) }
    var links = [Link(desk.say("Why", "为何"), desk.whyLink("churn", line.subject))]
    if desk.asking.user.may(.record) {
      links.insert(
        Link(desk.say("Triage", "研判"), desk.link("/record/churn.warning_triaged", ["subject": line.subject, "next": "/churn"]), isButton: true), at: 0)
    }
    let title = desk.name(of: line.subject) ?? line.subject
    return BoardColumn.Card(Link(title, desk.subjectLink(line.subject)), mark: Mark.of(word.text), lines: lines, links: links)
  }

  /// The last word of a person about a customer's warnings, as far as the reader's view knows it.
  private static func verdict(of subject: String, in desk: Desk) throws -> String? {
    let reading = try SubjectReading(subject, view: desk.view, in: desk.snapshot)
    guard let entry = try reading.entries().last(where: { $0.type == TypeCode(Events.Churn.warningTriaged) }),
      let last = try reading.events(of: [entry]).first
    else { return nil }
    return desk.say("Triaged: ", "已研判：") + desk.text(of: last) + " (" + last.event.occurredAt.day.description + ")"
  }

  /// Plays: what was tried to keep customers, and what came of it.
  private static func plays(in desk: Desk) throws -> [Block] {
    let found = try desk.newest("churn.play_closed", limit: 15)
    let rows = found.map { stored in
      [
        SiteCell(stored.event.occurredAt.day.description, href: desk.eventLink(stored.seq)),
        SiteCell(desk.title(of: stored.event.subject.description), href: desk.subjectLink(stored.event.subject.description)),
        SiteCell(desk.text(of: stored)),
      ]
    }
    return [
      .table(
        SiteTable(
          desk.say("Retention plays that ended, newest first", "已结束的挽留方案（最近在前）"),
          [.init(desk.say("On", "日期"), isShort: true), .init(desk.say("Customer", "客户")), .init(desk.say("Play", "方案"))], rows,
          nothing: desk.say("None has ended yet.", "尚无已结束的方案。")))
    ]
  }
}
