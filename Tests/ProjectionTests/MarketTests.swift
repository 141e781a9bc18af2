import Events
import Projection
import Testing
import Vocabulary
import Wire

private func company() -> Company {
  var company = Company()
  company.record(
    "2026-01-01", Market.campaignLaunched, "campaign:C1",
    ["kind": "marketing", "title": "Fair", "channel": "fair", "budgetMinor": 1_000, "cur": "CNY", "startOn": "2026-01-05", "audienceCount": 40])
  company.record(
    "2026-01-02", Market.insightRecorded, "market:M1", ["kind": "competitor", "topic": "t", "summary": "s", "competitor": "Rival"])
  company.record("2026-01-03", Market.insightRecorded, "market:M2", ["kind": "competitor", "topic": "t", "summary": "s", "competitor": "Unmet"])
  for id in ["L1", "L2", "L3"] {
    company.record("2026-01-06", Lead.created, "lead:\(id)", ["source": "fair", "campaign": "C1"])
  }
  company.record("2026-01-07", Customer.registered, "customer:1", ["name": "n"])
  company.record("2026-01-07", Lead.converted, "lead:L1", ["customer": "1", "opportunity": "A"])
  company.record("2026-01-07", Lead.converted, "lead:L2", ["customer": "1", "opportunity": "B"])
  for (id, rivals) in [("A", ["Rival"]), ("B", ["Rival", "Other"]), ("C", [])] {
    company.record(
      "2026-01-08", Opportunity.opened, "opportunity:\(id)",
      ["customer": "1", "amountMinor": 600, "cur": "CNY", "competitors": .array(rivals.map { .string($0) })])
  }
  company.record("2026-02-01", Opportunity.closed, "opportunity:A", ["outcome": "won", "finalMinor": 3_000, "cur": "CNY", "reasonCodes": ["quality", "price"]])
  company.record("2026-02-02", Opportunity.closed, "opportunity:B", ["outcome": "lost", "reasonCodes": ["price"], "winner": "Other"])
  company.record("2026-02-03", Opportunity.closed, "opportunity:C", ["outcome": "lost", "reasonCodes": ["price"], "winner": "Third"])
  return company
}

@Suite struct `Market: wins, losses, sources` {
  @Test func `why we win and lose`() throws {
    let rows = company().rows("market", on: "2026-03-01")
    let price = try #require(rows["reason:price/CNY"])
    #expect(price.int("won") == 1 && price.int("lost") == 2 && price.int("wonMinor") == 3_000 && price.int("lostMinor") == 1_200)
    #expect(price.int("winRateBp") == 3_333 && rows["reason:quality/CNY"]?.int("winRateBp") == 10_000)
  }

  @Test(arguments: [("Rival", 1, 1, 0, 1), ("Other", 0, 1, 1, 0), ("Third", 0, 1, 1, 0)] as [(String, Int64, Int64, Int64, Int64)])
  func `against whom, and to whom it was lost`(name: String, won: Int64, lost: Int64, lostTo: Int64, insights: Int64) throws {
    let row = try #require(company().rows("market", on: "2026-03-01")["competitor:\(name)/CNY"])
    #expect(row.int("won") == won && row.int("lost") == lost && row.int("lostTo") == lostTo && row.int("insights") == insights)
  }

  @Test func `a competitor that was never met stands by what was learnt of it`() {
    let row = company().rows("market", on: "2026-03-01")["competitor:Unmet/–"]
    #expect(row?.int("insights") == 1 && row?.day("lastInsightOn") == "2026-01-03" && row?["cur"] == .null)
  }

  @Test func `what a source and a campaign bring for what they cost`() throws {
    let rows = company().rows("market", on: "2026-03-01")
    for name in ["source:fair/CNY", "campaign:C1/CNY"] {
      let row = try #require(rows[name])
      #expect(row.int("leads") == 3 && row.int("qualified") == 2 && row.int("converted") == 2 && row.int("won") == 1 && row.int("lost") == 1)
      #expect(row.int("conversionBp") == 3_333 && row.int("wonMinor") == 3_000)
    }
    let campaign = try #require(rows["campaign:C1/CNY"])
    #expect(campaign.int("budgetMinor") == 1_000 && campaign.int("costPerLeadMinor") == 333 && campaign.int("costPerWinMinor") == 1_000)
    #expect(campaign.int("returnBp") == 20_000 && campaign.int("audience") == 40 && campaign.text("kind") == "marketing")
    #expect(rows["source:fair/CNY"]?["returnBp"] == .null, "nobody said what the source cost, which is not 0")
  }

  @Test func `an explanation sets the money won against the budget`() {
    let budget = company().findings("market", "campaign:C1/CNY", on: "2026-03-01").first { $0.id == "budget" }
    #expect(budget?.value == "3000" && budget?.threshold == "1000" && budget?.holds == true && budget?.evidence == [0])
  }

  @Test func `in any order of recording`() { expectSameInAnyOrder(company(), ["market"], on: "2026-03-01") }
}
