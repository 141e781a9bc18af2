import Events
import Projection
import Testing
import Vocabulary
import Wire

/// Three customers, two owners in two teams, five opportunities: two won, one lost, one given up, one open.
private func sales() -> Company {
  var company = Company()
  company.record("2026-01-01", People.joined, "employee:e1", ["person": "x", "position": "rep", "team": "North"])
  company.record("2026-01-01", People.joined, "employee:e2", ["person": "y", "position": "rep", "team": "South"])
  for (customer, owner, region) in [("1", "e1", "West"), ("2", "e2", "East"), ("3", "e1", "West")] {
    company.record("2026-01-01", Customer.registered, "customer:\(customer)", ["name": "n", "region": .string(region)])
    company.record(
      "2026-01-01", Owner.changed, "customer:\(customer)", ["role": "owner", "to": .string(owner), "cause": "assign"])
  }
  func open(_ id: String, _ customer: String, _ day: String, _ amount: Int64, _ product: String) {
    company.record(
      day, Opportunity.opened, "opportunity:\(id)",
      ["customer": .string(customer), "stage": "Needs", "amountMinor": .int(amount), "cur": "CNY", "probabilityBp": 5_000, "product": .string(product)])
  }
  open("A", "1", "2026-01-10", 1_000, "Pump")
  open("B", "1", "2026-01-20", 2_000, "Valve")
  open("C", "2", "2026-02-01", 3_000, "Pump")
  open("D", "3", "2026-02-10", 4_000, "Pump")
  open("E", "2", "2026-04-01", 5_000, "Pump")
  for id in ["A", "C", "D"] { company.record("2026-02-20", Opportunity.progressed, "opportunity:\(id)", ["toStage": "Offer"]) }
  company.record("2026-03-01", Opportunity.closed, "opportunity:A", ["outcome": "won", "finalMinor": 900, "cur": "CNY"])
  company.record("2026-04-02", Opportunity.closed, "opportunity:C", ["outcome": "won", "finalMinor": 2_700, "cur": "CNY"])
  company.record("2026-03-05", Opportunity.closed, "opportunity:B", ["outcome": "lost"])
  company.record("2026-03-06", Opportunity.closed, "opportunity:D", ["outcome": "abandoned"])
  return company
}

@Suite struct `Cycle: conversion and time` {
  @Test func `of the company`() throws {
    let row = try #require(sales().rows("cycle", on: "2026-04-10")["company:all"])
    #expect(row.int("entered") == 5 && row.int("open") == 1 && row.int("won") == 2 && row.int("lost") == 1 && row.int("abandoned") == 1)
    #expect(row.int("winRateBp") == 6_667, "2 of 3: what was given up is in neither")
    #expect(row.int("conversionBp") == 4_000)
    // 50 and 60 days.
    #expect(row.int("medianDays") == 5_500 && row.int("meanDays") == 5_500 && row.int("lostMeanDays") == 4_400)
    #expect(row.int("wonMinor") == 3_600 && row.int("meanWonMinor") == 1_800 && row.text("cur") == "CNY")
    #expect(row.int("openMinor") == 5_000 && row.int("weightedMinor") == 2_500)
    // 1 × 2/3 × 1800 ÷ 55 = 21.8
    #expect(row.int("velocityMinor") == 22)
  }

  @Test(arguments: [
    ("employee:e1", 3, 1), ("employee:e2", 2, 1), ("region:West", 3, 1), ("region:East", 2, 1), ("team:North", 3, 1),
    ("team:South", 2, 1), ("product:Pump", 4, 2), ("product:Valve", 1, 0),
  ]) func `by owner, region, team and product`(group: String, entered: Int64, won: Int64) throws {
    let row = try #require(sales().rows("cycle", on: "2026-04-10")[group])
    #expect(row.int("entered") == entered && row.int("won") == won)
  }

  @Test func `a cohort and a period are different questions`() throws {
    let rows = sales().rows("cycle", on: "2026-04-10")
    let cohort = try #require(rows["company:all/opened-2026Q1"])
    #expect(cohort.int("entered") == 4 && cohort.int("won") == 2 && cohort.int("conversionBp") == 5_000)
    let period = try #require(rows["company:all/closed-2026Q1"])
    #expect(period.int("entered") == 3 && period.int("won") == 1 && period.int("wonMinor") == 900 && period.int("open") == 0)
    #expect(rows["company:all/closed-2026-04"]?.int("won") == 1 && rows["company:all/opened-2026"]?.int("entered") == 5)
    #expect(rows["employee:e2/closed-2026Q2"]?.int("wonMinor") == 2_700 && rows["employee:e2/closed-2026Q1"] == nil)
  }

  @Test func `stages: who went on, who ended there, and how long it took`() throws {
    let rows = sales().rows("cycle", on: "2026-04-10")
    let needs = try #require(rows["company:all/stage-Needs"])
    #expect(needs.int("entered") == 5 && needs.int("advanced") == 3 && needs.int("lost") == 1 && needs.int("open") == 1)
    // 41, 19 and 10 days.
    #expect(needs.int("medianDays") == 1_900 && needs.int("conversionBp") == 6_000)
    let offer = try #require(rows["company:all/stage-Offer"])
    #expect(offer.int("entered") == 3 && offer.int("advanced") == 2 && offer.int("won") == 2 && offer.int("abandoned") == 1)
  }

  @Test func `a stage entered twice counts once, with all days in it`() throws {
    var company = Company()
    company.record("2026-01-01", Opportunity.opened, "opportunity:A", ["stage": "Needs"])
    company.record("2026-01-11", Opportunity.progressed, "opportunity:A", ["toStage": "Offer"])
    company.record("2026-01-16", Opportunity.progressed, "opportunity:A", ["toStage": "Needs"])
    company.record("2026-01-19", Opportunity.progressed, "opportunity:A", ["toStage": "Offer"])
    let rows = company.rows("cycle", on: "2026-02-01")
    #expect(rows["company:all/stage-Needs"]?.int("medianDays") == 1_300 && rows["company:all/stage-Needs"]?.int("entered") == 1)
    #expect(rows["company:all/stage-Offer"]?.int("open") == 1)
  }

  @Test func `leads: created, qualified, converted, opportunity, ordered`() throws {
    var company = Company()
    for (id, source) in [("L1", "web"), ("L2", "web"), ("L3", "fair"), ("L4", "web")] {
      company.record("2026-01-01", Lead.created, "lead:\(id)", ["source": .string(source)])
    }
    company.record("2026-01-04", Lead.screened, "lead:L1", ["verdict": "qualified"])
    company.record("2026-01-05", Lead.screened, "lead:L2", ["verdict": "disqualified", "reasonCode": "no-need"])
    company.record("2026-01-10", Customer.registered, "customer:9", ["name": "n"])
    company.record("2026-01-10", Lead.converted, "lead:L1", ["customer": "9", "opportunity": "X"])
    company.record("2026-01-12", Opportunity.opened, "opportunity:X", ["customer": "9"])
    company.record("2026-02-01", Order.placed, "order:1", ["customer": "9", "totalMinor": 10, "cur": "CNY"])
    // Converted without being screened: it counts as qualified.
    company.record("2026-01-20", Customer.registered, "customer:8", ["name": "n"])
    company.record("2026-01-20", Lead.converted, "lead:L3", ["customer": "8"])
    let rows = company.rows("cycle", on: "2026-03-01")
    func counts(_ base: String) -> [Int64?] {
      ["created", "qualified", "converted", "opportunity", "ordered"].map { rows["\(base)/lead-\($0)"]?.int("entered") }
    }
    #expect(counts("company:all") == [4, 2, 2, 1, 1] && counts("source:web") == [3, 1, 1, 1, 1])
    #expect(counts("source:fair") == [1, 1, 1, nil, nil])
    let created = try #require(rows["company:all/lead-created"])
    #expect(created.int("lost") == 1 && created.int("open") == 1 && created.int("advanced") == 2)
    #expect(created.int("medianDays") == 1_100, "3 days to the screening, 19 to the conversion")
    #expect(rows["source:web"]?.int("entered") == 1, "the opportunity that came of it")
  }

  @Test func `money of several currencies is not added`() throws {
    var company = Company()
    for (id, cur, amount) in [("A", "USD", 500), ("B", "CNY", 900), ("C", "USD", 600)] as [(String, String, Int64)] {
      company.record("2026-01-01", Opportunity.opened, "opportunity:\(id)")
      company.record("2026-01-11", Opportunity.closed, "opportunity:\(id)", ["outcome": "won", "finalMinor": .int(amount), "cur": .string(cur)])
    }
    let row = try #require(company.rows("cycle", on: "2026-02-01")["company:all"])
    #expect(row.text("cur") == "USD" && row.int("wonMinor") == 1_100 && row.text("others") == "CNY 900" && row.int("won") == 3)
  }

  @Test func `an explanation names the newest events of each count`() {
    let findings = sales().findings("cycle", "employee:e1", on: "2026-04-10")
    let won = findings.first { $0.id == "won" }
    #expect(won?.value == "1" && won?.threshold == "of 3" && won?.evidence == [16])
    #expect(findings.map(\.id) == ["won", "lost", "abandoned"])
  }

  @Test func `in any order of recording`() { expectSameInAnyOrder(sales(), ["cycle", "funnel"], on: "2026-04-10") }
}
