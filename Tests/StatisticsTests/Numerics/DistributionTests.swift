import Foundation
import Testing

@testable import Statistics

@Suite struct `The normal distribution` {
  /// scipy.stats.norm.ppf.
  @Test(arguments: [
    (1e-300, -37.0470962993612), (1e-20, -9.262340089798409), (1e-05, -4.264890793922825), (0.001, -3.090232306167813),
    (0.025, -1.9599639845400545), (0.075, -1.4395314709384563), (0.2, -0.8416212335729142), (0.6, 0.2533471031357997),
    (0.925, 1.4395314709384563), (0.975, 1.959963984540054), (0.99999, 4.264890793923841),
  ])
  func `quantiles of another program`(probability: Double, expected: Double) {
    #expect(isNear(Normal.quantile(probability), expected, 1e-14))
  }

  @Test func `it inverts the C library's error function`() {
    for step in 1..<2_000 {
      let p = Double(step) / 2_000
      let z = Normal.quantile(p)
      #expect(abs(0.5 * Foundation.erfc(-z / 2.0.squareRoot()) - p) < 4e-16 + 4e-16 * p, "p = \(p)")
      #expect(z == -Normal.quantile(1 - p) || abs(z + Normal.quantile(1 - p)) < 1e-13, "p = \(p)")
    }
  }

  @Test func `at the edges`() {
    #expect(Normal.quantile(0) == -.infinity && Normal.quantile(1) == .infinity && Normal.quantile(0.5) == 0)
    #expect(Normal.quantile(-0.1).isNaN && Normal.quantile(1.1).isNaN && Normal.quantile(.nan).isNaN)
    for wrong in [0, 1, -1, 2, .nan] { #expect(Normal.reach(of: wrong) == nil) }
    #expect(isNear(Normal.reach(of: 0.95) ?? 0, 1.959963984540054, 1e-15))
  }
}

@Suite struct `Random numbers from a seed` {
  /// The reference implementation of SplitMix64, in Python.
  @Test func `are those of SplitMix64`() {
    var random = RandomStream(seed: 1_234_567)
    let found = (0..<5).map { _ in random.next() }
    #expect(
      found == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test func `lie between 0 and 1, evenly`() {
    var random = RandomStream(seed: 5)
    let values = (0..<40_000).map { _ in random.unit() }
    #expect(values.allSatisfy { $0 > 0 && $0 < 1 })
    // The mean's standard error is 0.0014.
    #expect(abs(values.reduce(0, +) / 40_000 - 0.5) < 0.006, "seed 5")
  }

  @Test(arguments: [1, 2, 3, 7, 10, 1_000, Int.max]) func `fall below a bound`(bound: Int) {
    var random = RandomStream(seed: 8)
    let values = (0..<7_000).map { _ in random.below(bound) }
    #expect(values.allSatisfy { (0..<bound).contains($0) }, "seed 8")
    guard bound <= 10 else { return }
    for face in 0..<bound {
      let expected = 7_000 / Double(bound)
      let found = Double(values.count { $0 == face })
      #expect(abs(found - expected) < 5 * expected.squareRoot(), "\(face) of \(bound), seed 8")
    }
  }

  @Test func `normal ones have mean 0 and variance 1`() {
    var random = RandomStream(seed: 21)
    let values = (0..<40_000).map { _ in random.normal() }
    let mean = values.reduce(0, +) / 40_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40_000
    #expect(abs(mean) < 0.02 && abs(variance - 1) < 0.03, "seed 21")
  }
}

@Suite struct `Exact sums` {
  @Test func `neither round nor overflow`() throws {
    let sum = Exact.total([.max, .max, .min, 1, -1, .max])
    #expect(sum == Int128(Int64.max) * 3 + Int128(Int64.min))
    #expect(Exact.ratio(sum, sum) == 1 && Exact.ratio(sum, 0) == nil && Exact.ratio(1, 3) == 1.0 / 3)
    // Beyond 64 bits rounded to the nearest as well: 2⁶⁵ + 2¹² lies just half way, and goes to the even one.
    #expect(Exact.ratio((Int128(1) << 65) + (Int128(1) << 12), 1) == 0x1p65)
    #expect(Exact.ratio((Int128(1) << 65) + (Int128(1) << 12) + 1, 1) == 0x1p65 + 0x1p13)
    #expect(Exact.ratio(-(Int128(1) << 100), 1 << 99) == -2)
    #expect(try Exact.money(Int128(Int64.max)) == .max)
    #expect(throws: FigureRefusal.sumTooLarge) { try Exact.money(Int128(Int64.max) + 1) }
    #expect(throws: FigureRefusal.sumTooLarge) { try Exact.money(Int128(Int64.min) - 1) }
  }
}
