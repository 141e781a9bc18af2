import Events
import Testing
import Vocabulary
import Wire

private let drafted = Story().then("customer.registered", "customer:4", ["name": "Acme"])
  .then("contract.drafted", "contract:K", ["customer": "4", "clauses": [["key": "price", "value": "100"]]])
private let frozen = drafted.then("contract.text_frozen", "contract:K", ["version": 1, "docHash": hash("a")])

private func sign(_ party: String, _ digit: Character = "a") -> Event {
  Story.event("contract.signed", "contract:K", ["party": .string(party), "docHash": hash(digit)])
}

@Suite struct `A signature` {
  @Test func `binds to the frozen text`() throws {
    expect(try drafted.refusal(sign("us")), "frozen-text")
    expect(try frozen.refusal(sign("us")), nil)
    expect(try frozen.refusal(sign("us", "b")), "frozen-text", because: [2])
    expect(try frozen.refusal(Story.event("contract.signed", "contract:K", ["party": "us"])), "frozen-text", because: [2])
    expect(try frozen.refusal(sign("third")), "frozen-text", because: [2])
  }

  @Test func `waits where the text was revised after it was frozen`() throws {
    let revised = frozen.then("contract.revised", "contract:K", ["purpose": "draft"])
    expect(try revised.refusal(sign("us")), "frozen-text", because: [2, 3])
    let again = revised.then("contract.text_frozen", "contract:K", ["version": 2, "docHash": hash("b")])
    expect(try again.refusal(sign("us", "b")), nil)
    expect(try again.refusal(sign("us", "a")), "frozen-text", because: [4])
  }

  @Test func `is given once by each party, and by all before the contract takes effect`() throws {
    let activate = Story.event("contract.activated", "contract:K", ["version": 1])
    expect(try frozen.refusal(activate), "signed-by-all", because: [2])
    let ours = frozen.then("contract.signed", "contract:K", ["party": "us", "docHash": hash("a")])
    expect(try ours.refusal(sign("us")), "frozen-text", because: [3])
    expect(try ours.refusal(activate), "signed-by-all", because: [2, 3])
    let all = ours.then("contract.signed", "contract:K", ["party": "them", "docHash": hash("a")])
    expect(try all.refusal(activate), nil)
    let thrice = drafted.then("contract.text_frozen", "contract:K", ["version": 1, "docHash": hash("a"), "parties": ["us", "third"]])
      .then("contract.signed", "contract:K", ["party": "us", "docHash": hash("a")])
      .then("contract.signed", "contract:K", ["party": "third", "docHash": hash("a")])
    expect(try thrice.refusal(activate), nil)
  }
}

/// The decision that an amendment of `contract:K` needs.
private let approved = frozen
  .then("approval.requested", "approval:A", by: "ann", ["about": "contract:K", "eventType": "contract.amended"])
  .then("approval.decided", "approval:A", by: "bo", as: "LG", ["verdict": "approve"])

private let both: JSON = [["party": "us", "evidenceHash": hash("c")], ["party": "them", "evidenceHash": hash("d")]]

private func amend(_ change: (inout JSONObject) -> Void = { _ in }) -> Event {
  var data: JSONObject = ["clauseChanges": [["key": "price", "before": "100", "after": "90"]], "assent": both, "approval": "A"]
  change(&data)
  return Story.event("contract.amended", "contract:K", by: "cy", data)
}

@Suite struct `An amendment` {
  @Test func `takes effect with clauses, assent of all and a decision`() throws { expect(try approved.refusal(amend()), nil) }

  @Test(arguments: [
    [] as JSON, [["key": "price", "before": "100", "after": "100"]], [["key": "price"]],
  ])
  func `names each clause before and after`(changes: JSON) throws {
    expect(try approved.refusal(amend { $0["clauseChanges"] = changes }), "assent")
  }

  @Test func `starts from the text in force`() throws {
    expect(try approved.refusal(amend { $0["clauseChanges"] = [["key": "price", "before": "99", "after": "90"]] }), "assent", because: [1])
    let before = approved.then("contract.amended", "contract:K", ["clauseChanges": [["key": "price", "before": "100", "after": "95"]]])
    expect(try before.refusal(amend()), "assent", because: [5])
    expect(try before.refusal(amend { $0["clauseChanges"] = [["key": "price", "before": "95", "after": "90"]] }), nil)
  }

  @Test(arguments: [
    [["party": "us", "evidenceHash": hash("c")]] as JSON, [["party": "us"], ["party": "them"]], [],
    [["party": "us", "evidenceHash": hash("c")], ["party": "third", "evidenceHash": hash("c")]],
    [["party": "us", "evidenceHash": hash("c")], ["party": "them", "evidenceHash": hash("d"), "at": "2026-03-05T00:00:00Z"]],
  ])
  func `without the evidence of a party stays a proposal`(assent: JSON) throws {
    let refusal = try approved.refusal(amend { $0["assent"] = assent })
    expect(refusal, "assent")
    #expect(refusal?.why.en.hasSuffix("proposed, not effective") == true)
  }
}

@Suite struct `A second person` {
  private func refusal(_ story: Story, _ change: (inout Event) -> Void = { _ in }) throws -> Refusal? {
    var event = amend()
    change(&event)
    return try story.refusal(event)
  }
  private let asked = frozen.then("approval.requested", "approval:A", by: "ann", ["about": "contract:K", "eventType": "contract.amended"])

  @Test func `must have decided`() throws {
    expect(try refusal(frozen) { $0.data["approval"] = nil }, "four-eyes")
    expect(try refusal(frozen), "unknown-subject")
    expect(try refusal(asked), "four-eyes", because: [3])
  }

  @Test func `is known by the decision that caused the event, too`() throws {
    let story = asked.then("approval.decided", "approval:A", by: "bo", as: "LG", id: "d-1", ["verdict": "approve"])
    expect(try refusal(story) { $0.data["approval"] = nil; $0.about.causedBy = "d-1" }, nil)
    expect(try refusal(story) { $0.data["approval"] = nil; $0.about.causedBy = "d-2" }, "four-eyes")
  }

  @Test(arguments: [("bo", "LG", nil as String?), ("ann", "LG", "four-eyes"), ("cy", "LG", "four-eyes"), ("bo", "CS", "four-eyes")])
  func `is neither who asked nor who records, and may decide`(who: String, role: String, rule: String?) throws {
    let story = asked.then("approval.decided", "approval:A", by: who, as: role, ["verdict": "approve"])
    expect(try refusal(story), rule, because: rule == nil ? [] : [3, 4])
  }

  @Test func `has not refused, and the request stands`() throws {
    for verdict in ["reject", "return"] {
      let story = approved.then("approval.decided", "approval:A", by: "di", as: "FN", ["verdict": .string(verdict)])
      expect(try refusal(story), "four-eyes", because: [5])
    }
    expect(try refusal(approved.then("approval.withdrawn", "approval:A")), "four-eyes", because: [5])
  }

  @Test func `decided about this contract, this type and this content`() throws {
    for (about, type) in [("contract:L", "contract.amended"), ("contract:K", "contract.renewed")] {
      let story = frozen.then("approval.requested", "approval:A", ["about": .string(about), "eventType": .string(type)])
        .then("approval.decided", "approval:A", by: "bo", as: "LG", ["verdict": "approve"])
      expect(try refusal(story), "four-eyes", because: [3])
    }
    let content = FourEyes.contentHash(of: amend(), given: Story())
    for (hash, rule) in [(content, nil as String?), (String(repeating: "0", count: 64), "four-eyes")] {
      let story = frozen
        .then("approval.requested", "approval:A", ["about": "contract:K", "eventType": "contract.amended", "contentHash": .string(hash)])
        .then("approval.decided", "approval:A", by: "bo", as: "LG", ["verdict": "approve"])
      expect(try refusal(story), rule, because: rule == nil ? [] : [3])
    }
  }

  @Test func `decides for one event, before it takes effect`() throws {
    let used = approved.then("contract.amended", "contract:K", ["approval": "A", "clauseChanges": [["key": "x", "after": "y"]]])
    expect(try refusal(used), "four-eyes", because: [5])
    let late = asked.then("approval.decided", "approval:A", on: "03-03", by: "bo", as: "LG", ["verdict": "approve"])
    expect(try refusal(late), "four-eyes", because: [3, 4])
  }

  @Test func `is as many as the approval rule in force asks for`() throws {
    let rule: JSON = ["bands": [
      ["about": "amendment", "upToMinor": 1000, "roles": ["legal"]], ["about": "amendment", "roles": ["LG", "Finance"]],
      ["about": "contract", "roles": ["法务", "SM"]],
    ], "valueRiseBp": 2000, "extensionMonths": 12]
    let story = approved.then("rule.published", "rule:approval", on: "02-01", [
      "kind": "approval", "version": 3, "body": rule, "effectiveOn": "2026-02-01T00:00:00Z",
    ])
    expect(try refusal(story) { $0.data["totalMinor"] = 1000; $0.data["cur"] = "CNY" }, nil)
    let two = try refusal(story) { $0.data["totalMinor"] = 1001; $0.data["cur"] = "CNY" }
    expect(two, "four-eyes", because: [3, 4])
    #expect(two?.why.en.contains("approval@3") == true && two?.why.en.contains("FN") == true)
    let all = story.then("approval.decided", "approval:A", by: "di", as: "FN", ["verdict": "approve"])
    expect(try refusal(all) { $0.data["totalMinor"] = 1001; $0.data["cur"] = "CNY" }, nil)

    let large = all.then("contract.revised", "contract:K", ["purpose": "amendment"])
    expect(try refusal(large) { $0.data["totalMinor"] = 1001; $0.data["cur"] = "CNY" }, nil)
    let terms = all.then("contract.activated", "contract:K", ["totalMinor": 1000, "cur": "CNY", "endOn": "2027-01-31"])
    for (total, end, needsManager) in [(1200, "2028-01-31", false), (1201, "2028-01-31", true), (1200, "2028-02-01", true)] {
      let found = try refusal(terms) {
        ($0.data["totalMinor"], $0.data["cur"], $0.data["endOn"]) = (.int(Int64(total)), "CNY", .string(end))
      }
      expect(found, needsManager ? "four-eyes" : nil, because: needsManager ? [3, 4, 6] : [])
    }
  }

  @Test func `adopts a rule that another proposed word by word`() throws {
    let data: JSONObject = [
      "kind": "churn", "version": 2, "body": ["x": 1], "bodyHash": hash("a"), "effectiveOn": "2026-03-02T00:00:00Z",
    ]
    let publish = Story.event("rule.published", "rule:churn", by: "bo", data)
    expect(try Story().refusal(publish), "four-eyes")
    let proposed = Story().then("rule.proposed", "rule:churn", by: "ann", data)
    expect(try proposed.refusal(publish), nil)
    expect(try proposed.refusal(Story.event("rule.published", "rule:churn", by: "ann", data)), "four-eyes")
    var other = publish
    other.data["bodyHash"] = hash("b")
    expect(try proposed.refusal(other), "four-eyes")
    let rejected = proposed.then("rule.rejected", "rule:churn", by: "bo", ["kind": "churn", "version": 2, "bodyHash": hash("a")])
    expect(try rejected.refusal(publish), "four-eyes")
  }

  @Test func `does not benefit`() throws {
    let story = drafted.then("employee.joined", "employee:bo", ["person": "Bo", "position": "rep"])
      .then("approval.requested", "approval:A", ["about": "employee:bo", "eventType": "commission.posted"])
    let decide = Story.event("approval.decided", "approval:A", by: "bo", as: "FN", ["verdict": "approve"])
    expect(try story.refusal(decide), "impartial", because: [3])
    let forced = story.then("approval.decided", "approval:A", by: "bo", as: "FN", ["verdict": "approve"])
    let post = Story.event("commission.posted", "employee:bo", by: "cy", as: "FN", [
      "kind": "payout", "period": "2026-02", "basis": [], "amountMinor": 1, "cur": "CNY", "planVersion": "1", "approval": "A",
    ])
    expect(try forced.refusal(post), "four-eyes", because: [3, 4])
  }
}

@Suite struct `A decision` {
  private func asked(_ more: JSONObject) -> Story {
    drafted.then("approval.requested", "approval:A", by: "ann", JSONObject([
      ("about", "contract:K"), ("eventType", "contract.renewed"),
    ] + more.members.map { ($0.name, $0.value) }))
  }
  private func decide(_ who: String, _ role: String, _ data: JSONObject = ["verdict": "approve"]) -> Event {
    Story.event("approval.decided", "approval:A", by: who, as: role, data)
  }

  @Test(arguments: [
    ("bo", [:], nil), ("ann", [:], "impartial"), ("di", ["beneficiary": "di"], "impartial"),
  ] as [(String, JSONObject, String?)])
  func `is made by somebody else`(who: String, more: JSONObject, rule: String?) throws {
    expect(try asked(more).refusal(decide(who, "LG")), rule, because: rule == nil ? [] : [2])
  }

  @Test func `is not made for who asked, nor twice, nor after a refusal`() throws {
    expect(try asked([:]).refusal(decide("bo", "LG", ["verdict": "approve", "delegatedFrom": "ann"])), "impartial", because: [2])
    let once = asked([:]).then("approval.decided", "approval:A", by: "bo", as: "LG", ["verdict": "approve"])
    expect(try once.refusal(decide("bo", "LG")), "impartial", because: [3])
    expect(try once.refusal(decide("di", "LG")), nil)
    let refused = asked([:]).then("approval.decided", "approval:A", by: "bo", as: "LG", ["verdict": "reject"])
    expect(try refused.refusal(decide("di", "LG")), "impartial", because: [3])
  }

  @Test(arguments: [
    (1, "LG", "approve", nil as String?), (2, "FN", "approve", "impartial"), (2, "FN", "reject", nil), (1, "FN", "approve", "impartial"),
    (3, "LG", "approve", "impartial"),
  ])
  func `is made in the role and within the limit of its step`(step: Int64, role: String, verdict: String, rule: String?) throws {
    let story = asked(["amountMinor": 500, "cur": "CNY", "steps": [["role": "LG"], ["role": "FN", "limitMinor": 499]]])
    let event = decide("bo", role, ["verdict": .string(verdict), "step": .int(step)])
    expect(try story.refusal(event), rule, because: rule == nil ? [] : [2])
  }
}
