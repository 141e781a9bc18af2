/// Why a forecast was not made. Places count from 0 in the history as it was handed in.
public enum ForecastRefusal: Error, Hashable, Sendable {
  /// Fewer observations than the method, its start, its fit or its interval needs.
  case tooShort(observations: Int, needed: Int, for: ForecastNeed)
  case tooLong(observations: Int, limit: Int)
  /// Periods without a figure. What fills them is a decision that no method takes by itself.
  case gaps(count: Int, first: Int)
  case notANumber(at: Int)
  /// Beyond ± `HistoryLimit.magnitude`.
  case tooLarge(at: Int)
  /// 0 or less, which a multiplicative season cannot hold.
  case notPositive(at: Int)
  /// Level and trend, or a season, left `HistoryLimit.states`: fell to 0 or below, where a multiplicative season has no
  /// meaning, or grew beyond measure.
  case statesLeftRange(at: Int)
  /// An option outside its bounds.
  case outOfRange(option: ForecastOption, Double)
  /// No model to choose from.
  case noCandidates
}

/// What the observations do not suffice for.
public enum ForecastNeed: String, Hashable, Sendable {
  /// To have first states.
  case start
  /// To find parameters.
  case fit
  /// To know how far the method misses.
  case interval
  /// To leave something out for comparison.
  case holdOut
}

public enum ForecastOption: String, Hashable, Sendable {
  case season, steps, level, paths, origins
}
