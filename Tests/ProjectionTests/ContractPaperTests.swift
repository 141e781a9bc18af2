import AccountHistory
import ContractsProjection
import Events
import Matters
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

private let hash = String(repeating: "a", count: 64)
private let otherHash = String(repeating: "b", count: 64)

extension Timeline {
  fileprivate mutating func step(_ day: Int, _ type: Contract, _ data: JSONObject = [:]) {
    add(day, type, about: "contract:k", data)
  }
  fileprivate mutating func ask(_ day: Int, _ id: String, about: String = "contract:k") {
    add(day, Approval.requested, about: "approval:" + id, ["about": .string(about), "eventType": "contract.signed"])
  }
  fileprivate mutating func decide(_ day: Int, _ id: String, _ verdict: String) {
    add(day, Approval.decided, about: "approval:" + id, ["verdict": .string(verdict)])
  }
  fileprivate func contract(_ day: Int) -> ContractRow? { until(.day(day)).called(Contracts.self, day)["contract:k"] }
  fileprivate static var drafted: Timeline {
    var timeline = Timeline()
    timeline.step(0, .drafted, ["customer": "c", "startOn": .day(50), "endOn": .day(400), "totalMinor": 900, "cur": "CNY"])
    return timeline
  }
  /// Signed by both on day 30 and 31, in force on day 50.
  fileprivate static var inForce: Timeline {
    var timeline = drafted
    timeline.step(20, .textFrozen, ["version": 1, "docHash": .string(hash)])
    timeline.step(30, .signed, ["party": "us", "docHash": .string(hash)])
    timeline.step(31, .signed, ["party": "them", "docHash": .string(hash)])
    timeline.step(
      40, .activated,
      [
        "effectiveOn": .day(50), "endOn": .day(400),
        "obligations": [["id": "pay", "what": "pay", "dueOn": .day(100)], ["id": "train", "what": "train"]],
      ])
    return timeline
  }
}

@Suite struct `A contract between draft and archive` {
  @Test func `from draft to signature`() {
    var timeline = Timeline.drafted
    timeline.ask(2, "1")
    timeline.decide(4, "1", "reject")
    timeline.step(5, .revised, ["purpose": "draft", "version": 2])
    timeline.ask(6, "2")
    timeline.ask(6, "other", about: "contract:x")
    timeline.decide(8, "2", "approve")
    timeline.step(10, .textFrozen, ["version": 2, "docHash": .string(hash)])
    timeline.step(12, .revised, ["purpose": "draft", "version": 3])
    timeline.step(14, .textFrozen, ["version": 3, "docHash": .string(otherHash)])
    timeline.step(16, .signed, ["party": "us", "docHash": .string(otherHash)])
    timeline.step(18, .signed, ["party": "them", "docHash": .string(hash)])
    timeline.step(20, .signed, ["party": "them", "docHash": .string(otherHash)])
    let expected: [(Int, ContractPhase, Int64)] = [
      (0, .draft, 0), (2, .inApproval, 1), (4, .rejected, 2), (5, .negotiating, 3), (6, .inApproval, 4),
      (8, .negotiating, 6), (10, .awaitingSignature, 7), (12, .negotiating, 8), (14, .awaitingSignature, 9),
      (16, .awaitingSignature, 9), (18, .awaitingSignature, 9), (20, .signed, 10),
    ]
    for (day, phase, because) in expected {
      #expect(timeline.contract(day)?.phase == phase, "day \(day)")
      #expect(timeline.contract(day)?.because == because, "day \(day)")
    }
    #expect(timeline.contract(20)?.version == 3 && timeline.contract(18)?.version == nil, "a signature under another text")
    #expect(timeline.contract(20)?.approvals == 2 && timeline.contract(6)?.openApprovals == 1)
  }

  @Test func `in force, being amended, amended, ended, archived`() {
    var timeline = Timeline.inForce
    timeline.step(200, .revised, ["purpose": "amendment", "version": 2])
    let assent: JSON = [["party": "us", "evidenceHash": .string(hash)], ["party": "them", "evidenceHash": .string(hash)]]
    timeline.step(
      210, .amended,
      ["toVersion": 2, "endOn": .day(500), "clauseChanges": [["key": "term", "after": "500"]], "assent": assent])
    timeline.step(450, .ended, ["cause": "terminated", "endedOn": .day(450)])
    timeline.step(460, .archived, ["location": "shelf 3"])
    let expected: [(Int, ContractPhase)] = [
      (40, .signed), (49, .signed), (50, .inForce), (199, .inForce), (200, .beingAmended), (210, .inForce),
      (450, .terminated), (460, .archived),
    ]
    for (day, phase) in expected { #expect(timeline.contract(day)?.phase == phase, "day \(day)") }
    #expect(timeline.contract(205)?.state == .inForce && timeline.contract(205)?.isProposed == true)
    #expect(timeline.contract(210)?.version == 2 && timeline.contract(210)?.unproven == 0)
    #expect(timeline.contract(210)?.endOn == .of(500) && timeline.contract(210)?.provenEndOn == .of(500))
    #expect(timeline.contract(205)?.amounts.map(\.minor) == [900], "what is being amended is in force")
  }

  @Test(arguments: [
    ([("us", true, 205), ("them", true, 205)], true, ""), ([("us", true, 205)], true, "them"),
    ([("us", true, 205), ("them", false, 205)], true, "them"), ([("us", true, 205), ("them", true, 211)], true, "them"),
    ([("us", true, 205), ("them", true, 205)], false, ""), ([], false, "us, them"),
  ] as [([(String, Bool, Int)], Bool, String)])
  func `an amendment proves that all agreed, or is proposed`(assents: [(String, Bool, Int)], named: Bool, missing: String) {
    var timeline = Timeline.inForce
    var data: JSONObject = ["toVersion": 2, "endOn": .day(500)]
    if named { data["clauseChanges"] = [["key": "term", "after": "500"]] }
    data["assent"] = .array(
      assents.map { party, hasProof, day in
        var assent: JSONObject = ["party": .string(party), "at": .string(Instant.day(day).description)]
        if hasProof { assent["evidenceHash"] = .string(hash) }
        return .object(assent)
      })
    timeline.step(210, .amended, data)
    let row = timeline.contract(220)
    let proven = named && missing.isEmpty
    #expect(row?.unproven == (proven ? 0 : 1) && row?.isProposed == !proven)
    #expect(row?.version == (proven ? 2 : 1) && row?.newestVersion == 2)
    #expect(row?.endOn == .of(500), "the terms are as they are recorded")
    #expect(row?.provenEndOn == (proven ? .of(500) : .of(400)))
    let shown = row.map { Dictionary(uniqueKeysWithValues: zip(ContractRow.columns.map(\.name), $0.values))["missingAssent"] }
    #expect(shown == .some(missing.isEmpty ? .null : .text(missing)))
    let finding = timeline.findings(Contracts.self, "contract:k", asOf: .day(220)).first { $0.id == "assent" }
    #expect(finding?.holds == proven && finding?.evidence == [5])
  }

  @Test func `what is fulfilled`() {
    var timeline = Timeline.inForce
    timeline.step(90, .obligationMet, ["obligation": "train", "metOn": .day(85), "partial": true])
    timeline.step(101, .obligationMet, ["obligation": "pay", "metOn": .day(99)])
    timeline.step(120, .obligationMet, ["obligation": "train"])
    timeline.step(130, .breachRecorded, ["by": "them", "obligation": "pay"])
    let expected: [(Int, Fulfilment, Int)] = [
      (60, .open, 0), (90, .partly, 0), (100, .partly, 0), (101, .partly, 0), (120, .fulfilled, 0),
    ]
    for (day, fulfilment, overdue) in expected {
      #expect(timeline.contract(day)?.fulfilment == fulfilment, "day \(day)")
      #expect(timeline.contract(day)?.overdue == overdue, "day \(day)")
    }
    #expect(timeline.contract(130)?.breaches == 1 && timeline.contract(60)?.nextObligationOn == .of(100))
    let late = Timeline.inForce
    #expect(late.contract(100)?.fulfilment == .open && late.contract(101)?.fulfilment == .lapsed)
    #expect(late.contract(101)?.overdue == 1 && late.contract(101)?.obligations == 2)
    var none = Timeline.drafted
    none.step(40, .activated, ["effectiveOn": .day(40)])
    #expect(none.contract(60)?.fulfilment == nil)
  }

  @Test func `not due before its day`() {
    var timeline = Timeline.drafted
    timeline.step(40, .activated, ["effectiveOn": .day(40), "obligations": [["id": "a", "what": "x", "dueOn": .day(100)]]])
    #expect(timeline.contract(99)?.fulfilment == .notDue && timeline.contract(100)?.fulfilment == .open)
  }

  @Test func `several of one customer stay apart`() {
    var timeline = Timeline.inForce
    timeline.add(60, Contract.drafted, about: "contract:l", ["customer": "c", "totalMinor": 5])
    let rows = timeline.called(Contracts.self, 70)
    #expect(rows["contract:k"]?.phase == .inForce && rows["contract:l"]?.phase == .draft && rows["contract:l"]?.totalMinor == 5)
  }

  @Test(arguments: UInt64(1)...40) func `late entries change nothing`(seed: UInt64) {
    var dice = Dice(seed)
    var timeline = Timeline.inForce
    let day = { (dice: inout Dice) in dice.roll(500) }
    for number in 0..<dice.roll(14) {
      switch dice.roll(8) {
      case 0: timeline.step(day(&dice), .revised, ["purpose": dice.roll(2) == 0 ? "amendment" : "renewal", "version": 2])
      case 1: timeline.step(day(&dice), .amended, ["endOn": .day(300 + dice.roll(300)), "clauseChanges": [["key": "x"]]])
      case 2: timeline.step(day(&dice), .obligationMet, ["obligation": "pay", "partial": .bool(dice.roll(2) == 0)])
      case 3: timeline.step(day(&dice), .textFrozen, ["version": 3, "docHash": .string(otherHash)])
      case 4: timeline.step(day(&dice), .signed, ["party": "us", "docHash": .string(dice.roll(2) == 0 ? hash : otherHash)])
      case 5: timeline.step(day(&dice), .renewed, ["newEndOn": .day(400 + dice.roll(300))])
      case 6: timeline.ask(day(&dice), "\(number)")
      default: timeline.decide(day(&dice), "\(dice.roll(14))", dice.roll(2) == 0 ? "approve" : "reject")
      }
    }
    let shuffled = timeline.recorded(inOrder: Array(timeline.entries.indices).shuffled(using: &dice))
    for day in [20, 45, 120, 300, 700] {
      let (a, b) = (timeline.until(.day(day)), shuffled.until(.day(day)))
      #expect(a.called(Contracts.self, day) == b.called(Contracts.self, day), "seed \(seed) day \(day)")
    }
  }
}
