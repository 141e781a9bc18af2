import Events
import Testing
import Vocabulary
import Wire

private let known = Story().then("customer.registered", "customer:4", ["name": "Acme"])

private func correct(
  _ seq: Int64, of subject: String, by actor: String = "ann", as role: String? = nil, _ data: JSONObject? = nil, approval: String? = nil
) -> Event {
  var body: JSONObject = ["seq": .int(seq), "kind": data == nil ? "retract" : "replace"]
  body["data"] = data.map { .object($0) }
  body["approval"] = approval.map { .string($0) }
  return Story.event("event.corrected", subject, by: actor, as: role, because: "typed wrongly", body)
}

@Suite struct `A correction` {
  @Test func `names an event of its own subject, which is none itself`() throws {
    expect(try known.refusal(correct(0, of: "customer:4")), nil)
    expect(try known.refusal(correct(1, of: "customer:4")), "correction")
    let other = known.then("customer.registered", "customer:5", ["name": "B"])
    expect(try other.refusal(correct(1, of: "customer:4")), "correction")
    let corrected = known.having(correct(0, of: "customer:4"))
    expect(try corrected.refusal(correct(1, of: "customer:4")), "correction", because: [1])
    expect(try corrected.refusal(correct(0, of: "customer:4", ["name": "Acme Ltd"])), nil)
  }

  @Test(arguments: [("ann", "SR", nil as String?), (" Ann ", "SR", nil), ("bo", "SM", nil), ("bo", "SR", "correction"), ("bo", "FN", "correction")])
  func `comes from who recorded it, or a sales manager`(who: String, role: String, rule: String?) throws {
    expect(try known.refusal(correct(0, of: "customer:4", by: who, as: role)), rule, because: rule == nil ? [] : [0])
  }

  @Test func `says the whole of what it should have been`() throws {
    var bare = correct(0, of: "customer:4", ["name": "x"])
    bare.data["data"] = nil
    expect(try known.refusal(bare), "correction", because: [0])
    #expect(throws: EventError.self) { try known.refusal(correct(0, of: "customer:4", ["surname": "x"])) }
    #expect(throws: EventError.self) { try known.refusal(correct(0, of: "customer:4", [:])) }
  }

  @Test func `says nothing that could not have been recorded in the first place`() throws {
    let billed = known.then("invoice.issued", "invoice:I", ["customer": "4", "netMinor": 900, "cur": "CNY", "dueOn": "2026-04-01"])
      .then("payment.received", "customer:4", ["amountMinor": 300, "cur": "CNY", "invoices": ["I"]])
      .then("payment.received", "customer:4", ["amountMinor": 500, "cur": "CNY", "invoices": ["I"]])
    let pay: (Int64) -> JSONObject = { ["amountMinor": .int($0), "cur": "CNY", "invoices": ["I"]] }
    expect(try billed.refusal(correct(2, of: "customer:4", pay(400))), nil)
    expect(try billed.refusal(correct(2, of: "customer:4", pay(401))), "balance", because: [1, 3])
    expect(try billed.refusal(correct(2, of: "customer:4", ["amountMinor": 1, "cur": "CNY", "invoices": ["none"]])), "unknown-subject")

    let signed = known.then("contract.drafted", "contract:K", ["customer": "4"])
      .then("contract.text_frozen", "contract:K", ["version": 1, "docHash": hash("a")])
      .then("contract.signed", "contract:K", ["party": "us", "docHash": hash("a")])
      .then("contract.text_frozen", "contract:K", ["version": 2, "docHash": hash("b")])
    let sign: (Character) -> JSONObject = { ["party": "us", "docHash": hash($0), "method": "seal"] }
    expect(try signed.refusal(correct(3, of: "contract:K", sign("a"))), nil)
    expect(try signed.refusal(correct(3, of: "contract:K", sign("b"))), "frozen-text", because: [2])
  }

  /// Else a correction would be the way around the second person.
  @Test func `of what took two people takes two people`() throws {
    let written = known.then("invoice.issued", "invoice:I", ["customer": "4", "netMinor": 900, "cur": "CNY", "dueOn": "2026-04-01"])
      .then("receivable.adjusted", "customer:4", ["amountMinor": 100, "cur": "CNY", "kind": "write-off", "invoices": ["I"]])
    let more: JSONObject = ["amountMinor": 900, "cur": "CNY", "kind": "write-off", "invoices": ["I"]]
    expect(try written.refusal(correct(2, of: "customer:4", more)), "four-eyes")
    expect(try written.refusal(correct(2, of: "customer:4")), "four-eyes")
    let asked = written.then("approval.requested", "approval:A", by: "ann", ["about": "customer:4", "eventType": "event.corrected"])
    expect(try asked.refusal(correct(2, of: "customer:4", more, approval: "A")), "four-eyes", because: [3])
    let decided = asked.then("approval.decided", "approval:A", by: "bo", as: "FN", ["verdict": "approve"])
    // The declaration lets finance or a sales manager decide; the version in force may ask for more.
    let roles = try #require(Catalogue.keshi.entry(named: "receivable.adjusted")).declaration.approvers.map(\.word)
    expect(try decided.refusal(correct(2, of: "customer:4", more, approval: "A")), roles.contains("FN") ? nil : "four-eyes", because: [])
    let own = asked.then("approval.decided", "approval:A", by: "Ann", as: roles.first, ["verdict": "approve"])
    expect(try own.refusal(correct(2, of: "customer:4", more, approval: "A")), "four-eyes", because: [3, 4])
    let used = decided.having(correct(2, of: "customer:4", more, approval: "A"))
    expect(try used.refusal(correct(2, of: "customer:4", approval: "A")), "four-eyes", because: [5])
  }

  @Test func `does not free an id`() throws {
    let gone = known.having(correct(0, of: "customer:4"))
    expect(try gone.refusal(Story.event("customer.registered", "customer:4", ["name": "Other"])), "id-reused", because: [0])
  }
}

@Suite struct `An answer` {
  private let asked = known.then("privacy.requested", "customer:4", ["right": "access"])
  private func answer(_ seq: Int64, _ decision: String = "done", on subject: String = "customer:4") -> Event {
    Story.event("privacy.fulfilled", subject, ["request": .int(seq), "decision": .string(decision)])
  }

  @Test func `names a request of its subject, and is given once`() throws {
    expect(try asked.refusal(answer(1)), nil)
    expect(try asked.refusal(answer(0)), "answer")
    expect(try asked.then("customer.registered", "customer:5", ["name": "B"]).refusal(answer(1, on: "customer:5")), "answer")
    expect(try asked.having(answer(1)).refusal(answer(1)), "answer", because: [1, 2])
    expect(try asked.having(answer(1, "partly")).refusal(answer(1)), nil)
  }

  @Test func `that approves an erasure comes from somebody else than who asked`() throws {
    let erasure = known.then("erasure.requested", "customer:4", by: "Li Na", ["level": "keys"])
    for (who, rule) in [("bo", nil as String?), ("Li Na", "answer"), ("li  na", "answer")] {
      let approve = Story.event("erasure.approved", "customer:4", by: who, ["request": 1])
      expect(try erasure.refusal(approve), rule, because: rule == nil ? [] : [1])
    }
  }

  @Test func `that releases a hold names one that stands, and takes two people`() throws {
    let held = known.then("hold.placed", "customer:4")
    let release = Story.event("hold.released", "customer:4", ["hold": 1])
    expect(try held.refusal(release), "four-eyes")
    expect(try known.refusal(release), "answer")
    expect(try held.having(release).refusal(release), "answer", because: [1, 2])
  }

  @Test func `is taken back by who asked alone`() throws {
    let request = known.then("approval.requested", "approval:A", by: "ann", ["about": "customer:4", "eventType": "x"])
    expect(try request.refusal(Story.event("approval.withdrawn", "approval:A", by: "ANN")), nil)
    expect(try request.refusal(Story.event("approval.withdrawn", "approval:A", by: "bo")), "impartial", because: [1])
  }
}
