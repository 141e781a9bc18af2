import CompanyRules
import ComplaintsProjection
import Events
import Matters
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

// Day 0 is Monday 2024-01-01; the company works Monday to Friday, 9:00 to 18:00 by China's clock, UTC+8.

private func local(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant { .day(day) + .seconds((hour - 8) * 3_600 + minute * 60) }

extension Timeline {
  fileprivate mutating func step(_ at: Instant, _ type: Complaint, _ data: JSONObject = [:], by actor: String? = nil) {
    self.actor = actor
    add(at: at, type, data)
  }

  /// A complaint of the customer `c`, filed at 10:00.
  fileprivate static func filed(_ id: String = "7", _ day: Int = 0, category: String? = nil) -> Timeline {
    var timeline = Timeline()
    timeline.file(id, day, category: category)
    return timeline
  }
  fileprivate mutating func file(_ id: String, _ day: Int, category: String? = nil) {
    subject = "complaint:" + id
    var data: JSONObject = ["customer": "c"]
    if let category { data["category"] = .string(category) }
    step(local(day, 10), .filed, data)
  }
}

@Suite struct `A complaint on the desk` {
  @Test(arguments: [
    ("general", "2024-01-02T10:00:00", nil, "2024-01-04T18:00:00"),
    ("major", "2024-01-01T22:00:00", "2024-01-03T18:00:00", "2024-01-08T18:00:00"),
    ("urgent", "2024-01-01T12:00:00", nil, "2024-01-02T10:00:00"),
  ]) func `is owed by its severity`(severity: String, first: String, feedback: String?, solution: String) {
    var timeline = Timeline.filed()
    timeline.step(local(0, 11), .assessed, ["severity": .string(severity)])
    let row = timeline.called(Complaints.self, asOf: local(0, 11))["complaint:7"]
    let values = row.map { Dictionary(uniqueKeysWithValues: zip(ComplaintRow.columns.map(\.name), $0.values(NoNames()))) } ?? [:]
    func due(_ text: String?) -> Value { Value(text.flatMap { Instant($0 + "+08:00") }) }
    #expect(values["firstResponseDueAt"] == due(first))
    #expect(values["feedbackDueAt"] == due(feedback))
    #expect(values["solutionDueAt"] == due(solution))
    #expect(values["severity"] == .text(severity) && values["assessed"] == .flag(true))
  }

  @Test func `goes from step to step, each at its edge`() {
    var timeline = Timeline.filed()
    timeline.step(local(1, 9, 59), .acknowledged, by: "Zhou")
    timeline.step(local(1, 11), .assessed, ["severity": "general"], by: "Li")
    timeline.step(local(2, 10), .paused, ["asked": "a photo"], by: "Li")
    timeline.step(local(3, 10), .resumed, by: "Li")
    timeline.step(local(4, 11), .responded, ["acceptedByCustomer": true, "compensationMinor": 500, "cur": "CNY"], by: "Li")
    timeline.step(local(4, 17, 59), .closed, ["outcome": "upheld", "satisfaction": 8, "followUpOn": .day(30)], by: "Wang")
    timeline.step(local(8, 9), .reopened, ["newDueAt": "2024-01-10T18:00:00+08:00"], by: "Wang")
    func row(_ at: Instant) -> ComplaintRow? { timeline.until(at).called(Complaints.self, asOf: at)["complaint:7"] }
    let expected: [(Instant, ComplaintState, Punctuality, ComplaintStep?)] = [
      (local(0, 10), .received, .openInTime, .firstResponse), (local(1, 10), .acknowledged, .openInTime, .solution),
      (local(1, 11), .assessed, .openInTime, .solution), (local(2, 12), .waiting, .openInTime, .solution),
      (local(3, 18, 1), .assessed, .openInTime, .solution), (local(4, 12), .answered, .openInTime, .solution),
      (local(4, 18), .closed, .closedInTime, nil), (local(8, 10), .reopened, .openInTime, .solution),
      (local(9, 18, 1), .reopened, .openLate, .solution),
    ]
    for (at, state, punctuality, next) in expected {
      #expect(row(at)?.state == state, "\(at)")
      #expect(row(at)?.punctuality == punctuality, "\(at)")
      #expect(row(at)?.next == next, "\(at)")
    }
    // One working day was waited: due a day later, at 18:00 on Friday.
    #expect(row(local(3, 12))?.nextDueAt == local(4, 18))
    let closed = row(local(5, 9))
    #expect(closed?.compensationMinor == 500 && closed?.accepted == true && closed?.satisfaction == 8 && closed?.conclusion == .upheld)
    #expect(closed?.waitedMin == 1_440 && closed?.followUpOn == .of(30) && closed?.because == 6)
    let reopened = row(local(8, 10))
    #expect(reopened?.reopenings == 1 && reopened?.conclusion == nil && reopened?.nextDueAt == local(9, 18))
    #expect(row(local(9, 12))?.isNear == true && row(local(8, 10))?.isNear == false)
  }

  @Test func `late is late, though it is closed`() {
    var timeline = Timeline.filed()
    timeline.step(local(1, 10, 1), .responded)
    timeline.step(local(1, 11), .closed, ["outcome": "rejected"])
    let row = timeline.called(Complaints.self, asOf: local(2, 9))["complaint:7"]
    #expect(row?.punctuality == .closedLate && row?.breaches == 1)
    let lax: JSONObject = ["limits": [
      ["severity": "general", "firstResponseMin": 1_441, "solutionWorkingDays": 3],
      ["severity": "major", "firstResponseMin": 720, "solutionWorkingDays": 5], ["severity": "urgent", "firstResponseMin": 120, "solutionMin": 1_440],
    ]]
    #expect(timeline.called(Complaints.self, asOf: local(2, 9), lax)["complaint:7"]?.punctuality == .closedInTime)
  }

  @Test func `until it is assessed the rule's severity holds`() {
    let timeline = Timeline.filed()
    #expect(timeline.called(Complaints.self, asOf: local(0, 13))["complaint:7"]?.punctuality == .openInTime)
    let strict = timeline.called(Complaints.self, asOf: local(0, 13), ["untilAssessed": "urgent"])["complaint:7"]
    #expect(strict?.punctuality == .openLate && strict?.severity == .urgent && strict?.isAssessed == false)
  }

  @Test func `waits only where the rule lets it`() {
    var timeline = Timeline.filed()
    timeline.step(local(0, 11), .paused, ["asked": "x"])
    let patient = timeline.called(Complaints.self, asOf: local(3, 10))["complaint:7"]
    #expect(patient?.punctuality == .openInTime && patient?.state == .waiting)
    let strict = timeline.called(Complaints.self, asOf: local(3, 10), ["pausesWhileWaiting": false])["complaint:7"]
    #expect(strict?.punctuality == .openLate)
  }

  @Test func `a promise is kept or broken`() {
    var timeline = Timeline.filed()
    timeline.step(local(0, 11), .acknowledged, ["promisedBy": "2024-01-01T17:00:00+08:00"])
    #expect(timeline.called(Complaints.self, asOf: local(0, 16))["complaint:7"]?.next == .promise)
    #expect(timeline.called(Complaints.self, asOf: local(0, 17, 1))["complaint:7"]?.breaches == 1)
    timeline.step(local(0, 17), .responded)
    #expect(timeline.called(Complaints.self, asOf: local(0, 18))["complaint:7"]?.breaches == 0)
  }

  @Test(arguments: [(89, 1), (90, 0)]) func `the same cause within the rule's window`(day: Int, repeats: Int) {
    var timeline = Timeline.filed("1", 0, category: "delivery")
    timeline.file("2", 5, category: "quality")
    timeline.file("3", day, category: "delivery")
    timeline.file("4", day)
    let rows = timeline.called(Complaints.self, asOf: local(day, 12))
    #expect(rows["complaint:3"]?.repeats == repeats)
    #expect(rows["complaint:1"]?.repeats == 0 && rows["complaint:2"]?.repeats == 0 && rows["complaint:4"]?.repeats == 0)
    #expect(timeline.called(Complaints.self, asOf: local(day, 12), ["repeatDays": 91])["complaint:3"]?.repeats == 1)
  }

  @Test func `who acts next, and to whom it went`() {
    var timeline = Timeline.filed()
    timeline.step(local(0, 11), .acknowledged, by: "Zhou")
    func owner(_ at: Instant) -> Value? {
      timeline.called(Complaints.self, asOf: at)["complaint:7"]?.values(TimelineNames.shared)[17]
    }
    #expect(ComplaintRow.columns[17].name == "owner" && owner(local(0, 12)) == .text("Zhou"))
    timeline.step(local(0, 13), .escalated, ["to": "the boss", "toLevel": 2])
    #expect(owner(local(0, 14)) == .text("the boss"))
    #expect(timeline.called(Complaints.self, asOf: local(0, 14))["complaint:7"]?.level == 2)
  }

  @Test func `is explained step by step, with the events`() {
    var timeline = Timeline.filed()
    timeline.step(local(0, 11), .assessed, ["severity": "major"])
    timeline.step(local(2, 18, 1), .responded)
    let findings = timeline.findings(Complaints.self, "complaint:7", asOf: local(3, 9))
    #expect(findings.map(\.id) == ["severity", "first-response", "feedback", "solution", "repeats"])
    let feedback = findings[2]
    #expect(!feedback.holds && feedback.value.hasPrefix("met-late") && feedback.evidence == [0, 2])
    #expect(feedback.threshold.contains("2 working days") && feedback.threshold.contains("2024-01-03T10:00:00"))
  }

  @Test func `what another system counted is taken for the first response`() {
    var timeline = Timeline()
    timeline.subject = "complaint:7"
    timeline.add(at: local(0, 10), Complaint.filed, ["customer": "c", "firstResponseMin": 90])
    #expect(timeline.called(Complaints.self, asOf: local(0, 11))["complaint:7"]?.next == .firstResponse)
    #expect(timeline.called(Complaints.self, asOf: local(0, 12))["complaint:7"]?.next == .solution)
  }

  @Test(arguments: UInt64(1)...40) func `late entries change nothing`(seed: UInt64) {
    var dice = Dice(seed)
    var timeline = Timeline()
    let types: [(Complaint, JSONObject)] = [
      (.acknowledged, [:]), (.assessed, ["severity": "urgent"]), (.assessed, ["severity": "general"]), (.responded, [:]),
      (.closed, ["outcome": "partly"]), (.reopened, [:]), (.paused, ["asked": "x"]), (.resumed, [:]), (.escalated, ["toLevel": 1]),
    ]
    for id in ["1", "2"] {
      timeline.file(id, dice.roll(10), category: "quality")
      for _ in 0..<dice.roll(12) {
        let (type, data) = types[dice.roll(types.count)]
        timeline.step(local(dice.roll(40), 8 + dice.roll(12), dice.roll(60)), type, data)
      }
    }
    let shuffled = timeline.recorded(inOrder: Array(timeline.entries.indices).shuffled(using: &dice))
    for day in [3, 12, 25, 50] {
      #expect(
        timeline.until(.day(day)).called(Complaints.self, day) == shuffled.until(.day(day)).called(Complaints.self, day), "seed \(seed) day \(day)")
    }
  }
}

@Suite struct `Complaints by month` {
  @Test func `are counted in the month of filing, with medians`() {
    var timeline = Timeline()
    for (place, (day, answer)) in [(0, 60), (5, 120), (9, 1_500), (31, 30)].enumerated() {
      timeline.file("\(place)", day)
      timeline.step(local(day, 10) + .seconds(answer * 60), .responded)
      if place < 2 { timeline.step(local(day, 10) + .seconds(7_200 * (place + 1)), .closed, ["outcome": "upheld"]) }
    }
    let rows = timeline.census(ComplaintFigures.self, asOf: local(35, 9))
    #expect(Set(rows.keys) == [
      "company:all/2024-01", "company:all/2024-01/general", "company:all/2024-02", "company:all/2024-02/general",
    ])
    let january = rows["company:all/2024-01"]
    #expect(january?.filed == 3 && january?.closed == 2 && january?.late == 1)
    #expect(january?.medianFirstResponseMin == 120 && january?.medianClosingMin == 180)
    let february = rows["company:all/2024-02"]
    #expect(february?.filed == 1 && february?.closed == 0 && february?.medianClosingMin == nil && february?.late == 0)
  }
}
