import CompanyRules
import Events
import Projection
import RisksProjection
import TestSupport
import Testing
import Vocabulary
import Wire

extension Timeline {
  fileprivate static func risk(_ likelihood: Int64, _ impact: Int64, exposure: Int64? = nil, cur: String = "CNY") -> Timeline {
    var timeline = Timeline()
    var data: JSONObject = ["kind": "credit", "what": "x", "likelihood": .int(likelihood), "impact": .int(impact), "about": "contract:k"]
    if let exposure { (data["exposureMinor"], data["cur"]) = (.int(exposure), .string(cur)) }
    timeline.actor = "Li"
    timeline.add(0, Risk.identified, data)
    return timeline
  }
  fileprivate mutating func treat(_ day: Int, _ action: String, closed: Bool = false, _ measure: (Int64, Int64)? = nil) {
    var data: JSONObject = ["action": .string(action), "closed": .bool(closed)]
    if let measure { (data["likelihood"], data["impact"]) = (.int(measure.0), .int(measure.1)) }
    add(day, Risk.treated, data)
  }
}

@Suite struct `A risk` {
  @Test(arguments: [
    (1, 7 / 7, RiskLevel.low), (2, 3, .low), (2, 4, .medium), (4, 2, .medium), (3, 4, .medium), (2, 5, .medium), (3, 5, .high), (4, 4, .high), (5, 5, .high),
  ] as [(Int64, Int64, RiskLevel)]) func `is graded by likelihood and impact`(likelihood: Int64, impact: Int64, level: RiskLevel) {
    let row = Timeline.risk(likelihood, impact).conclude(Risks.self, 1)
    #expect(row?.level == level && row?.product == Int(likelihood * impact) && row?.inherent == row?.product)
  }

  @Test func `is what is left of it after treatment`() {
    var timeline = Timeline.risk(5, 4, exposure: 700)
    timeline.treat(10, "reduce", (2, 4))
    timeline.treat(20, "accept")
    timeline.treat(30, "transfer", closed: true, (1, 4))
    #expect(timeline.conclude(Risks.self, 9)?.level == .high && timeline.conclude(Risks.self, 9)?.amounts.map(\.minor) == [700])
    let reduced = timeline.conclude(Risks.self, 20)
    #expect(reduced?.level == .medium && reduced?.inherent == 20 && reduced?.treatments == 2 && reduced?.action == .accept && reduced?.because == 1)
    let closed = timeline.conclude(Risks.self, 30)
    #expect(closed?.level == .closed && closed?.amounts == [] && closed?.since == .day(30))
    timeline.treat(40, "reduce", (3, 5))
    #expect(timeline.conclude(Risks.self, 40)?.level == .high, "treated again, it is open again")
  }

  @Test(arguments: [(180, false), (181, true)]) func `is looked at again`(day: Int, isDue: Bool) {
    #expect(Timeline.risk(2, 2).conclude(Risks.self, day)?.isReviewDue == isDue)
    let findings = Timeline.risk(2, 2).explain(Risks.self, asOf: .day(day)).findings
    #expect(findings.map(\.id) == ["level", "treated", "review"] && findings.map(\.holds) == [false, false, isDue])
  }

  @Test func `stands on the map with others like it`() {
    var closed = Timeline.risk(5, 5)
    closed.treat(1, "avoid", closed: true)
    let others = [Timeline.risk(4, 4, exposure: 300), .risk(4, 4), .risk(1, 2, exposure: 5, cur: "EUR"), closed]
    let rows = Timeline.risk(4, 4, exposure: 100).census(RiskMap.self, with: others, asOf: .day(5))
    #expect(Set(rows.keys) == ["company:all/L4×I4/CNY", "company:all/L4×I4", "company:all/L1×I2/EUR"])
    #expect(rows["company:all/L4×I4/CNY"]?.risks == 2 && rows["company:all/L4×I4/CNY"]?.exposureMinor == 400)
    #expect(rows["company:all/L4×I4"]?.exposureMinor == nil && rows["company:all/L4×I4"]?.level == .high)
  }
}
