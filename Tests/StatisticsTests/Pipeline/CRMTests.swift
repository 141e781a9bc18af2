import Foundation
import Testing

@testable import Statistics

/// A sample CRM of a fictitious company: 8,800 opportunities of fourteen months.
enum CRM {
  static let products = [
    "GTX Basic", "GTX Pro", "GTX Plus Basic", "GTX Plus Pro", "GTK 500", "MG Special", "MG Advanced",
  ]

  /// Opportunities with a day of engagement; whole dollars as minor units. "GTXPro" is "GTX Pro".
  static func deals() throws -> [DealRecord] {
    try RealFiles.rows("crm_sales_pipeline.csv.gz").compactMap { row in
      guard let opened = RealFiles.day(row["engage_date"]) else { return nil }
      let product = row["product"] == "GTXPro" ? "GTX Pro" : row["product"] ?? ""
      let stratum = try #require(products.firstIndex(of: product))
      switch row["deal_stage"] {
      case "Won":
        let day = try #require(RealFiles.day(row["close_date"]))
        let value = try #require(Int64(row["close_value"] ?? ""))
        return DealRecord(opened: opened, won: day, value: value, stratum: stratum)
      case "Lost":
        return DealRecord(opened: opened, lost: try #require(RealFiles.day(row["close_date"])), stratum: stratum)
      default: return DealRecord(opened: opened, stratum: stratum)
      }
    }
  }

  static func day(_ text: String) -> Int { RealFiles.day(text) ?? 0 }
}

@Suite(.serialized, .enabled(if: RealFiles.folder != nil, RealFiles.absent)) struct `The CRM's pipeline` {
  @Test func `the weighted pipeline of 30 September 2017`() throws {
    let model = try PipelineModel(try CRM.deals(), asOf: CRM.day("2017-09-30"))
    #expect(model.open.count == 2_409 && model.all.closed == 4_726 && model.all.won == 3_042)
    #expect(abs(model.weighted - 3_671_628.98) < 0.005)
    // The published figure multiplies with the win rate to six places.
    #expect((2_409 * 0.643673 * model.all.meanWon).rounded() == 3_671_627)
    let track = try PipelineTrack(
      try CRM.deals(), cutOffs: [CRM.day("2017-09-30")], within: 92, knownUntil: CRM.day("2017-12-31"))
    #expect(track.rows.first?.money == 1_251_928 && track.rows.first?.won == 559)
  }

  /// Whatever the cut-off, modelling the time to close must miss by less than the weighted pipeline does. How far
  /// either misses is printed, not promised: the pace of this company changes from month to month.
  @Test func `several cut-offs, by what was known at each`() throws {
    let months = ["04-30", "05-31", "06-30", "07-31", "08-31", "09-30"]
    let track = try PipelineTrack(
      try CRM.deals(), cutOffs: months.map { CRM.day("2017-" + $0) }, within: 92, knownUntil: CRM.day("2017-12-31"))
    #expect(track.rows.count == 6 && track.refused.isEmpty)
    for (month, row) in zip(months, track.rows) {
      let (mine, weighted) = (try #require(row.moneyError), try #require(row.weightedError))
      #expect(abs(mine) < abs(weighted), "\(month): \(mine) against \(weighted)")
      let figures = [row.forecast.money, Double(row.money), row.forecast.weighted].map { Int($0.rounded()) }
      print("2017-\(month): forecast \(figures[0]), came \(figures[1]), weighted \(figures[2])")
    }
    let last = try #require(track.rows.last)
    #expect(track.experience(before: last.forecast)?.pastCutOffs == 3)
  }

  /// numpy, written independently: all deals as one stratum, no least number at risk that matters here.
  @Test func `expected wins of another program`() throws {
    let deals = try CRM.deals().map { deal in
      switch deal.outcome {
      case .won: DealRecord(opened: deal.opened, won: deal.closed ?? 0, value: deal.value ?? 0)
      case .lost: DealRecord(opened: deal.opened, lost: deal.closed ?? 0)
      case nil: DealRecord(opened: deal.opened)
      }
    }
    for (day, wins) in [("2017-06-30", 777.1), ("2017-07-31", 891.6), ("2017-09-30", 880.3)] {
      let model = try PipelineModel(deals.compactMap(\.self), asOf: CRM.day(day))
      #expect(abs(try PipelineForecast(model, within: 92).wins - wins) < 0.05, "\(day)")
    }
  }
}
