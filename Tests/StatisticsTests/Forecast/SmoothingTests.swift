import Foundation
import Testing

@testable import Statistics

/// Quarters with a trend, a season, noise, and a step.
let quarters: [Double] = [
  134.2, 123.3, 109.1, 138.9, 142.5, 123.9, 115.8, 151.2, 157.7, 127.3, 130.8, 161.0, 167.4, 145.8, 131.1, 173.8, 178.1,
  155.5, 142.2, 199.9, 194.6, 173.9, 170.0, 203.1, 199.4, 187.4, 175.7, 210.5,
]

@Suite struct `Exponential smoothing` {
  static let given = SmoothingParameters(level: 0.35, trend: 0.2, season: 0.3, damping: 0.9)!

  static func first(_ method: SmoothingMethod) -> SmoothingStates {
    let seasons: [Double] =
      switch method.season {
      case .none: []
      case .additive: [12, -4, -20, 12]
      case .multiplicative: [1.1, 0.95, 0.85, 1.1]
      }
    return SmoothingStates(level: 118, trend: method.trend == .none ? 0 : 2, seasons: seasons)
  }

  struct Expected: Sendable {
    let method: SmoothingMethod
    let form: SeasonalForm
    let level, trend, next, fifth, logLikelihood: Double
    /// Width of the interval five steps ahead against that of the next.
    let widening: Double?
  }

  /// statsmodels 0.15.0 with known first states. `ETSModel` has smoothing_trend = αβ, and a multiplicative season in
  /// Winters' form with γ/(1 − α); `ExponentialSmoothing` has the innovations form.
  static let expected: [Expected] = [
    (.none, .none, .innovations, 193.461118530, 0, 193.461118530, 193.461118530, -123.581136528, 1.220655562),
    (
      .additive, .none, .innovations, 199.096399211, 3.000129717, 202.096528929, 214.097047798, -122.468851771,
      1.458423807
    ),
    (
      .damped, .none, .innovations, 196.753745699, 2.077811029, 198.623775625, 204.411705250, -122.671334244,
      1.408349026
    ),
    (.none, .additive, .innovations, 180.676697411, 0, 206.248689732, 206.248689732, -100.471542000, 1.337908816),
    (
      .additive, .additive, .innovations, 196.812969201, 2.676885468, 213.173664216, 223.881206087, -91.098366239,
      1.610900369
    ),
    (
      .damped, .additive, .innovations, 190.795010014, 1.570932852, 210.085547243, 214.461522086, -92.799189034,
      1.553525403
    ),
    (.none, .multiplicative, .winters, 178.832972169, 0, 209.779716139, 209.779716139, -100.676667924, nil),
    (
      .additive, .multiplicative, .winters, 197.622118175, 2.754877254, 217.493923480, 229.454758832, -91.566434028, nil
    ),
    (.damped, .multiplicative, .winters, 190.690606658, 1.578764964, 214.098079413, 218.999185396, -93.389225848, nil),
    (
      .none, .multiplicative, .innovations, 178.481414708, 0.000000000, 209.635340103, 209.635340103, -100.650480141,
      nil
    ),
    (
      .additive, .multiplicative, .innovations, 197.399661320, 2.735613133, 217.454233209, 229.343604691, -91.613688793,
      nil
    ),
    (
      .damped, .multiplicative, .innovations, 190.445887052, 1.561615412, 214.006698644, 218.859067534, -93.422605009,
      nil
    ),
  ].map { (trend: SmoothingMethod.Trend, season: SmoothingMethod.Season, form: SeasonalForm, l, t, n, f, log, w) in
    Expected(
      method: SmoothingMethod(trend: trend, season: season), form: form, level: l, trend: t, next: n, fifth: f,
      logLikelihood: log, widening: w)
  }

  @Test(arguments: expected) func `states, forecasts and likelihood of another program`(_ row: Expected) throws {
    let history = try TimeSeries(quarters, season: 4)
    let season = row.form == .winters ? 0.3 / 0.65 : 0.3
    let given = try #require(SmoothingParameters(level: 0.35, trend: 0.2, season: season, damping: 0.9))
    let smoothing = try Smoothing(history, row.method, given, form: row.form, from: Self.first(row.method))
    #expect(isNear(smoothing.last.level, row.level) && isNear(smoothing.last.trend, row.trend))
    let points = try smoothing.points(5)
    #expect(isNear(points[0], row.next) && isNear(points[4], row.fifth))
    #expect(isNear(try #require(smoothing.logLikelihood), row.logLikelihood))
    guard let widening = row.widening else { return }
    let intervals = try smoothing.analyticIntervals(5, level: 0.95)
    let widths = intervals.map { $0.upper - $0.lower }
    #expect(isNear(widths[4] / widths[0], widening, 1e-8))
    // The first step's is σ alone, to both sides.
    #expect(isNear(widths[0], 2 * 1.959963984540054 * (try #require(smoothing.sigma)), 1e-12))
  }

  @Test func `Winters' form and the innovations form are one model where the season is added`() throws {
    let history = try TimeSeries(quarters, season: 4)
    for trend in SmoothingMethod.Trend.allCases {
      let method = SmoothingMethod(trend: trend, season: .additive)
      let scaled = try #require(SmoothingParameters(level: 0.35, trend: 0.2, season: 0.3 * 0.65, damping: 0.9))
      let winters = try Smoothing(history, method, Self.given, form: .winters)
      let innovations = try Smoothing(history, method, scaled, form: .innovations)
      for (a, b) in zip(try winters.points(9), try innovations.points(9)) { #expect(isNear(a, b, 1e-12), "\(trend)") }
      let (wide, _) = try winters.intervals(9, try IntervalOrder(seed: 1))
      for (a, b) in zip(wide, try innovations.intervals(9, try IntervalOrder(seed: 1)).intervals) {
        #expect(isNear(a.upper, b.upper, 1e-12), "\(trend)")
      }
    }
  }

  // MARK: First states

  @Test func `the classical start, by hand`() throws {
    let history = try TimeSeries([10, 20, 30, 14, 26, 35], season: 3)
    for (method, expected) in [
      (SmoothingMethod.holtWintersAdditive, [-10.0, 0, 10]), (.holtWintersMultiplicative, [0.5, 1, 1.5]),
    ] {
      let (states, used) = try SmoothingStart.classical.states(method, history)
      // Changes of 4, 6 and 5 over three periods each.
      #expect(states.level == 20 && isNear(states.trend, 5.0 / 3, 1e-15) && states.seasons == expected && used == 0)
    }
    let (simple, one) = try SmoothingStart.classical.states(.simple, history)
    #expect(simple == SmoothingStates(level: 10) && one == 1)
    let (holt, two) = try SmoothingStart.classical.states(.holt, history)
    #expect(holt == SmoothingStates(level: 20, trend: 10) && two == 2)
  }

  @Test func `the start by regression finds an exact line and an exact season`() throws {
    for (length, pattern) in [(4, [3.0, -1, -5, 3]), (3, [2.0, -3, 1])] {
      let values = (1...24).map { 50 + 2 * Double($0) + pattern[($0 - 1) % length] }
      let (states, used) = try SmoothingStart.regression.states(
        .holtWintersAdditive, try TimeSeries(values, season: length))
      #expect(used == 0 && isNear(states.level, 50, 1e-12) && isNear(states.trend, 2, 1e-12))
      for (a, b) in zip(states.seasons, pattern) { #expect(abs(a - b) < 1e-12, "season of \(length)") }
    }
    let flat = (0..<24).map { 40 * [1.2, 0.9, 0.7, 1.2][$0 % 4] }
    let (states, _) = try SmoothingStart.regression.states(
      .holtWintersMultiplicative, try TimeSeries(flat, season: 4))
    #expect(isNear(states.level, 40, 1e-12) && abs(states.trend) < 1e-12)
    for (a, b) in zip(states.seasons, [1.2, 0.9, 0.7, 1.2]) { #expect(isNear(a, b, 1e-12)) }
  }

  /// numpy.polyfit over the first ten of `quarters`.
  @Test func `the start by regression is a line of least squares`() throws {
    let (states, _) = try SmoothingStart.regression.states(.holt, try TimeSeries(quarters, season: 1))
    #expect(isNear(states.level, 122.34666666666666, 1e-12) && isNear(states.trend, 1.8260606060606, 1e-12))
  }

  // MARK: What must hold of any history

  @Test(arguments: SmoothingMethod.all) func `a history that only repeats is repeated`(_ method: SmoothingMethod) throws
  {
    let pattern = method.season == .none ? [100.0, 100, 100, 100] : [120.0, 90, 70, 120]
    let history = try TimeSeries((0..<32).map { pattern[$0 % 4] }, season: 4)
    for start in SmoothingStart.allCases {
      let smoothing = try Smoothing.fit(history, method, start: start)
      for (step, point) in try smoothing.points(8).enumerated() { #expect(isNear(point, pattern[step % 4], 1e-9)) }
    }
  }

  @Test func `Holt follows an exact line, with no width`() throws {
    let history = try TimeSeries((0..<30).map { 7 + 3 * Double($0) }, season: 1)
    let smoothing = try Smoothing(history, .holt, Self.given)
    #expect(try smoothing.points(3) == [97, 100, 103] && smoothing.sigma == 0)
    #expect(smoothing.logLikelihood == nil && smoothing.aicc == nil)
    let intervals = try smoothing.intervals(3, try IntervalOrder(seed: 1)).intervals
    #expect(intervals.map(\.lower) == [97, 100, 103] && intervals.map(\.upper) == [97, 100, 103])
  }

  @Test(arguments: SmoothingMethod.all) func `another unit gives the same forecast in it`(_ method: SmoothingMethod)
    throws
  {
    for factor in [0x1p-10, 0x1p20] {
      let here = try Smoothing.fit(try TimeSeries(quarters, season: 4), method)
      let there = try Smoothing.fit(try TimeSeries(quarters.map { $0 * factor }, season: 4), method)
      // A power of two changes no digit, so the search takes the same steps.
      #expect(here.parameters == there.parameters)
      #expect(try there.points(6) == here.points(6).map { $0 * factor })
    }
  }

  @Test func `what is added to an additive history is added to its forecast`() throws {
    for method in SmoothingMethod.all where method.season != .multiplicative {
      let here = try Smoothing(try TimeSeries(quarters, season: 4), method, Self.given)
      let there = try Smoothing(try TimeSeries(quarters.map { $0 - 1_000 }, season: 4), method, Self.given)
      for (a, b) in zip(try here.points(6), try there.points(6)) {
        #expect(isNear(a - 1_000, b, 1e-12), "\(method.name)")
      }
    }
  }

  @Test func `weights at their ends`() throws {
    let history = try TimeSeries(quarters, season: 4)
    // α = 1 is the naive method, α = 0 never learns.
    let all = try Smoothing(history, .simple, try #require(SmoothingParameters(level: 1)))
    #expect(try all.points(2) == [210.5, 210.5])
    let none = try Smoothing(history, .simple, try #require(SmoothingParameters(level: 0)))
    #expect(try none.points(2) == [134.2, 134.2])
    for wrong in [-0.01, 1.01, .nan] {
      #expect(SmoothingParameters(level: wrong) == nil && SmoothingParameters(level: 0.5, trend: wrong) == nil)
      #expect(SmoothingParameters(level: 0.5, season: wrong) == nil)
      #expect(SmoothingParameters(level: 0.5, damping: wrong) == nil)
    }
  }

  @Test func `a damped trend levels off, an undamped one goes on`() throws {
    let history = try TimeSeries(quarters, season: 1)
    let damped = try Smoothing(history, .dampedHolt, Self.given).points(1_000)
    let steps = zip(damped.dropFirst(), damped).map { $0 - $1 }
    #expect(zip(steps.dropFirst(), steps).allSatisfy { abs($0) <= abs($1) + 1e-12 } && abs(steps[998]) < 1e-9)
    let straight = try Smoothing(history, .holt, Self.given).points(1_000)
    #expect(isNear(straight[999] - straight[0], 999 * (straight[1] - straight[0]), 1e-9))
  }
}
