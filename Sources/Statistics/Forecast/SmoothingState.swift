/// Level, trend and seasons between two observations: the recursion that every figure of a smoothing comes from.
struct SmoothingState {
  let method: SmoothingMethod
  let parameters: SmoothingParameters
  let form: SeasonalForm

  var level: Double
  var trend: Double
  /// One for each period, in the order in which they return; `place` is the next to come.
  private var ring: [Double]
  private var place = 0

  init(
    _ method: SmoothingMethod, _ parameters: SmoothingParameters, _ form: SeasonalForm, _ first: SmoothingStates
  ) {
    (self.method, self.parameters, self.form) = (method, parameters, form)
    (level, trend, ring) = (first.level, first.trend, first.seasons)
  }

  /// φ; 1 where the trend is not damped.
  private var damping: Double { method.trend == .damped ? parameters.damping : 1 }
  /// The next level, as forecast.
  private var base: Double { method.hasTrend ? level + damping * trend : level }

  /// The next observation, as forecast.
  var next: Double {
    switch method.season {
    case .none: base
    case .additive: base + ring[place]
    case .multiplicative: base * ring[place]
    }
  }

  /// Whether the states are ones that the method can go on from.
  var isInRange: Bool {
    let range = HistoryLimit.states
    guard method.season == .multiplicative else { return abs(next) <= range.upperBound }
    return range.contains(base) && range.contains(ring[place])
  }

  mutating func take(_ observed: Double) {
    let forecastLevel = base
    let alpha = parameters.level
    let before = level
    switch method.season {
    case .none: level = alpha * observed + (1 - alpha) * forecastLevel
    case .additive: level = alpha * (observed - ring[place]) + (1 - alpha) * forecastLevel
    case .multiplicative: level = alpha * (observed / ring[place]) + (1 - alpha) * forecastLevel
    }
    if method.hasTrend { trend = parameters.trend * (level - before) + (1 - parameters.trend) * (damping * trend) }
    guard method.hasSeason else { return }
    let reference = form == .winters ? level : forecastLevel
    let now = method.season == .additive ? observed - reference : observed / reference
    ring[place] = parameters.season * now + (1 - parameters.season) * ring[place]
    place = place + 1 == ring.count ? 0 : place + 1
  }

  /// The states, with the seasons in the order in which they come next.
  var states: SmoothingStates {
    SmoothingStates(level: level, trend: trend, seasons: Array(ring[place...] + ring[..<place]))
  }
}

/// Level, trend and seasons at one time.
public struct SmoothingStates: Hashable, Sendable {
  public let level: Double
  /// 0 where the method has none.
  public let trend: Double
  /// In the order in which they come next; empty where the method has none.
  public let seasons: [Double]

  /// First states that a caller brings. Seasons are divided by 0 where one is 0 and the season multiplies.
  public init(level: Double, trend: Double = 0, seasons: [Double] = []) {
    self.level = level
    self.trend = trend
    self.seasons = seasons
  }
}
