import ApprovalsProjection
import CompanyRules
import Events
import Matters
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

extension Timeline {
  /// A request by Li about the contract `k`.
  fileprivate mutating func ask(
    _ day: Int, _ id: String, _ type: String = "contract.amended", about: String = "contract:k", amount: Int64? = nil,
    steps: JSON? = nil, beneficiary: String? = nil, by actor: String = "Li"
  ) {
    var data: JSONObject = ["about": .string(about), "eventType": .string(type)]
    if let amount { (data["amountMinor"], data["cur"]) = (.int(amount), "CNY") }
    if let steps { data["steps"] = steps }
    if let beneficiary { data["beneficiary"] = .string(beneficiary) }
    add(day, Approval.requested, about: "approval:" + id, data, by: actor)
  }
  fileprivate mutating func decide(
    _ day: Int, _ id: String, by actor: String, as role: String, step: Int64? = nil, _ verdict: String = "approve", hour: Int = 0
  ) {
    var data: JSONObject = ["verdict": .string(verdict)]
    if let step { data["step"] = .int(step) }
    add(day, Approval.decided, about: "approval:" + id, data, hour: hour, by: actor, as: role)
  }
  fileprivate mutating func amend(_ day: Int, approval: String?, total: Int64? = nil, end: Int? = nil, by actor: String = "Lu") {
    var data: JSONObject = [:]
    if let approval { data["approval"] = .string(approval) }
    if let total { (data["totalMinor"], data["cur"]) = (.int(total), "CNY") }
    if let end { data["endOn"] = .day(end) }
    add(day, Contract.amended, about: "contract:k", data, by: actor)
  }
  fileprivate func approvals(_ day: Int, _ changes: JSONObject = [:]) -> [String: ApprovalRow] { called(Approvals.self, day, changes) }
  fileprivate func objections(_ day: Int, _ name: String, _ changes: JSONObject = [:]) -> [Objection] {
    let holding = approvals(day, changes)[name]?.holding ?? 0
    return Objection.allCases.filter { holding >> UInt64($0.rawValue - 1) & 1 == 1 }
  }
}

@Suite struct `A decision` {
  @Test func `step by step, by whom and in which role, and how long it took`() {
    var timeline = Timeline()
    timeline.ask(0, "p", amount: 500, steps: [["role": "sales manager", "limitMinor": 1_000], ["role": "LG"]])
    timeline.decide(1, "p", by: "Wang", as: "SM", step: 1)
    timeline.decide(1, "p", by: "Lu", as: "LG", step: 2, hour: 12)
    let states: [(Int, ApprovalState, Soundness, Int, Int64)] = [(0, .asked, .open, 0, 0), (1, .partly, .open, 1, 24), (2, .approved, .sound, 2, 36)]
    for (day, state, soundness, decided, hours) in states {
      let row = timeline.until(.day(day)).approvals(day)["approval:p"]
      #expect(row?.state == state && row?.soundness == soundness && row?.decided == decided && row?.hours == hours, "day \(day)")
    }
    let row = timeline.approvals(2)["approval:p"]
    #expect(row?.slowestHours == 24 && row?.steps == 2 && row?.amountMinor == 500)
    let values = row.map { Dictionary(uniqueKeysWithValues: zip(ApprovalRow.columns.map(\.name), $0.values(TimelineNames.shared))) }
    #expect(values?["deciders"] == .text("SM Wang; LG Lu") && values?["askedBy"] == .text("Li") && values?["about"] == .text("contract:k"))
    #expect(timeline.until(.day(1)).findings(Approvals.self, "approval:p", asOf: .day(1)).map(\.id) == ["step-1", "step-2"])
  }

  @Test(arguments: [("reject", ApprovalState.rejected), ("return", .returned)])
  func `refused at any step`(verdict: String, state: ApprovalState) {
    var timeline = Timeline()
    timeline.ask(0, "p", steps: [["role": "SM"], ["role": "LG"]])
    timeline.decide(1, "p", by: "Wang", as: "SM", step: 1, verdict)
    #expect(timeline.approvals(2)["approval:p"]?.state == state && timeline.approvals(2)["approval:p"]?.soundness == .sound)
    var withdrawn = Timeline()
    withdrawn.ask(0, "p")
    withdrawn.add(1, Approval.withdrawn, about: "approval:p")
    #expect(withdrawn.approvals(2)["approval:p"]?.state == .withdrawn)
  }

  @Test func `by who asked or benefits, above the limit, in another role, too late`() {
    var timeline = Timeline()
    timeline.ask(0, "self")
    timeline.decide(1, "self", by: "Li", as: "SM")
    timeline.ask(0, "gain", beneficiary: "Wang")
    timeline.decide(1, "gain", by: "Wang", as: "SM")
    timeline.ask(0, "limit", amount: 1_001, steps: [["role": "SM", "limitMinor": 1_000]])
    timeline.decide(1, "limit", by: "Wang", as: "SM", step: 1)
    timeline.ask(0, "within", amount: 1_000, steps: [["role": "SM", "limitMinor": 1_000]])
    timeline.decide(1, "within", by: "Wang", as: "SM", step: 1)
    timeline.ask(0, "role", steps: [["role": "LG"]])
    timeline.decide(1, "role", by: "Wang", as: "SM", step: 1)
    timeline.ask(0, "late")
    timeline.decide(2, "late", by: "Wang", as: "SM", hour: 1)
    timeline.ask(0, "open")
    #expect(timeline.objections(3, "approval:self") == [.concerned] && timeline.objections(3, "approval:gain") == [.concerned])
    #expect(timeline.objections(3, "approval:limit") == [.overLimit] && timeline.objections(3, "approval:within") == [])
    #expect(timeline.objections(3, "approval:role") == [.wrongRole])
    #expect(timeline.objections(3, "approval:late") == [.late] && timeline.objections(3, "approval:late", ["decideWithinHours": 49]) == [])
    #expect(timeline.objections(2, "approval:open") == [] && timeline.objections(3, "approval:open") == [.late])
    let finding = timeline.findings(Approvals.self, "approval:limit", asOf: .day(3)).first { $0.id == "over-limit" }
    #expect(finding?.value == "1001" && finding?.threshold == "≤ 1000" && finding?.evidence == [4, 5])
  }
}

@Suite struct `What took effect without the decision that the rule asks for` {
  /// The shipped rule asks for a sales manager and legal for an amendment, for a new contract also for finance.
  private func decided(_ roles: [(String, String)] = [("Wang", "SM"), ("Zhao", "LG")], _ day: Int = 1) -> Timeline {
    var timeline = Timeline()
    timeline.add(0, Contract.drafted, about: "contract:k", ["customer": "c", "totalMinor": 1_000, "cur": "CNY", "endOn": .day(300)], by: "Li")
    timeline.ask(0, "p")
    for (person, role) in roles { timeline.decide(day, "p", by: person, as: role) }
    return timeline
  }

  @Test func `in order leaves no row of its own`() {
    var timeline = decided()
    timeline.amend(2, approval: "p")
    #expect(Set(timeline.approvals(3).keys) == ["approval:p"] && timeline.approvals(3)["approval:p"]?.usedBy == 4)
  }

  @Test func `nothing asked, refused, or never approved`() {
    var never = Timeline()
    never.amend(2, approval: nil)
    #expect(never.approvals(3)["contract:k/event-0"]?.state == ApprovalState.none)
    #expect(never.objections(3, "contract:k/event-0") == [.noDecision])
    var unknown = decided()
    unknown.amend(2, approval: "nobody")
    #expect(unknown.objections(3, "contract:k/event-4") == [.noDecision])
    var refused = decided([("Wang", "SM")])
    refused.decide(1, "p", by: "Zhao", as: "LG", "reject")
    refused.amend(2, approval: "p")
    #expect(refused.objections(3, "contract:k/event-4").contains(.notApproved))
    var open = decided([])
    open.amend(2, approval: "p")
    #expect(open.objections(3, "contract:k/event-2") == [.notApproved])
  }

  @Test func `decided afterwards, by who records it, or by too few`() {
    var after = decided([("Wang", "SM"), ("Zhao", "LG")], 3)
    after.amend(2, approval: "p")
    #expect(after.objections(4, "contract:k/event-4") == [.decidedAfter])
    var same = decided([("Lu", "LG")])
    same.amend(2, approval: "p", by: "Lu")
    #expect(same.objections(3, "contract:k/event-3") == [.concerned])
    var few = decided([("Wang", "SM")])
    few.amend(2, approval: "p")
    #expect(few.objections(3, "contract:k/event-3") == [.rolesMissing])
    let finding = few.findings(Approvals.self, "contract:k/event-3", asOf: .day(3)).first
    #expect(finding?.value == "LG" && finding?.threshold == "SM, LG" && finding?.evidence == [1, 2, 3])
  }

  @Test(arguments: [(1_200, 300, false), (1_201, 300, true), (1_000, 665, false), (1_000, 666, true)] as [(Int64, Int, Bool)])
  func `a large amendment takes the chain of a contract`(total: Int64, end: Int, isLarge: Bool) {
    // 1,000 rises by a fifth; from 2024-10-27 a year reaches 2025-10-27. A contract up to 100,000 takes a sales manager.
    var timeline = decided([("Zhao", "LG")])
    timeline.amend(2, approval: "p", total: total, end: end)
    #expect(timeline.objections(3, "contract:k/event-3") == [.rolesMissing])
    let finding = timeline.findings(Approvals.self, "contract:k/event-3", asOf: .day(3)).first
    #expect(finding?.threshold == (isLarge ? "SM" : "SM, LG"))
  }

  @Test func `for more than was approved, and used twice`() {
    var timeline = Timeline()
    timeline.ask(0, "w", "receivable.adjusted", about: "customer:c", amount: 500)
    timeline.decide(1, "w", by: "Fang", as: "FN")
    for (day, amount) in [(2, Int64(500)), (3, 501)] {
      timeline.add(day, Payment.adjusted, about: "customer:c", ["kind": "write-off", "amountMinor": .int(amount), "cur": "CNY", "approval": "w"], by: "Ma")
    }
    #expect(timeline.objections(4, "customer:c/event-2") == [])
    #expect(timeline.objections(4, "customer:c/event-3") == [.aboveApproved, .usedTwice])
  }

  @Test func `what names no approval is given the one that was decided for it`() {
    var timeline = decided()
    timeline.amend(2, approval: nil)
    timeline.amend(3, approval: nil)
    #expect(timeline.objections(4, "contract:k/event-4") == [] && timeline.objections(4, "contract:k/event-5") == [.noDecision])
  }

  @Test func `a commission decided by who gets it`() {
    var timeline = Timeline()
    timeline.ask(0, "m", "commission.posted", about: "employee:Wang")
    timeline.decide(1, "m", by: "Wang", as: "SM")
    timeline.decide(1, "m", by: "Fang", as: "FN")
    timeline.add(
      2, Performance.commissionPosted, about: "employee:Wang",
      ["kind": "payout", "period": "2024-01", "basis": [], "amountMinor": 9, "cur": "CNY", "planVersion": "1", "approval": "m"], by: "Ma")
    #expect(timeline.objections(3, "employee:Wang/event-3") == [.rolesMissing])
  }

  @Test func `a rule approved by its author`() {
    var timeline = Timeline()
    let rule: JSONObject = ["kind": "sla", "version": 3, "body": [:], "effectiveOn": "2024-01-01T00:00:00Z"]
    timeline.add(0, Rule.published, about: "rule:sla", rule.with("approvedBy", "Li").with("proposedBy", "Li"), by: "Li")
    timeline.add(1, Rule.published, about: "rule:sla", rule.with("approvedBy", "Wang").with("proposedBy", "Li"), by: "Wang")
    #expect(Set(timeline.approvals(2).keys) == ["rule:sla/event-0"])
  }

  @Test func `the types that wait are those that the declarations say`() {
    // An approval of an erasure is itself the second person's word.
    for entry in Catalogue.keshi.entries where entry.declaration.needsSecondPerson && entry.declaration.name != "erasure.approved" {
      #expect(isAwaited(entry.code), "\(entry.declaration.name)")
    }
    let awaited = Catalogue.keshi.entries.filter { $0.code.family != Approval.code && isAwaited($0.code) }
    #expect(awaited.allSatisfy { $0.declaration.needsSecondPerson && $0.declaration.tellsActor })
  }
  private func isAwaited(_ code: TypeCode) -> Bool {
    // Shown by what is kept of such an event: a row for it where nobody decided.
    var facts = DecisionBook.initial
    var series = SeriesStore()
    let slots: [FactSlot] = []
    DecisionBook.evolve(&facts, Recorded(type: code, at: .day(0), seq: 0, subject: OwnSubject("thing:1"), slots: slots.span), &series)
    let rule = Ruled(version: 1, body: ApprovalRules(Approvals.body([:])), names: TimelineNames.shared)
    var silent = NoTrace()
    return !Approvals.conclude(facts, series, of: 0, by: rule, asOf: .day(1), trace: &silent).isEmpty
  }

  @Test(arguments: UInt64(1)...30) func `late entries change nothing`(seed: UInt64) {
    var dice = Dice(seed)
    var timeline = Timeline()
    let people = ["Li", "Wang", "Lu", "Zhao"]
    for number in 0..<(3 + dice.roll(12)) {
      let (day, id) = (dice.roll(20), "\(dice.roll(4))")
      switch dice.roll(4) {
      case 0: timeline.ask(day, "\(number % 4)", amount: Int64(dice.roll(900)), by: people[dice.roll(4)])
      case 1, 2: timeline.decide(day, id, by: people[dice.roll(4)], as: ["SM", "LG", "FN"][dice.roll(3)], dice.roll(4) == 0 ? "reject" : "approve")
      default: timeline.amend(day, approval: dice.roll(3) == 0 ? nil : id, total: Int64(dice.roll(2_000)), by: people[dice.roll(4)])
      }
    }
    let shuffled = timeline.recorded(inOrder: Array(timeline.entries.indices).shuffled(using: &dice))
    for day in [5, 12, 30] {
      #expect(timeline.until(.day(day)).approvals(day) == shuffled.until(.day(day)).approvals(day), "seed \(seed) day \(day)")
    }
  }
}

@Suite struct `Hours of decisions` {
  @Test func `role by role`() {
    var timeline = Timeline()
    for (id, hours, role) in [("a", 10, "SM"), ("b", 20, "SM"), ("c", 60, "SM"), ("d", 5, "LG")] {
      timeline.ask(0, id)
      timeline.decide(hours / 24, id, by: "Wang", as: role, hour: hours % 24)
    }
    timeline.ask(3, "e", steps: [["role": "legal"]])
    let rows = timeline.census(ApprovalHours.self, asOf: .day(4))
    #expect(rows["role:SM"]?.decided == 3 && rows["role:SM"]?.medianHours == 20 && rows["role:SM"]?.meanHours == 30 && rows["role:SM"]?.late == 1)
    #expect(rows["role:LG"]?.decided == 1 && rows["role:LG"]?.waiting == 1 && rows["role:LG"]?.approved == 1)
  }
}

@Suite struct `Duties in one person's hands` {
  @Test func `selling and invoicing the same customer, over time`() {
    var timeline = Timeline()
    timeline.add(0, Order.placed, about: "order:1", ["totalMinor": 1, "cur": "CNY"], by: "Li")
    timeline.add(10, Order.invoiced, about: "invoice:1", ["netMinor": 1, "cur": "CNY", "dueOn": .day(40)], by: "Fang")
    #expect(timeline.called(Duties.self, 20).isEmpty)
    timeline.add(400, Order.invoiced, about: "invoice:2", ["netMinor": 1, "cur": "CNY", "dueOn": .day(440)], by: "Li")
    timeline.add(401, Order.placed, about: "order:2", ["totalMinor": 1, "cur": "CNY"], by: "Li")
    let rows = timeline.called(Duties.self, 500)
    #expect(Set(rows.keys) == ["customer:c/selling+invoicing/Li"])
    let row = rows["customer:c/selling+invoicing/Li"]
    #expect(row?.firstCount == 2 && row?.secondCount == 1 && row?.since == .day(400) && row?.because == 2)
    let findings = timeline.findings(Duties.self, "customer:c/selling+invoicing/Li", asOf: .day(500))
    #expect(findings.map(\.evidence) == [[0, 3], [2]])
    let near: JSONObject = ["pairs": [["a": "selling", "b": "invoicing", "within": "customer", "days": 1]]]
    #expect(timeline.called(Duties.self, 500, near)["customer:c/selling+invoicing/Li"]?.because == 3)
    #expect(timeline.called(Duties.self, 400, near).isEmpty)
  }

  @Test func `each shipped pair`() {
    let money: JSONObject = ["amountMinor": 1, "cur": "CNY"]
    var timeline = Timeline()
    timeline.add(0, Opportunity.quoteIssued, about: "quote:1", ["totalMinor": 1, "cur": "CNY"], by: "A")
    timeline.add(1, Approval.requested, about: "approval:p", ["about": "contract:k", "eventType": "contract.signed"], by: "B")
    timeline.add(2, Approval.decided, about: "approval:p", ["verdict": "approve"], by: "A", as: "SM")
    timeline.add(3, Approval.decided, about: "approval:p", ["verdict": "approve"], by: "B", as: "LG")
    timeline.add(4, Contract.signed, about: "contract:k", ["party": "us"], by: "A")
    timeline.add(4, Contract.signed, about: "contract:k", ["party": "them"], by: "B")
    timeline.add(4, Contract.signed, about: "contract:other", ["party": "us"], by: "B")
    timeline.add(5, Customer.assessed, ["kind": "credit", "result": "good"])
    timeline.add(5, Customer.assessed, about: "customer:c", ["kind": "credit", "result": "good"], by: "C")
    timeline.add(6, Order.placed, about: "order:1", ["totalMinor": 1, "cur": "CNY"], by: "C")
    timeline.add(7, Order.invoiced, about: "invoice:1", ["netMinor": 1, "cur": "CNY", "dueOn": .day(40)], by: "D")
    timeline.add(8, Payment.received, about: "customer:c", money, by: "D")
    timeline.add(9, Payment.received, about: "customer:c", money, by: "C")
    timeline.add(9, Payment.adjusted, about: "customer:c", money.with("kind", "write-off"), by: "D")
    #expect(Set(timeline.called(Duties.self, 20).keys) == [
      "customer:c/quoting+approving/A", "approval:p/requesting+approving/B", "contract:k/signing+approving/A",
      "customer:c/crediting+selling/C", "customer:c/invoicing+collecting/D", "customer:c/selling+collecting/C",
      "customer:c/collecting+writing-off/D",
    ])
  }
}

extension JSONObject {
  fileprivate func with(_ name: String, _ value: JSON) -> JSONObject {
    var object = self
    object[name] = value
    return object
  }
}
