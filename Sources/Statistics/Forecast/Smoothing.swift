/// A history, smoothed: states at its end, and what each period would have been forecast as from the one before.
public struct Smoothing: Sendable {
  public let method: SmoothingMethod
  public let parameters: SmoothingParameters
  public let form: SeasonalForm
  /// `nil` where the caller brought the first states.
  public let start: SmoothingStart?
  public let season: Int
  public let observations: Int
  /// Observations that the first states used up; `fitted` and `errors` begin after them.
  public let used: Int
  public let first: SmoothingStates
  public let last: SmoothingStates
  /// One-step forecasts within the history.
  public let fitted: [Double]
  /// What came less what was forecast; as a share of the forecast where the season multiplies.
  public let errors: [Double]
  /// Parameters that were found from this history; 0 where all were given.
  public let parametersFitted: Int
  let state: SmoothingState

  /// With given parameters.
  /// - Throws: `ForecastRefusal`: too short, a value of 0 or less under a multiplicative season, or states that leave
  ///   its range.
  public init(
    _ history: TimeSeries, _ method: SmoothingMethod, _ parameters: SmoothingParameters,
    form: SeasonalForm = .winters, start: SmoothingStart = .classical
  ) throws(ForecastRefusal) {
    let (states, used) = try start.states(method, history)
    try self.init(history, method, parameters, form, states, used: used, start: start, parametersFitted: 0)
  }

  /// With given parameters and first states; all observations are smoothed. Seasons are as many as the history's
  /// season has, or none.
  /// - Throws: `ForecastRefusal`.
  public init(
    _ history: TimeSeries, _ method: SmoothingMethod, _ parameters: SmoothingParameters, form: SeasonalForm,
    from first: SmoothingStates
  ) throws(ForecastRefusal) {
    guard first.seasons.count == (method.hasSeason ? history.season : 0) else {
      throw .outOfRange(option: .season, Double(first.seasons.count))
    }
    if method.season == .multiplicative { try history.checkPositive() }
    try self.init(history, method, parameters, form, first, used: 0, start: nil, parametersFitted: 0)
  }

  init(
    _ history: TimeSeries, _ method: SmoothingMethod, _ parameters: SmoothingParameters, _ form: SeasonalForm,
    _ first: SmoothingStates, used: Int, start: SmoothingStart?, parametersFitted: Int
  ) throws(ForecastRefusal) {
    var state = SmoothingState(method, parameters, form, first)
    var fitted: [Double] = []
    var errors: [Double] = []
    for (place, value) in history.values.enumerated().dropFirst(used) {
      guard state.isInRange else { throw .statesLeftRange(at: place) }
      let forecast = state.next
      fitted.append(forecast)
      errors.append(method.hasRelativeErrors ? (value - forecast) / forecast : value - forecast)
      state.take(value)
    }
    (self.method, self.parameters, self.form, self.start, self.first) = (method, parameters, form, start, first)
    (season, observations, self.used) = (history.season, history.count, used)
    (self.fitted, self.errors, self.parametersFitted) = (fitted, errors, parametersFitted)
    (self.state, last) = (state, state.states)
  }

  // MARK: How well it fits

  private var squares: Double { errors.reduce(0) { $0 + $1 * $1 } }

  /// Errors less first states and fitted parameters: what is left to tell how far the method misses.
  public var degreesOfFreedom: Int { observations - method.states(season: season) - parametersFitted }

  /// The standard deviation of one-step errors, in the unit of the series; a share of the forecast where the season
  /// multiplies. `nil` with fewer than `HistoryLimit.sparedErrors` degrees of freedom.
  public var sigma: Double? {
    degreesOfFreedom >= HistoryLimit.sparedErrors ? (squares / Double(degreesOfFreedom)).squareRoot() : nil
  }

  /// Of the innovations form with normal errors (Hyndman et al. 2008, §5.1), given the first states. `nil` where the
  /// history is met without any error.
  public var logLikelihood: Double? {
    let n = Double(errors.count)
    guard squares > 0, n > 0 else { return nil }
    let fit = -n / 2 * (Elementary.log(2 * Double.pi * squares / n) + 1)
    return method.hasRelativeErrors ? fit - fitted.reduce(0) { $0 + Elementary.log($1) } : fit
  }

  /// Akaike's information criterion, corrected for short histories (Hurvich & Tsai 1989, Biometrika 76(2) 297–307);
  /// less is better. Counted are fitted parameters, first states and the variance. Comparable only between smoothings
  /// of the same observations. The first states come from a rule rather than from the likelihood, so this is an upper
  /// bound of the criterion that finds them too. `nil` with too few observations and without any error.
  public var aicc: Double? {
    let k = Double(parametersFitted + method.states(season: season) + 1)
    let n = Double(errors.count)
    guard let logLikelihood, n - k - 1 > 0 else { return nil }
    return -2 * logLikelihood + 2 * k + 2 * k * (k + 1) / (n - k - 1)
  }

  // MARK: What comes

  /// Forecasts of the next periods. Complexity: O(steps).
  /// - Throws: `ForecastRefusal.statesLeftRange`, with its place counted on from the history, where level and trend
  ///   fall to 0 under a multiplicative season; `outOfRange` unless steps are 1…`HistoryLimit.steps`.
  public func points(_ steps: Int) throws(ForecastRefusal) -> [Double] {
    guard (1...HistoryLimit.steps).contains(steps) else { throw .outOfRange(option: .steps, Double(steps)) }
    var points: [Double] = []
    var growth = 0.0
    var fading = 1.0
    for step in 0..<steps {
      fading *= method.trend == .damped ? parameters.damping : 1
      growth += fading
      let level = method.hasTrend ? last.level + growth * last.trend : last.level
      switch method.season {
      case .none: points.append(level)
      case .additive: points.append(level + last.seasons[step % season])
      case .multiplicative:
        guard HistoryLimit.states.contains(level) else { throw .statesLeftRange(at: observations + step) }
        points.append(level * last.seasons[step % season])
      }
    }
    return points
  }
}
