import Foundation
import Testing

@testable import Statistics

@Suite struct `Purchases discounted to now` {
  private let pareto = ParetoNBD(r: 0.5533, alpha: 10.578, s: 0.6063, beta: 11.67)!
  private let bgNbd = BetaGeometric(r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4259)!
  private let yearly = DiscountRate(yearly: 0.15)!
  private let weekly = DiscountRate(perUnit: 0.05)!

  struct Row: Sendable {
    let pattern: PurchasePattern
    /// Pareto/NBD for ever at 15 per cent a year and at δ = 0.05; BG/NBD the same, and over 39 weeks.
    let pareto, paretoFast, bgNbd, bgNbdFast, bgNbdTo39: Double
  }

  /// scipy: for Pareto/NBD the closed form with Tricomi's Ψ (`hyperu`); for BG/NBD ∫ e^(−δt) of the rate of buying,
  /// with `hyp2f1`, by `quad`.
  static let rows = [
    Row(
      pattern: pattern(0, 0, 38.86), pareto: 0.4791890141397377, paretoFast: 0.055603368025292935,
      bgNbd: 1.0195796115751847, bgNbdFast: 0.10045929093017537, bgNbdTo39: 0.18530959254910806),
    Row(
      pattern: pattern(2, 30.43, 38.86), pareto: 6.513006612053894, paretoFast: 0.7557458391472905,
      bgNbd: 5.179614236739929, bgNbdFast: 0.6359844437126281, bgNbdTo39: 1.1675272780381247),
    Row(
      pattern: pattern(7, 17.86, 37.57), pareto: 3.6530664015607166, paretoFast: 0.4267672152475545,
      bgNbd: 1.959988186894168, bgNbdFast: 0.2706861746102399, bgNbdTo39: 0.4942989997612756),
    Row(
      pattern: pattern(29, 37.71, 38), pareto: 87.339246902194, paretoFast: 10.180165742772633,
      bgNbd: 72.29522128893032, bgNbdFast: 10.507160588354484, bgNbdTo39: 19.123008035194452),
  ]

  @Test(arguments: rows) func `closed forms and integrals of another program`(_ row: Row) {
    #expect(isNear(yearly.perUnit, 0.0026785314076005757, 1e-15))
    for (found, expected) in [
      (pareto.discountedPurchases(at: yearly, row.pattern), row.pareto),
      (pareto.discountedPurchases(at: weekly, row.pattern), row.paretoFast),
      (bgNbd.discountedPurchases(at: yearly, row.pattern), row.bgNbd),
      (bgNbd.discountedPurchases(at: weekly, row.pattern), row.bgNbdFast),
      (bgNbd.discountedPurchases(at: yearly, row.pattern, horizon: 39), row.bgNbdTo39),
    ] { #expect(isNear(found, expected, 1e-8), "\(row.pattern)") }
  }

  @Test func `without a discount to speak of it is the expectation, and a longer time brings more`() {
    let patient = DiscountRate(perUnit: 1e-9)!
    for row in Self.rows {
      for horizon in [1, 39, 200.0] {
        let plain = bgNbd.expectedPurchases(in: horizon, row.pattern)
        #expect(isNear(bgNbd.discountedPurchases(at: patient, row.pattern, horizon: horizon), plain, 1e-6))
        #expect(bgNbd.discountedPurchases(at: weekly, row.pattern, horizon: horizon) < plain)
      }
      let longer = [0, 1, 10, 39, 500, 5_000].map { pareto.discountedPurchases(at: yearly, row.pattern, horizon: $0) }
      #expect(longer[0] == 0 && zip(longer, longer.dropFirst()).allSatisfy { $0 < $1 })
      let forever = pareto.discountedPurchases(at: yearly, row.pattern)
      #expect(longer[5] < forever * (1 + 1e-9) && isNear(longer[5], forever, 1e-5))
      let rates = [0.001, 0.01, 0.1, 1].compactMap { DiscountRate(perUnit: $0) }
      let falling = rates.map { bgNbd.discountedPurchases(at: $0, row.pattern) }
      #expect(zip(falling, falling.dropFirst()).allSatisfy { $0 > $1 })
    }
  }

  @Test func `what a customer is still worth`() throws {
    let spend = try #require(GammaGamma(parameters: [6.25, 3.744, 15.444]))
    let seen = try #require(GammaGamma.Spending(count: 2, mean: 40))
    let pattern = Self.rows[1].pattern
    let value = try #require(ResidualValue(pattern, seen, buying: pareto, spend: spend, at: yearly, margin: 0.3))
    #expect(isNear(value.purchases, Self.rows[1].pareto, 1e-8) && value.spend == spend.expectedMean(seen))
    #expect(isNear(value.value, value.purchases * value.spend * 0.3, 1e-15))
    #expect(ResidualValue(pattern, nil, buying: bgNbd, spend: spend, at: yearly)?.spend == spend.expectedMean(nil))
    let endless = try #require(GammaGamma(parameters: [6.25, 0.9, 15.444]))
    #expect(ResidualValue(pattern, nil, buying: pareto, spend: endless, at: yearly) == nil)
    for margin in [-0.1, 1.1, .nan] {
      #expect(ResidualValue(pattern, seen, buying: pareto, spend: spend, at: yearly, margin: margin) == nil)
    }
  }

  @Test func `rates out of range`() {
    for rate in [0, -0.1, 10.1, .nan, 0.9e-9] { #expect(DiscountRate(perUnit: rate) == nil) }
    for rate in [0, -0.5, .infinity, .nan] { #expect(DiscountRate(yearly: rate) == nil) }
    #expect(DiscountRate(yearly: 0.1, unitsPerYear: 0) == nil && DiscountRate(perUnit: 10) != nil)
    #expect(isNear(DiscountRate(yearly: 0.1, unitsPerYear: 1)?.perUnit ?? 0, Foundation.log(1.1), 1e-15))
  }
}
