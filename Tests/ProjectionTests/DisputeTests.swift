import CompanyRules
import DisputesProjection
import Events
import Matters
import Projection
import Testing
import Vocabulary
import Wire

@Suite struct `A dispute on the docket` {
  private var opened: Timeline {
    var timeline = Timeline()
    timeline.add(0, Contract.drafted, about: "contract:k", ["customer": "c", "kind": "supply"])
    timeline.add(10, Contract.breachRecorded, about: "contract:k", ["by": "them", "obligation": "pay"])
    timeline.add(
      40, Dispute.opened, about: "dispute:d",
      ["contract": "k", "claimMinor": 5_000, "cur": "CNY", "side": "us", "ground": "unpaid"])
    return timeline
  }
  private func row(_ timeline: Timeline, _ day: Int) -> DisputeRow? {
    timeline.until(.day(day)).called(Disputes.self, day)["dispute:d"]
  }

  @Test func `stage by stage`() {
    var timeline = opened
    for (day, step) in [(50, "negotiate"), (80, "mediate"), (120, "litigate"), (300, "enforce")] {
      timeline.add(day, Dispute.stepTaken, about: "dispute:d", ["step": .string(step), "on": .day(day)])
    }
    timeline.add(400, Dispute.resolved, about: "dispute:d", ["outcome": "won", "receivedMinor": 4_800, "cur": "CNY"])
    let stages: [(Int, DisputeStage)] = [
      (40, .opened), (50, .negotiating), (80, .mediation), (120, .court), (300, .enforcement), (400, .resolved),
    ]
    for (day, stage) in stages { #expect(row(timeline, day)?.stage == stage, "day \(day)") }
    #expect(row(timeline, 399)?.exposureMinor == 5_000 && row(timeline, 400)?.exposureMinor == nil)
    #expect(row(timeline, 400)?.receivedMinor == 4_800 && row(timeline, 400)?.ending == .won && row(timeline, 400)?.ageDays == 360)
  }

  @Test func `limitation runs from the breach, and rests before a court`() {
    var timeline = opened
    // The breach was recorded on 2024-01-11; the last day is Monday 2027-01-11.
    #expect(row(timeline, 41)?.limitationOn == Day("2027-01-11") && row(timeline, 41)?.limitation == .running)
    #expect(row(timeline, 41)?.daysToLimitation == Day("2027-01-11")! - Day.of(41))
    timeline.add(60, Payment.demanded, ["amountMinor": 5_000, "cur": "CNY", "deliveredOn": .day(60)])
    #expect(row(timeline, 61)?.limitationOn == Day("2027-03-01") && row(timeline, 61)?.restartedBy == .demand)
    timeline.add(100, Dispute.stepTaken, about: "dispute:d", ["step": "arbitrate", "on": .day(100)])
    #expect(row(timeline, 101)?.limitation == .met && row(timeline, 101)?.daysToLimitation == nil)
    #expect(row(timeline, 2_000)?.limitation == .met)
  }

  @Test func `a day that was named counts, until the time is counted anew`() {
    var timeline = Timeline()
    timeline.add(
      0, Dispute.opened, about: "dispute:d", ["contract": "k", "side": "us", "ground": "x", "limitationOn": .day(90)])
    #expect(row(timeline, 1)?.limitationOn == .of(90) && row(timeline, 90)?.daysToLimitation == 0)
    #expect(row(timeline, 92)?.limitation == .overdue)
    timeline.add(80, Payment.demanded, ["amountMinor": 1, "cur": "CNY", "deliveredOn": .day(80)])
    #expect(row(timeline, 92)?.limitation == .running)
  }

  @Test func `what they claim of us does not run out for us, and a hold is seen`() {
    var timeline = Timeline()
    timeline.add(0, Dispute.opened, about: "dispute:d", ["contract": "k", "side": "them", "ground": "x"])
    #expect(row(timeline, 1)?.limitation == nil && row(timeline, 1)?.nextStep == .running && row(timeline, 1)?.isHeld == false)
    timeline.add(2, Privacy.holdPlaced, about: "dispute:d", ["matter": "m"])
    #expect(row(timeline, 3)?.isHeld == true)
    timeline.add(4, Privacy.holdReleased, about: "dispute:d", ["hold": 1])
    #expect(row(timeline, 5)?.isHeld == false)
  }

  @Test func `the next step is owed within the rule's days`() {
    let timeline = opened
    #expect(row(timeline, 41)?.nextStepDueAt == Instant("2024-03-22T10:00:00Z"))
    #expect(row(timeline, 85)?.nextStep == .overdue)
    let findings = timeline.findings(Disputes.self, "dispute:d", asOf: .day(85))
    #expect(findings.map(\.id) == ["next-step", "limitation", "restart", "hold"])
    #expect(findings.map(\.holds) == [false, true, false, false])
  }
}
