import CompanyRules
import Events
import Projection
import TestSupport
import Testing
import VisitsProjection
import Vocabulary
import Wire

private func row(_ day: Int, _ changes: JSONObject = [:], _ record: (inout Timeline) -> Void) -> VisitRow? {
  var timeline = Timeline()
  record(&timeline)
  return timeline.conclude(Visits.self, day, changes)
}

extension Timeline {
  mutating func grade(_ day: Int, _ grade: String, until expiry: Int? = nil) {
    var data: JSONObject = ["dimension": "grade", "value": .string(grade)]
    if let expiry { data["expiresOn"] = .day(expiry) }
    add(day, Rule.assessmentSet, data)
  }
  mutating func plan(_ day: Int, _ id: String, due: Int?, for who: String? = nil, kind: String = "visit") {
    subject = "task:" + id
    var data: JSONObject = ["kind": .string(kind)]
    if let due { data["dueOn"] = .day(due) }
    if let who { data["to"] = .string(who) }
    add(day, Task.assigned, data)
    subject = nil
  }
  mutating func complete(_ day: Int, _ id: String, _ result: String = "done", hour: Int = 0) {
    subject = "task:" + id
    add(day, Task.completed, ["result": .string(result)], hour: hour)
    subject = nil
  }
  mutating func visit(_ day: Int, for plan: String? = nil, next: Int? = nil, by who: String? = nil) {
    actor = who
    var data: JSONObject = [:]
    if let plan { data["plan"] = .string(plan) }
    if let next { data["nextOn"] = .day(next) }
    add(day, Visit.logged, data)
    actor = nil
  }
}

@Suite struct `Visits: as often as the grade asks for` {
  @Test(arguments: [("a", 29, VisitState.inTime), ("a", 30, .neglected), ("b", 59, .inTime), ("b", 60, .neglected), ("c", 119, .inTime), ("c", 120, .neglected)])
  func `by the grade that people gave`(grade: String, day: Int, state: VisitState) {
    let found = row(day) {
      $0.grade(-5, grade)
      $0.visit(0, by: "Li Na")
    }
    #expect(found?.state == state && found?.daysSince == day && found?.lastVisitOn == Day.of(0))
    #expect(found?.values(TimelineNames.shared)[3] == .text("Li Na"))
    #expect(found?.since == (state == .inTime ? .day(0) : found?.visitDueOn.start) && found?.because == 1)
  }

  @Test func `whom nobody graded has the rule's default, and a grade that expired is none`() {
    #expect(row(60) { $0.visit(0) }?.grade == .c)
    #expect(row(60, ["defaultGrade": "a"]) { $0.visit(0) }?.state == .neglected)
    func grade(_ day: Int) -> SegmentGrade? { row(day) { $0.visit(0); $0.grade(1, "a", until: 20); $0.grade(0, "b") }?.grade }
    #expect(grade(19) == .a && grade(20) == .b)
  }

  @Test func `who was never visited counts from when they became known`() {
    let found = row(130) { $0.add(5, Customer.registered, ["name": "Acme"]) }
    #expect(found?.state == .neglected && found?.lastVisitOn == nil && found?.daysSince == 125 && found?.visitDueOn == Day.of(125))
    #expect(row(130) { $0.talk(0) } == nil, "a talk alone is no visit, and nobody was registered")
  }

  @Test func `a talk is no visit`() {
    #expect(row(130) { $0.visit(0); $0.talk(100) }?.daysSince == 130)
  }

  @Test func `overdue but planned`() {
    func state(_ due: Int) -> VisitState? { row(130) { $0.visit(0); $0.plan(100, "P", due: due) }?.state }
    #expect(state(129) == .neglected && state(130) == .planned && state(140) == .planned)
    #expect(row(130) { $0.visit(0, next: 131) }?.state == .planned, "as agreed at the last visit")
    #expect(row(130) { $0.visit(0); $0.plan(100, "P", due: 140, kind: "todo") }?.state == .neglected, "another task is no visit")
    #expect(row(130) { $0.visit(0); $0.plan(100, "P", due: 140); $0.complete(101, "P", "rejected") }?.state == .neglected)
  }

  @Test func `explained by days, grade and plans with their events`() {
    var timeline = Timeline()
    timeline.grade(0, "a")
    timeline.visit(1)
    timeline.plan(2, "P", due: 10)
    timeline.plan(3, "Q", due: 50)
    let (_, findings) = timeline.explain(Visits.self, asOf: .day(40))
    #expect(findings.map(\.id) == ["visit", "grade", "planned", "overdue-plans", "done"])
    #expect(findings.map(\.value) == ["39", "a", "\(Day.of(50))", "1", "0"])
    #expect(findings.map(\.threshold) == ["30", "–", "≥ \(Day.of(40))", "0", "1"])
    #expect(findings.map(\.evidence) == [[1], [0], [3], [2], [2]])
  }
}

@Suite struct `Visits: planned against done` {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let record: @Sendable (inout Timeline) -> Void
    /// Plans of the year, done, in time, past due; as of day 100.
    let counts: [Int]
    init(_ name: String, _ counts: [Int], _ record: @escaping @Sendable (inout Timeline) -> Void) {
      (testDescription, self.counts, self.record) = (name, counts, record)
    }
  }
  static let cases: [Case] = [
    Case("not done", [1, 0, 0, 1]) { $0.plan(0, "P", due: 10) },
    Case("not due yet", [0, 0, 0, 0]) { $0.plan(0, "P", due: 101) },
    Case("due today is not past due", [1, 0, 0, 0]) { $0.plan(0, "P", due: 100) },
    Case("completed on the due day", [1, 1, 1, 0]) { $0.plan(0, "P", due: 10); $0.complete(10, "P", hour: 23) },
    Case("completed a day late", [1, 1, 0, 0]) { $0.plan(0, "P", due: 10); $0.complete(11, "P") },
    Case("rejected", [1, 0, 0, 0]) { $0.plan(0, "P", due: 10); $0.complete(5, "P", "rejected") },
    Case("a visit names it", [1, 1, 1, 0]) { $0.plan(0, "P", due: 10); $0.visit(9, for: "P") },
    Case("the visit that names it came before the completion", [1, 1, 1, 0]) {
      $0.plan(0, "P", due: 10); $0.complete(12, "P"); $0.visit(9, for: "P")
    },
    Case("a visit without a name counts for what is due first", [2, 1, 1, 1]) {
      $0.plan(0, "Q", due: 12); $0.plan(0, "P", due: 10); $0.visit(5)
    },
    Case("not for a plan that was made after it", [1, 0, 0, 1]) { $0.visit(5); $0.plan(6, "P", due: 10) },
    Case("also late", [1, 1, 0, 0]) { $0.plan(0, "P", due: 10); $0.visit(60) },
    Case("fourteen days early", [1, 1, 1, 0]) { $0.plan(0, "P", due: 50); $0.visit(36) },
    Case("fifteen days early", [1, 0, 0, 1]) { $0.plan(0, "P", due: 50); $0.visit(35) },
    Case("a completion and a visit of one day are one", [2, 1, 1, 1]) {
      $0.plan(0, "P", due: 10); $0.plan(0, "Q", due: 11); $0.complete(9, "P"); $0.visit(9)
    },
    Case("a second visit of the day is another", [2, 2, 2, 0]) {
      $0.plan(0, "P", due: 10); $0.plan(0, "Q", due: 11); $0.complete(9, "P"); $0.visit(9); $0.visit(9)
    },
    Case("a plan without a date is done, and counts in no year", [0, 0, 0, 0]) { $0.plan(0, "P", due: nil); $0.visit(9) },
    Case("what completes a task that is no visit", [0, 0, 0, 0]) { $0.plan(0, "P", due: 10, kind: "todo"); $0.complete(9, "P") },
  ]

  @Test(arguments: cases) func `matched as stated`(story: Case) {
    let found = row(100) {
      $0.add(0, Customer.registered, ["name": "Acme"])
      story.record(&$0)
    }
    #expect([found?.plans, found?.done, found?.onTime, found?.overduePlans] == story.counts)
  }

  @Test(arguments: [(374, 1), (375, 0)]) func `plans of a year`(day: Int, plans: Int) {
    #expect(row(day) { $0.plan(0, "P", due: 10) }?.plans == plans)
  }

  @Test(arguments: [(9, true), (10, true), (11, false)]) func `due at an hour`(hour: Int, isOnTime: Bool) {
    let found = row(100) {
      $0.subject = "task:P"
      $0.add(0, Task.assigned, ["kind": "visit", "dueAt": .string("\(Day.of(10))T10:00:00Z")])
      $0.complete(10, "P", hour: hour)
    }
    #expect(found?.onTime == (isOnTime ? 1 : 0))
  }
}

@Suite struct `Visits of a person and month` {
  @Test func `planned, done and in time`() {
    func customer(_ record: (inout Timeline) -> Void) -> Timeline {
      var timeline = Timeline()
      record(&timeline)
      return timeline
    }
    // Days 0 to 30 are January 2024, 31 to 59 February.
    let found = census(Coverage.self, of: [
      customer { $0.plan(0, "P", due: 10, for: "Li Na"); $0.visit(9, by: "Li Na"); $0.visit(20, by: "Li Na") },
      customer { $0.plan(0, "Q", due: 30, for: "Li Na"); $0.visit(33, by: "周敏"); $0.plan(0, "R", due: 35, for: "Li Na") },
      customer { $0.plan(0, "S", due: 31, for: "Li Na"); $0.complete(30, "S", "rejected"); $0.talk(9) },
    ], 40)
    #expect(found.keys.sorted() == [
      "company:all/2024-01", "company:all/2024-02", "employee:Li Na/2024-01", "employee:Li Na/2024-02", "employee:周敏/2024-02",
    ])
    func counts(_ name: String) -> [Int]? {
      found[name].map { [$0.row.planned, $0.row.done, $0.row.onTime, $0.row.missed, $0.row.rejected, $0.row.visits, $0.row.unplanned, $0.row.customers] }
    }
    #expect(counts("employee:Li Na/2024-01") == [2, 2, 1, 0, 0, 2, 1, 1])
    #expect(counts("employee:Li Na/2024-02") == [2, 0, 0, 1, 1, 0, 0, 0])
    #expect(counts("employee:周敏/2024-02") == [0, 0, 0, 0, 0, 1, 0, 1])
    #expect(counts("company:all/2024-02") == [2, 0, 0, 1, 1, 1, 0, 1])
    #expect(found["employee:Li Na/2024-01"]?.row.doneShareBp == 10_000 && found["employee:Li Na/2024-01"]?.row.onTimeShareBp == 5_000)
    #expect(found["employee:周敏/2024-02"]?.row.doneShareBp == nil)
  }
}
