/// Bounds of what is forecast, and from what.
public enum HistoryLimit {
  /// Observations of one history.
  public static let observations = 10_000
  /// Periods of one season: 366 for days of a year.
  public static let season = 366
  /// Steps ahead.
  public static let steps = 1_000
  /// The greatest amount, to both sides of 0: squares and their sums stay within the range of numbers.
  public static let magnitude = 1e15
  /// Level and season under a multiplicative season, and all forecasts to both sides of 0: beyond it they are taken to
  /// have run away.
  public static let states = 1e-30...1e30
  /// Errors that remain beyond the parameters, below which neither a fit nor an interval is given.
  public static let sparedErrors = 8
}

/// Figures of consecutive periods of one length, without a gap, the oldest first.
public struct TimeSeries: Hashable, Sendable {
  public let values: [Double]
  /// Periods after which a pattern returns: 12 for months, 4 for quarters, 7 for days, 1 for none.
  public let season: Int
  /// The last period was not over and was left out: the forecast begins with it.
  public let leftOutPartial: Bool

  /// - Parameters:
  ///   - figures: `nil` where a period has none.
  ///   - season: 1…`HistoryLimit.season`.
  ///   - isLastPartial: the last period is not over. It is left out.
  /// - Throws: `ForecastRefusal`: gaps, values that are no numbers or too large, a history too long.
  public init(_ figures: [Double?], season: Int, isLastPartial: Bool = false) throws(ForecastRefusal) {
    guard (1...HistoryLimit.season).contains(season) else {
      throw .outOfRange(option: .season, Double(season))
    }
    let whole = isLastPartial ? Array(figures.dropLast()) : figures
    guard whole.count <= HistoryLimit.observations else {
      throw .tooLong(observations: whole.count, limit: HistoryLimit.observations)
    }
    if let first = whole.firstIndex(where: { $0 == nil }) {
      throw .gaps(count: whole.count { $0 == nil }, first: first)
    }
    let values = whole.compactMap(\.self)
    if let place = values.firstIndex(where: \.isNaN) { throw .notANumber(at: place) }
    if let place = values.firstIndex(where: { abs($0) > HistoryLimit.magnitude }) { throw .tooLarge(at: place) }
    self.values = values
    self.season = season
    leftOutPartial = isLastPartial && !figures.isEmpty
  }

  /// Of values that were checked before.
  private init(checked values: [Double], season: Int) {
    self.values = values
    self.season = season
    leftOutPartial = false
  }

  public var count: Int { values.count }

  /// The first so many periods, as the history was known then.
  public func prefix(_ length: Int) -> TimeSeries {
    TimeSeries(checked: Array(values.prefix(max(0, length))), season: season)
  }

  func checkPositive() throws(ForecastRefusal) {
    if let place = values.firstIndex(where: { $0 <= 0 }) { throw .notPositive(at: place) }
  }
}
