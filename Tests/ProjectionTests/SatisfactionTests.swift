import CompanyRules
import Events
import Projection
import SatisfactionProjection
import TestSupport
import Testing
import Vocabulary
import Wire

extension Timeline {
  fileprivate mutating func answer(_ day: Int, _ kind: String, _ score: Int64, items: [(Int64, Int64?)] = []) {
    var data: JSONObject = ["kind": .string(kind), "score": .int(score)]
    if !items.isEmpty {
      data["answers"] = .array(
        items.enumerated().map { place, item in
          var answer: JSONObject = ["item": .string("q\(place)"), "score": .int(item.0)]
          if let weight = item.1 { answer["weightBp"] = .int(weight) }
          return .object(answer)
        })
    }
    add(day, Survey.answered, data)
  }
}

@Suite struct `What a customer says of us` {
  @Test(arguments: [(0, Attitude.detractor), (6, .detractor), (7, .passive), (8, .passive), (9, .promoter), (10, .promoter)] as [(Int64, Attitude)])
  func `promoter, passive, detractor`(score: Int64, attitude: Attitude) {
    var timeline = Timeline()
    timeline.answer(0, "nps", score)
    #expect(timeline.conclude(Satisfaction.self, 1)?.attitude == attitude)
  }

  @Test(arguments: [(3, false), (4, true), (5, true)] as [(Int64, Bool)]) func `satisfied is one of the best two of five`(score: Int64, isSatisfied: Bool) {
    var timeline = Timeline()
    timeline.answer(0, "csat", score)
    #expect(timeline.conclude(Satisfaction.self, 1)?.isSatisfied == isSatisfied)
    #expect(timeline.conclude(Satisfaction.self, 1, ["satisfactionBest": 10, "satisfactionTop": 2])?.isSatisfied == false)
  }

  @Test func `an answer beyond its scale says nothing`() {
    var timeline = Timeline()
    timeline.answer(0, "nps", 80)
    timeline.answer(0, "csat", 6)
    timeline.answer(0, "csi", 101)
    let row = timeline.conclude(Satisfaction.self, 1, ["indexBest": 100])
    #expect(row?.attitude == nil && row?.satisfaction == nil && row?.answers == 3 && row?.outcome == nil)
  }

  @Test(arguments: [
    ([(80, 7_000), (50, 3_000)], 7_100), ([(80, 1), (50, 2)], 6_000), ([(80, nil), (51, nil)], 6_550), ([(80, 9_000), (50, nil)], 6_500),
    ([], 4_200),
  ] as [([(Int64, Int64?)], Int64)]) func `an index by its weights`(items: [(Int64, Int64?)], bp: Int64) {
    var timeline = Timeline()
    timeline.answer(0, "csi", 42, items: items)
    #expect(timeline.conclude(Satisfaction.self, 1)?.indexBp == bp)
  }

  @Test func `the last word counts, for so long as the rule says`() {
    var timeline = Timeline()
    timeline.answer(0, "nps", 3)
    timeline.answer(0, "csi", 80)
    timeline.answer(100, "nps", 10)
    timeline.answer(100, "csi", 60)
    timeline.answer(100, "ces", 5)
    timeline.add(101, Complaint.closed, about: "complaint:1", ["outcome": "upheld", "satisfaction": 7])
    timeline.add(102, Rule.assessmentSet, ["dimension": "grade", "value": "a"])
    let row = timeline.conclude(Satisfaction.self, 110)
    #expect(row?.attitude == .promoter && row?.indexChangeBp == -2_000 && row?.isEasy == true && row?.closing == 7 && row?.grade == .a)
    #expect(row?.since == .day(100) && row?.because == 2 && row?.answers == 6)
    #expect(timeline.conclude(Satisfaction.self, 99)?.attitude == .detractor)
    #expect(timeline.conclude(Satisfaction.self, 366)?.answers == 4 && timeline.conclude(Satisfaction.self, 467) == nil)
    let findings = timeline.explain(Satisfaction.self, asOf: .day(110)).findings
    #expect(findings.map(\.id) == ["nps", "ces", "csi"] && findings.map(\.holds) == [true, true, false])
  }

  @Test(arguments: UInt64(1)...30) func `late entries change nothing`(seed: UInt64) {
    var dice = Dice(seed)
    var timeline = Timeline()
    for _ in 0..<dice.roll(20) {
      timeline.answer(dice.roll(500), ["nps", "csat", "csi", "ces"][dice.roll(4)], Int64(dice.roll(11)))
    }
    let shuffled = timeline.recorded(inOrder: Array(timeline.entries.indices).shuffled(using: &dice))
    for day in [100, 300, 700] {
      #expect(timeline.conclude(Satisfaction.self, day) == shuffled.conclude(Satisfaction.self, day), "seed \(seed) day \(day)")
      #expect(timeline.census(SatisfactionIndex.self, asOf: .day(day)) == shuffled.census(SatisfactionIndex.self, asOf: .day(day)), "seed \(seed)")
    }
  }
}

@Suite struct `Satisfaction by period` {
  @Test func `month, quarter and grade`() {
    var a = Timeline()
    a.add(0, Rule.assessmentSet, ["dimension": "grade", "value": "a"])
    for (day, score) in [(1, 10), (2, 9), (40, 0)] { a.answer(day, "nps", Int64(score)) }
    var b = Timeline()
    for (day, score) in [(3, 6), (4, 8)] { b.answer(day, "nps", Int64(score)) }
    for (day, score) in [(5, 5), (6, 4), (7, 2), (8, 9)] { b.answer(day, "csat", Int64(score)) }
    b.answer(9, "csi", 0, items: [(90, 5_000), (70, 5_000)])
    b.answer(10, "csi", 60)
    b.answer(11, "ces", 7)
    b.answer(12, "pulse", 3)
    let rows = a.census(SatisfactionIndex.self, with: [b], asOf: .day(60))
    #expect(Set(rows.keys) == [
      "company:all/2024-01", "company:all/2024-02", "company:all/2024Q1", "grade:a/2024-01", "grade:a/2024-02", "grade:a/2024Q1",
    ])
    let january = rows["company:all/2024-01"]
    // 10 and 9 against 6, of 4.
    #expect(january?.npsAnswers == 4 && january?.npsBp == 2_500 && january?.promoters == 2 && january?.detractors == 1)
    #expect(january?.csatAnswers == 3 && january?.csatBp == 6_667 && january?.csatMean == 36_667)
    #expect(january?.csiAnswers == 2 && january?.csiBp == 7_000 && january?.cesAnswers == 1 && january?.cesBp == 10_000)
    #expect(january?.answers == 12 && january?.offScale == 1)
    #expect(rows["grade:a/2024Q1"]?.npsBp == 3_333 && rows["company:all/2024Q1"]?.npsBp == 0)
    #expect(rows["company:all/2024-02"]?.csatBp == nil && rows["company:all/2024-02"]?.npsBp == -10_000)
  }
}
