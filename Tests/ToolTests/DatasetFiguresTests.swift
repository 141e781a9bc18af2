import Answers
import Foundation
import Testing
import Wire

@testable import keshi

/// The figures of the data sets that no other test of the command line holds, each as a person would ask for it.
@Suite(.serialized, .enabled(if: RealData.folder != nil, "the folder of real data is absent; KESHI_REALDATA names it"))
struct `Each data set gives its figures on the command line` {
  private static func log(_ mapping: String, _ files: [String]) -> Folder? {
    guard let folder = RealData.folder, let log = try? Folder(), log.run("init").status == .ok else { return nil }
    let paths = files.map { folder + "/" + $0 }.filter { FileManager.default.fileExists(atPath: $0) }
    let run = Run(["import", "--map", mapping] + paths + ["--data", log.path], source: MemorySource(""), environment: ["LANG": "en"])
    return [.ok, .differs].contains(run.status) ? log : nil
  }

  private static let retail = log("online-retail", ["online_retail_invoices_to_2011-08.csv.gz"])
  private static let raven = log(
    "ravenstack",
    ["accounts.csv", "subscriptions.csv.gz", "supports_ticket.csv", "churn_events.csv"].map { "ravenstack/ravenstack_" + $0 })
  private static let county = log("county-contracts", ["county_contracts.csv"])
  private static let sales = log("crm-sales", ["crm_sales_pipeline.csv.gz"])

  private func rows(_ log: Folder?, _ arguments: String...) throws -> [[String: Any]] {
    let log = try #require(log, "the file could not be imported")
    let run = Run(arguments + ["--data", log.path, "--format", "ndjson"], source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status == .ok, "\(run.remarks)")
    return try run.lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
  }

  private func number(_ row: [String: Any]?, _ name: String) -> Double { (row?[name] as? NSNumber)?.doubleValue ?? .nan }

  private func figures(_ log: Folder?, _ report: String, _ period: String) throws -> [String: Double] {
    let all = try rows(log, "report", report, "--period", period).first?["figures"] as? [[String: Any]] ?? []
    return Dictionary(all.compactMap { figure in
      guard let id = figure["id"] as? String else { return nil }
      return (id, (figure["value"] as? NSNumber)?.doubleValue ?? Double(figure["value"] as? String ?? "") ?? .nan)
    }) { first, _ in first }
  }

  /// Exact sums have three decimals; an invoice is recorded in pence, so a month may be off by less than a penny.
  @Test func `online retail: what was placed in each month`() throws {
    let expected = [
      ("2010-12", 572_713.89), ("2011-01", 569_445.04), ("2011-02", 447_137.35), ("2011-03", 595_500.76), ("2011-04", 469_200.361),
      ("2011-05", 678_594.56), ("2011-06", 661_213.69), ("2011-07", 600_091.011), ("2011-08", 645_343.90),
    ]
    let months = try rows(Self.retail, "report", "sales", "--period", "2011-08", "--section", "orders")
    for (month, revenue) in expected {
      let row = months.first { $0["month"] as? String == month }
      #expect(abs(number(row, "placedMinor") / 100 - revenue) < 0.01, "\(month): \(number(row, "placedMinor"))")
    }
    #expect(months.count == 13 && number(months.first { $0["month"] as? String == "2010-11" }, "orders") == 0)
  }

  @Test func `RavenStack: recurring revenue of 2024, and who came back`() throws {
    let year = try figures(Self.raven, "customers", "2024")
    #expect(abs((year["recurring-grr"] ?? 0) - 99.59) < 0.005 && abs((year["recurring-nrr"] ?? 0) - 292.27) < 0.005, "\(year)")
    let steps = try rows(Self.raven, "report", "customers", "--period", "2024", "--section", "recurring")
    func step(_ name: String) -> [String: Any]? { steps.first { $0["step"] as? String == name } }
    #expect(number(step("start"), "customers") == 185 && number(step("start"), "minor") == 126_211_300)
    #expect(number(step("kept"), "minor") == 368_878_900)
    let before = try figures(Self.raven, "customers", "2023")
    #expect((year["came-back"] ?? 0) + (before["came-back"] ?? 0) == 61)
  }

  @Test func `RavenStack: satisfaction with tickets`() throws {
    let months = try rows(Self.raven, "show", "satisfaction-index").filter { ($0["subject"] as? String)?.contains("/20") == true && ($0["period"] as? String)?.contains("-") == true }
    let answers = months.reduce(0) { $0 + number($1, "csatAnswers") }
    let satisfied = months.reduce(0) { $0 + (number($1, "csatBp") * number($1, "csatAnswers") / 10_000).rounded() }
    let sum = months.reduce(0) { $0 + (number($1, "csatMean") * number($1, "csatAnswers") / 10_000).rounded() }
    #expect(answers == 1_175 && satisfied == 779)
    #expect(abs(sum / answers - 3.9813) < 0.00005 && abs(satisfied / answers - 0.6630) < 0.00005)
  }

  @Test func `county contracts: ends that were moved`() throws {
    let contracts = try rows(Self.county, "show", "contracts", "--as-of", "2023-06-30")
    func days(_ row: [String: Any]) -> Int? {
      func day(_ name: String) -> Day? { (row[name] as? String).flatMap { Day($0) } }
      guard let old = day("originalEndOn"), let new = day("endOn") else { return nil }
      return new - old
    }
    let moved = contracts.compactMap(days)
    let later = moved.filter { $0 > 0 }.sorted()
    #expect(later.count == 1_037 && moved.count { $0 == 0 } == 992 && moved.count { $0 < 0 } == 117, "\(later.count)")
    #expect(later[later.count / 2] == 731)
    #expect(contracts.count { ($0["movedEarlier"] as? NSNumber)?.boolValue == true } == 117)
  }

  @Test func `CDNOW: how many discs, and how much money`() throws {
    let money = try rows(RealData.purchases, "show", "loyalty").reduce(0) { $0 + number($1, "revenueMinor") }
    #expect(money == 24_409_194)
    let discs = try rows(RealData.purchases, "export", "events").reduce(0) { sum, event in
      sum + (((event["data"] as? [String: Any])?["units"] as? NSNumber)?.intValue ?? 0)
    }
    #expect(discs == 16_479)
  }

  @Test func `CRM: what of the open opportunities of a day was won by the end of the year`() throws {
    let open = try rows(Self.sales, "show", "funnel", "--as-of", "2017-09-30").filter { $0["state"] as? String == "open" }
    let subjects = Set(open.compactMap { $0["subject"] as? String })
    let end = try rows(Self.sales, "show", "funnel", "--as-of", "2017-12-31")
    let won = end.filter { $0["state"] as? String == "won" && subjects.contains($0["subject"] as? String ?? "") }
    #expect(open.count == 2_409 && won.reduce(0) { $0 + number($1, "amountMinor") } == 125_192_800)
    let now = try rows(Self.sales, "show", "funnel")
    #expect(now.count { $0["state"] as? String == "open" } == 1_589, "500 more have no date and are in quarantine")
  }
}
