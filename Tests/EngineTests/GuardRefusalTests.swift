import Events
import EventsTestSupport
import Log
import Testing
import Vocabulary
import Wire

@testable import Engine

/// An event of 2026-03-01, or of another day of that year.
private func e(
  _ type: String, _ subject: String, _ data: JSONObject = [:], by actor: String = "ann", as role: String? = nil, on day: String = "03-01",
  because reason: String? = nil
) -> Event {
  let declaration = Catalogue.keshi.entry(named: type)?.declaration
  var event = Event(type, Subject(subject) ?? Subject(kind: .log, id: "none")!, at: GoodOrder.at(day), data)
  event.about.actor = actor
  event.about.role = role ?? declaration?.recorders.first?.word
  event.about.reason = reason ?? (declaration?.needsReason == true ? "as agreed" : nil)
  return event
}

private let customer = e("customer.registered", "customer:4", ["name": "Acme", "unifiedSocialCreditCode": "91310000MA1K"])
private let contract = e("contract.drafted", "contract:K", ["customer": "4"])
private let frozen = e("contract.text_frozen", "contract:K", ["version": 1, "docHash": .hash("a")])
private let asked = e("approval.requested", "approval:A", ["about": "contract:K", "eventType": "contract.renewed"])

private let person = e("employee.joined", "employee:bo", ["person": "Bo", "position": "rep"])
private let scoreAsked = e("approval.requested", "approval:B", ["about": "employee:bo", "eventType": "kpi.scored"], by: "bo")
private let scored = e("kpi.scored", "employee:bo", score(0), by: "cy")

private func score(_ revision: Int64) -> JSONObject {
  [
    "period": "2026Q1", "items": [], "total": 90, "grade": "a", "ruleVersion": 1, "revision": .int(revision), "approval": "B",
  ]
}

/// A wish that one guard refuses.
struct Scene: CustomTestStringConvertible, Sendable {
  let rule: String
  let past: [Event]
  let wish: Event
  let causes: [Int64]
  var testDescription: String { "\(rule): \(wish.type) after \(past.last?.type ?? "nothing")" }

  fileprivate init(_ rule: String, _ past: [Event], _ wish: Event, because causes: [Int64] = []) {
    (self.rule, self.past, self.wish, self.causes) = (rule, past, wish, causes)
  }

  static let all: [Scene] = [
    Scene("role", [customer], e("visit.logged", "customer:4", as: "FN")),
    Scene("auditor", [customer, contract, asked], e("approval.withdrawn", "approval:A", as: "AU")),
    Scene("late-entry", [customer], e("visit.logged", "customer:4", on: "03-04")),
    Scene("late-entry", [customer], e("visit.logged", "customer:4", on: "02-01")),
    Scene(
      "departed",
      [
        customer, e("employee.joined", "employee:ann", ["person": "Ann", "position": "rep"]),
        e("employee.departed", "employee:ann", ["lastDay": "2026-03-01"]),
      ], e("visit.logged", "customer:4"), because: [2]),
    Scene("id-reused", [customer], e("customer.registered", "customer:4", ["name": "B"]), because: [0]),
    Scene(
      "duplicate", [customer],
      e("customer.registered", "customer:5", ["name": "B", "unifiedSocialCreditCode": "91310000MA1K"]), because: [0]),
    Scene(
      "duplicate", [customer, e("contact.added", "customer:4", ["name": "Li", "channels": ["138"]])],
      e("contact.added", "customer:4", ["name": "li", "channels": ["138"]]), because: [1]),
    Scene("unknown-subject", [customer], e("visit.logged", "customer:5")),
    Scene(
      "merged",
      [
        customer, e("customer.registered", "customer:5", ["name": "B"]), e("customer.merged", "customer:4", ["absorbed": "5"]),
      ], e("visit.logged", "customer:5"), because: [2]),
    Scene(
      "ended", [customer, contract, e("contract.ended", "contract:K", ["cause": "expired"])],
      e("contract.revised", "contract:K", ["purpose": "draft"]), because: [2]),
    Scene(
      "correction", [customer],
      e("event.corrected", "customer:4", ["seq": 0, "kind": "retract"], by: "bo", because: "wrong"), because: [0]),
    Scene("answer", [customer], e("privacy.fulfilled", "customer:4", ["request": 0, "decision": "done"])),
    Scene(
      "answer", [customer, e("erasure.requested", "customer:4", ["level": "keys"])],
      e("erasure.approved", "customer:4", ["request": 1], by: "ANN"), because: [1]),
    Scene(
      "impartial", [customer, contract, asked],
      e("approval.decided", "approval:A", ["verdict": "approve"], by: "ann", as: "LG"), because: [2]),
    Scene("frozen-text", [customer, contract], e("contract.signed", "contract:K", ["party": "us", "docHash": .hash("a")])),
    Scene(
      "frozen-text", [customer, contract, frozen],
      e("contract.signed", "contract:K", ["party": "us", "docHash": .hash("b")]), because: [2]),
    Scene("signed-by-all", [customer, contract, frozen], e("contract.activated", "contract:K"), because: [2]),
    Scene("assent", [customer, contract], e("contract.amended", "contract:K", ["clauseChanges": [], "assent": []])),
    Scene(
      "complaint-steps", [customer, e("complaint.filed", "complaint:C", ["customer": "4"])],
      e("complaint.closed", "complaint:C", ["outcome": "upheld"])),
    Scene(
      "balance",
      [customer, e("invoice.issued", "invoice:I", ["customer": "4", "netMinor": 100, "cur": "CNY", "dueOn": "2026-04-01"])],
      e("payment.received", "customer:4", ["amountMinor": 101, "cur": "CNY", "invoices": ["I"]]), because: [1]),
    Scene(
      "hold", [customer, e("hold.placed", "customer:4", because: "suit")],
      e(
        "retention.disposed", "archive:2016",
        ["class": "c", "subjects": ["customer:4"], "method": "key-destroy", "listHash": .hash("a")]), because: [1]),
    Scene(
      "restricted-person",
      [
        customer, e("campaign.launched", "campaign:S", ["kind": "marketing", "title": "S", "startOn": "2026-03-01"]),
        e("consent.recorded", "customer:4", ["person": "Li", "purpose": "marketing", "state": "withdrawn"]),
      ], e("interaction.logged", "customer:4", ["kind": "mail", "direction": "out", "person": "Li", "campaign": "S"]),
      because: [2]),
    Scene("locked-score", [person, scoreAsked, scored], e("kpi.scored", "employee:bo", score(0), by: "cy"), because: [2]),
    Scene("locked-score", [person, scoreAsked], e("kpi.scored", "employee:bo", score(1), by: "cy")),
    Scene(
      "hold", [customer, contract, e("hold.placed", "contract:K", because: "suit")],
      e(
        "retention.disposed", "archive:2016",
        ["class": "c", "subjects": ["customer:4"], "method": "key-destroy", "listHash": .hash("a")]), because: [2]),
    Scene(
      "four-eyes",
      [
        person, scoreAsked,
        e("approval.decided", "approval:B", ["verdict": "approve"], by: "ann", as: "SM"),
      ], e("kpi.scored", "employee:bo", score(0), by: "cy"), because: [1]),
    Scene(
      "four-eyes", [customer, contract, asked],
      e("contract.renewed", "contract:K", ["newEndOn": "2027-03-01", "approval": "A"]), because: [2]),
  ]
}

@Suite struct `Each guard's refusal` {
  private func store(_ folder: TemporaryFolder) throws -> Store {
    let clock = FixedClock(microseconds: GoodOrder.now.microseconds)
    var random = SystemRandomNumberGenerator()
    try Store.create(at: folder.path, origin: "test.example/log", clock: clock, random: &random)
    return try Store.open(at: folder.path, .write, catalogue: .keshi, projections: [], clock: clock)
  }

  @Test(arguments: Scene.all)
  func `names its rule and the events that stand against it, in both languages, and nothing is written`(scene: Scene) throws {
    let folder = TemporaryFolder()
    let store = try store(folder)
    defer { try? store.close() }
    _ = try store.append(scene.past)
    let before = store.head
    let refusal = #expect(throws: Refusal.self) { try store.perform(Command([scene.wish]), guards: Guards.all) }
    #expect(store.head == before)
    let found = try #require(refusal)
    #expect(found.rule == scene.rule && found.code == "E-GUARD-" + scene.rule.uppercased(), "\(found.message(in: .en))")
    #expect(found.causes.compactMap(\.seq) == scene.causes)
    for seq in scene.causes {
      #expect(found.message(in: .en).contains("event \(seq) (\(scene.past[Int(seq)].type), "))
      #expect(found.message(in: .zh).contains("事件 \(seq) "))
    }
    #expect(!found.remedy.en.isEmpty && !found.remedy.zh.isEmpty && found.remedy.en != found.remedy.zh)
  }

  @Test func `is in the table, but for the one that refuses nothing`() {
    #expect(Set(Scene.all.map(\.rule)) == Set(Guards.all.map { $0.id }).subtracting(["certificate"]))
  }
}
