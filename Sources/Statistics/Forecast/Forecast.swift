/// A way to forecast a history, with everything that decides its figures.
public enum ForecastModel: Hashable, Sendable {
  /// The same period of the last season.
  case seasonalNaive
  /// Smoothing with given parameters.
  case smoothing(
    SmoothingMethod, SmoothingParameters, form: SeasonalForm = .winters, start: SmoothingStart = .classical)
  /// Smoothing with parameters from the history, in the innovations form.
  case fitted(SmoothingMethod, by: FitCriterion = .squaredError, start: SmoothingStart = .regression)

  /// The name to show: a method of the literature.
  public var name: String {
    switch self {
    case .seasonalNaive: "seasonal naive"
    case .smoothing(let method, _, _, _), .fitted(let method, _, _): method.name
    }
  }

  /// Seasonal naive and all nine fitted smoothings that a season of this length allows, simpler ones first. Choice by
  /// AICc needs `.likelihood`.
  public static func candidates(season: Int, by criterion: FitCriterion = .squaredError) -> [ForecastModel] {
    [.seasonalNaive] + SmoothingMethod.all.filter { season > 1 || !$0.hasSeason }.map { .fitted($0, by: criterion) }
  }

  /// The smoothing behind the forecast; `nil` for seasonal naive. - Throws: `ForecastRefusal`.
  public func smoothing(of history: TimeSeries) throws(ForecastRefusal) -> Smoothing? {
    switch self {
    case .seasonalNaive: nil
    case .smoothing(let method, let parameters, let form, let start):
      try Smoothing(history, method, parameters, form: form, start: start)
    case .fitted(let method, let criterion, let start):
      try Smoothing.fit(history, method, by: criterion, start: start)
    }
  }

  /// Forecasts of the next periods without intervals. - Throws: `ForecastRefusal`.
  public func points(_ history: TimeSeries, steps: Int) throws(ForecastRefusal) -> [Double] {
    guard let smoothing = try smoothing(of: history) else { return try SeasonalNaive(history).points(steps) }
    return try smoothing.points(steps)
  }
}

/// What is expected of the next periods.
public struct Forecast: Sendable {
  public let model: ForecastModel
  /// `nil` for seasonal naive.
  public let smoothing: Smoothing?
  public let points: [Double]
  /// One a point; empty where none was asked for.
  public let intervals: [Interval]
  /// `nil` where no interval was asked for.
  public let basis: IntervalBasis?

  /// - Parameter order: `nil` for no interval.
  /// - Throws: `ForecastRefusal`: it names what the history lacks.
  public init(
    _ history: TimeSeries, by model: ForecastModel, steps: Int, interval order: IntervalOrder?
  ) throws(ForecastRefusal) {
    self.model = model
    smoothing = try model.smoothing(of: history)
    if let smoothing {
      points = try smoothing.points(steps)
      (intervals, basis) =
        try order.map { order throws(ForecastRefusal) in try smoothing.intervals(steps, order) } ?? ([], nil)
    } else {
      let naive = try SeasonalNaive(history)
      points = try naive.points(steps)
      intervals =
        try order.map { order throws(ForecastRefusal) in try naive.intervals(steps, level: order.level) } ?? []
      basis = order == nil ? nil : .analytic
    }
  }
}
