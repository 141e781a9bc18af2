import Foundation
import Testing

@testable import Statistics

private let published = BetaGeometric(r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4259)!
private let pareto = ParetoNBD(r: 0.5533, alpha: 10.578, s: 0.6063, beta: 11.67)!
/// α below β, so that the other branch of the likelihood is used.
private let turned = ParetoNBD(r: 0.8, alpha: 5, s: 1.4, beta: 9)!

private let points = [
  pattern(0, 0, 0), pattern(0, 0, 38.86), pattern(2, 30.43, 38.86), pattern(7, 17.86, 37.57), pattern(26, 31, 31),
  pattern(1, 0.14, 38),
]

@Suite struct `The models agree with numerical integration of their stories` {
  /// Given λ and p: x purchases by the last, then alive and silent, or gone with the last.
  @Test(arguments: points) func `BG-NBD`(_ point: PurchasePattern) {
    let m = published
    let x = Double(point.repeats)
    func alive(_ p: Double, _ rate: Double) -> Double {
      Foundation.pow(1 - p, x) * Foundation.pow(rate, x) * Foundation.exp(-rate * point.age)
    }
    func gone(_ p: Double, _ rate: Double) -> Double {
      point.repeats == 0
        ? 0 : p * Foundation.pow(1 - p, x - 1) * Foundation.pow(rate, x) * Foundation.exp(-rate * point.recency)
    }
    func both(_ f: @escaping (Double, Double) -> Double) -> Double {
      overBeta(m.a, m.b) { p in overGamma(m.r, m.alpha, power: x) { f(p, $0) } }
    }
    let living = both(alive)
    let total = living + both(gone)
    #expect(isNear(Foundation.exp(m.logLikelihood(of: point)) / total, 1, 1e-8))
    #expect(isNear(m.probabilityAlive(point), living / total, 1e-8))
    let bought = both { p, rate in alive(p, rate) * -Foundation.expm1(-rate * p * 39) / p } / total
    #expect(isNear(m.expectedPurchases(in: 39, point), bought, 1e-7))
  }

  /// Given λ and μ: alive at T, or gone between the last purchase and T.
  @Test(arguments: points, [pareto, turned]) func `Pareto-NBD`(_ point: PurchasePattern, _ m: ParetoNBD) {
    let x = Double(point.repeats)
    func both(_ f: @escaping (Double, Double) -> Double) -> Double {
      overGamma(m.s, m.beta) { leaving in overGamma(m.r, m.alpha, power: x) { f($0, leaving) } }
    }
    func alive(_ rate: Double, _ leaving: Double) -> Double {
      Foundation.pow(rate, x) * Foundation.exp(-(rate + leaving) * point.age)
    }
    let living = both(alive)
    let gone = both { rate, leaving in
      Foundation.pow(rate, x) * leaving / (rate + leaving)
        * (Foundation.exp(-(rate + leaving) * point.recency) - Foundation.exp(-(rate + leaving) * point.age))
    }
    #expect(isNear(Foundation.exp(m.logLikelihood(of: point)) / (living + gone), 1, 1e-8))
    #expect(isNear(m.probabilityAlive(point), living / (living + gone), 1e-8))
    let bought = both { rate, leaving in alive(rate, leaving) * rate * -Foundation.expm1(-leaving * 39) / leaving }
    #expect(isNear(m.expectedPurchases(in: 39, point), bought / (living + gone), 1e-7))
  }

  /// Given ν, the mean of n gamma amounts with shape p and rate ν is gamma with shape pn and rate νn.
  @Test(arguments: [(1, 20.0), (3, 35.5), (12, 8.25)]) func `Gamma-Gamma`(count: Int, mean: Double) throws {
    let m = try #require(GammaGamma(parameters: [6.25, 3.744, 15.444]))
    let shape = m.p * Double(count)
    func density(_ rate: Double) -> Double {
      let each = rate * Double(count)
      return Foundation.exp(
        shape * Foundation.log(each) - lgamma(of: shape) + (shape - 1) * Foundation.log(mean) - each * mean)
    }
    let total = overGamma(m.q, m.gamma, power: shape, density)
    let spending = try #require(GammaGamma.Spending(count: count, mean: mean))
    #expect(isNear(Foundation.exp(m.logLikelihood(of: spending)) / total, 1, 1e-10))
    let expected = overGamma(m.q, m.gamma, power: shape) { density($0) * m.p / $0 } / total
    #expect(isNear(try #require(m.expectedMean(spending)), expected, 1e-10))
  }

  @Test func `the closed form and the integral of BG-NBD are one`() throws {
    for parameters in [[0.2426, 4.4136, 0.7929, 2.4259], [0.3, 3, 0.95, 2], [0.5, 2, 3, 4], [0.1, 0.5, 0.4, 3]] {
      let model = try #require(BetaGeometric(parameters: parameters))
      for point in points {
        let closed = try #require(model.closedForm(39, point), "\(parameters)")
        #expect(isNear(closed, model.integral(39, point), 1e-10), "\(parameters) \(point)")
      }
    }
    // Where the closed form loses digits, the integral stands in, without a step.
    let near = [0.998_9, 0.999_1, 1, 1.000_9, 1.001_1].map { BetaGeometric(r: 0.3, alpha: 3, a: $0, b: 2)! }
    let values = near.map { $0.expectedPurchases(in: 39, points[2]) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 && $0 - $1 < 0.01 })
  }
}

@Suite struct `The models at their edges` {
  private let models: [any PurchaseModel] = [published, pareto, turned]

  @Test func `who never bought again is alive for certain by BG-NBD, and not by Pareto-NBD`() {
    #expect(published.probabilityAlive(pattern(0, 0, 5_000)) == 1)
    #expect(pareto.probabilityAlive(pattern(0, 0, 5_000)) < 0.05)
    // Expected purchases fall all the same.
    #expect(
      published.expectedPurchases(in: 13, pattern(0, 0, 500)) < published.expectedPurchases(in: 13, pattern(0, 0, 5))
        / 20)
  }

  @Test func `one who bought today is a customer by Pareto-NBD`() {
    for model in [pareto, turned] {
      for x in [0, 1, 40] {
        #expect(isNear(model.probabilityAlive(pattern(x, x == 0 ? 0 : 12, x == 0 ? 0 : 12)), 1, 1e-12))
      }
    }
  }

  @Test func `finite and in bounds, whatever the customer`() {
    for model in models {
      for x in [0, 1, 2, 50, 1_000, 20_000] {
        for age in [0, 0.14, 1, 52, 520, 5_200] {
          for share in [0.01, 0.5, 1] where x == 0 || age > 0 {
            let point = pattern(x, x == 0 ? 0 : age * share, age)
            let alive = model.probabilityAlive(point)
            let bought = model.expectedPurchases(in: 39, point)
            #expect(alive >= 0 && alive <= 1 && bought >= 0 && bought.isFinite, "\(model) \(point)")
            #expect(model.logLikelihood(of: point).isFinite, "\(model) \(point)")
            #expect(model.expectedPurchases(in: 0, point) == 0)
          }
        }
      }
    }
  }

  @Test func `a later last purchase speaks for a customer, a longer silence against`() {
    for model in models {
      for x in [1, 5, 40] {
        let later = stride(from: 2.0, through: 52, by: 2).map { pattern(x, $0, 52) }
        for (a, b) in zip(later, later.dropFirst()) {
          #expect(model.probabilityAlive(a) <= model.probabilityAlive(b), "\(model) \(b)")
          #expect(model.expectedPurchases(in: 26, a) <= model.expectedPurchases(in: 26, b), "\(model) \(b)")
        }
        let silent = stride(from: 10.0, through: 200, by: 5).map { pattern(x, 10, $0) }
        for (a, b) in zip(silent, silent.dropFirst()) {
          #expect(model.probabilityAlive(a) >= model.probabilityAlive(b), "\(model) \(b)")
          #expect(model.expectedPurchases(in: 26, a) >= model.expectedPurchases(in: 26, b), "\(model) \(b)")
        }
      }
      let longer = stride(from: 1.0, through: 400, by: 20).map { model.expectedPurchases(in: $0, points[2]) }
      #expect(zip(longer, longer.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test func `what is no pattern and no model is refused`() {
    for (x, recency, age) in [(-1, 0, 1), (0, 1.0, 2.0), (1, 0, 2), (1, 3, 2), (1, .nan, 2), (1, 1, .infinity)] {
      #expect(PurchasePattern(repeats: x, recency: recency, age: age) == nil, "\(x) \(recency) \(age)")
    }
    for wrong in [
      [], [1, 1, 1], [1, 1, 1, 0], [1, 1, -1, 1], [1, 1, 1, .nan], [1, 1, 1, 1.1e6], [1, 1, 1, 0.9e-6],
    ] {
      #expect(BetaGeometric(parameters: wrong) == nil && ParetoNBD(parameters: wrong) == nil, "\(wrong)")
    }
    #expect(GammaGamma(parameters: [1, 1]) == nil && GammaGamma.Spending(count: 0, mean: 1) == nil)
    #expect(GammaGamma.Spending(count: 1, mean: 0) == nil)
    #expect(GammaGamma(parameters: [6, 0.9, 15])?.expectedMean(nil) == nil)
  }
}
