/// How far forecasts missed what came.
///
/// Hyndman & Koehler (2006), Another Look at Measures of Forecast Accuracy, International Journal of Forecasting 22(4)
/// 679–688. An error is what came less what was forecast. Measures in the unit of the series, but for the shares.
public struct Accuracy: Hashable, Sendable {
  public let count: Int
  /// Mean error: above 0, too little was forecast.
  public let bias: Double
  /// Mean absolute error.
  public let mae: Double
  /// Root of the mean squared error.
  public let rmse: Double
  /// Mean absolute percentage error, in per cent of what came. `nil` where something that came is 0: it is not defined
  /// there, and near 0 it says little.
  public let mape: Double?
  /// Symmetric mean absolute percentage error, 200 |a − f| / (|a| + |f|), 0…200 (Makridakis 1993, International Journal
  /// of Forecasting 9(4) 527–529). `nil` where both are 0.
  public let smape: Double?

  /// `nil` of nothing, of lists of unequal length, and where a value is not finite.
  public init?(actual: [Double], forecast: [Double]) {
    guard !actual.isEmpty, actual.count == forecast.count, (actual + forecast).allSatisfy(\.isFinite) else {
      return nil
    }
    count = actual.count
    let n = Double(count)
    let pairs = zip(actual, forecast)
    bias = pairs.reduce(0) { $0 + ($1.0 - $1.1) } / n
    mae = pairs.reduce(0) { $0 + abs($1.0 - $1.1) } / n
    rmse = (pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / n).squareRoot()
    mape = actual.contains(0) ? nil : pairs.reduce(0) { $0 + abs(($1.0 - $1.1) / $1.0) } / n * 100
    let bothZero = zip(actual, forecast).contains { $0.0 == 0 && $0.1 == 0 }
    smape = bothZero ? nil : pairs.reduce(0) { $0 + 200 * abs($1.0 - $1.1) / (abs($1.0) + abs($1.1)) } / n
  }

  /// Mean absolute scaled error: 1 is as good as the naive method with this lag was within the history.
  /// `nil` without a scale.
  public func mase(_ scale: ScaledError?) -> Double? { scale.map { mae / $0.scale } }
}

/// By what errors are divided for MASE: the mean absolute difference of values `lag` periods apart in the history that
/// the forecast was made from. Name the lag wherever the figure is shown: lag 1 and lag 12 give different figures.
public struct ScaledError: Hashable, Sendable {
  public let lag: Int
  public let scale: Double

  /// `nil` where the history is not longer than the lag, or never changed.
  public init?(_ history: TimeSeries, lag: Int) {
    guard lag >= 1, history.count > lag else { return nil }
    let differences = zip(history.values.dropFirst(lag), history.values).map { abs($0 - $1) }
    let scale = differences.reduce(0, +) / Double(differences.count)
    guard scale > 0 else { return nil }
    self.lag = lag
    self.scale = scale
  }
}
