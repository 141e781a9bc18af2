import Foundation
import Testing

@testable import Statistics

@Suite struct `Prediction intervals` {
  private let given = `Exponential smoothing`.given

  @Test(arguments: SmoothingMethod.all.filter { $0.season != .multiplicative })
  func `formula and simulation agree where both exist`(_ method: SmoothingMethod) throws {
    let smoothing = try Smoothing(try TimeSeries(quarters, season: 4), method, given)
    let formula = try smoothing.analyticIntervals(9, level: 0.9)
    let seed: UInt64 = 20
    let drawn = try smoothing.simulatedIntervals(9, try IntervalOrder(level: 0.9, seed: seed, paths: 8_000))
    for (a, b) in zip(formula, drawn) {
      // The standard error of a 5 % quantile of 8,000 draws is 0.024 σ; the width is 3.29 σ.
      let width = a.upper - a.lower
      #expect(
        abs(a.lower - b.lower) < 0.03 * width && abs(a.upper - b.upper) < 0.03 * width, "\(method.name), seed \(seed)")
    }
  }

  /// Worlds that are what the method supposes: of their next values, about nine in ten lie within.
  @Test(arguments: [SmoothingMethod.holtWintersAdditive, .holtWintersMultiplicative], [UInt64(3), 4])
  func `hold what they promise`(_ method: SmoothingMethod, seed: UInt64) throws {
    var dice = Dice(seed)
    let noise = method.season == .multiplicative ? 0.04 : 5.0
    let parameters = try #require(SmoothingParameters(level: 0.3, trend: 0.1, season: 0.2))
    var hits = Hits()
    for _ in 0..<150 {
      var state = SmoothingState(method, parameters, .innovations, `Exponential smoothing`.first(method))
      let values = (0..<52).map { _ in
        let next = state.next
        let shock = noise * Normal.quantile(dice.unit())
        let value = method.season == .multiplicative ? next * (1 + shock) : next + shock
        state.take(value)
        return value
      }
      let history = try TimeSeries(Array(values.prefix(44)), season: 4)
      let smoothing = try Smoothing(
        history, method, parameters, form: .innovations, from: `Exponential smoothing`.first(method))
      let order = try IntervalOrder(level: 0.9, seed: seed, paths: 500)
      for (interval, value) in zip(try smoothing.intervals(8, order).intervals, values.suffix(8)) {
        hits.count(flagged: true, outcome: interval.contains(value))
      }
    }
    let share = try #require(hits.precision)
    #expect((0.86...0.94).contains(share), "\(method.name): \(share), seed \(seed)")
  }

  @Test func `the same seed draws the same, another one another`() throws {
    let smoothing = try Smoothing(try TimeSeries(quarters, season: 4), .holtWintersMultiplicative, given)
    func drawn(_ seed: UInt64) throws -> [Interval] {
      let (intervals, basis) = try smoothing.intervals(6, try IntervalOrder(seed: seed, paths: 300))
      #expect(basis == .simulated(paths: 300, seed: seed))
      return intervals
    }
    #expect(try drawn(7) == drawn(7))
    #expect(try drawn(7) != drawn(8))
  }

  /// These bits stand for every machine.
  @Test func `the bits do not change`() throws {
    let smoothing = try Smoothing(try TimeSeries(quarters, season: 4), .holtWintersMultiplicative, given)
    let interval = try smoothing.intervals(3, try IntervalOrder(seed: 7, paths: 200)).intervals[2]
    #expect(String(interval.lower.bitPattern, radix: 16) == "406489511b32fe6b")
    #expect(String(interval.upper.bitPattern, radix: 16) == "40694c4a3fd6921f")
    let fitted = try Smoothing.fit(try TimeSeries(quarters, season: 4), .dampedAdditive)
    #expect(String(fitted.parameters.level.bitPattern, radix: 16) == "3fb8834db5455027")
  }

  @Test func `a wider promise is wider, and a later step no narrower`() throws {
    for method in SmoothingMethod.all {
      let smoothing = try Smoothing(try TimeSeries(quarters, season: 4), method, given)
      let narrow = try smoothing.intervals(8, try IntervalOrder(level: 0.5, seed: 9, paths: 2_000)).intervals
      let wide = try smoothing.intervals(8, try IntervalOrder(level: 0.99, seed: 9, paths: 2_000)).intervals
      for (a, b) in zip(narrow, wide) { #expect(b.lower < a.lower && a.upper < b.upper, "\(method.name)") }
      guard !method.hasRelativeErrors else { continue }
      let widths = wide.map { $0.upper - $0.lower }
      #expect(zip(widths, widths.dropFirst()).allSatisfy { $0 <= $1 }, "\(method.name)")
    }
  }

  @Test func `seasonal naive, by hand`() throws {
    // Differences over a season of 1: 2 and −2 by turns, so σ is 2.
    let history = try TimeSeries((0..<11).map { $0 % 2 == 0 ? 5.0 : 7 }, season: 1)
    let intervals = try SeasonalNaive(history).intervals(4, level: 0.95)
    for (step, interval) in intervals.enumerated() {
      #expect(isNear(interval.upper - 5, 1.959963984540054 * 2 * Double(step + 1).squareRoot(), 1e-12))
      #expect(isNear(5 - interval.lower, interval.upper - 5, 1e-12))
    }
    // Wider only with each whole season.
    let seasonal = try SeasonalNaive(try TimeSeries(quarters, season: 4)).intervals(9, level: 0.95)
    let widths = seasonal.map { $0.upper - $0.lower }
    #expect(isNear(widths[0], widths[3], 1e-12) && isNear(widths[4] / widths[3], 2.0.squareRoot(), 1e-12))
    #expect(isNear(widths[8] / widths[0], 3.0.squareRoot(), 1e-12))
  }

  @Test func `huge errors keep a multiplicative future above 0`() throws {
    let values: [Double] = [1, 50, 3, 80]
    let wild: [Double] = (0..<32).map { values[($0 * 7 + $0 / 3) % 4] }
    let smoothing = try Smoothing(try TimeSeries(wild, season: 4), .holtWintersMultiplicative, given)
    let steps = (try? smoothing.points(6)) == nil ? 1 : 6
    for interval in try smoothing.intervals(steps, try IntervalOrder(level: 0.99, seed: 3, paths: 500)).intervals {
      #expect(interval.lower >= 0 && interval.upper.isFinite)
    }
  }

  @Test func `a forecast carries what was asked for`() throws {
    let history = try TimeSeries(quarters, season: 4)
    let plain = try Forecast(history, by: .seasonalNaive, steps: 2, interval: nil)
    #expect(plain.intervals.isEmpty && plain.basis == nil && plain.smoothing == nil && plain.points.count == 2)
    let naive = try Forecast(history, by: .seasonalNaive, steps: 2, interval: try IntervalOrder(seed: 1))
    #expect(naive.intervals.count == 2 && naive.basis == .analytic)
    let fitted = try Forecast(history, by: .fitted(.holt), steps: 2, interval: try IntervalOrder(seed: 1))
    #expect(fitted.intervals.count == 2 && fitted.basis == .analytic && fitted.smoothing?.parametersFitted == 2)
    #expect(fitted.model.name == "ETS(A,A,N)")
  }
}
