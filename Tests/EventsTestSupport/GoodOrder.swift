import Events
public import Vocabulary
public import Wire

/// A wish with the past that lets it pass: for every type of the catalogue, whatever it is.
public struct GoodOrder: Sendable {
  /// What happened before, numbered from 0.
  public private(set) var past: [Event]
  public var wish: Event
  public let entry: Catalogue.Entry

  /// When a wish is recorded; samples happened the day before.
  public static let now = at("03-03")

  /// A day of 2026 as `03-02`, at nine.
  public static func at(_ day: String) -> Instant { Instant("2026-\(day)T09:00:00Z") ?? .distantPast }

  public init(_ entry: Catalogue.Entry) {
    self.entry = entry
    past = []
    wish = Sampler.event(of: entry)
    (wish.seq, wish.recordedAt) = (nil, nil)
    wish.about.role = entry.declaration.recorders.first?.word
    wish.about.reason = "按约定办理"
    record("customer.registered", "customer:CUSTOMER-1", ["name": "Acme"])
    adapt()
    recordReferences()
    recordOpening()
    recordSteps()
    recordApproval()
  }

  private mutating func record(
    _ type: String, _ subject: String, by actor: String = "ann", as role: String? = nil, id: String? = nil,
    _ data: JSONObject = [:]
  ) {
    past.append(GoodOrder.event(type, subject, by: actor, as: role, id: id, data, at: past.count))
  }

  /// An event of the day before the wish, in a role that may record it, with its place in the past.
  static func event(
    _ type: String, _ subject: String, by actor: String = "ann", as role: String? = nil, id: String? = nil,
    _ data: JSONObject = [:], at place: Int
  ) -> Event {
    guard let entry = Catalogue.keshi.entry(named: type), let subject = Subject(subject) else {
      preconditionFailure("no type \(type) or subject \(subject)")
    }
    var event = Event(type, subject, at: GoodOrder.at("03-01"), data, version: entry.declaration.version, id: id)
    event.about.actor = actor
    event.about.role = role ?? entry.declaration.recorders.first?.word
    if entry.declaration.needsReason { event.about.reason = "as agreed" }
    event.seq = Int64(place)
    return event
  }

  private func knows(_ subject: String) -> Bool { past.contains { $0.subject.description == subject } }

  /// What a sample cannot know: values that hang together.
  private mutating func adapt() {
    switch wish.type {
    case "contract.amended":
      wish.data["clauseChanges"] = [["key": "price", "before": "1", "after": "2"]]
      wish.data["assent"] = [["party": "us", "evidenceHash": .hash("c")], ["party": "them", "evidenceHash": .hash("d")]]
    case "contract.signed": (wish.data["party"], wish.data["docHash"]) = ("us", .hash("a"))
    case "payment.received": wish.data["advance"] = true
    case "approval.decided": (wish.data["step"], wish.data["delegatedFrom"]) = (nil, nil)
    case "approval.withdrawn": wish.about.actor = "ann"
    case "customer.registered": wish.data["unifiedSocialCreditCode"] = "91310000MA1K"
    case "contact.added": wish.data["contact"] = "K-1"
    case "kpi.scored": wish.data["revision"] = 0
    case "rule.published", "rule.proposed":
      (wish.data["kind"], wish.data["bodyHash"], wish.data["approvedBy"]) = ("kpi", nil, nil)
    case "event.corrected":
      (wish.data["kind"], wish.data["data"], wish.about.actor) = ("replace", ["name": "Acme Ltd"], "ann")
      wish.data["happenedAt"] = nil
    default: break
    }
  }

  /// Everything that the wish names is known.
  private mutating func recordReferences() {
    for kind in Set(GoodOrder.named(entry.declaration.fields)).sorted(by: { $0.word < $1.word }) where kind != .customer {
      guard let opener = GoodOrder.opener(of: kind.word) else { continue }
      record(opener.name, kind.word + ":" + kind.word.uppercased() + "-1", Sampler.object(opener.fields.filter(\.isRequired)))
    }
    if !knows("contract:CONTRACT-1") { record("contract.drafted", "contract:CONTRACT-1", ["customer": "CUSTOMER-1"]) }
  }

  private static func named(_ fields: [Field]) -> [EntityKind] {
    fields.flatMap { field -> [EntityKind] in
      switch field.kind {
      case .reference(let kind): [kind]
      case .list(.reference(let kind), _): [kind]
      case .list(.record(let fields), _), .record(let fields): named(fields)
      default: []
      }
    }
  }

  /// The declaration that opens subjects of a kind.
  static func opener(of kind: String) -> Declaration? {
    Catalogue.keshi.entries.map(\.declaration).first { $0.opensSubject && $0.subjects[0].word == kind }
  }

  /// The subject is open, unless the wish opens it.
  private mutating func recordOpening() {
    guard let opener = GoodOrder.opener(of: wish.subject.kind), !entry.declaration.opensSubject else { return }
    record(opener.name, wish.subject.description, Sampler.object(opener.fields.filter(\.isRequired)))
  }

  /// Steps that a guard asks for.
  private mutating func recordSteps() {
    let subject = wish.subject.description
    let latest = { (self: GoodOrder) in JSON.int(Int64(self.past.count - 1)) }
    switch wish.type {
    case "contract.signed", "contract.activated":
      record("contract.text_frozen", subject, ["version": 1, "docHash": .hash("a")])
      guard wish.type == "contract.activated" else { return }
      record("contract.signed", subject, ["party": "us", "docHash": .hash("a")])
      record("contract.signed", subject, ["party": "them", "docHash": .hash("a")])
    case "complaint.closed":
      record("complaint.assessed", subject, ["severity": "major"])
      record("complaint.responded", subject)
    case "complaint.reopened": record("complaint.closed", subject)
    case "complaint.resumed": record("complaint.paused", subject, ["asked": "photos"])
    case "receivable.adjusted":
      record(
        "invoice.issued", "invoice:INVOICE-1",
        ["customer": "CUSTOMER-1", "netMinor": 100, "cur": "CNY", "dueOn": "2026-04-01"])
    case "privacy.fulfilled":
      record("privacy.requested", subject, ["right": "access"])
      wish.data["request"] = latest(self)
    case "erasure.approved", "erasure.executed":
      record("erasure.requested", subject, ["level": "keys"])
      wish.data["request"] = latest(self)
    case "hold.released":
      record("hold.placed", subject)
      wish.data["hold"] = latest(self)
    case "event.corrected": wish.data["seq"] = latest(self)
    default: break
    }
  }

  private mutating func recordApproval() {
    guard entry.declaration.needsSecondPerson else { return }
    let decider = entry.declaration.approvers.first?.word ?? "PO"
    record("approval.requested", "approval:OK", ["about": .string(wish.subject.description), "eventType": .string(wish.type)])
    record("approval.decided", "approval:OK", by: "bo", as: decider, id: "ok", ["verdict": "approve"])
    wish.data["approval"] = "OK"
  }
}

extension JSON {
  /// A hash of one digit, for texts that only have to differ.
  public static func hash(_ digit: Character) -> JSON { .string(String(repeating: digit, count: 64)) }
}
