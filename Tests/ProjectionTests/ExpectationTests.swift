import AccountHistory
import Events
import Projection
import Statistics
import TestSupport
import Testing
import Vocabulary
import Wire

@testable import ChurnProjection

private let bgNbd: JSON = [
  "r": 242_600, "alpha": 4_413_600, "a": 792_900, "b": 2_425_900, "days": 273, "atMost": 500,
]
private let paretoNbd: JSON = [
  "r": 553_300, "alpha": 10_578_000, "s": 606_300, "beta": 11_670_000, "days": 273, "atMost": 500,
]

private func bought(_ days: Int...) -> Timeline {
  var timeline = Timeline()
  for day in days { timeline.pay(day) }
  return timeline
}

private func finding(_ timeline: Timeline, _ day: Int, _ changes: JSONObject) -> Finding? {
  timeline.explain(Health.self, asOf: .day(day), changes).findings.first { $0.id == "expectation" }
}

@Suite struct `Churn: purchases expected` {
  @Test func `not asked by a rule without a model`() {
    #expect(finding(bought(0, 100, 213), 272, [:]) == nil)
    #expect(Health.shippedRules[0].body["bgNbd"] == nil && Health.shippedRules[0].body["expectationWeight"] == nil)
  }

  @Test(arguments: [("bgNbd", bgNbd, "1.226"), ("paretoNbd", paretoNbd, "1.455")])
  func `the value of the published customer`(member: String, model: JSON, value: String) {
    let found = finding(bought(0, 100, 213), 272, [member: model])
    #expect(found?.value == value && found?.threshold == "0.500" && found?.holds == false)
    #expect(found?.evidence == [0, 1, 2])
  }

  @Test func `weighs nothing until a weight is given`() {
    let silent = bought(0, 20, 40)
    var changes: JSONObject = ["bgNbd": bgNbd]
    for signal in Signal.allCases where signal != .expectation { changes[signal.weightName] = 0 }
    let off = silent.conclude(Health.self, 400, changes)
    changes["expectationWeight"] = 60
    let on = silent.conclude(Health.self, 400, changes)
    #expect(off?.score == 100 && off?.level == Level.none && off?.signals.contains(.expectation) == true)
    #expect(on?.score == 40 && on?.level == .orange && on?.topSignal == .expectation)
  }

  @Test func `one purchase and long silence is few, though BG-NBD calls the customer alive`() {
    let once = bought(0)
    #expect(finding(once, 300, ["bgNbd": bgNbd])?.holds == true)
    #expect(finding(once, 0, ["bgNbd": bgNbd])?.holds == false)
  }

  @Test func `of two models the first is read`() {
    #expect(finding(bought(0, 100, 213), 272, ["bgNbd": bgNbd, "paretoNbd": paretoNbd])?.value == "1.226")
  }

  @Test(arguments: ["bgNbd", "paretoNbd"]) func `since the first day of an unbroken stretch`(member: String) {
    var model = (member == "bgNbd" ? bgNbd : paretoNbd).object ?? [:]
    var dice = Dice(31)
    for round in 0..<12 {
      model["atMost"] = .int([100, 500, 2_000, 5_000][Int(dice.next() % 4)])
      model["days"] = .int(Int64(30 + dice.next() % 400))
      var timeline = Timeline()
      var day = 0
      for _ in 0..<(1 + dice.next() % 6) {
        timeline.pay(day)
        day += 1 + Int(dice.next() % 90)
      }
      // Alone on the scale, so that the row's "since" is the signal's.
      var alone: JSONObject = [member: .object(model)]
      for signal in Signal.allCases { alone[signal.weightName] = signal == .expectation ? 60 : 0 }
      var since: Int?
      for today in 0...(day + 120) {
        let row = timeline.conclude(Health.self, today, alone)
        let holds = finding(timeline, today, alone)?.holds == true
        since = holds ? since ?? today : nil
        #expect(row?.since == since.map { .day($0) }, "seed 31, round \(round), day \(today)")
      }
    }
  }

  @Test func `its bounds are checked, with their place`() {
    func refused(_ changes: [String: JSON?]) -> String? {
      var model = bgNbd.object ?? [:]
      for (name, value) in changes { model[name] = value }
      do {
        try Field.check(Health.body(["bgNbd": .object(model)]), against: ChurnRules.fields, at: "body")
        return nil
      } catch { return error.path }
    }
    #expect(refused([:]) == nil)
    #expect(refused(["r": 1]) == nil && refused(["r": 1_000_000_000_000]) == nil)
    #expect(refused(["r": 0]) == "body.bgNbd.r" && refused(["r": 1_000_000_000_001]) == "body.bgNbd.r")
    #expect(refused(["b": nil as JSON?]) == "body.bgNbd.b")
    #expect(refused(["s": 1]) == "body.bgNbd.s")
    #expect(refused(["days": 0]) == "body.bgNbd.days" && refused(["days": 3_651]) == "body.bgNbd.days")
    #expect(refused(["atMost": 0]) == nil && refused(["atMost": 1_000_001]) == "body.bgNbd.atMost")
  }

  @Test func `every member is read`() throws {
    for (member, model) in [("bgNbd", bgNbd), ("paretoNbd", paretoNbd)] {
      let plain = ChurnRules(Health.body([member: model]))
      for name in try #require(model.object).members.map(\.name) {
        var changed = try #require(model.object)
        changed[name] = 77
        #expect(ChurnRules(Health.body([member: .object(changed)])) != plain, "\(member).\(name)")
      }
    }
  }
}
