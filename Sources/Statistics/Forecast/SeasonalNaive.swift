/// Each period is forecast as the same period of the last season was; with a season of one period, as the last was
/// (the naive method). What any other method must beat.
public struct SeasonalNaive: Sendable {
  /// Observations below which there is no interval: so many differences from season to season.
  public static func observationsForInterval(season: Int) -> Int { season + HistoryLimit.sparedErrors }

  private let history: TimeSeries

  /// - Throws: `ForecastRefusal.tooShort` with less than one season.
  public init(_ history: TimeSeries) throws(ForecastRefusal) {
    guard history.count >= history.season else {
      throw .tooShort(observations: history.count, needed: history.season, for: .start)
    }
    self.history = history
  }

  /// - Throws: `ForecastRefusal.outOfRange` unless steps are 1…`HistoryLimit.steps`.
  public func points(_ steps: Int) throws(ForecastRefusal) -> [Double] {
    guard (1...HistoryLimit.steps).contains(steps) else { throw .outOfRange(option: .steps, Double(steps)) }
    let last = history.values.suffix(history.season)
    return (0..<steps).map { last[last.startIndex + $0 % history.season] }
  }

  /// σ√(k + 1), k whole seasons before the step, with σ² the mean squared difference from season to season (Hyndman &
  /// Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., §5.5). Normal errors.
  /// - Throws: `ForecastRefusal`.
  public func intervals(_ steps: Int, level: Double) throws(ForecastRefusal) -> [Interval] {
    let points = try points(steps)
    guard let reach = Normal.reach(of: level) else { throw .outOfRange(option: .level, level) }
    let season = history.season
    let needed = SeasonalNaive.observationsForInterval(season: season)
    guard history.count >= needed else {
      throw .tooShort(observations: history.count, needed: needed, for: .interval)
    }
    let differences = zip(history.values.dropFirst(season), history.values).map { $0 - $1 }
    let sigma = (differences.reduce(0) { $0 + $1 * $1 } / Double(differences.count)).squareRoot()
    return points.enumerated().map { place, point in
      let half = reach * sigma * Double(place / season + 1).squareRoot()
      return Interval(lower: point - half, upper: point + half, level: level)
    }
  }
}
