import Events
import Projection
import Testing
import Vocabulary
import Wire

/// One opportunity of customer 1, whose owner is e1.
private func deal() -> Company {
  var company = Company()
  company.record("2026-01-01", Customer.registered, "customer:1", ["name": "Acme", "region": "West"])
  company.record("2026-01-01", Owner.changed, "customer:1", ["role": "owner", "to": "e1", "cause": "assign"])
  company.record(
    "2026-01-10", Opportunity.opened, "opportunity:A",
    [
      "customer": "1", "stage": "Needs", "product": "Pump", "amountMinor": 1_000, "cur": "USD", "probabilityBp": 2_500,
      "closeOn": "2026-03-01",
    ])
  company.record(
    "2026-01-20", Opportunity.progressed, "opportunity:A",
    ["toStage": "Proposal", "amountMinor": 2_001, "probabilityBp": 5_000, "category": "best", "closeOn": "2026-03-20"])
  return company
}

@Suite struct `Funnel: opportunities` {
  @Test func `where it stands, whose it is, what it is worth`() throws {
    let row = try #require(deal().rows("funnel", on: "2026-02-09")["opportunity:A"])
    #expect(row.text("state") == "open" && row.text("owner") == "e1" && row.text("product") == "Pump" && row.text("region") == "West")
    #expect(row.text("stage") == "Proposal" && row.day("stageSince") == "2026-01-20" && row.int("stageDays") == 20)
    #expect(row.int("amountMinor") == 2_001 && row.int("weightedMinor") == 1_000 && row.text("category") == "best")
    #expect(row.int("postponements") == 1 && row.day("expectedOn") == "2026-03-20")
    #expect(row.int("ageDays") == 30 && row["cycleDays"] == .null && row.text("path") == "Needs 10 → Proposal 20")
    #expect(row.because == 2)
  }

  @Test func `as of a day before a step the step is not known`() throws {
    let row = try #require(deal().rows("funnel", on: "2026-01-19")["opportunity:A"])
    #expect(row.text("stage") == "Needs" && row.int("amountMinor") == 1_000 && row.int("postponements") == 0)
    #expect(deal().rows("funnel", on: "2026-01-09")["opportunity:A"] == nil)
  }

  @Test func `a closed one has a cycle, an owner of that day and reasons`() throws {
    var company = deal()
    company.record(
      "2026-02-10", Opportunity.closed, "opportunity:A",
      ["outcome": "lost", "finalMinor": 0, "reasonCodes": ["price", "delay"], "winner": "Rival"])
    company.record("2026-02-11", Owner.changed, "customer:1", ["role": "owner", "to": "e2", "cause": "handover"])
    let row = try #require(company.rows("funnel", on: "2026-03-01")["opportunity:A"])
    #expect(row.text("state") == "lost" && row.text("owner") == "e1" && row.int("cycleDays") == 31 && row["ageDays"] == .null)
    #expect(row.text("reasons") == "price, delay" && row.text("winner") == "Rival" && row["stageDays"] == .null)
    #expect(row.text("path") == "Needs 10 → Proposal 21" && row["weightedMinor"] == .null && row.int("amountMinor") == 0)
  }

  @Test(arguments: ["won", "lost", "abandoned"]) func outcomes(word: String) throws {
    var company = Company()
    company.record("2026-01-01", Opportunity.opened, "opportunity:A")
    company.record("2026-01-15", Opportunity.closed, "opportunity:A", ["outcome": .string(word)])
    let row = try #require(company.rows("funnel", on: "2026-01-20")["opportunity:A"])
    #expect(row.text("state") == word && row["amountMinor"] == .null && row.int("cycleDays") == 14)
  }

  @Test func `an owner of its own comes before the customer's`() throws {
    var company = deal()
    company.record("2026-01-25", Owner.changed, "opportunity:A", ["role": "owner", "to": "e7", "cause": "assign"])
    #expect(company.rows("funnel", on: "2026-01-24")["opportunity:A"]?.text("owner") == "e1")
    #expect(company.rows("funnel", on: "2026-01-25")["opportunity:A"]?.text("owner") == "e7")
  }

  @Test func `without a customer it is an account of its own, with its own owner`() throws {
    var company = Company()
    company.record("2026-01-01", Opportunity.opened, "opportunity:B", ["region": "East", "team": "T1"])
    company.record("2026-01-01", Owner.changed, "opportunity:B", ["role": "owner", "to": "e9", "cause": "assign"])
    let row = try #require(company.rows("funnel", on: "2026-01-02")["opportunity:B"])
    #expect(row.text("owner") == "e9" && row.text("region") == "East")
  }

  @Test func `known only from its end`() throws {
    var company = Company()
    company.record("2026-01-14", Opportunity.closed, "opportunity:A", ["outcome": "lost"])
    let row = try #require(company.rows("funnel", on: "2026-01-20")["opportunity:A"])
    #expect(row.text("state") == "lost" && row["openedOn"] == .null && row["cycleDays"] == .null)
    #expect(company.rows("funnel", on: "2026-01-13").isEmpty)
  }

  @Test func `the largest amount is weighted without overflow`() throws {
    var company = Company()
    company.record(
      "2026-01-01", Opportunity.opened, "opportunity:A",
      ["amountMinor": .int(JSON.greatestInteger), "cur": "CNY", "probabilityBp": 10_000])
    let row = try #require(company.rows("funnel", on: "2026-01-01")["opportunity:A"])
    #expect(row.int("weightedMinor") == JSON.greatestInteger && row.int("amountMinor") == JSON.greatestInteger)
  }

  @Test func `an explanation names each stage with its days and events`() {
    let findings = deal().findings("funnel", "opportunity:A", on: "2026-02-09")
    let stages = findings.filter { $0.id == "stage" }
    #expect(stages.map(\.value) == ["10 d", "20 d"] && stages.map(\.holds) == [false, true])
    #expect(stages.map(\.evidence) == [[2, 3], [3]])
  }

  @Test func `in any order of recording`() {
    var company = deal()
    company.record("2026-01-25", Owner.changed, "opportunity:A", ["role": "owner", "to": "e7", "cause": "assign"])
    company.record("2026-02-10", Opportunity.closed, "opportunity:A", ["outcome": "won", "finalMinor": 1_900, "cur": "USD", "reasonCodes": ["b", "a"]])
    company.record("2026-02-01", Opportunity.opened, "opportunity:B", ["customer": "1", "stage": "Needs"])
    expectSameInAnyOrder(company, ["funnel", "cycle", "market", "forecasts"], on: "2026-03-01")
  }
}
