import AccessProjection
import CompanyRules
import Events
import Matters
import PrivacyProjection
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

@Suite struct `Persons at a customer` {
  private func values(_ row: PersonRow?) -> [String: Value] {
    row.map { Dictionary(uniqueKeysWithValues: zip(PersonRow.columns.map(\.name), $0.values(TimelineNames.shared))) } ?? [:]
  }

  @Test func `what each allowed, by the last word on each purpose`() {
    var timeline = Timeline()
    func consent(_ day: Int, _ purpose: String, _ state: String, _ contact: String?) {
      var data: JSONObject = ["person": "p", "purpose": .string(purpose), "state": .string(state)]
      if let contact { data["contact"] = .string(contact) }
      timeline.add(day, Customer.consentRecorded, data)
    }
    timeline.add(0, Customer.contactAdded, ["contact": "K-1", "name": "n", "status": "active"])
    consent(1, "marketing", "granted", "K-1")
    consent(1, "newsletter", "granted", "K-1")
    consent(5, "marketing", "withdrawn", "K-1")
    consent(2, "marketing", "granted", nil)
    let rows = timeline.called(PersonalData.self, 10)
    #expect(Set(rows.keys) == ["customer:c", "customer:c/contact/K-1"])
    let person = values(rows["customer:c/contact/K-1"])
    #expect(person["allowed"] == .text("newsletter") && person["withdrawn"] == .text("marketing") && person["status"] == .text("active"))
    #expect(values(rows["customer:c"])["allowed"] == .text("marketing"))
    #expect(values(timeline.called(PersonalData.self, 4)["customer:c/contact/K-1"])["allowed"] == .text("marketing, newsletter"))
    let findings = timeline.findings(PersonalData.self, "customer:c/contact/K-1", asOf: .day(10))
    #expect(findings.map(\.holds) == [false, true] && findings.map(\.evidence) == [[3], [2]])
  }

  @Test func `what they asked, and by when it must be answered`() {
    var timeline = Timeline()
    timeline.add(0, Privacy.requested, ["right": "access", "contact": "K-1"])
    timeline.add(1, Privacy.requested, ["right": "restrict", "contact": "K-1"])
    timeline.add(5, Privacy.fulfilled, ["request": 1, "decision": "done"])
    let early = timeline.until(.day(2)).called(PersonalData.self, 2)["customer:c/contact/K-1"]
    #expect(early?.openRequests == 2 && early?.isRestricted == false && early?.requests == .running)
    // Fifteen working days after Monday 2024-01-01: Monday the 22nd, at the close of work in China.
    #expect(early?.nextDueAt == Instant("2024-01-22T10:00:00Z"))
    let later = timeline.called(PersonalData.self, 6)["customer:c/contact/K-1"]
    #expect(later?.openRequests == 1 && later?.isRestricted == true)
    let late = timeline.called(PersonalData.self, 30)["customer:c/contact/K-1"]
    #expect(late?.requests == .overdue && late?.lateRequests == 1)
    #expect(timeline.called(PersonalData.self, 30)["customer:c"] == nil, "everything names a contact")
  }

  @Test func `a refused restriction restricts nothing`() {
    var timeline = Timeline()
    timeline.add(0, Privacy.requested, ["right": "restrict"])
    timeline.add(1, Privacy.fulfilled, ["request": 0, "decision": "refused"])
    #expect(timeline.called(PersonalData.self, 2)["customer:c"]?.isRestricted == false)
  }

  @Test func `what is gone and what is held`() {
    var timeline = Timeline()
    timeline.add(0, Privacy.erasureRequested, ["level": "keys"])
    timeline.add(3, Privacy.erasureExecuted, ["level": "keys", "request": 0])
    timeline.add(4, Privacy.holdPlaced, ["matter": "m"])
    let row = timeline.called(PersonalData.self, 5)["customer:c"]
    #expect(row?.erasures == 1 && row?.erasedAt == .day(3) && row?.holds == 1 && row?.requests == .met)
    timeline.add(6, Privacy.holdReleased, ["hold": 2])
    #expect(timeline.called(PersonalData.self, 7)["customer:c"]?.holds == 0)
  }
}

@Suite struct `Records are kept` {
  private func rows(_ timeline: Timeline, _ date: String, _ changes: JSONObject = [:]) -> [String: RetentionRow] {
    let at = Day(date)!.start
    return timeline.until(at).called(Retention.self, asOf: at, changes)
  }

  @Test func `contracts from the end of the last`() {
    var timeline = Timeline()
    timeline.add(0, Contract.signed, about: "contract:a", ["startOn": .day(0), "endOn": .day(100)])
    timeline.add(0, Contract.signed, about: "contract:b", ["startOn": .day(0), "endOn": .day(900)])
    #expect(rows(timeline, "2024-06-01")["customer:c/contracts"]?.state == .notBegun)
    timeline.add(300, Contract.ended, about: "contract:b", ["cause": "terminated", "endedOn": "2024-10-31"])
    let kept = rows(timeline, "2025-01-01")["customer:c/contracts"]
    #expect(kept?.state == .kept && kept?.from == Day("2024-10-31") && kept?.disposableOn == Day("2034-10-31") && kept?.events == 3)
    let states: [(String, RetentionState)] = [
      ("2034-09-30", .kept), ("2034-10-01", .announced), ("2034-10-30", .announced), ("2034-10-31", .disposable),
    ]
    for (day, state) in states { #expect(rows(timeline, day)["customer:c/contracts"]?.state == state, "\(day)") }
    timeline.add(310, Privacy.holdPlaced, ["matter": "m"])
    #expect(rows(timeline, "2035-01-01")["customer:c/contracts"]?.state == .held)
    let findings = timeline.findings(Retention.self, "customer:c/contracts", asOf: Day("2035-01-01")!.start)
    #expect(findings.map(\.id) == ["from", "time", "hold"] && findings.map(\.holds) == [true, true, false])
    #expect(findings[0].evidence == [2, 2] && findings[2].evidence == [3])
  }

  @Test func `money from the end of the year, people from the last contact`() {
    var timeline = Timeline()
    timeline.pay(30)
    timeline.add(10, Customer.contactAdded, ["name": "n"])
    timeline.add(60, Visit.logged)
    let money = rows(timeline, "2024-06-01")["customer:c/accounts"]
    #expect(money?.from == Day("2024-12-31") && money?.disposableOn == Day("2054-12-31") && money?.action == .review)
    let people = rows(timeline, "2024-06-01")["customer:c/contacts"]
    #expect(people?.from == .of(60) && people?.action == .destroyKey && people?.disposableOn == Day("2027-03-01"))
    #expect(rows(timeline, "2024-06-01")["customer:c/other"] == nil, "far from over")
    #expect(rows(timeline, "2034-02-25")["customer:c/other"]?.state == .announced)
  }

  @Test func `the longest name decides the class`() {
    var timeline = Timeline()
    timeline.add(0, Contract.archived, about: "contract:a", ["location": "x"])
    timeline.add(0, Contract.breachRecorded, about: "contract:a", ["by": "them"])
    func one(_ id: String, _ type: String) -> JSON {
      ["id": .string(id), "name": .string(id), "types": [.string(type)], "keepMonths": 12, "countedFrom": "recording", "then": "review", "basis": "b"]
    }
    let found = rows(timeline, "2024-02-01", ["classes": [one("all", "contract."), one("paper", "contract.archived")]])
    #expect(found["customer:c/all"]?.events == 1 && found["customer:c/paper"]?.events == 1)
  }

  @Test func `facts grow with types and not with events`() {
    func entries(_ days: Int) -> (entries: Int, counted: Int?) {
      var timeline = Timeline()
      for day in 0..<days { timeline.pay(day) }
      let (facts, series) = timeline.fold(RecordBook.self)
      return (series.array(facts.types).count, rows(timeline, "2025-06-01")["customer:c/accounts"]?.events)
    }
    #expect(entries(3).entries == 1 && entries(300).entries == 1 && entries(300).counted == 300)
  }

  @Test(arguments: UInt64(1)...20) func `late entries change nothing`(seed: UInt64) {
    let timeline = Timeline(everything: seed)
    var dice = Dice(seed &+ 77)
    let shuffled = timeline.recorded(inOrder: Array(timeline.entries.indices).shuffled(using: &dice))
    #expect(timeline.called(Retention.self, 1_200) == shuffled.called(Retention.self, 1_200), "seed \(seed)")
  }
}

@Suite struct `Who looked and who may` {
  @Test func `person by person and month by month`() {
    func looked(_ looks: [(Int, String, String, Int64, String)]) -> Timeline {
      var timeline = Timeline()
      for (day, way, grade, rows, who) in looks {
        timeline.add(
          day, Access.dataAccessed, about: "access:1", ["kind": .string(way), "rows": .int(rows), "maxClass": .string(grade)], by: who, as: "SR")
      }
      return timeline
    }
    let a = looked([(0, "view", "internal", 1, "Li"), (3, "export", "sensitive", 500, "Li"), (40, "view", "sensitive", 2, "Li")])
    var b = looked([(5, "export", "internal", 9, "Li"), (6, "print", "highly-sensitive", 1, "Wang")])
    b.account = "customer:d"
    let rows = a.census(AccessUse.self, with: [b], asOf: .day(60))
    #expect(Set(rows.keys) == ["employee:Li/2024-01", "employee:Li/2024-02", "employee:Wang/2024-01"])
    let li = rows["employee:Li/2024-01"]
    #expect(li?.views == 1 && li?.exports == 2 && li?.rows == 510 && li?.accounts == 2 && li?.sensitive == 1 && li?.toApprove == 1)
    #expect(rows["employee:Wang/2024-01"]?.highlySensitive == 1 && rows["employee:Wang/2024-01"]?.holding == 1)
    #expect(li?.outsideRoles == 0)
    let strict = a.census(AccessUse.self, with: [b], asOf: .day(60), ["demands": .array([
      ["grade": "l1", "isMaskedInLists": false, "readingIsLogged": false, "exportNeedsApproval": false],
      ["grade": "l2", "isMaskedInLists": false, "readingIsLogged": false, "exportNeedsApproval": false],
      ["grade": "l3", "isMaskedInLists": false, "readingIsLogged": true, "exportNeedsApproval": true, "roles": ["sales manager"]],
      ["grade": "l4", "isMaskedInLists": true, "readingIsLogged": true, "exportNeedsApproval": true],
    ])])
    #expect(strict["employee:Li/2024-01"]?.outsideRoles == 1 && strict["employee:Li/2024-01"]?.holding == 3)
  }

  private func grant(_ day: Int, _ person: String, _ role: String, _ isGiven: Bool = true, until: Int? = nil) -> (Int, JSONObject) {
    var data: JSONObject = ["employee": .string(person), "role": .string(role), "scope": "north", "grant": .bool(isGiven)]
    if let until { data["until"] = .day(until) }
    return (day, data)
  }

  @Test func `rights, their review, and who left`() {
    var rights = Timeline()
    for (day, data) in [
      grant(0, "E1", "sales"), grant(0, "E2", "sales", until: 50), grant(0, "E3", "sales"), grant(10, "E3", "sales", false), grant(0, "E4", "sales"),
      grant(100, "E1", "admin"), grant(0, "E9", "sales"), grant(20, "E9", "sales"),
    ] { rights.add(day, Access.changed, about: "access:1", data, by: "DO") }
    var left = Timeline()
    left.account = "employee:E4"
    left.add(60, People.departed, ["lastDay": .day(60)])
    var review = Timeline()
    review.add(150, Process.auditPerformed, about: "audit:1", ["kind": "access-review", "conclusion": "fine"])
    func states(_ day: Int) -> [String: RightState] {
      rights.until(.day(day)).census(AccessRights.self, with: [left.until(.day(day)), review.until(.day(day))], asOf: .day(day)).mapValues(\.state)
    }
    #expect(states(40) == [
      "employee:E1/sales/north": .held, "employee:E2/sales/north": .held, "employee:E3/sales/north": .revoked,
      "employee:E4/sales/north": .held, "employee:E9/sales/north": .held,
    ])
    #expect(states(61)["employee:E2/sales/north"] == .expired && states(61)["employee:E4/sales/north"] == .leftBehind)
    // Six months after New Year's Day 2024 are over on July 1st, day 182; the review of day 150 is of all rights.
    #expect(states(182)["employee:E1/sales/north"] == .held && states(340)["employee:E1/sales/north"] == .toReview)
    #expect(rights.census(AccessRights.self, asOf: .day(182))["employee:E1/sales/north"]?.state == .held)
    #expect(rights.census(AccessRights.self, asOf: .day(183))["employee:E1/sales/north"]?.state == .toReview)
    #expect(rights.census(AccessRights.self, asOf: .day(183))["employee:E9/sales/north"]?.dueOn == Day("2024-07-21"))
  }
}
