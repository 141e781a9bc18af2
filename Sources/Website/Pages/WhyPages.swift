import Answers
import Engine
import Pages
import Projection
import Vocabulary
import Wire

/// Why a row is as it is: every condition with its evidence, what decides a field, and what comes next.
enum WhyPages {
  static let routes = [
    PageRoute(.get, "/why/{model}/{subject}", .read, "Why a row is as it is", "结论的缘由") { asking in
      try asking.page { try why(asking["model"], asking["subject"], field: asking.query["field"], in: $0) }
    }
  ]

  private static func why(_ model: String, _ subject: String, field: String?, in desk: Desk) throws -> Content {
    let answer = try ExplanationAnswer(model, subject, view: desk.view, field: field, in: desk.snapshot)
    let title = desk.say("Why: ", "缘由：") + answer.projection.title[desk.language] + " · " + desk.title(of: answer.subject)
    var blocks: [Block] = [
      .links([
        Link(desk.title(of: answer.subject), desk.subjectLink(answer.subject)),
        Link(answer.projection.title[desk.language], desk.link("/models/" + model)),
      ])
    ]
    guard !answer.isEmpty else {
      blocks.append(.notice(Notice(.hint, desk.say("There is no row, and no condition to tell of.", "没有行，也没有可说明的条件。"))))
      return Content(title, blocks)
    }
    if let cause = answer.explanation.field { blocks += decisive(answer, cause, in: desk) }
    blocks.append(.facts(facts(answer, in: desk)))
    if let outlook = answer.outlook(in: desk.language) { blocks.append(.notice(Notice(.hint, outlook))) }
    blocks.append(.table(findings(answer, in: desk)))
    blocks.append(.heading(desk.say("Events behind it", "依据的事件")))
    blocks.append(.timeline(desk.timeline(answer.explanation.events)))
    return Content(title, blocks)
  }

  /// The row, each field of it with the question what decides it.
  private static func facts(_ answer: ExplanationAnswer, in desk: Desk) -> [Fact] {
    guard let line = answer.explanation.line else { return [] }
    let model = ModelRows(answer.projection)
    let cells = model.cells(of: line)
    let unit = model.columns.firstIndex { $0.name == "cur" }.map { cells[$0].plain }
    return zip(model.columns, cells).map { column, cell in
      var shown = desk.cell(cell, column, of: line, in: answer.projection, currency: unit)
      if answer.projection.columns.contains(where: { $0.name == column.name }), !answer.projection.needsAll {
        shown.why = desk.whyLink(answer.projection.name, line.subject, field: column.name)
      }
      if column.name == "rule", let kind = answer.projection.ruleKind { shown.href = desk.link("/rules/" + kind) }
      if column.name == "position", case .integer(let seq) = cell { shown.href = desk.eventLink(seq) }
      return Fact(desk.title(of: column), shown)
    }
  }

  private static func decisive(_ answer: ExplanationAnswer, _ cause: FieldCause, in desk: Desk) -> [Block] {
    let told = answer.decisive(of: cause, in: desk.language)
    var blocks: [Block] = [.notice(Notice(.hint, told.sentence))]
    if cause.isPartial {
      blocks.append(
        .paragraph(
          desk.say(
            "This subject has more than \(FieldCause.eventLimit) events; only those that a condition names were tried.",
            "该主体事件超过 \(FieldCause.eventLimit) 个；仅尝试了条件所引用的事件。")))
    }
    guard !told.rows.isEmpty else { return blocks }
    let rows = zip(cause.decisive, told.rows).map { decisive, row in
      [SiteCell(row[0].plain, href: desk.eventLink(decisive.seq)), SiteCell(row[1].plain)]
    }
    blocks.append(
      .table(
        SiteTable(
          desk.say("Decisive events", "起决定作用的事件"), ExplanationAnswer.decisiveColumns.map { .init($0.title[desk.language]) }, rows,
          nothing: "")))
    return blocks
  }

  private static func findings(_ answer: ExplanationAnswer, in desk: Desk) -> SiteTable {
    desk.table(
      desk.say("Conditions", "条件"), ExplanationAnswer.findingColumns, answer.findings(in: desk.language),
      nothing: desk.say("This read model judges by no condition; its row follows from the events below.", "该读模型不设条件；其行直接由下列事件得出。")
    ) { cell, _, shown in
      guard case .flag(let holds) = cell else { return }
      shown = SiteCell(holds ? desk.say("holds", "成立") : desk.say("does not hold", "不成立"), mark: holds ? .warning : .quiet)
    }
  }
}
