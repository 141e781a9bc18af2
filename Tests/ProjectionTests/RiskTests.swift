import CompanyRules
import Events
import Projection
import RisksProjection
import TestSupport
import Testing
import Vocabulary
import Wire
import WorthProjection

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

@Suite struct `Concentration of revenue` {
  private func paid(_ amount: Int64, cur: String = "CNY", day: Int = 400) -> Timeline {
    var timeline = Timeline()
    timeline.pay(day, amount, cur: cur)
    return timeline
  }

  @Test func `by shares of twelve months, currency by currency`() {
    // 50, 30 and 20 percent: 2,500 + 900 + 400 points.
    let rows = paid(500).census(
      RevenueConcentration.self, with: [paid(300), paid(200), paid(9_000, day: 0), paid(7, cur: "EUR")], asOf: .day(410), ["top": 2])
    #expect(Set(rows.keys) == ["company:all/CNY", "company:all/EUR"])
    let row = rows["company:all/CNY"]
    #expect(row?.hhi == 3_800 && row?.topBp == 8_000 && row?.largestBp == 5_000 && row?.customers == 3 && row?.totalMinor == 1_000)
    #expect(row?.level == .high && row?.effective == 263)
    #expect(rows["company:all/EUR"]?.hhi == 10_000)
  }

  @Test(arguments: [(6, ConcentrationLevel.moderate), (7, .low), (4, .high)]) func `is graded by the index`(customers: Int, level: ConcentrationLevel) {
    let rows = paid(100).census(RevenueConcentration.self, with: Array(repeating: paid(100), count: customers - 1), asOf: .day(410))
    #expect(rows["company:all/CNY"]?.level == level, "1 ÷ \(customers) in points")
  }
}
