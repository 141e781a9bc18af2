/// Where the first states come from.
public enum SmoothingStart: String, Hashable, Sendable, CaseIterable {
  /// Without a season: the first value as the level, or the second and the first difference where there is a trend;
  /// what was used is not smoothed again. With a season: the mean of the first season as the level, the mean change
  /// from a period of the first season to the same of the second as the trend, the first season against its mean as
  /// the seasons; smoothing then begins with the first observation (NIST/SEMATECH e-Handbook of Statistical Methods,
  /// §6.4.3.5; Winters 1960, Management Science 6(3) 324–342).
  case classical
  /// A line of least squares through the first ten values at times 1, 2, …: level and trend at time 0. With a season,
  /// the values are adjusted for it first: what deviates from the centred moving average over at most the first five
  /// seasons, averaged by period, and set to 0 (or 1) on average (Hyndman et al. 2008, §2.6.1). All observations are
  /// smoothed.
  case regression

  /// Values through which the line goes, or all where there are fewer.
  static let regressionValues = 10
  /// Seasons over which the first pattern is averaged.
  static let seasonsAveraged = 5
}

extension SmoothingStart {
  /// The first states, and how many observations they used up.
  /// - Throws: `ForecastRefusal`: too short, or a value of 0 or less under a multiplicative season.
  func states(
    _ method: SmoothingMethod, _ history: TimeSeries
  ) throws(ForecastRefusal) -> (states: SmoothingStates, used: Int) {
    let needed = method.observationsToStart(season: history.season)
    guard history.count >= needed else {
      throw .tooShort(observations: history.count, needed: needed, for: .start)
    }
    guard !method.hasSeason || history.season > 1 else { throw .outOfRange(option: .season, Double(history.season)) }
    if method.season == .multiplicative { try history.checkPositive() }
    switch self {
    case .classical: return classical(method, history.values, history.season)
    case .regression: return (regression(method, history.values, history.season), 0)
    }
  }

  private func classical(
    _ method: SmoothingMethod, _ y: [Double], _ length: Int
  ) -> (states: SmoothingStates, used: Int) {
    guard method.hasSeason else {
      return method.hasTrend
        ? (SmoothingStates(level: y[1], trend: y[1] - y[0]), 2) : (SmoothingStates(level: y[0]), 1)
    }
    let first = y[..<length]
    let level = first.reduce(0, +) / Double(length)
    let change = (0..<length).reduce(0) { $0 + (y[length + $1] - y[$1]) } / Double(length) / Double(length)
    let seasons = first.map { method.season == .additive ? $0 - level : $0 / level }
    return (SmoothingStates(level: level, trend: method.hasTrend ? change : 0, seasons: seasons), 0)
  }

  private func regression(_ method: SmoothingMethod, _ y: [Double], _ length: Int) -> SmoothingStates {
    let seasons = method.hasSeason ? pattern(method.season, y, length) : []
    let adjusted = y.prefix(SmoothingStart.regressionValues).enumerated().map { place, value in
      switch method.season {
      case .none: value
      case .additive: value - seasons[place % length]
      case .multiplicative: value / seasons[place % length]
      }
    }
    let line = LeastSquaresLine(adjusted)
    return SmoothingStates(level: line.intercept, trend: method.hasTrend ? line.slope : 0, seasons: seasons)
  }

  /// The seasonal pattern of the first seasons, against their moving average.
  private func pattern(_ season: SmoothingMethod.Season, _ y: [Double], _ length: Int) -> [Double] {
    let span = min(SmoothingStart.seasonsAveraged, y.count / length) * length
    var sums = [Double](repeating: 0, count: length)
    var counts = [Double](repeating: 0, count: length)
    let half = length / 2
    for place in half..<(span - half) {
      // An even length has no middle: the two ends then count half (a 2 × m moving average).
      let whole = y[(place - half)...(place + half)].reduce(0, +)
      let ends = length % 2 == 0 ? (y[place - half] + y[place + half]) / 2 : 0
      let average = (whole - ends) / Double(length)
      sums[place % length] += season == .additive ? y[place] - average : y[place] / average
      counts[place % length] += 1
    }
    let means = zip(sums, counts).map { $0 / $1 }
    let mean = means.reduce(0, +) / Double(length)
    return means.map { season == .additive ? $0 - mean : $0 / mean }
  }
}

/// The line of least squares through values at times 1, 2, ….
struct LeastSquaresLine {
  let intercept: Double
  let slope: Double

  init(_ values: [Double]) {
    let n = Double(values.count)
    let meanTime = (n + 1) / 2
    let mean = values.reduce(0, +) / n
    var products = 0.0
    var squares = 0.0
    for (place, value) in values.enumerated() {
      let time = Double(place + 1) - meanTime
      products += time * (value - mean)
      squares += time * time
    }
    slope = squares > 0 ? products / squares : 0
    intercept = mean - slope * meanTime
  }
}
