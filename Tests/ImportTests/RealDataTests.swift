import Foundation
import Import
import Testing
import Vocabulary
import Wire

/// Figures that independent tools counted on the same files.
@Suite(.enabled(if: Root.realData != nil, "the folder of real data is absent; KESHI_REALDATA names it"))
struct `Real files give the figures that other tools counted` {
  private func imported(_ mapping: String, _ files: [String]) throws -> Imported {
    let folder = try #require(Root.realData)
    return try importing(try Mappings.text(mapping), files.map { folder + "/" + $0 }, name: mapping + ".yaml")
  }

  @Test func `CDNOW purchases`() throws {
    let result = try imported("cdnow", ["cdnow_sample.txt"])
    #expect(result.summary.rows == 6_919)
    #expect(result.quarantine.isEmpty)
    #expect(result.of("customer.registered").count == 2_357)
    #expect(result.of("payment.received").count == 6_919)
    #expect(result.sum("amountMinor", of: "payment.received") == 24_409_194)
    #expect(result.sum("units", of: "payment.received") == 16_479)
    #expect(Set(result.events.compactMap(\.id)).count == result.events.count)
  }

  @Test func `CRM opportunities`() throws {
    let result = try imported("crm-sales", ["crm_sales_pipeline.csv.gz"])
    #expect(result.summary.rows == 8_800)
    #expect(result.of("opportunity.opened").count == 4_238 + 2_473 + 1_589)
    #expect(result.of("owner.changed").count == 8_300)
    #expect(result.of("customer.registered").count == 85)
    let closed = result.of("opportunity.closed")
    #expect(closed.count { $0.data["outcome"] == "won" } == 4_238)
    #expect(closed.count { $0.data["outcome"] == "lost" } == 2_473)
    #expect(result.sum("finalMinor", of: "opportunity.closed") { $0.data["outcome"] == "won" } == 1_000_553_400)
    #expect(result.quarantine.count == 500)
    #expect(Set(result.reasons()).count == 1)
    #expect(result.of("opportunity.opened").count { $0.data["product"] == "GTXPro" } == 0)
    // The product table says GTX Pro, and is found beside the pipeline.
    #expect(result.of("opportunity.opened").filter { $0.data["product"] == "GTX Pro" }.allSatisfy { $0.data["amountMinor"] == 482_100 })
    #expect(result.of("opportunity.opened").allSatisfy { $0.data["amountMinor"] != nil })
    #expect(result.of("customer.registered").count { $0.data["industry"] == "technology" } == 12)
  }

  @Test func `County contracts`() throws {
    let result = try imported("county-contracts", ["county_contracts.csv"])
    #expect(result.summary.rows == 2_146)
    #expect(result.of("contract.activated").count == 2_146)
    #expect(Set(result.of("contract.activated").map(\.subject)).count == 2_146)
    #expect(result.of("contract.renewed").count == 1_037)
    #expect(result.of("contract.amended").count == 117)
    #expect(result.of("customer.registered").count == 1_828)
    #expect(result.quarantine.isEmpty)
  }

  @Test func `Online retail invoices`() throws {
    let result = try imported("online-retail", ["online_retail_invoices_to_2011-08.csv.gz"])
    #expect(result.of("order.placed").count == 11_415)
    #expect(result.of("order.changed").count == 2_427)
    #expect(result.quarantine.isEmpty)
    let zone = try #require(TimeZone(identifier: "Europe/London"))
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    var months: [String: Decimal] = [:]
    for event in result.of("order.placed") {
      let date = Date(timeIntervalSince1970: Double(event.occurredAt.microseconds) / 1_000_000)
      let parts = calendar.dateComponents([.year, .month], from: date)
      let amount = try #require(event.data["exactTotal"]?.string.flatMap { Decimal(string: $0) })
      months["\(parts.year ?? 0)-\(parts.month ?? 0)", default: 0] += amount
    }
    let expected = [
      "2010-12": "572713.89", "2011-1": "569445.04", "2011-2": "447137.35", "2011-3": "595500.76", "2011-4": "469200.361",
      "2011-5": "678594.56", "2011-6": "661213.69", "2011-7": "600091.011", "2011-8": "645343.9",
    ]
    #expect(months.mapValues { "\($0)" } == expected)
    #expect(result.events.first { $0.id == "retail:550193" }?.data["totalMinor"] == 204_276)
    #expect(result.events.first { $0.id == "retail:550193" }?.data["exactTotal"] == "2042.761")
  }

  @Test func `RavenStack`() throws {
    let names = ["accounts.csv", "churn_events.csv", "feature_usage.csv.gz", "subscriptions.csv.gz", "supports_ticket.csv"]
    let result = try imported("ravenstack", names.map { "ravenstack/ravenstack_" + $0 })
    #expect(result.summary.rows == 33_100)
    #expect(result.quarantine.isEmpty)
    let counts = Dictionary(grouping: result.events, by: \.type).mapValues(\.count)
    #expect(
      counts == [
        "customer.registered": 500, "contract.activated": 5_000, "contract.ended": 486, "usage.reported": 25_000,
        "complaint.filed": 2_000, "complaint.closed": 2_000, "survey.answered": 1_175, "customer.status_changed": 600,
        "payment.refunded": 142,
      ])
    #expect(result.sum("score", of: "survey.answered") == 4_678)
    #expect(result.of("survey.answered").count { ($0.data["score"]?.int ?? 0) >= 4 } == 779)
    #expect(result.of("customer.status_changed").count { $0.data["to"] == "won-back" } == 61)
    #expect(Set(result.events.compactMap(\.id)).count == result.events.count)
  }

  @Test(arguments: Mappings.names) func `The same files twice give identical events`(_ name: String) throws {
    let files = [
      "cdnow": ["cdnow_sample.txt"], "crm-sales": ["crm_sales_pipeline.csv.gz"], "county-contracts": ["county_contracts.csv"],
      "online-retail": ["online_retail_invoices_to_2011-08.csv.gz"],
      "ravenstack": ["ravenstack/ravenstack_accounts.csv", "ravenstack/ravenstack_churn_events.csv"],
    ]
    let once = try imported(name, try #require(files[name]))
    let again = try imported(name, try #require(files[name]))
    #expect(once.events == again.events)
    #expect(zip(once.events, once.events.dropFirst()).allSatisfy { $0.occurredAt <= $1.occurredAt })
    var limited = ImportRun.Options()
    limited.sortLimit = 1_000
    let folder = try #require(Root.realData)
    let merged = try importing(
      try Mappings.text(name), try #require(files[name]).map { folder + "/" + $0 }, options: limited)
    #expect(merged.events == once.events, "sorted runs in temporary files give the order that memory gives")
  }
}
