import Answers
import Engine
import Events
import Log
import Pages
import Vocabulary
import Wire

/// Forms for what people record, made from the declarations of the events.
enum RecordPages {
  static let routes = [
    PageRoute(.get, "/record", .record, "Record something", "登记") { asking in try asking.page(list) },
    PageRoute(.get, "/record/{type}", .record, "A form", "登记表单") { asking in
      try asking.page { try form(EventForm(declaration(asking["type"]), asking, written: asking.query), in: $0) }
    },
    PageRoute(.post, "/record/{type}", .record, "Record an event", "登记事件") { asking in try record(asking) },
  ]

  /// What people record every day, in the order in which it is offered.
  static let daily = [
    "visit.logged", "interaction.logged", "lead.created", "opportunity.opened", "opportunity.progressed", "order.placed", "payment.received",
    "complaint.filed", "survey.answered", "task.assigned", "churn.warning_triaged", "customer.registered",
  ]

  /// What is usually recorded about a kind of thing.
  static func usual(about kind: String) -> [String] {
    switch kind {
    case "customer": ["visit.logged", "interaction.logged", "churn.warning_triaged", "survey.answered"]
    case "lead": ["interaction.logged", "lead.screened", "lead.converted"]
    case "opportunity": ["opportunity.progressed", "opportunity.closed"]
    case "contract": ["contract.obligation_met", "contract.amended", "contract.renewed"]
    case "complaint": ["complaint.acknowledged", "complaint.assessed", "complaint.responded", "complaint.closed"]
    case "order": ["order.changed", "delivery.accepted"]
    case "invoice": ["payment.received", "payment.demanded"]
    case "task": ["task.completed"]
    case "approval": ["approval.decided", "approval.withdrawn"]
    default: []
    }
  }

  private static func declaration(_ type: String) throws -> Declaration {
    guard let entry = Catalogue.keshi.entry(commanded: type) else { throw EventError(.unknownType(type), at: "type") }
    return entry.declaration
  }

  private static func list(in desk: Desk) throws -> Content {
    let every = daily.compactMap { Catalogue.keshi.entry(named: $0)?.declaration }
    var blocks: [Block] = [
      .paragraph(desk.say("What happened? Choose the form that says it.", "发生了什么？请选择对应的表单。")), .tiles(every.map { tile($0, desk) }),
      .heading(desk.say("Everything that can be recorded", "全部可登记事项")),
    ]
    for family in Catalogue.keshi.families {
      let links = Catalogue.keshi.entries.filter { $0.code.family == family.code && $0.declaration.name != "log.lost" }.map { entry in
        Link(entry.declaration.title[desk.language], desk.link("/record/" + entry.declaration.name))
      }
      blocks += [.paragraph(family.title[desk.language]), .links(links)]
    }
    return Content(desk.say("Record something", "登记"), blocks)
  }

  private static func tile(_ declaration: Declaration, _ desk: Desk) -> Tile {
    Tile(
      declaration.title[desk.language], "", note: declaration.meaning?[desk.language] ?? "", href: desk.link("/record/" + declaration.name))
  }

  private static func form(_ form: EventForm, in desk: Desk, notice: Notice? = nil) throws -> Content {
    let declaration = form.declaration
    var blocks: [Block] = notice.map { [.notice($0)] } ?? []
    if let meaning = declaration.meaning { blocks.append(.paragraph(meaning[desk.language])) }
    if declaration.needsSecondPerson {
      blocks.append(
        .notice(
          Notice(
            .caution, desk.say("This takes effect only by another person's decision.", "须经他人审批方可生效。"),
            links: [Link(desk.say("Ask for the decision", "提交审批"), desk.link("/record/approval.requested", ["data.eventType": declaration.name]))])))
    }
    blocks.append(.form(form.form(submit: desk.say("Record", "登记"))))
    return Content(declaration.title[desk.language], blocks, status: notice == nil ? 200 : 422)
  }

  private static func record(_ asking: Asking) throws -> PageReply {
    var form = EventForm(try declaration(asking["type"]), asking, written: asking.form)
    var refusal: Notice?
    if let event = form.event() {
      do {
        let result = try asking.premises.perform(Command([event]), rehearse: false)
        let seq = result.receipts.first.map { Int64($0.seq) } ?? 0
        return .see(Address(asking.form["next"].flatMap(local) ?? "/subjects/" + Address.part(event.subject.description), [("done", String(seq))]).text)
      } catch let error as AppendError {
        form.take(error.reason)
      } catch let error as Refusal {
        form.take(error)
        refusal = asking.notice(of: Trouble(error))
      }
    }
    let notice = refusal ?? Notice(.refusal, asking.say("This was not recorded. What is wrong stands beside the fields.", "未入账。问题见各字段旁的说明。"))
    return try asking.page { try Self.form(form, in: $0, notice: notice) }
  }

  /// A path on this site; `nil` for anything else.
  private static func local(_ path: String) -> String? {
    path.hasPrefix("/") && !path.hasPrefix("//") && !path.contains("\\") && !path.contains("?") ? path : nil
  }
}
