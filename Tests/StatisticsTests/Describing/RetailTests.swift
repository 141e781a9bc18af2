import Testing

@testable import Statistics

@Suite(.enabled(if: RealFiles.folder != nil, RealFiles.absent)) struct `Online retail by month` {
  /// Revenue where the customer is known, nothing is cancelled, and the amount is above 0; exact, in thousandths.
  @Test func `revenue, growth, and a refusal of a season that two years would need`() throws {
    var months: [String: Int64] = [:]
    for row in try RealFiles.rows("online_retail_invoices_to_2011-08.csv.gz") {
      let amount = try #require(Int64(row["amount_mils"] ?? ""))
      guard amount > 0, row["customer"]?.isEmpty == false, row["InvoiceNo"]?.hasPrefix("C") == false else { continue }
      months[String((row["time"] ?? "").prefix(7)), default: 0] += amount
    }
    let revenue = months.sorted { $0.key < $1.key }.map(\.value)
    #expect(
      revenue == [
        572_713_890, 569_445_040, 447_137_350, 595_500_760, 469_200_361, 678_594_560, 661_213_690, 600_091_011,
        645_343_900,
      ])
    let figures = revenue.enumerated().map { PeriodFigure(Double($0.element) / 1_000, isPartial: $0.offset == 8) }
    let growth = Growth.series(figures)
    #expect(isNear(growth[1].rate ?? 0, 569_445.04 / 572_713.89 - 1, 1e-12) && growth[0].undefined == .missing)
    #expect(growth[8].isPartial && growth.dropLast().allSatisfy { !$0.isPartial })
    let history = try TimeSeries(revenue.map { Double($0) }, season: 12)
    #expect(throws: ForecastRefusal.tooShort(observations: 9, needed: 24, for: .fit)) {
      try Smoothing.fit(history, .holtWintersMultiplicative)
    }
    #expect(throws: ForecastRefusal.tooShort(observations: 9, needed: 12, for: .start)) { try SeasonalNaive(history) }
    #expect(throws: ForecastRefusal.tooShort(observations: 9, needed: 10, for: .fit)) {
      try Smoothing.fit(history, .simple)
    }
  }
}
