import Foundation
import Statistics
import Testing

/// Differences in units of the last place of the value expected.
func units(_ a: Double, _ b: Double) -> Double { a == b ? 0 : abs(a - b) / b.ulp }

@Suite struct `Elementary functions` {
  @Test func `logarithm and exponential agree with the C library to the last places`() {
    for step in 1...20_000 {
      let x = Double(step) * 0.0731
      #expect(units(Elementary.log(x), Foundation.log(x)) <= 2, "log \(x)")
      #expect(units(Elementary.log(1 / x), Foundation.log(1 / x)) <= 2, "log 1/\(x)")
      let y = Double(step - 10_000) * 0.0707
      #expect(units(Elementary.exp(y), Foundation.exp(y)) <= 2, "exp \(y)")
      let z = Double(step - 10_000) * 0.0000361
      #expect(units(Elementary.expm1(z), Foundation.expm1(z)) <= 5, "expm1 \(z)")
      #expect(units(Elementary.log1p(z), Foundation.log1p(z)) <= 3, "log1p \(z)")
    }
  }

  @Test(arguments: [
    (Elementary.log(0), -Double.infinity), (Elementary.log(.infinity), .infinity), (Elementary.log(1), 0),
    (Elementary.exp(0), 1), (Elementary.exp(-.infinity), 0), (Elementary.exp(710), .infinity),
    (Elementary.exp(-746), 0),
    (Elementary.exp(.infinity), .infinity), (Elementary.expm1(0), 0), (Elementary.log1p(0), 0),
    (Elementary.log1p(-1), -.infinity),
  ])
  func `at the edges`(found: Double, expected: Double) { #expect(found == expected) }

  @Test func `what has no value has none`() {
    #expect(Elementary.log(-1).isNaN && Elementary.log(.nan).isNaN && Elementary.exp(.nan).isNaN)
    #expect(Gamma.log(0).isNaN && Gamma.log(-0.5).isNaN)
  }

  @Test func `subnormal numbers too`() {
    #expect(units(Elementary.log(.leastNonzeroMagnitude), Foundation.log(.leastNonzeroMagnitude)) <= 2)
    #expect(Elementary.exp(-745) == Foundation.exp(-745))
  }

  /// These bits stand for every machine: a change of one of them changes judgements.
  @Test func `the bits do not change`() throws {
    let point = try #require(PurchasePattern(repeats: 2, recencyDays: 213, ageDays: 272))
    let bgNbd = try #require(BetaGeometric(r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4259))
    let paretoNbd = try #require(ParetoNBD(r: 0.5533, alpha: 10.578, s: 0.6063, beta: 11.67))
    #expect(Elementary.log(0.7929).bitPattern == 0xBFCD_B415_02AD_1B83)
    #expect(Elementary.exp(-3.21).bitPattern == 0x3FA4_A99F_3C5C_83D6)
    #expect(Gamma.log(4.4136).bitPattern == 0x4002_AD69_20DB_A580)
    #expect(bgNbd.expectedPurchases(in: 39, point).bitPattern == 0x3FF3_9DBC_F449_9546)
    #expect(paretoNbd.expectedPurchases(in: 39, point).bitPattern == 0x3FF7_4860_D737_6FCD)
  }
}

@Suite struct `The gamma function` {
  @Test(arguments: [
    (0.5, 0.5723649429247001), (1, 0), (2, 0), (3, 0.6931471805599453), (10, 12.801827480081469),
    (0.2426, 1.3197854750907922),
    (100.5, 361.4355404678), (1e-6, 13.815509980749431), (1e6, 12815504.569147611),
  ])
  func `known values`(x: Double, expected: Double) {
    #expect(abs(Gamma.log(x) - expected) <= 1e-9 * max(1, abs(expected)), "x = \(x)")
  }

  @Test func `the recurrence, and the reflection at one half`() {
    for step in 1...2_000 {
      let x = Double(step) * 0.037
      #expect(abs(Gamma.log(x + 1) - Gamma.log(x) - Foundation.log(x)) < 1e-13 * max(1, abs(Gamma.log(x))), "x = \(x)")
    }
    for step in 1..<100 {
      let x = Double(step) / 100
      let reflected = Foundation.log(Double.pi / Foundation.sin(Double.pi * x))
      #expect(abs(Gamma.log(x) + Gamma.log(1 - x) - reflected) < 1e-13, "x = \(x)")
    }
  }

  @Test func `agrees with the C library`() {
    for step in 1...10_000 {
      let x = Double(step) * 0.0173
      var sign: Int32 = 0
      #expect(abs(Gamma.log(x) - lgamma_r(x, &sign)) <= 2e-14 * max(1, abs(lgamma_r(x, &sign))), "x = \(x)")
    }
  }

  @Test func `beta of whole numbers`() {
    #expect(abs(Foundation.exp(Gamma.logBeta(3, 4)) - 1.0 / 60) < 1e-15)
  }
}

@Suite struct `Gauss' hypergeometric function` {
  @Test(arguments: [0.01, 0.3, 0.5, 0.9, 0.99]) func `closed forms`(z: Double) throws {
    // F(1, 1; 2; z) = −ln(1 − z)/z; F(a, b; b; z) = (1 − z)^−a; F(1, 1.5; 2.5…) is left to the series.
    let logarithm = -Foundation.log1p(-z) / z
    #expect(abs(try #require(Hypergeometric.series(1, 1, 2, z)) / logarithm - 1) < 1e-12)
    #expect(abs(Hypergeometric.ofOne(1, 2, z) / logarithm - 1) < 1e-13)
    let power = Foundation.pow(1 - z, -0.7)
    #expect(abs(try #require(Hypergeometric.series(0.7, 3.3, 3.3, z)) / power - 1) < 1e-12)
  }

  @Test func `the continued fraction is the series`() throws {
    for b in [0.1, 0.55, 1.6, 12.0, 300] {
      for excess in [0.05, 0.6, 3, 40] {
        for z in [0, 0.001, 0.2, 0.7, 0.97] {
          let series = try #require(Hypergeometric.series(1, b, b + excess, z))
          #expect(abs(Hypergeometric.ofOne(b, b + excess, z) / series - 1) < 1e-12, "b \(b), c \(b + excess), z \(z)")
        }
      }
    }
  }

  @Test func `what does not settle says so`() {
    #expect(Hypergeometric.series(30, 30, 1, 0.99999) == nil)
    #expect(Hypergeometric.series(1, 1, 2, 1) == nil && Hypergeometric.series(1, 1, 2, -0.1) == nil)
    #expect(Hypergeometric.series(1, 1, -2, 0.5) == nil)
  }
}
