import Events
import Projection
import Testing
import Vocabulary
import Wire

private func company() -> Company {
  var company = Company()
  company.record("2026-01-01", Customer.registered, "customer:1", ["name": "n"])
  company.record("2026-01-01", Owner.changed, "customer:1", ["role": "owner", "to": "e1", "cause": "assign"])
  func submit(_ day: String, _ id: String, _ who: String?, _ period: String, _ commit: Int64) {
    var data: JSONObject = ["period": .string(period), "commitMinor": .int(commit), "bestMinor": .int(commit * 2), "cur": "CNY"]
    if let who { data["employee"] = .string(who) }
    company.record(day, Decision.forecastSubmitted, "forecast:\(id)", data)
  }
  submit("2026-01-02", "F1", "e1", "2026-01", 1_000)
  submit("2026-01-20", "F1", "e1", "2026-01", 700)
  submit("2026-02-05", "F1", "e1", "2026-01", 500)  // after the period: hindsight
  submit("2026-02-01", "F2", "e1", "2026-02", 400)
  submit("2026-03-01", "F3", "e1", "2026-03", 900)
  submit("2026-02-02", "F4", "e2", "2026-02", 100)
  for (id, day, amount) in [("A", "2026-01-15", 500), ("B", "2026-02-10", 300), ("C", "2026-02-20", 200)] as [(String, String, Int64)] {
    company.record("2026-01-05", Opportunity.opened, "opportunity:\(id)", ["customer": "1", "amountMinor": 1, "cur": "CNY"])
    company.record("\(day)", Opportunity.closed, "opportunity:\(id)", ["outcome": "won", "finalMinor": .int(amount), "cur": "CNY"])
  }
  company.record(
    "2026-03-02", Opportunity.opened, "opportunity:D",
    ["customer": "1", "amountMinor": 800, "cur": "CNY", "probabilityBp": 2_500, "closeOn": "2026-03-25"])
  company.record("2026-03-03", Opportunity.progressed, "opportunity:D", ["category": "commit"])
  return company
}

@Suite struct `Forecasts and their accuracy` {
  @Test func `the last timely submission counts, all are kept`() throws {
    let row = try #require(company().rows("forecasts", on: "2026-03-10")["employee:e1/2026-01/CNY"])
    #expect(row.int("submissions") == 3 && row.day("firstOn") == "2026-01-02" && row.day("lastOn") == "2026-02-05")
    #expect(row.int("commitMinor") == 700 && row.int("bestMinor") == 1_400 && row.int("firstCommitMinor") == 1_000)
    #expect(row.int("closedMinor") == 500 && row.int("errorMinor") == -200 && row.int("errorBp") == 4_000 && row.int("firstErrorBp") == 10_000)
    #expect(row.flag("isOver") == true)
    let findings = company().findings("forecasts", "employee:e1/2026-01/CNY", on: "2026-03-10")
    #expect(findings.filter { $0.id == "submission" }.map(\.value) == ["1000", "700", "500"])
  }

  @Test func `a running period has no error yet, and shows its pipeline`() throws {
    let row = try #require(company().rows("forecasts", on: "2026-03-10")["employee:e1/2026-03/CNY"])
    #expect(row.flag("isOver") == false && row["errorMinor"] == .null && row.int("openMinor") == 800)
    #expect(row.int("weightedMinor") == 200 && row.int("openCommitMinor") == 800 && row.int("openPipelineMinor") == 0)
    #expect(company().rows("forecasts", on: "2026-04-01")["employee:e1/2026-03/CNY"]?.int("errorMinor") == -900)
  }

  @Test func `bias and mean error of a person over ended periods`() throws {
    let row = try #require(company().rows("forecasts", on: "2026-03-10")["employee:e1/CNY"])
    // January: 500 of 700, 40 %; February: 500 of 400, 20 %.
    #expect(row.int("periods") == 2 && row.int("biasMinor") == -50 && row.int("mapeBp") == 3_000)
    // First: 500 of 1000 and 500 of 400.
    #expect(row.int("firstMapeBp") == 6_000 && row.int("closedMinor") == 1_000 && row.int("open") == 1)
  }

  @Test func `where nothing came a percentage is not defined`() throws {
    let rows = company().rows("forecasts", on: "2026-03-10")
    #expect(rows["employee:e2/2026-02/CNY"]?["errorBp"] == .null && rows["employee:e2/2026-02/CNY"]?.int("errorMinor") == -100)
    #expect(rows["employee:e2/CNY"]?["mapeBp"] == .null && rows["employee:e2/CNY"]?.int("biasMinor") == -100)
  }

  @Test func `the company's forecast is the sum of its people's, or its own`() throws {
    let row = try #require(company().rows("forecasts", on: "2026-03-10")["company:all/2026-02/CNY"])
    #expect(row.int("commitMinor") == 500 && row.int("closedMinor") == 500 && row.int("errorMinor") == 0)
    var own = company()
    own.record("2026-02-01", Decision.forecastSubmitted, "forecast:F9", ["period": "2026-02", "commitMinor": 450, "cur": "CNY"])
    #expect(own.rows("forecasts", on: "2026-03-10")["company:all/2026-02/CNY"]?.int("commitMinor") == 450)
  }

  @Test func `as of an earlier day`() throws {
    let row = try #require(company().rows("forecasts", on: "2026-01-19")["employee:e1/2026-01/CNY"])
    #expect(row.int("commitMinor") == 1_000 && row.int("submissions") == 1 && row.int("closedMinor") == 500)
  }

  @Test func `a sale counts in the month, quarter and year that were foretold`() {
    var more = company()
    more.record("2026-01-03", Decision.forecastSubmitted, "forecast:Q", ["employee": "e1", "period": "2026Q1", "commitMinor": 10, "cur": "CNY"])
    more.record("2026-01-03", Decision.forecastSubmitted, "forecast:Y", ["employee": "e1", "period": "2026", "commitMinor": 10, "cur": "CNY"])
    let rows = more.rows("forecasts", on: "2026-03-10")
    #expect(rows["employee:e1/2026Q1/CNY"]?.int("closedMinor") == 1_000 && rows["employee:e1/2026/CNY"]?.int("closedMinor") == 1_000)
  }

  @Test func `in any order of recording`() { expectSameInAnyOrder(company(), ["forecasts"], on: "2026-03-10") }
}
