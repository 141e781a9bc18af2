@testable import ChurnProjection
import Events
@testable import LifecycleProjection
import Projection
import Testing
import Vocabulary
import Wire

/// A rule's list with one own condition.
private func own(_ when: String, _ more: JSONObject = [:]) -> JSON {
  var values: JSONObject = ["id": "own", "title": ["en": "Own", "zh": "自定"], "when": .string(when)]
  for member in more.members { values[member.name] = member.value }
  return [.object(values)]
}

private func given(_ record: (inout Timeline) -> Void) -> Timeline {
  var timeline = Timeline()
  record(&timeline)
  return timeline
}

@Suite struct `Own churn signals` {
  private let buyer = given { $0.order(0, 500_00); $0.order(20, 500_00); $0.order(60, 700_00) }

  /// By a rule whose other signals weigh nothing.
  private func row(_ timeline: Timeline, _ day: Int, _ when: String, _ more: JSONObject = ["weight": 60]) -> ChurnRow? {
    timeline.conclude(Health.self, day, alone(when, more))
  }

  private func alone(_ when: String, _ more: JSONObject) -> JSONObject {
    var changes: JSONObject = ["signals": own(when, more)]
    for signal in Signal.allCases { changes[signal.weightName] = 0 }
    return changes
  }

  @Test(arguments: [
    ("days since last purchase > 1.5 * median purchase gap", 105, nil), ("days since last purchase > 1.5 * median purchase gap", 106, 106),
    ("days since last purchase > 1.5 * median purchase gap", 300, 106), ("purchases in last 60 days <= 1", 79, nil),
    ("purchases in last 60 days <= 1", 80, 80), ("revenue in last 60 days < 70 % * revenue in 60 days before last 60 days", 119, nil),
    ("revenue in last 90 days >= 1700 CNY", 60, 60), ("revenue in last 90 days >= 1700.01 CNY", 60, nil),
    ("contracts in force = 0 and purchases >= 3", 60, 60), ("grade is c", 60, 0), ("days since last contact is unknown", 60, 0),
  ] as [(String, Int, Int?)]) func `hold from the day on which they begin`(when: String, day: Int, since: Int?) {
    let row = row(buyer, day, when)
    #expect(row?.ownSignals == (since == nil ? [] : ["own"]))
    #expect(row?.since == since.map { .day($0) })
    #expect(row?.level == (since == nil ? Level.none : .orange) && row?.score == (since == nil ? 100 : 40))
  }

  @Test func `of complaints, answers, use and contact`() {
    let timeline = given {
      $0.order(0)
      $0.add(10, Complaint.filed); $0.add(12, Complaint.filed); $0.add(20, Complaint.closed, ["outcome": "upheld"])
      $0.nps(15, 4); $0.csi(16, 55)
      $0.add(18, Visit.logged)
      $0.add(30, Usage.reported, ["product": "p", "metric": "m", "unit": "h", "value": 90, "periodStart": .day(21), "periodEnd": .day(29)])
    }
    for (when, day, since) in [
      ("complaints in last 10 days >= 2", 12, 12), ("open complaints >= 2", 19, 12), ("open complaints = 1", 25, 20),
      ("recommendation score <= 4", 15, 15), ("days since recommendation score >= 5 days", 20, 20), ("satisfaction index < 60", 16, 16),
      ("days since last contact >= 10 days", 28, 28), ("usage in last 5 days >= 40", 30, 29), ("days since last usage report > 3 days", 33, 33),
    ] {
      #expect(row(timeline, day, when)?.since == .day(since), "\(when)")
      #expect(row(timeline, since - 1, when)?.ownSignals == [], "\(when) a day before")
    }
  }

  @Test func `raise the level at least to theirs, and weigh`() {
    let light = row(buyer, 200, "purchases >= 3", ["weight": 1, "atLeast": "red"])
    #expect(light?.level == .red && light?.score == 99 && light?.topName == "own" && light?.topSignal == .orderGap)
    let heavy = buyer.conclude(Health.self, 200, ["signals": own("purchases >= 3", ["weight": 10])])
    #expect(heavy?.ownSignals == ["own"] && heavy?.topName == Signal.orderGap.word.text)
    #expect(heavy?.score == (buyer.conclude(Health.self, 200)?.score ?? 0) - 10)
    #expect(heavy?.values[2] == .integer(Int64((heavy?.signals.count ?? 0) + 1)))
    #expect(heavy?.values[4] == .text(((heavy?.signals.map(\.word.text) ?? []) + ["own"]).joined(separator: ",")))
  }

  @Test func `name the event behind them`() {
    #expect(row(buyer, 200, "days since last purchase > 30 days")?.because == 2)
    #expect(row(buyer, 200, "purchases >= 2")?.because == 1, "the second purchase made it true")
    #expect(row(buyer, 200, "purchases >= 2", ["weight": 60, "afterDays": 10])?.since == .day(30))
    #expect(row(buyer, 29, "purchases >= 2", ["weight": 60, "afterDays": 10])?.ownSignals == [])
    #expect(row(buyer, 200, "purchases >= 2", ["weight": 60, "afterDays": 10])?.because == 1)
  }

  @Test func `are explained like shipped ones`() {
    let one = buyer.explain(Health.self, asOf: .day(200), alone("days since last purchase > 1.5 * median purchase gap", ["weight": 60])).findings
    let finding = one.first { $0.id == "own" }
    #expect(finding?.value == "140" && finding?.threshold == "45" && finding?.holds == true && finding?.evidence == [0, 1, 2])
    #expect(finding?.title.en.contains("Own: days since last purchase > 1.5") == true && finding?.title.zh.contains("自定：距上次购买天数") == true)
    let two = buyer.explain(Health.self, asOf: .day(200), alone("purchases >= 3 and days since last contact > 9 days", ["weight": 60])).findings
    #expect(two.filter { $0.id.hasPrefix("own") }.map(\.id) == ["own", "own.1", "own.2"])
    #expect(two.filter { $0.id.hasPrefix("own") }.map(\.value) == ["unknown", "3", "–"])
    #expect(two.filter { $0.id.hasPrefix("own") }.map(\.holds) == [false, true, false])
  }

  @Test func `that go on by hysteresis say since when`() {
    let body = alone("days since last purchase > 30 days", ["weight": 60, "until": "purchases in last 30 days >= 2", "afterDays": 2])
    let findings = buyer.explain(Health.self, asOf: .day(70), body).findings
    let whole = findings.first { $0.id == "own" }
    #expect(whole?.value == "since 2024-02-23" && whole?.holds == true, "begun on day 51, two days of grace before it counts")
    #expect(whole?.title.en.hasSuffix("until purchases in last 30 days >= 2, after 2 days") == true)
    #expect(whole?.title.zh.contains("直到 购买次数 近 30 天 >= 2，连续 2 天后") == true)
    #expect(findings.first { $0.id == "own.1" }?.holds == false, "bought ten days ago")
  }

  @Test func `change nothing where there are none`() {
    for day in [0, 61, 150, 400] {
      #expect(buyer.conclude(Health.self, day, ["signals": []]) == buyer.conclude(Health.self, day))
    }
  }
}

@Suite struct `Own conditions of stages` {
  private let buyer = given { $0.order(0); $0.order(20); $0.order(200) }

  private func row(_ timeline: Timeline, _ day: Int, _ changes: JSONObject) -> LifecycleRow? { timeline.conclude(Lifecycle.self, day, changes) }

  @Test(arguments: [(59, Stage.active, 20), (60, .lost, 60), (199, .lost, 60), (200, .active, 200), (239, .active, 200), (240, .lost, 240), (999, .lost, 240)])
  func `make their stage while they hold, now and in the past`(day: Int, stage: Stage, since: Int) {
    let changes: JSONObject = [
      "stages": own("days since last purchase >= 40 days", ["stage": "lost"]), "newForDays": 1, "decliningGapFactorPercent": 1_000, "dormantDays": 3_650,
    ]
    let row = row(buyer, day, changes)
    #expect(row?.stage == stage && row?.since == .day(since), "day \(day): \(String(describing: row))")
  }

  @Test func `name the event behind them, and are explained`() {
    let changes: JSONObject = ["stages": own("days since last purchase >= 40 days and contracts in force = 0", ["stage": "lost"])]
    #expect(row(buyer, 100, changes)?.because == 1)
    let findings = buyer.explain(Lifecycle.self, asOf: .day(100), changes).findings
    #expect(findings.first { $0.id == "own" }?.holds == true)
    #expect(findings.first { $0.id == "own.1" }?.value == "80")
    #expect(findings.first { $0.id == "lost" }?.holds == true, "the stage holds by it")
  }

  @Test func `know leads, visits and answers`() {
    let timeline = given {
      $0.add(0, Lead.created, ["source": "web"]); $0.order(10); $0.nps(15, 3); $0.add(30, Visit.logged)
      $0.add(40, Opportunity.opened, ["amountMinor": 1, "cur": "CNY"])
    }
    for (when, day, since) in [
      ("days since first known >= 12 days", 12, 12), ("recommendation score < 4 and days since recommendation score < 9 days", 20, 15),
      ("visits and uses in last 5 days = 1", 33, 30), ("days since last visit or use = 2 days", 32, 32), ("open opportunities = 1", 50, 40),
    ] {
      let row = row(timeline, day, ["stages": own(when, ["stage": "lost"])])
      #expect(row?.stage == .lost && row?.since == .day(since), "\(when): \(String(describing: row))")
    }
  }

  @Test func `precedence is the rule's`() {
    let order: JSON = ["won-back", "dormant", "declining", "new", "advocate", "active", "lost", "prospect", "qualified", "lead"]
    #expect(row(buyer, 25, [:])?.stage == .active)
    #expect(row(buyer, 25, ["precedence": order])?.stage == .new)
  }

  @Test(arguments: [
    (["precedence": ["lost"]], "precedence"), (["precedence": ["lost", "lost"]], "precedence[1]"),
    (["stages": [["id": "lost", "title": ["en": "a", "zh": "甲"], "when": "purchases > 1", "stage": "lost"]]], "stages[0].id"),
    (["stages": [["id": "a", "title": ["en": "a", "zh": "甲"], "when": "complaints > 1", "stage": "lost"]]], "stages[0].when"),
    (["stages": [["id": "a", "title": ["en": "a", "zh": "甲"], "when": "purchases > 1", "until": "x", "stage": "lost"]]], "stages[0].until"),
  ] as [(JSONObject, String)]) func `that cannot be are refused at their place`(changes: JSONObject, path: String) {
    let body = Lifecycle.body(changes)
    #expect(throws: Never.self) { try Field.check(body, against: LifecycleRules.fields, at: "body") }
    do {
      try LifecycleRules.check(body)
      Issue.record("was accepted")
    } catch {
      #expect(error.path == path && !error.what.zh.isEmpty)
    }
  }
}
