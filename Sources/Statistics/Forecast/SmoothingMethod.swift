/// A method of exponential smoothing: which parts the series is made of.
///
/// In the taxonomy of Hyndman, Koehler, Ord & Snyder (2008), Forecasting with Exponential Smoothing, chapter 2. Errors
/// are additive, except with a multiplicative season, where they are shares of the forecast.
public struct SmoothingMethod: Hashable, Sendable {
  public enum Trend: String, Hashable, Sendable, CaseIterable { case none, additive, damped }
  public enum Season: String, Hashable, Sendable, CaseIterable { case none, additive, multiplicative }

  public let trend: Trend
  public let season: Season

  public init(trend: Trend, season: Season) {
    self.trend = trend
    self.season = season
  }

  /// Simple exponential smoothing (Brown 1959).
  public static let simple = SmoothingMethod(trend: .none, season: .none)
  /// Holt's linear trend (Holt 1957).
  public static let holt = SmoothingMethod(trend: .additive, season: .none)
  /// Holt's with a trend that fades (Gardner & McKenzie 1985).
  public static let dampedHolt = SmoothingMethod(trend: .damped, season: .none)
  /// Holt-Winters with a season that is added (Winters 1960).
  public static let holtWintersAdditive = SmoothingMethod(trend: .additive, season: .additive)
  /// Holt-Winters with a season that multiplies.
  public static let holtWintersMultiplicative = SmoothingMethod(trend: .additive, season: .multiplicative)
  public static let dampedAdditive = SmoothingMethod(trend: .damped, season: .additive)
  public static let dampedMultiplicative = SmoothingMethod(trend: .damped, season: .multiplicative)

  /// All nine, those with fewer parameters first: ties are decided for them.
  public static let all = Season.allCases.flatMap { season in
    Trend.allCases.map { SmoothingMethod(trend: $0, season: season) }
  }

  /// ETS(error, trend, season): A additive, Ad damped, M multiplicative, N none.
  public var name: String {
    let trendLetter = [Trend.none: "N", .additive: "A", .damped: "Ad"][trend] ?? ""
    let seasonLetter = [Season.none: "N", .additive: "A", .multiplicative: "M"][season] ?? ""
    return "ETS(\(hasRelativeErrors ? "M" : "A"),\(trendLetter),\(seasonLetter))"
  }

  /// Whether errors are shares of the forecast.
  public var hasRelativeErrors: Bool { season == .multiplicative }
  var hasTrend: Bool { trend != .none }
  var hasSeason: Bool { season != .none }

  /// First states that a history of this season must give: level, trend, and one less than the season's periods, for
  /// the seasons are set apart from the level.
  func states(season length: Int) -> Int { 1 + (hasTrend ? 1 : 0) + (hasSeason ? length - 1 : 0) }
  /// Parameters of the smoothing.
  var parameters: Int { 1 + (hasTrend ? 1 : 0) + (hasSeason ? 1 : 0) + (trend == .damped ? 1 : 0) }

  /// Observations below which the method has no first states: one for a level, two for a trend, two whole seasons for
  /// a season; beyond them at least one to be smoothed.
  public func observationsToStart(season length: Int) -> Int {
    hasSeason ? 2 * length : hasTrend ? 3 : 2
  }

  /// Observations below which parameters are not fitted: as many as there are first states and parameters, and
  /// `HistoryLimit.sparedErrors` more. (Hyndman & Kostenko 2007, Minimum Sample Size Requirements for Seasonal
  /// Forecasting Models, Foresight 6, 12–15, give the same count with one to spare as what is possible at all.)
  public func observationsToFit(season length: Int) -> Int {
    max(observationsToStart(season: length), states(season: length) + parameters + HistoryLimit.sparedErrors)
  }

  /// Observations below which fixed parameters give no interval.
  public func observationsForInterval(season length: Int) -> Int {
    max(observationsToStart(season: length), states(season: length) + HistoryLimit.sparedErrors)
  }
}

/// How strongly new observations count, each 0…1.
public struct SmoothingParameters: Hashable, Sendable {
  /// Of the level: α.
  public let level: Double
  /// Of the trend, as a share of the change in level: β of Holt. Hyndman's β is this times α.
  public let trend: Double
  /// Of the season: γ.
  public let season: Double
  /// What remains of the trend from one period to the next: φ. 1 where it is not damped.
  public let damping: Double

  /// `nil` unless each is within 0…1. What a method does not have is not read.
  public init?(level: Double, trend: Double = 0, season: Double = 0, damping: Double = 1) {
    guard [level, trend, season, damping].allSatisfy({ (0...1).contains($0) }) else { return nil }
    self.level = level
    self.trend = trend
    self.season = season
    self.damping = damping
  }

  /// Of values that lie within their bounds by the way they were made.
  init(unchecked level: Double, _ trend: Double, _ season: Double, _ damping: Double) {
    self.level = level
    self.trend = trend
    self.season = season
    self.damping = damping
  }
}

/// Against what a new observation's season is measured.
public enum SeasonalForm: String, Hashable, Sendable {
  /// The level just smoothed: γ(y − l_t) or γ y/l_t (Holt 1957, Winters 1960), as the classical text books and R's
  /// HoltWinters have it.
  case winters
  /// The level that was forecast: γ(y − l_{t−1} − φb_{t−1}), or the quotient (Hyndman et al. 2008), which is the form
  /// with a likelihood. With an additive season Winters' γ is the same model with γ(1 − α) here.
  case innovations
}
