import Events
import Vocabulary
import Wire

/// The mappings of all of the workload's types, and one line's way through them.
struct WorkloadMappings: Sendable {
  private let mappings: [String: Mapping]

  init() {
    mappings = WorkloadMappings.prospects.merging(WorkloadMappings.sales) { $1 }
      .merging(WorkloadMappings.contracts) { $1 }.merging(WorkloadMappings.care) { $1 }
  }

  /// One line → one event.
  func event(_ bytes: Span<UInt8>, line: Int) throws(WorkloadError) -> Event {
    let json: JSON
    do { json = try JSON(parsing: bytes) } catch { throw .notJSON(line: line, offset: error.offset) }
    guard let type = json.object?["type"]?.string, let mapping = mappings[type] else {
      throw .unknownType(json.object?["type"]?.string ?? "", line: line)
    }
    guard let top = json.object, let stream = top["stream"]?.string, stream.hasPrefix("customer-"),
      let actor = top["actor"]?.string, let data = top["data"]?.object,
      let at = top["at"]?.string.flatMap({ Instant($0) })
    else { throw .missing("envelope", line: line) }
    let customer = String(stream.dropFirst("customer-".count))
    var move = Mapping.Move(data, actor: actor, line: line)
    let subject = try mapping.subject(of: customer, &move)
    if mapping.namesCustomer { move.data["customer"] = .string(customer) }
    for step in mapping.steps { try move.apply(step) }
    try move.finish()
    var event = Event(mapping.type, subject, at: at, move.data, version: mapping.version)
    event.about.actor = actor
    event.about.channel = "import"
    event.about.reason = move.reason
    return event
  }
}

extension Mapping {
  fileprivate func subject(of customer: String, _ move: inout Move) throws(WorkloadError) -> Subject {
    let subject: Subject? =
      switch about {
      case .lead: Subject(kind: .lead, id: customer)
      case .customer: Subject(kind: .customer, id: customer)
      case .thing(let kind, let name): Subject(kind: kind, id: try move.text(name))
      }
    guard let subject else { throw .unexpected("stream", line: move.line) }
    return subject
  }
}

extension WorkloadMappings {
  private static let euros = Mapping.Step.constant("cur", "EUR")

  private static let prospects: [String: Mapping] = [
    "lead.created": Mapping(
      Lead.created, .lead, namesCustomer: true,
      [
        .keep("source", as: "source"), .keep("campaign", as: "campaign"), .keep("region", as: "region"),
        .keep("company", as: "company"), .keep("employees", as: "employees"), .person("contact"),
      ]),
    "lead.qualified": Mapping(
      Lead.screened, .lead,
      [
        .constant("verdict", "qualified"), .keep("score", as: "fitScore"), .actor("by"),
        .keep("budget_cents", as: "budgetMinor"), euros, .keep("segment", as: "segment"),
        .keep("next_step", as: "nextStep"), .keep("notes", as: "note"),
      ]),
    "lead.disqualified": Mapping(
      Lead.screened, .lead,
      [.constant("verdict", "disqualified"), .keep("reason", as: "reasonCode"), .keep("notes", as: "note")]),
    "visit.scheduled": Mapping(
      Task.assigned, .thing(.task, "visit"), namesCustomer: true,
      [
        .constant("kind", "visit"), .keep("when", as: "dueOn"), .keep("place", as: "place"),
        .keep("purpose", as: "purpose"),
      ]),
    "visit.logged": Mapping(
      Visit.logged, .customer,
      [
        .keep("visit", as: "visit"), .keep("minutes", as: "durationMin"), .keep("place", as: "place"),
        .keep("outcome", as: "outcome"), .keep("notes", as: "minutes"),
      ]),
    "call.logged": Mapping(
      Visit.interactionLogged, .customer,
      [
        .constant("kind", "call"), .keep("direction", as: "direction"), .keep("minutes", as: "durationMin"),
        .keep("outcome", as: "outcome"), .keep("contact", as: "person"), .keep("notes", as: "summary"),
      ]),
    "email.sent": Mapping(
      Visit.interactionLogged, .customer,
      [
        .constant("kind", "mail"), .keep("template", as: "template"), .keep("subject", as: "summary"),
        .keep("campaign", as: "campaign"), .keep("message_id", as: "messageId"), .keep("to", as: "to"),
      ]),
    "note.added": Mapping(
      Visit.interactionLogged, .customer,
      [.constant("kind", "note"), .keep("text", as: "summary"), .keep("tags", as: "tags")]),
  ]

  private static let sales: [String: Mapping] = [
    "opportunity.opened": Mapping(
      Opportunity.opened, .thing(.opportunity, "opp"), namesCustomer: true,
      [
        .keep("product", as: "product"), .keep("value_cents", as: "amountMinor"), euros,
        .percent("probability", as: "probabilityBp"), .keep("close_by", as: "closeOn"),
      ]),
    "opportunity.staged": Mapping(
      Opportunity.progressed, .thing(.opportunity, "opp"),
      [
        .keep("from", as: "fromStage"), .keep("to", as: "toStage"), .percent("probability", as: "probabilityBp"),
        .keep("value_cents", as: "amountMinor"), euros, .keep("notes", as: "note"),
      ]),
    "opportunity.lost": Mapping(
      Opportunity.closed, .thing(.opportunity, "opp"),
      [
        .constant("outcome", "lost"), .listed("reason", as: "reasonCodes"), .keep("competitor", as: "winner"),
        .reason("notes"),
      ]),
    "quote.sent": Mapping(
      Opportunity.quoteIssued, .thing(.quote, "quote"), namesCustomer: true,
      [
        .unlessNull("opp", as: "opportunity"), .lines("items"), .keep("total_cents", as: "totalMinor"), euros,
        .keep("valid_until", as: "validUntil"),
      ]),
    "order.placed": Mapping(
      Order.placed, .thing(.order, "order"), namesCustomer: true,
      [
        .lines("items"), .keep("total_cents", as: "totalMinor"), euros, .keep("channel", as: "salesChannel"),
        .keep("ship_to", as: "shipTo"),
      ]),
    "invoice.issued": Mapping(
      Order.invoiced, .thing(.invoice, "invoice"), namesCustomer: true,
      [
        .keep("order", as: "order"), .keep("due", as: "dueOn"), .keep("amount_cents", as: "netMinor"),
        .keep("currency", as: "cur"), .keep("lines", as: "lineCount"), .keep("terms", as: "terms"),
      ]),
    "payment.received": Mapping(
      Payment.received, .customer,
      [
        .keep("payment", as: "payment"), .listed("invoice", as: "invoices"), .keep("amount_cents", as: "amountMinor"),
        .keep("currency", as: "cur"), .keep("method", as: "method"), .keep("booked", as: "receivedOn"),
        .keep("reference", as: "bankRef"),
      ]),
    "payment.failed": Mapping(
      Payment.failed, .customer,
      [
        .keep("payment", as: "payment"), .listed("invoice", as: "invoices"), .keep("amount_cents", as: "amountMinor"),
        euros, .keep("code", as: "failure"), .keep("retry", as: "retry"),
      ]),
    "refund.issued": Mapping(
      Payment.refunded, .customer,
      [
        .keep("refund", as: "refund"), .keep("payment", as: "payment"), .keep("amount_cents", as: "amountMinor"), euros,
        .reason("reason"),
      ]),
  ]

  private static let contracts: [String: Mapping] = [
    "contract.signed": Mapping(
      Contract.signed, .thing(.contract, "contract"), namesCustomer: true,
      [
        .keep("plan", as: "kind"), .keep("start", as: "startOn"), .keep("end", as: "endOn"),
        .keep("value_cents", as: "totalMinor"), euros, .keep("auto_renew", as: "autoRenew"),
        .keep("signed_by", as: "signatory"),
      ]),
    "contract.amended": Mapping(
      Contract.amended, .thing(.contract, "contract"),
      [
        .change("clauseChanges", key: "key"), .keep("end", as: "endOn"), .keep("value_cents", as: "totalMinor"), euros,
        .reason("notes"),
      ]),
    "contract.renewed": Mapping(
      Contract.renewed, .thing(.contract, "contract"),
      [
        .keep("plan", as: "kind"), .keep("end", as: "newEndOn"), .keep("value_cents", as: "totalMinor"), euros,
      ]),
    "contract.terminated": Mapping(
      Contract.ended, .thing(.contract, "contract"),
      [
        .constant("cause", "terminated"), .reason("reason"), .keep("notice_days", as: "noticeDays"),
        .keep("notes", as: "note"),
      ]),
  ]

  private static let care: [String: Mapping] = [
    "complaint.filed": Mapping(
      Complaint.filed, .thing(.complaint, "complaint"), namesCustomer: true,
      [
        .keep("topic", as: "category"), .keep("severity", as: "severity"), .keep("channel", as: "channel"),
        .keep("text", as: "text"),
      ]),
    "complaint.escalated": Mapping(
      Complaint.escalated, .thing(.complaint, "complaint"), [.keep("to", as: "to"), .reason("reason")]),
    "complaint.resolved": Mapping(
      Complaint.closed, .thing(.complaint, "complaint"),
      [
        .keep("resolution", as: "remedy"), .keep("hours", as: "hours"),
        .keep("compensation_cents", as: "compensationMinor"), euros,
      ]),
    "survey.answered": Mapping(
      Survey.answered, .customer,
      [
        .keep("survey", as: "campaign"), .keep("score", as: "score"), .keep("kind", as: "kind"),
        .keep("channel", as: "channel"), .keep("comment", as: "verbatim"),
      ]),
    "loyalty.redeemed": Mapping(
      Loyalty.entryPosted, .customer,
      [
        .constant("kind", "points"), .keep("reward", as: "reward"), .negated("points", as: "delta"),
        .keep("channel", as: "channel"),
      ]),
    // The workload knows one contact a customer, and gives it no number.
    "contact.updated": Mapping(
      Customer.contactUpdated, .customer, [.constant("contact", "main"), .change("changes", key: "field")]),
  ]
}
