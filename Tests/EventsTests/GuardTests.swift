import Events
import Testing
import Vocabulary
import Wire

/// What guards let pass and what they refuse, one rule a suite.
private let known = Story().then("customer.registered", "customer:4", ["name": "Acme"])

@Suite struct `An envelope` {
  @Test(arguments: [("SR" as String?, nil as String?), ("AM", nil), ("FN", "role"), ("sr", "role"), (nil, "role")])
  func `names a role that records the type`(role: String?, rule: String?) throws {
    var visit = Story.event("visit.logged", "customer:4")
    visit.about.role = role
    expect(try known.refusal(visit), rule)
  }

  @Test(arguments: [
    ("02-23" as String, nil as String?, nil as String?), ("02-22", nil, "late-entry"), ("02-22", "ill", nil),
    ("03-02", nil, nil), ("03-03", nil, "late-entry"), ("03-03", "soon", "late-entry"),
  ])
  func `that is late says why, and none comes from the future`(day: String, reason: String?, rule: String?) throws {
    let visit = Story.event("visit.logged", "customer:4", on: day, because: reason)
    expect(try known.refusal(visit), rule)
  }

  @Test func `may come as late as the approval rule in force allows`() throws {
    let story = known.then("rule.published", "rule:approval", on: "02-01", [
      "kind": "approval", "version": 1, "body": ["bands": [], "lateDays": 30], "effectiveOn": "2026-02-01T00:00:00Z",
    ])
    expect(try story.refusal(Story.event("visit.logged", "customer:4", on: "02-01")), nil)
    expect(try story.refusal(Story.event("visit.logged", "customer:4", on: "01-31")), "late-entry")
    let refusal = try story.refusal(Story.event("visit.logged", "customer:4", on: "01-31"))
    #expect(refusal?.why.en.contains("approval@0") == true, "the version in force then, not now")
  }

  @Test(arguments: [("03-02", nil as String?), ("03-01", "departed")])
  func `is not written by who has left`(lastDay: String, rule: String?) throws {
    let story = known.then("employee.joined", "employee:ann", ["person": "Ann", "position": "rep"])
      .then("employee.departed", "employee:ann", ["lastDay": .string("2026-" + lastDay)])
    expect(try story.refusal(Story.event("visit.logged", "customer:4")), rule, because: rule == nil ? [] : [2])
  }
}

@Suite struct `An id` {
  @Test func `names one customer for ever`() throws {
    expect(try known.refusal(Story.event("customer.registered", "customer:4", ["name": "Other"])), "id-reused", because: [0])
    expect(try known.refusal(Story.event("customer.registered", "customer:5", ["name": "Other"])), nil)
  }

  @Test func `may be opened after others named it`() throws {
    let story = Story().then("order.placed", "order:9", ["customer": "4", "totalMinor": 1, "cur": "CNY"])
    expect(try story.refusal(Story.event("customer.registered", "customer:4", ["name": "Acme"])), nil)
  }

  @Test func `must be known, as subject and as reference`() throws {
    expect(try Story().refusal(Story.event("visit.logged", "customer:4")), "unknown-subject")
    let order = Story.event("order.placed", "order:9", ["customer": "4", "totalMinor": 1, "cur": "CNY"])
    expect(try Story().refusal(order), "unknown-subject")
    expect(try known.refusal(order), nil)
    let check = Story.event("compliance.checked", "compliance:1", [
      "about": "contract:K", "checklistVersion": "1", "items": [], "result": "passed",
    ])
    expect(try known.refusal(check), "unknown-subject")
    let activity = Story.event("team.activity_held", "team:east", ["kind": "meeting", "attendees": ["nobody"]])
    expect(try known.refusal(activity), "unknown-subject")
  }

  @Test func `of a merged customer has an end, but for what law demands`() throws {
    let story = known.then("customer.registered", "customer:5", ["name": "Akme"])
      .then("customer.merged", "customer:4", ["absorbed": "5"])
    expect(try story.refusal(Story.event("visit.logged", "customer:5")), "merged", because: [2])
    expect(try story.refusal(Story.event("order.placed", "order:9", ["customer": "5", "totalMinor": 1, "cur": "CNY"])), "merged", because: [2])
    expect(try story.refusal(Story.event("customer.merged", "customer:4", ["absorbed": "5"])), "merged", because: [2])
    expect(try story.refusal(Story.event("visit.logged", "customer:4")), nil)
    let consent = Story.event("consent.recorded", "customer:5", ["person": "Li", "purpose": "marketing", "state": "withdrawn"])
    expect(try story.refusal(consent), nil)
    expect(try known.refusal(Story.event("customer.merged", "customer:4", ["absorbed": "4"])), "merged")
  }
}

@Suite struct `What has ended` {
  @Test(arguments: [
    ("contract.ended", "contract:K", ["cause": "expired"], "contract.renewed", ["newEndOn": "2027-01-01"], true),
    ("contract.ended", "contract:K", ["cause": "expired"], "contract.archived", ["location": "shelf 7"], false),
    ("opportunity.closed", "opportunity:O", ["outcome": "won"], "opportunity.progressed", [:], true),
    ("lead.converted", "lead:L", ["customer": "4"], "lead.screened", ["verdict": "qualified"], true),
    ("task.completed", "task:T", ["result": "done"], "task.completed", ["result": "done"], true),
    ("task.completed", "task:T", ["result": "rejected"], "task.completed", ["result": "done"], false),
    ("dispute.resolved", "dispute:D", ["outcome": "settled"], "dispute.step_taken", ["step": "negotiate", "on": "2026-03-01"], true),
    ("complaint.closed", "complaint:C", [:], "complaint.escalated", [:], true),
    ("complaint.closed", "complaint:C", [:], "complaint.reopened", [:], false),
    ("approval.withdrawn", "approval:A", [:], "approval.decided", ["verdict": "approve"], true),
  ] as [(String, String, JSONObject, String, JSONObject, Bool)])
  func `goes on only by what is made for it`(
    end: String, subject: String, data: JSONObject, next: String, more: JSONObject, isRefused: Bool
  ) throws {
    let story = known.then(end, subject, data)
    expect(try story.refusal(Story.event(next, subject, more)), isRefused ? "ended" : nil, because: isRefused ? [1] : [])
  }

  @Test func `goes on where a complaint was reopened`() throws {
    let story = known.then("complaint.filed", "complaint:C", ["customer": "4"]).then("complaint.closed", "complaint:C")
      .then("complaint.reopened", "complaint:C")
    expect(try story.refusal(Story.event("complaint.escalated", "complaint:C")), nil)
  }
}

@Suite struct `A complaint` {
  private let open = known.then("complaint.filed", "complaint:C", ["customer": "4"])
  private func close(_ data: JSONObject = ["outcome": "upheld"]) -> Event { Story.event("complaint.closed", "complaint:C", data) }

  @Test func `is closed after an assessment and an answer`() throws {
    expect(try open.refusal(close()), "complaint-steps")
    let assessed = open.then("complaint.assessed", "complaint:C", ["severity": "general"])
    expect(try assessed.refusal(close()), "complaint-steps")
    expect(try assessed.then("complaint.responded", "complaint:C").refusal(close()), nil)
    expect(try open.refusal(close(["outcome": "withdrawn"])), nil)
  }

  @Test func `that is urgent gets a day of follow-up`() throws {
    let urgent = open.then("complaint.assessed", "complaint:C", ["severity": "urgent"]).then("complaint.responded", "complaint:C")
    expect(try urgent.refusal(close()), "complaint-steps", because: [2])
    expect(try urgent.refusal(close(["outcome": "upheld", "followUpOn": "2026-04-01"])), nil)
  }

  @Test func `that was reopened is answered anew`() throws {
    let story = open.then("complaint.assessed", "complaint:C", ["severity": "general"]).then("complaint.responded", "complaint:C")
      .then("complaint.closed", "complaint:C").then("complaint.reopened", "complaint:C")
    expect(try story.refusal(close()), "complaint-steps", because: [5])
    expect(try story.then("complaint.responded", "complaint:C").refusal(close()), nil)
  }

  @Test func `waits and resumes in turn, and is reopened only when closed`() throws {
    expect(try open.refusal(Story.event("complaint.resumed", "complaint:C")), "complaint-steps")
    let paused = open.then("complaint.paused", "complaint:C", ["asked": "photos"])
    expect(try paused.refusal(Story.event("complaint.paused", "complaint:C", ["asked": "photos"])), "complaint-steps", because: [2])
    expect(try paused.refusal(Story.event("complaint.resumed", "complaint:C")), nil)
    expect(try open.refusal(Story.event("complaint.reopened", "complaint:C")), "complaint-steps")
  }
}

@Suite struct `Money` {
  private let billed = known.then("invoice.issued", "invoice:I", ["customer": "4", "netMinor": 900, "taxMinor": 100, "cur": "CNY", "dueOn": "2026-04-01"])
    .then("invoice.issued", "invoice:J", ["customer": "4", "netMinor": 500, "cur": "CNY", "dueOn": "2026-04-01"])

  private func pay(_ amount: Int64, _ invoices: [JSON], advance: Bool? = nil, cur: JSON = "CNY") -> Event {
    var data: JSONObject = ["amountMinor": .int(amount), "cur": cur, "invoices": .array(invoices)]
    if let advance { data["advance"] = .bool(advance) }
    return Story.event("payment.received", "customer:4", data)
  }

  @Test func `above what is open is an advance`() throws {
    expect(try billed.refusal(pay(1000, ["I"])), nil)
    expect(try billed.refusal(pay(1001, ["I"])), "balance", because: [1])
    expect(try billed.refusal(pay(1001, ["I"], advance: true)), nil)
    expect(try billed.refusal(pay(1500, ["I", "J"])), nil)
    expect(try billed.refusal(pay(1501, ["I", "J"])), "balance", because: [1, 2])
    expect(try billed.refusal(pay(5, ["I"], cur: "USD")), "balance", because: [1])
    expect(try billed.refusal(pay(5, ["none"])), "unknown-subject")
  }

  @Test func `counts what was paid, given back and adjusted, also for several invoices at once`() throws {
    let some = billed.then("payment.received", "customer:4", ["amountMinor": 700, "cur": "CNY", "invoices": ["I", "J"]])
    expect(try some.refusal(pay(800, ["I"])), nil)
    expect(try some.refusal(pay(801, ["I"])), "balance", because: [1, 2, 3])
    let back = some.then("payment.refunded", "customer:4", ["amountMinor": 100, "cur": "CNY", "invoices": ["J"]])
    expect(try back.refusal(pay(900, ["I"])), nil)
    expect(try back.refusal(pay(901, ["J"])), "balance", because: [1, 2, 3, 4])
  }

  @Test func `that was recorded by mistake is not counted`() throws {
    let paid = billed.then("payment.received", "customer:4", ["amountMinor": 1000, "cur": "CNY", "invoices": ["I"]])
    expect(try paid.refusal(pay(1, ["I"])), "balance", because: [1, 3])
  }

  @Test func `is adjusted by no more than is open`() throws {
    let adjust: (Int64, String) -> Event = { amount, kind in
      Story.event("receivable.adjusted", "customer:4", ["amountMinor": .int(amount), "cur": "CNY", "kind": .string(kind), "invoices": ["I"]])
    }
    expect(try billed.refusal(adjust(1001, "write-off")), "balance", because: [1])
    expect(try billed.refusal(adjust(1000, "write-off")), "four-eyes")
    expect(try billed.refusal(adjust(5000, "reversal")), "four-eyes")
    let bare = Story.event("receivable.adjusted", "customer:4", ["amountMinor": 1, "cur": "CNY", "kind": "write-off"])
    expect(try billed.refusal(bare), "balance")
  }
}

@Suite struct `A person and a record are protected` {
  @Test func `from campaigns after their consent was taken back`() throws {
    let campaign = known.then("campaign.launched", "campaign:spring", ["kind": "marketing", "title": "Spring", "startOn": "2026-03-01"])
    let mail = Story.event("interaction.logged", "customer:4", ["kind": "mail", "direction": "out", "person": "Li", "campaign": "spring"])
    expect(try campaign.refusal(mail), nil)
    let given = campaign.then("consent.recorded", "customer:4", ["person": "Li", "purpose": "marketing", "state": "granted"])
    expect(try given.refusal(mail), nil)
    let withdrawn = given.then("consent.recorded", "customer:4", ["person": "Li", "purpose": "marketing", "state": "withdrawn"])
    expect(try withdrawn.refusal(mail), "restricted-person", because: [3])
    for change: (inout JSONObject) -> Void in [{ $0["person"] = "Wu" }, { $0["direction"] = "in" }, { $0["campaign"] = nil }] {
      var other = mail
      change(&other.data)
      expect(try withdrawn.refusal(other), nil)
    }
    let survey = withdrawn.then("campaign.launched", "campaign:ask", ["kind": "survey", "title": "Ask", "startOn": "2026-03-01"])
    var asked = mail
    asked.data["campaign"] = "ask"
    expect(try survey.refusal(asked), nil)
  }

  @Test func `from campaigns where they had the use of their data restricted`() throws {
    let mail = Story.event("interaction.logged", "customer:4", ["kind": "mail", "direction": "out", "person": "Li", "campaign": "spring"])
    let campaign = known.then("campaign.launched", "campaign:spring", ["kind": "marketing", "title": "Spring", "startOn": "2026-03-01"])
    let asked = campaign.having(foreign("privacy.requested", "customer:4", ["right": "restrict", "person": "Li"]))
    expect(try asked.refusal(mail), nil)
    for (decision, rule) in [("done", "restricted-person" as String?), ("refused", nil)] {
      let decided = asked.having(foreign("privacy.fulfilled", "customer:4", ["request": 2, "decision": .string(decision)]))
      expect(try decided.refusal(mail), rule, because: rule == nil ? [] : [2])
    }
    let unreadable = campaign.having(foreign("consent.recorded", "customer:4", ["purpose": "marketing", "state": "withdrawn"]))
    expect(try unreadable.refusal(mail), "restricted-person", because: [2])
  }

  /// An event of a family that may be declared elsewhere.
  private func foreign(_ type: String, _ subject: String, _ data: JSONObject) -> Event {
    Event(type, Subject(subject)!, at: Story.at("03-01"), data)
  }

  @Test func `that is held from disposal, until the hold is released`() throws {
    let dispose = Story.event("retention.disposed", "archive:2016", [
      "class": "c", "subjects": ["customer:4"], "method": "key-destroy", "listHash": hash("a"),
    ])
    expect(try known.refusal(dispose), "four-eyes")
    let held = known.having(foreign("hold.placed", "customer:4", ["matter": "suit"]))
    expect(try held.refusal(dispose), "hold", because: [1])
    let other = known.having(foreign("hold.placed", "customer:5", ["matter": "suit"]))
    expect(try other.refusal(dispose), "four-eyes")
    expect(try held.having(foreign("hold.released", "customer:4", ["hold": 1])).refusal(dispose), "four-eyes")
    expect(try held.having(foreign("hold.released", "customer:4", ["hold": 7])).refusal(dispose), "hold", because: [1])
  }

  @Test func `a sale without a certificate is taken, and told`() throws {
    let order = Story.event(
      "order.placed", "order:9", ["customer": "4", "totalMinor": 1, "cur": "CNY", "lines": [["sku": "X1", "qty": "1"], ["sku": "Y2", "qty": "1"]]])
    #expect(try known.consequences(order).isEmpty, "nobody of that name works here")
    let hired = known.then("employee.joined", "employee:ann", ["person": "Ann", "position": "rep"])
      .then("training.completed", "employee:ann", ["kind": "certificate", "item": "X1", "passed": true, "validUntil": "2026-03-02"])
    let deviation = try #require(try hired.consequences(order).first)
    #expect(deviation.type == "sop.deviation_recorded" && deviation.data["cause"] == "Y2" && deviation.data["about"] == "order:9")
    try deviation.check(against: Process.deviationRecorded.declaration)
    let both = hired.then("training.completed", "employee:ann", ["kind": "certificate", "item": "Y2", "passed": true])
    #expect(try both.consequences(order).isEmpty)
    let expired = known.then("employee.joined", "employee:ann", ["person": "Ann", "position": "rep"])
      .then("training.completed", "employee:ann", ["kind": "certificate", "item": "*", "passed": true, "validUntil": "2026-03-01"])
    #expect(try expired.consequences(order).first?.data["cause"] == "X1, Y2")
  }
}
