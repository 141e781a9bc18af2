import ClocksProjection
import CompanyRules
import Events
import Matters
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

private let approval: JSONObject = ["$approval": ["cur": "CNY", "bands": [], "valueRiseBp": 0, "extensionMonths": 0, "decideWithinHours": 48]]

/// Name, state, due, and for whom.
private func shown(_ timeline: Timeline, _ at: Instant, _ changes: JSONObject = approval) -> [String: String] {
  timeline.until(at).called(Clocks.self, asOf: at, changes).mapValues { row in
    let values = row.values(TimelineNames.shared)
    func text(_ value: Value) -> String {
      switch value {
      case .text(let text): text
      case .instant(let instant): "\(instant)"
      default: "–"
      }
    }
    return [values[1], values[2], values[8], values[9]].map(text).joined(separator: " ")
  }
}

@Suite struct `What runs against a time limit` {
  @Test func `a task by its day or its hour, a handover by the rule`() {
    var timeline = Timeline()
    timeline.add(0, Task.assigned, about: "task:a", ["kind": "todo", "to": "Li", "dueOn": .day(3)])
    timeline.add(0, Task.assigned, about: "task:b", ["kind": "visit", "to": "Wang", "dueAt": "2024-01-02T12:00:00Z"])
    timeline.add(0, Task.assigned, about: "task:c", ["kind": "handoff", "to": "Zhou"])
    timeline.add(0, Task.assigned, about: "task:d", ["kind": "todo"])
    timeline.add(2, Task.completed, about: "task:a", ["result": "done"])
    #expect(shown(timeline, .day(1)) == [
      "task:a/due": "running 2024-01-04T16:00:00Z Li –", "task:b/due": "running 2024-01-02T12:00:00Z Wang –",
      "task:c/due": "running 2024-01-03T10:00:00Z Zhou –", "task:d/due": "running – – –",
    ])
    let later = shown(timeline, .day(2))
    #expect(later["task:a/due"] == nil, "what is done does not run")
    #expect(later["task:b/due"]?.hasPrefix("overdue") == true && later["task:c/due"]?.hasPrefix("running") == true)
    #expect(shown(timeline, .day(3))["task:c/due"]?.hasPrefix("overdue") == true)
  }

  @Test func `a decision by the approval rule's hours, for the role that is next`() {
    var timeline = Timeline()
    timeline.add(
      0, Approval.requested, about: "approval:p",
      ["about": "contract:k", "eventType": "contract.amended", "steps": [["role": "SM"], ["role": "LG"]]])
    #expect(shown(timeline, .day(1))["approval:p/step-1"] == "running 2024-01-03T00:00:00Z – SM")
    #expect(shown(timeline, .day(3))["approval:p/step-1"]?.hasPrefix("overdue") == true)
    timeline.add(1, Approval.decided, about: "approval:p", ["step": 1, "verdict": "approve"])
    #expect(shown(timeline, .day(2)) == ["approval:p/step-2": "running 2024-01-04T00:00:00Z – LG"])
    #expect(shown(timeline, .day(2), [:])["approval:p/step-2"] == "running – – LG", "no rule beside it, no limit")
    timeline.add(2, Approval.decided, about: "approval:p", ["step": 2, "verdict": "reject"])
    #expect(shown(timeline, .day(2)).isEmpty)
  }

  @Test func `obligations and the notice before the end`() {
    var timeline = Timeline()
    timeline.add(0, Owner.changed, ["role": "owner", "to": "Li", "cause": "assign"])
    timeline.add(
      0, Contract.activated, about: "contract:k",
      [
        "effectiveOn": .day(0), "endOn": .day(200), "noticeDays": 30, "totalMinor": 900, "cur": "CNY",
        "obligations": [
          ["id": "train", "what": "train them", "who": "us", "dueOn": .day(10), "amountMinor": 50], ["id": "pay", "what": "pay"],
        ],
      ])
    timeline.add(8, Contract.obligationMet, about: "contract:k", ["obligation": "train", "partial": true])
    #expect(shown(timeline, .day(5)) == [
      "contract:k/obligation/train": "running 2024-01-11T16:00:00Z us –", "contract:k/obligation/pay": "running – Li –",
    ])
    #expect(shown(timeline, .day(11))["contract:k/obligation/train"]?.hasPrefix("overdue") == true, "a part is not the whole")
    // Notice is due on day 170, and asked for 60 days before.
    #expect(shown(timeline, .day(109))["contract:k/renewal"] == nil)
    #expect(shown(timeline, .day(110))["contract:k/renewal"] == "running \(Day.of(170).start + .seconds(16 * 3_600)) Li –")
    #expect(shown(timeline, .day(171))["contract:k/renewal"]?.hasPrefix("overdue") == true)
    timeline.add(172, Contract.renewed, about: "contract:k", ["newEndOn": .day(600)])
    #expect(shown(timeline, .day(173))["contract:k/renewal"] == nil)
    timeline.add(174, Contract.ended, about: "contract:k", ["cause": "terminated", "endedOn": .day(174)])
    #expect(shown(timeline, .day(180)).isEmpty)
  }

  @Test func `a warning until it is decided on, a play until it ends`() {
    var timeline = Timeline()
    timeline.warn(0, "red")
    #expect(shown(timeline, .day(1)) == ["customer:c/warning": "running 2024-01-03T10:00:00Z – –"])
    timeline.add(1, Churn.warningTriaged, ["verdict": "intervene", "owner": "Li", "dueOn": .day(20)])
    #expect(shown(timeline, .day(2)) == ["customer:c/play": "running 2024-01-21T16:00:00Z Li –"])
    timeline.closePlay(10, "recovered")
    #expect(shown(timeline, .day(11)).isEmpty)
  }

  @Test func `requests of persons and erasures`() {
    var timeline = Timeline()
    timeline.add(0, Privacy.requested, ["right": "access"])
    timeline.add(0, Privacy.erasureRequested, ["level": "keys"])
    #expect(Set(shown(timeline, .day(1)).keys) == ["customer:c/request-0", "customer:c/erasure-1"])
    timeline.add(3, Privacy.fulfilled, ["request": 0, "decision": "done"])
    timeline.add(4, Privacy.erasureExecuted, ["level": "keys", "request": 1])
    #expect(shown(timeline, .day(5)).isEmpty)
  }
}

@Suite struct `Invoices and claims` {
  private func invoiced(_ kind: String? = nil) -> Timeline {
    var timeline = Timeline()
    if let kind { timeline.add(0, Contract.drafted, about: "contract:k", ["customer": "c", "kind": .string(kind)]) }
    timeline.add(
      0, Order.invoiced, about: "invoice:i", ["customer": "c", "netMinor": 1_000, "cur": "CNY", "dueOn": .day(30), "contract": "k"])
    return timeline
  }
  private func limitation(_ timeline: Timeline, _ day: Int) -> String? { shown(timeline, .day(day))["invoice:i/limitation"] }

  @Test func `an invoice is due, then overdue, then a claim that runs out`() {
    let timeline = invoiced()
    // Due through Wednesday 2024-01-31 in China.
    #expect(shown(timeline, .day(29)) == ["invoice:i/payment": "running 2024-01-31T16:00:00Z – –"])
    #expect(shown(timeline, .day(31))["invoice:i/payment"]?.hasPrefix("overdue") == true)
    // Known on February 1st; the corresponding day three years later is a Monday.
    #expect(limitation(timeline, 31) == "running 2027-02-01T16:00:00Z – –")
    #expect(limitation(timeline, 4 * 366)?.hasPrefix("overdue") == true)
  }

  @Test func `an international sale has four years`() {
    #expect(limitation(invoiced("international-sale"), 31) == "running 2028-02-01T16:00:00Z – –")
    #expect(limitation(invoiced("supply"), 31) == "running 2027-02-01T16:00:00Z – –")
  }

  @Test func `a demand that was delivered counts the time anew, one that was not does not`() {
    var timeline = invoiced()
    timeline.add(100, Payment.demanded, ["amountMinor": 1_000, "cur": "CNY", "invoices": ["i"]])
    #expect(limitation(timeline, 101) == "running 2027-02-01T16:00:00Z – –")
    // Delivered on 2024-04-15, a Monday; 2027-04-15 is a Thursday.
    timeline.add(106, Payment.demanded, ["amountMinor": 1_000, "cur": "CNY", "invoices": ["i"], "deliveredOn": .day(105)])
    #expect(limitation(timeline, 107) == "running 2027-04-15T16:00:00Z – –")
    timeline.add(200, Payment.demanded, ["amountMinor": 5, "cur": "CNY", "invoices": ["other"], "deliveredOn": .day(200)])
    #expect(limitation(timeline, 201) == "running 2027-04-15T16:00:00Z – –", "it names another invoice")
    timeline.add(300, Payment.demanded, ["amountMinor": 5, "cur": "CNY", "deliveredOn": .day(300)])
    #expect(limitation(timeline, 301) == "running 2027-10-27T16:00:00Z – –", "it names none: whatever is owed")
  }

  @Test func `a demand after the end revives nothing`() {
    var timeline = invoiced()
    timeline.add(1_200, Payment.demanded, ["amountMinor": 1_000, "cur": "CNY", "deliveredOn": .day(1_200)])
    #expect(limitation(timeline, 1_201)?.hasPrefix("overdue 2027-02-01") == true)
  }

  @Test func `part of it paid: the rest is claimed anew; all of it paid: nothing runs`() {
    var timeline = invoiced()
    timeline.add(105, Payment.received, ["amountMinor": 400, "cur": "CNY", "invoices": ["i"]])
    #expect(limitation(timeline, 106) == "running 2027-04-15T16:00:00Z – –")
    let row = timeline.called(Clocks.self, asOf: .day(106), approval)["invoice:i/limitation"]
    #expect(row?.amountMinor == 600 && row?.currency?.description == "CNY")
    timeline.add(110, Payment.received, ["amountMinor": 600, "cur": "CNY", "invoices": ["i"]])
    #expect(shown(timeline, .day(111)).isEmpty)
    let strict: JSONObject = ["limitation": ["years": 3, "restartedBy": ["demand"]]]
    #expect(timeline.until(.day(106)).called(Clocks.self, asOf: .day(106), strict)["invoice:i/limitation"]?.dueAt == Instant("2027-02-01T16:00:00Z"))
  }

  @Test func `is explained by its limit and its events`() {
    var timeline = invoiced()
    timeline.add(106, Payment.demanded, ["amountMinor": 1_000, "cur": "CNY", "deliveredOn": .day(105)])
    let findings = timeline.findings(Clocks.self, "invoice:i/limitation", asOf: .day(120), approval)
    #expect(findings.map(\.id) == ["limitation"] && findings[0].threshold.hasPrefix("≤ 3 years (2027-04-15"))
    #expect(findings[0].evidence == [1] && findings[0].holds)
  }

  @Test(arguments: UInt64(1)...30) func `late entries change nothing`(seed: UInt64) {
    var dice = Dice(seed)
    var timeline = Timeline()
    for id in 0..<(1 + dice.roll(4)) {
      let day = dice.roll(60)
      timeline.add(day, Order.invoiced, about: "invoice:\(id)", ["customer": "c", "netMinor": .int(Int64(1 + dice.roll(900))), "cur": "CNY", "dueOn": .day(day + dice.roll(40))])
      timeline.add(dice.roll(90), Task.assigned, about: "task:\(id)", ["kind": "todo", "dueOn": .day(dice.roll(90))])
    }
    for _ in 0..<dice.roll(8) {
      switch dice.roll(5) {
      case 0: timeline.pay(dice.roll(120), Int64(1 + dice.roll(500)))
      case 1: timeline.add(dice.roll(120), Payment.demanded, ["amountMinor": 1, "cur": "CNY", "deliveredOn": .day(dice.roll(120))])
      case 2: timeline.add(dice.roll(90), Task.completed, about: "task:0", ["result": "done"])
      case 3: timeline.warn(dice.roll(90), "red")
      default: timeline.add(dice.roll(90), Churn.warningTriaged, ["verdict": "intervene", "dueOn": .day(dice.roll(90))])
      }
    }
    let shuffled = timeline.recorded(inOrder: Array(timeline.entries.indices).shuffled(using: &dice))
    for day in [20, 70, 130] {
      let (a, b) = (timeline.until(.day(day)), shuffled.until(.day(day)))
      #expect(a.called(Clocks.self, asOf: .day(day), approval) == b.called(Clocks.self, asOf: .day(day), approval), "seed \(seed) day \(day)")
    }
  }
}
