/// Which prediction interval is asked for.
public struct IntervalOrder: Hashable, Sendable {
  /// The share of cases that it should hold: 0.95.
  public let level: Double
  /// Of the simulation, where there is no formula.
  public let seed: UInt64
  /// Simulated futures, 100…`pathLimit`.
  public let paths: Int

  public static let pathLimit = 100_000
  static let fewestPaths = 100

  /// - Throws: `ForecastRefusal.outOfRange`.
  public init(level: Double = 0.95, seed: UInt64, paths: Int = 5_000) throws(ForecastRefusal) {
    guard level > 0, level < 1 else { throw .outOfRange(option: .level, level) }
    guard (IntervalOrder.fewestPaths...IntervalOrder.pathLimit).contains(paths) else {
      throw .outOfRange(option: .paths, Double(paths))
    }
    self.level = level
    self.seed = seed
    self.paths = paths
  }
}

/// How an interval was made: named wherever it is shown.
public enum IntervalBasis: Hashable, Sendable {
  /// By the variance of the linear model, with normal errors.
  case analytic
  /// By quantiles of type 7 of simulated futures.
  case simulated(paths: Int, seed: UInt64)
}

extension Smoothing {
  /// Prediction intervals of the next periods: analytic without a multiplicative season, simulated with one. Neither
  /// knows that the parameters and first states are estimates, so real misses are somewhat wider.
  /// - Throws: `ForecastRefusal`: too few errors to know their spread, or what `points` refuses.
  public func intervals(
    _ steps: Int, _ order: IntervalOrder
  ) throws(ForecastRefusal) -> (intervals: [Interval], basis: IntervalBasis) {
    guard method.hasRelativeErrors else { return (try analyticIntervals(steps, level: order.level), .analytic) }
    return (try simulatedIntervals(steps, order), .simulated(paths: order.paths, seed: order.seed))
  }

  private func spread() throws(ForecastRefusal) -> Double {
    guard let sigma else {
      let needed = method.states(season: season) + parametersFitted + HistoryLimit.sparedErrors
      throw .tooShort(observations: observations, needed: needed, for: .interval)
    }
    return sigma
  }

  /// σ²(1 + Σ c_j²) for j below the step, with c_j = α + αβ(φ + … + φʲ), and γ more at each whole season
  /// (Hyndman et al. 2008, table 6.1). Winters' γ counts as γ(1 − α).
  func analyticIntervals(_ steps: Int, level: Double) throws(ForecastRefusal) -> [Interval] {
    let points = try points(steps)
    let sigma = try spread()
    guard let reach = Normal.reach(of: level) else { throw .outOfRange(option: .level, level) }
    let alpha = parameters.level
    let beta = method.hasTrend ? alpha * parameters.trend : 0
    let gamma = method.hasSeason ? parameters.season * (form == .winters ? 1 - alpha : 1) : 0
    let damping = method.trend == .damped ? parameters.damping : 1
    var variance = 1.0
    var growth = 0.0
    var fading = 1.0
    return points.enumerated().map { place, point in
      defer {
        fading *= damping
        growth += fading
        let weight = alpha + beta * growth + ((place + 1) % season == 0 ? gamma : 0)
        variance += weight * weight
      }
      let half = reach * sigma * variance.squareRoot()
      return Interval(lower: point - half, upper: point + half, level: level)
    }
  }

  /// Quantiles of futures that go on from the last states with normal errors. Under a multiplicative season an error
  /// that would turn the forecast's sign is drawn again, and a future whose level falls to 0 stays there.
  /// Complexity: O(paths × steps).
  func simulatedIntervals(_ steps: Int, _ order: IntervalOrder) throws(ForecastRefusal) -> [Interval] {
    _ = try points(steps)
    let sigma = try spread()
    var random = RandomStream(seed: order.seed)
    var futures = [[Double]](repeating: [], count: steps)
    for _ in 0..<order.paths {
      var future = state
      for step in 0..<steps {
        guard future.isInRange else {
          futures[step].append(0)
          continue
        }
        let value = Smoothing.drawn(future.next, sigma, isRelative: method.hasRelativeErrors, &random)
        futures[step].append(value)
        future.take(value)
      }
    }
    let tail = (1 - order.level) / 2
    return try futures.enumerated().map { step, values throws(ForecastRefusal) in
      guard let sorted = SortedValues(values), let lower = sorted.quantile(tail), let upper = sorted.quantile(1 - tail)
      else { throw .statesLeftRange(at: observations + step) }
      return Interval(lower: lower, upper: upper, level: order.level)
    }
  }

  private static func drawn(
    _ forecast: Double, _ sigma: Double, isRelative: Bool, _ random: inout RandomStream
  ) -> Double {
    guard isRelative else { return forecast + sigma * random.normal() }
    while true {
      let factor = 1 + sigma * random.normal()
      if factor > 0 { return forecast * factor }
    }
  }
}
