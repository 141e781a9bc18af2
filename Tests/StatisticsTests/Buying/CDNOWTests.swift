import Foundation
import Testing

@testable import Statistics

/// Figures of the literature on the CDNOW sample: calibration to 1997-09-30, hold-out of 39 weeks. Tolerances are half
/// of the last published digit unless said.
@Suite(.serialized, .enabled(if: RealFiles.folder != nil, RealFiles.absent)) struct `CDNOW's purchases` {
  private static let end = CRM.day("1997-09-30")
  private static let last = CRM.day("1998-06-30")

  private struct Buyer {
    let pattern: PurchasePattern
    let bought: Int
    let silentDays: Int
    let spending: GammaGamma.Spending?
  }

  private let buyers: [Buyer]

  init() throws {
    buyers = try CDNOW.customers().map { customer in
      let days = Set(customer.purchases.map(\.day)).sorted()
      let first = try #require(days.first)
      let repeats = days.filter { $0 > first && $0 <= Self.end }
      // The spend of a day, of repeat purchases alone, in dollars.
      let sum = customer.purchases.filter { repeats.contains($0.day) }.reduce(0) { $0 + $1.cents }
      return Buyer(
        pattern: try #require(customer.pattern(until: Self.end)),
        bought: days.count { $0 > Self.end && $0 <= Self.last }, silentDays: Self.end - (repeats.last ?? first),
        spending: GammaGamma.Spending(count: repeats.count, mean: Double(sum) / 100 / Double(max(1, repeats.count))))
    }
  }

  @Test func `counts`() throws {
    #expect(buyers.count == 2_357 && buyers.reduce(0) { $0 + $1.pattern.repeats } == 2_457)
    #expect(buyers.count { $0.pattern.repeats > 0 } == 946 && buyers.reduce(0) { $0 + $1.bought } == 1_882)
    let cents = try CDNOW.customers().flatMap(\.purchases).map(\.cents)
    #expect(cents.count == 6_919 && cents.reduce(0, +) == 24_409_194)
  }

  @Test func `fitted parameters and the hold-out`() throws {
    let fit = try BetaGeometric.fit(try PurchasePatterns(buyers.map(\.pattern)))
    for (found, expected) in zip(fit.model.parameters, [0.2426, 4.4136, 0.7929, 2.4259]) {
      #expect(abs(found - expected) < 0.002)
    }
    #expect(abs(fit.logLikelihood + 9_582.43) < 0.006)
    let expected = buyers.reduce(0) { $0 + fit.model.expectedPurchases(in: 39, $1.pattern) }
    #expect(abs(expected - 1_653.4) < 0.05)
    let spend = try GammaGamma.fit(buyers.compactMap(\.spending))
    #expect(spend.customers == 946)
    for (found, expected) in zip(spend.model.parameters, [6.250, 3.744, 15.444]) {
      #expect(abs(found - expected) < 0.002)
    }
  }

  @Test func `who will not come back, by several scores`() throws {
    let bgNbd = try #require(BetaGeometric(r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4259))
    let pareto = try #require(ParetoNBD(r: 0.5533, alpha: 10.578, s: 0.6063, beta: 11.67))
    func area(_ score: (Buyer) -> Double) throws -> Double {
      try #require(areaUnderCurve(buyers.map { (score($0), $0.bought == 0) }))
    }
    for (found, expected) in [
      (try area { Double($0.silentDays) }, 0.7714),
      (try area { -bgNbd.expectedPurchases(in: 39, $0.pattern) }, 0.7725),
      (try area { -pareto.expectedPurchases(in: 39, $0.pattern) }, 0.7787),
      (try area { 1 - bgNbd.probabilityAlive($0.pattern) }, 0.3158),
    ] { #expect(abs(found - expected) <= 0.5e-4, "\(found)") }
    let gone = try #require(Proportion(buyers.count { $0.bought == 0 }, of: buyers.count)?.share)
    #expect(abs(gone - 0.7098) <= 0.5e-4)
  }

  /// The published counts take a silence of just 4 or 13 weeks for a longer one; ours do not, which is one customer
  /// each.
  @Test(arguments: [
    (4, 2_192, 0.745, 0.977), (8, 2_073, 0.774, 0.959), (13, 1_939, 0.797, 0.924), (26, 1_629, 0.848, 0.826),
  ])
  func `silence as a warning`(weeks: Int, flagged: Int, precision: Double, recall: Double) {
    var hits = Hits()
    for buyer in buyers { hits.count(flagged: buyer.silentDays > weeks * 7, outcome: buyer.bought == 0) }
    #expect(hits.flagged == flagged)
    #expect(abs((hits.precision ?? 0) - precision) < 1e-3 && abs((hits.recall ?? 0) - recall) < 1e-3)
  }
}
