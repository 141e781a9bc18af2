@testable import ActivityProjection
import Events
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

private func row(_ record: (inout Timeline) -> Void) -> ActivityRow? {
  var timeline = Timeline()
  record(&timeline)
  return timeline.conclude(Activity.self, 1_000)
}

@Suite struct `Activity: the timeline in one row` {
  @Test func `first, latest, and how many of what`() {
    let found = row {
      $0.add(3, Customer.registered, ["name": "Acme"])
      $0.own(4, "Li Na")
      $0.talk(5)
      $0.talk(9, "note")
      $0.placed(6, "A")
      $0.bill(7, "I", 100, due: 20)
      $0.settle(8, "received", 100, "I")
      $0.complain(7, "X", "major")
      $0.grade(8, "a")
    }
    #expect(found?.first == .day(3) && found?.last == .day(9) && found?.because == 3 && found?.events == 10)
    #expect(found?.counts == [2, 2, 0, 2, 1, 0, 2, 1, 0])
    #expect(found?.lastContact == .day(5), "a note is no contact")
  }

  @Test func `who is no customer has no row`() {
    #expect(row { $0.add(0, Rule.published, ["kind": "churn", "version": 1, "bodyHash": .string(String(repeating: "0", count: 64))]) } == nil)
    #expect(row { $0.add(0, Approval.requested, ["about": "rule:churn"]) } == nil, "an approval that belongs to nobody")
    #expect(row { $0.subject = "approval:A"; $0.add(0, Approval.requested, ["about": "contract:K"]) }?.events == 1)
    #expect(Timeline().conclude(Activity.self, 5) == nil)
  }

  @Test func `an entry is late if something that happened after it was recorded before`() {
    func late(_ days: Int...) -> (Int?, Instant?) {
      let found = row { for day in days { $0.talk(day) } }
      return (found?.lateEntries, found?.lastLate)
    }
    #expect(late(1, 2, 2, 3) == (0, nil))
    #expect(late(1, 5, 4, 6) == (1, .day(4)))
    #expect(late(9, 5, 7, 8, 9) == (3, .day(8)))
  }

  @Test func `a correction is counted, and not as an event`() {
    let found = row {
      $0.talk(1)
      $0.add(5, Correction.corrected, ["seq": 0, "kind": "retract"])
      $0.talk(3)
    }
    #expect(found?.events == 2 && found?.corrections == 1 && found?.lastCorrection == .day(5))
    #expect(found?.last == .day(3) && found?.lateEntries == 0, "a correction moves no time")
  }

  /// Families whose events are the company's own, and reach no customer.
  static let house = [
    "Market", "People", "Performance", "Process", "Decision", "LogUpkeep", "Access", "Report", "Correction",
  ]

  @Test func `every family that reaches a customer stands in one group`() {
    let grouped = ActivityGroup.allCases.flatMap(\.families).map { "\($0)" }
    #expect(Set(grouped).count == grouped.count)
    #expect(Set(grouped + Self.house) == Set(Catalogue.keshi.families.map { "\($0)" }))
  }

  @Test func `facts are small`() { #expect(MemoryLayout<Activity.Facts>.stride <= 160) }
}
