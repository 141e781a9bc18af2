import AccountHistory
import CompanyRules
import Events
import OwnersProjection
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

private func row(_ day: Int, _ changes: JSONObject = [:], _ record: (inout Timeline) -> Void) -> OwnerRow? {
  var timeline = Timeline()
  record(&timeline)
  return timeline.conclude(Owners.self, day, changes)
}

extension OwnerRow {
  /// A field as people read it.
  subscript(_ column: String) -> Value {
    zip(OwnerRow.columns, values(TimelineNames.shared)).first { $0.0.name == column }?.1 ?? .null
  }
}

extension Timeline {
  mutating func visit(_ day: Int, by who: String? = nil, hour: Int = 0) {
    actor = who
    add(day, Visit.logged, hour: hour)
    actor = nil
  }
  mutating func talk(_ day: Int, _ kind: String = "call") { add(day, Visit.interactionLogged, ["kind": .string(kind)]) }
  mutating func placed(_ day: Int, _ id: String, _ total: Int64 = 100, cur: String = "CNY") {
    subject = "order:" + id
    order(day, total, cur: cur)
    subject = nil
  }
  mutating func contract(_ id: String, from start: Int, until end: Int?) {
    subject = "contract:" + id
    activate(start, until: end)
    subject = nil
  }
}

@Suite struct `Owners: who answers for a customer` {
  @Test func `on a day, since when, by which event`() {
    func owner(_ day: Int) -> (Value, Instant?, Int64?) {
      let found = row(day) {
        $0.own(0, "Li Na")
        $0.own(5, "周敏", cause: "handover")
        $0.own(9, "王强", role: "sr")
      }
      return (found?["owner"] ?? .null, found?.since, found?.because)
    }
    #expect(owner(4) == (.text("Li Na"), .day(0), 0))
    #expect(owner(5) == (.text("周敏"), .day(5), 1))
    #expect(owner(9) == (.text("周敏"), .day(5), 1))
    #expect(row(-1) { $0.own(0, "Li Na") } == nil, "not before anything is known")
  }

  @Test func `every role by itself; where nobody owns them, who is responsible for the account`() {
    let found = row(9) {
      $0.own(0, "Li Na", role: "ar")
      $0.own(1, "王强", role: "sr")
      $0.own(2, "赵敏", role: "fr")
      $0.own(3, "陈总", role: "sponsor")
    }
    #expect(found?["owner"] == .text("Li Na") && found?["account"] == .text("Li Na"))
    #expect(found?["solution"] == .text("王强") && found?["fulfilment"] == .text("赵敏") && found?["sponsor"] == .text("陈总"))
    #expect(row(9) { $0.own(0, "Li Na", role: "ar"); $0.own(1, "周敏") }?["owner"] == .text("周敏"))
  }

  @Test func `an opportunity's owner is not the customer's`() {
    let found = row(9) {
      $0.own(0, "Li Na")
      $0.subject = "opportunity:O"
      $0.own(1, "周敏")
    }
    #expect(found?["owner"] == .text("Li Na"))
  }

  @Test func `a customer whom nobody ever owned, and no row for a lead`() {
    #expect(row(3) { $0.add(0, Customer.registered, ["name": "Acme"]) }?.state == .unowned)
    #expect(row(3) { $0.placed(0, "A") }?.state == .unowned)
    #expect(row(3) { $0.visit(0) } == nil)
  }
}

@Suite struct `Owners: when a customer falls to the pool` {
  @Test(arguments: [
    (0, OwnerState.held), (22, .held), (23, .reminded), (29, .reminded), (30, .due), (31, .due),
  ]) func `after 30 days without follow-up, reminded 7 days before`(day: Int, state: OwnerState) {
    let found = row(day) { $0.own(0, "Li Na") }
    #expect(found?.state == state && found?["quietDays"] == .integer(Int64(day)) && found?["releaseOn"] == .day(.of(30)))
    #expect(found?["cause"] == .text("quiet") && found?["daysToRelease"] == .integer(Int64(30 - day)))
    #expect(found?.since == (state == .held ? .day(0) : state == .reminded ? .day(23) : .day(30)))
  }

  @Test(arguments: [(0, 23), (22, 23), (23, 27), (27, 29), (29, nil)] as [(Int, Int?)]) func `the next reminder`(
    day: Int, next: Int?
  ) {
    #expect(row(day) { $0.own(0, "Li Na") }?["nextReminderOn"] == Value(next.map { .of($0) }))
  }

  @Test func `a visit or a talk begins the time anew, a note does not`() {
    #expect(row(40) { $0.own(0, "Li Na"); $0.visit(20) }?["releaseOn"] == .day(.of(50)))
    #expect(row(40) { $0.own(0, "Li Na"); $0.talk(20) }?["releaseOn"] == .day(.of(50)))
    #expect(row(40) { $0.own(0, "Li Na"); $0.talk(20, "note") }?["releaseOn"] == .day(.of(30)))
    #expect(row(40) { $0.visit(20); $0.own(30, "Li Na") }?["releaseOn"] == .day(.of(60)), "so does a new owner")
  }

  private func busy(_ until: Int, _ record: (inout Timeline) -> Void) -> Value? {
    row(until) {
      $0.own(0, "Li Na")
      for day in stride(from: 10, through: until, by: 10) { $0.visit(day) }
      record(&$0)
    }?["releaseOn"]
  }

  @Test func `after 180 days without a deal, however often they were visited`() {
    #expect(busy(170) { _ in } == .day(.of(180)))
    #expect(busy(100) { _ in } == .day(.of(130)), "whichever ends first")
    #expect(busy(170) { $0.placed(50, "A") } == .day(.of(200)))
    #expect(busy(170) { $0.subject = "opportunity:O"; $0.add(60, Opportunity.closed, ["outcome": "won"]) } == .day(.of(200)))
    #expect(busy(170) { $0.subject = "opportunity:O"; $0.add(60, Opportunity.closed, ["outcome": "lost"]) } == .day(.of(180)))
    #expect(busy(170) { $0.subject = "contract:K"; $0.add(7, Contract.signed, ["party": "them"]) } == .day(.of(187)))
    let cancelled = busy(170) {
      $0.placed(50, "A")
      $0.subject = "order:A"
      $0.change(51, "cancel", -100)
    }
    #expect(cancelled == .day(.of(180)), "a cancelled order is no deal")
  }

  @Test(arguments: [(29, OwnerState.kept), (59, .kept), (60, .due)]) func `never while a contract is in force`(
    day: Int, state: OwnerState
  ) {
    let found = row(day) {
      $0.own(0, "Li Na")
      $0.contract("K", from: 0, until: 60)
      $0.contract("L", from: 0, until: 20)
    }
    #expect(found?.state == state && found?["releaseOn"] == .day(.of(60)))
    let gap = row(80) {
      $0.own(0, "Li Na")
      $0.contract("K", from: 0, until: 60)
      $0.contract("L", from: 60, until: 70)
      $0.contract("M", from: 75, until: 78)
    }
    #expect(gap?.state == .due && gap?["releaseOn"] == .day(.of(70)), "the first day that no contract covers")
    #expect(row(90) { $0.own(0, "Li Na"); $0.contract("K", from: 0, until: nil) }?["releaseOn"] == .null, "without an end")
    let notKept = row(40, ["keepsCustomersInContract": false]) { $0.own(0, "Li Na"); $0.contract("K", from: 0, until: 60) }
    #expect(notKept?.state == .due)
  }

  @Test(arguments: [(6, OwnerState.reminded, 7), (7, .due, nil), (8, .due, nil)] as [(Int, OwnerState, Int?)])
  func `who claimed is protected, also from a shorter time`(day: Int, state: OwnerState, until: Int?) {
    let found = row(day, ["releaseAfterQuietDays": 3, "remindDaysBefore": [1]]) { $0.own(0, "Li Na", cause: "claim") }
    #expect(found?.state == state && found?["protectedUntil"] == Value(until.map { .of($0) }))
  }

  @Test func `whom somebody was given is not protected`() {
    #expect(row(5, ["releaseAfterQuietDays": 3, "remindDaysBefore": [1]]) { $0.own(0, "Li Na") }?.state == .due)
  }

  @Test(arguments: [(39, true), (40, false)]) func `the owner before may not claim them back for 30 days`(day: Int, isBarred: Bool) {
    let found = row(day) {
      $0.own(0, "Li Na")
      $0.own(10, nil, cause: "rule")
    }
    #expect(found?.state == .pool && found?["owner"] == .null && found?["quietDays"] == .null)
    #expect(found?["barredOwner"] == (isBarred ? .text("Li Na") : .null))
    #expect(found?["barredUntil"] == (isBarred ? .day(.of(40)) : .null))
  }

  @Test func `explained by each clock with its limit and its event`() {
    var timeline = Timeline()
    timeline.own(0, "Li Na")
    timeline.visit(5)
    timeline.contract("K", from: 6, until: 20)
    let findings = timeline.explain(Owners.self, asOf: .day(15)).findings
    #expect(findings.map(\.id) == ["owner", "quiet", "no-deal", "contract", "reminder"])
    #expect(findings.map(\.value) == ["Li Na", "10", "9", "\(Day.of(20))", "20"])
    #expect(findings.map(\.threshold) == ["–", "30", "180", "> \(Day.of(15))", "7, 3, 1"])
    #expect(findings.map(\.evidence) == [[0], [1], [2], [2], [1]])
    #expect(findings.map(\.holds) == [true, false, false, true, false])
  }
}

@Suite struct `Owners: how many a person holds` {
  private func customers() -> [Timeline] {
    func customer(_ record: (inout Timeline) -> Void) -> Timeline {
      var timeline = Timeline()
      record(&timeline)
      return timeline
    }
    return [
      customer { $0.own(0, "Li Na") }, customer { $0.own(20, "Li Na", cause: "claim") },
      customer { $0.own(0, "周敏"); $0.own(30, "Li Na", cause: "claim", hour: 9) },
      customer { $0.own(0, "Li Na"); $0.own(30, nil, cause: "rule") },
      customer { $0.own(30, "赵敏", cause: "claim", hour: 8); $0.own(30, "周敏", cause: "handover", hour: 9) },
      customer { $0.add(0, Customer.registered, ["name": "Acme"]) },
    ]
  }

  @Test func `against the limit, and claims of the day`() {
    let found = census(Holders.self, of: customers(), asOf: .day(30) + .seconds(36_000), ["holdingLimit": 2, "claimsPerDay": 1])
    #expect(found.keys.sorted() == ["company:pool", "company:unowned", "employee:Li Na", "employee:周敏", "employee:赵敏"])
    let na = found["employee:Li Na"]?.row
    #expect(na?.held == 3 && na?.isOverLimit == true && na?.claims == 1 && na?.isOverClaims == false && na?.due == 1)
    #expect(na?.nextReleaseOn == Day.of(30))
    #expect(found["employee:赵敏"]?.row.held == 0 && found["employee:赵敏"]?.row.claims == 1, "claimed, and passed on")
    #expect(found["company:pool"]?.row.held == 1 && found["company:pool"]?.row.isOverLimit == nil)
    #expect(found["company:unowned"]?.row.held == 1)
    #expect(found["employee:Li Na"]?.finding("held")?.threshold == "2")
  }

  @Test(arguments: [(2, true), (3, false)] as [(Int64, Bool)]) func `a limit is passed above it`(limit: Int64, isOver: Bool) {
    let found = census(Holders.self, of: customers(), 31, ["holdingLimit": .int(limit)])
    #expect(found["employee:Li Na"]?.row.isOverLimit == isOver)
    #expect(found["employee:Li Na"]?.row.claims == 0, "yesterday's claims count no more")
  }
}
