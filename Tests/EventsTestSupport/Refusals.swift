import Events
public import Vocabulary
import Wire

/// One way in which a wish that would pass is refused.
public struct Refused: Sendable {
  public let past: [Event]
  public let wish: Event
  /// `E-GUARD-ROLE`, `E-EVENT-MISSING`.
  public let code: String
  /// Positions of the events that stand against it.
  public var causes: [Int64] = []
}

extension GoodOrder {
  /// The wish refused for each reason that its declaration gives.
  public var refusals: [Refused] {
    envelopeRefusals + fieldRefusals + nameRefusals + endRefusals + decisionRefusals + protectionRefusals
  }

  private func refused(
    _ code: String, causes: [Int64] = [], after more: [Event] = [], _ change: (inout Event) -> Void = { _ in }
  ) -> Refused {
    var other = wish
    change(&other)
    return Refused(past: past + more, wish: other, code: code, causes: causes)
  }

  private var declaration: Declaration { entry.declaration }
  private var end: Int64 { Int64(past.count) }

  /// An event that comes `after` so many others behind the good order.
  private func more(_ type: String, _ subject: String, _ data: JSONObject = [:], after: Int = 0) -> Event {
    GoodOrder.event(type, subject, data, at: past.count + after)
  }

  /// Role, time, reason, and who has left.
  private var envelopeRefusals: [Refused] {
    var list: [Refused] = []
    if !declaration.recorders.isEmpty {
      list.append(refused("E-GUARD-ROLE") { $0.about.role = "XX" })
      list.append(refused("E-GUARD-ROLE") { $0.about.role = nil })
    }
    list.append(refused("E-GUARD-LATE-ENTRY") { $0.occurredAt = GoodOrder.at("03-04") })
    if declaration.needsReason {
      list.append(refused("E-EVENT-REASON") { $0.about.reason = nil })
    } else {
      list.append(refused("E-GUARD-LATE-ENTRY") { ($0.occurredAt, $0.about.reason) = (GoodOrder.at("01-04"), nil) })
    }
    let actor = "employee:" + (wish.about.actor ?? "")
    let left = [
      more("employee.joined", actor, ["person": "Ann", "position": "rep"]),
      more("employee.departed", actor, ["lastDay": "2026-03-01"], after: 1),
    ]
    return list + [refused("E-GUARD-DEPARTED", causes: [end + 1], after: left)]
  }

  private var fieldRefusals: [Refused] {
    [
      refused("E-EVENT-UNKNOWN-FIELD") { $0.data["surprise"] = 1 },
      refused("E-EVENT-SUBJECT") { $0.subject = Subject(kind: "nothing", id: "1") ?? $0.subject },
    ] + declaration.fields.filter(\.isRequired).map { field in refused("E-EVENT-MISSING") { $0.data[field.name] = nil } }
  }

  /// Ids that were used, and ids that nobody knows.
  private var nameRefusals: [Refused] {
    var list: [Refused] = []
    var first = wish
    (first.seq, first.id) = (end, nil)
    if declaration.opensSubject {
      list.append(refused("E-GUARD-ID-REUSED", causes: [end], after: [first]))
    } else if GoodOrder.opener(of: wish.subject.kind) != nil {
      list.append(refused("E-GUARD-UNKNOWN-SUBJECT") { $0.subject = Subject(kind: $0.subject.kind, id: "NOBODY") ?? $0.subject })
    }
    for field in declaration.fields {
      guard case .reference(let kind) = field.kind, GoodOrder.opener(of: kind.word) != nil else { continue }
      list.append(refused("E-GUARD-UNKNOWN-SUBJECT") { $0.data[field.name] = "NOBODY" })
    }
    if declaration.name == "customer.registered", let other = Subject("customer:OTHER") { first.subject = other }
    if ["customer.registered", "contact.added"].contains(declaration.name) {
      list.append(refused("E-GUARD-DUPLICATE", causes: [end], after: [first]))
    }
    return list
  }

  /// How things end; who goes on has to say so in another way.
  private static let ends: [(kind: EntityKind, type: String, data: JSONObject, follow: [String])] = [
    (.contract, "contract.ended", [:], ["contract.archived", "contract.obligation_met", "contract.breach_recorded"]),
    (.opportunity, "opportunity.closed", [:], []), (.lead, "lead.converted", [:], []), (.dispute, "dispute.resolved", [:], []),
    (.task, "task.completed", ["result": "done"], []), (.improvement, "improvement.closed", [:], []),
    (.risk, "risk.treated", ["closed": true], []), (.complaint, "complaint.closed", [:], ["complaint.reopened"]),
    (.approval, "approval.withdrawn", [:], []),
  ]

  private var endRefusals: [Refused] {
    var list: [Refused] = []
    let subject = wish.subject.description
    for (kind, type, data, follow) in GoodOrder.ends where declaration.subjects == [kind] && !declaration.opensSubject {
      guard !follow.contains(declaration.name), let fields = Catalogue.keshi.entry(named: type)?.declaration.fields else { continue }
      var ended = Sampler.object(fields.filter(\.isRequired))
      for member in data.members { ended[member.name] = member.value }
      list.append(refused("E-GUARD-ENDED", causes: [end], after: [more(type, subject, ended)]))
    }
    guard NotMerged.concerns(declaration), let customer else { return list }
    let merged = [
      more("customer.registered", "customer:OTHER", ["name": "Other"]),
      more("customer.merged", "customer:OTHER", ["absorbed": .string(customer)], after: 1),
    ]
    return list + [refused("E-GUARD-MERGED", causes: [end + 1], after: merged)]
  }

  /// The customer that the wish is about or names.
  private var customer: String? {
    if wish.subject.kind == EntityKind.customer.word { return wish.subject.id }
    return declaration.fields.lazy.compactMap { field in
      if case .reference(.customer) = field.kind { wish.data[field.name]?.string } else { nil }
    }.first
  }

  /// What waits for a second person, without a decision that counts.
  private var decisionRefusals: [Refused] {
    guard declaration.needsSecondPerson else { return [] }
    let (request, decision) = (past.count - 2, past.count - 1)
    func after(_ causes: [Int], _ change: (inout [Event]) -> Void) -> Refused {
      var other = past
      change(&other)
      return Refused(past: other, wish: wish, code: "E-GUARD-FOUR-EYES", causes: causes.map { Int64($0) })
    }
    let both = [request, decision]
    var list = [
      refused("E-GUARD-FOUR-EYES") { ($0.data["approval"], $0.about.causedBy) = (nil, nil) },
      after([request]) { $0.removeLast() }, after(both) { $0[decision].about.actor = "ann" },
      after(both) { $0[decision].about.actor = wish.about.actor },
      after(both) { $0[decision].occurredAt = GoodOrder.at("03-03") },
      after([decision]) { $0[decision].data["verdict"] = "reject" },
      after([request]) { $0[request].data["eventType"] = "visit.logged" },
      after([request]) { $0[request].data["about"] = "customer:OTHER" },
      after([request]) { $0[request].data["contentHash"] = .hash("f") },
      after([request]) { $0[request].data["beneficiary"] = "ANN" },
      after([past.count]) { $0.append(more("approval.withdrawn", "approval:OK")) },
    ]
    if !declaration.approvers.isEmpty { list.append(after(both) { $0[decision].about.role = "XX" }) }
    return list
  }

  private var protectionRefusals: [Refused] {
    var list: [Refused] = []
    if NotHeld.concerns(declaration) {
      let held = wish.data["subjects"]?.array?.first?.string ?? wish.subject.description
      list.append(refused("E-GUARD-HOLD", causes: [end], after: [more("hold.placed", held)]))
    }
    if LockedScore.concerns(declaration) {
      var locked = wish
      (locked.seq, locked.id) = (end, nil)
      list.append(refused("E-GUARD-LOCKED-SCORE", causes: [end], after: [locked]))
      list.append(refused("E-GUARD-LOCKED-SCORE", causes: [end], after: [locked]) { ($0.data["revision"], $0.about.reason) = (1, nil) })
    }
    return list
  }
}
