/// What fitted parameters make best.
public enum FitCriterion: String, Hashable, Sendable, CaseIterable {
  /// The least sum of squared one-step errors, in the unit of the series.
  case squaredError
  /// The greatest likelihood of the innovations form, whose errors are shares of the forecast where the season
  /// multiplies. With additive errors the same as `squaredError`.
  case likelihood
}

/// Bounds within which parameters are fitted: the usual region (Hyndman et al. 2008, §10.1), a little inside its edges.
/// A trend damped below 0.8 fades too fast to matter, one above 0.98 cannot be told from a straight one.
public enum SmoothingRange {
  public static let weight = 1e-4...0.9999
  public static let damping = 0.8...0.98
}

extension Smoothing {
  /// Finds the parameters from the history, in the innovations form, the first states as `start` gives them.
  ///
  /// The season's weight is fitted as a share of 1 − α, which keeps it within the usual region. The search is
  /// deterministic: a coarse grid, then Nelder & Mead from its best points.
  /// Complexity: about 2,000 passes over the history.
  /// - Throws: `ForecastRefusal`.
  public static func fit(
    _ history: TimeSeries, _ method: SmoothingMethod, by criterion: FitCriterion = .squaredError,
    start: SmoothingStart = .regression
  ) throws(ForecastRefusal) -> Smoothing {
    let needed = method.observationsToFit(season: history.season)
    guard history.count >= needed else { throw .tooShort(observations: history.count, needed: needed, for: .fit) }
    let (states, used) = try start.states(method, history)
    let search = SmoothingSearch(history: history, method: method, states: states, used: used, criterion: criterion)
    return try Smoothing(
      history, method, search.parameters(), .innovations, states, used: used, start: start,
      parametersFitted: method.parameters)
  }
}

/// The search for the parameters of one smoothing, in coordinates that each run from 0 to 1.
struct SmoothingSearch {
  let history: TimeSeries
  let method: SmoothingMethod
  let states: SmoothingStates
  let used: Int
  let criterion: FitCriterion

  /// Grid points from which the search goes on.
  private static let starts = 3

  func parameters() -> SmoothingParameters {
    let ranked = grid().map { (point: $0, loss: loss($0)) }.enumerated()
      .sorted { ($0.element.loss, $0.offset) < ($1.element.loss, $1.offset) }
    let first = ranked[0].element
    // Measured by the grid's best, the loss is free of the series' unit, as the search's tolerances expect.
    guard first.loss > 0, first.loss.isFinite else { return parameters(first.point) }
    var best = (point: first.point, loss: 1.0)
    for candidate in ranked.prefix(SmoothingSearch.starts) where candidate.element.loss.isFinite {
      let found = Simplex.minimum(from: candidate.element.point, edge: 0.1) { loss($0) / first.loss }
      if found.value < best.loss { best = (found.point, found.value) }
    }
    return parameters(best.point)
  }

  private func grid() -> [[Double]] {
    var points: [[Double]] = [0.05, 0.2, 0.4, 0.6, 0.8, 0.95].map { [$0] }
    func extend(by values: [Double]) { points = points.flatMap { point in values.map { point + [$0] } } }
    if method.hasTrend { extend(by: [0.02, 0.1, 0.3, 0.7]) }
    if method.hasSeason { extend(by: [0.02, 0.1, 0.3, 0.7]) }
    if method.trend == .damped { extend(by: [0.3, 0.8]) }
    return points
  }

  /// Coordinates beyond 0…1 are folded back at the ends, so that the edge is no wall and its neighbourhood not flat.
  private func folded(_ coordinate: Double) -> Double {
    let turned = abs(coordinate).truncatingRemainder(dividingBy: 2)
    return turned > 1 ? 2 - turned : turned
  }

  private func parameters(_ point: [Double]) -> SmoothingParameters {
    var rest = point[...]
    func next(_ range: ClosedRange<Double>) -> Double {
      range.lowerBound + folded(rest.removeFirst()) * (range.upperBound - range.lowerBound)
    }
    let level = next(SmoothingRange.weight)
    let trend = method.hasTrend ? next(SmoothingRange.weight) : 0
    let season = method.hasSeason ? next(SmoothingRange.weight) * (1 - level) : 0
    let damping = method.trend == .damped ? next(SmoothingRange.damping) : 1
    return SmoothingParameters(unchecked: level, trend, season, damping)
  }

  /// Falls as the criterion improves; without a logarithm of the sum, so that a fit without error is 0 and no pole.
  /// Infinite where the states leave the range.
  func loss(_ point: [Double]) -> Double {
    var state = SmoothingState(method, parameters(point), .innovations, states)
    var squares = 0.0
    var logs = 0.0
    let isRelative = method.hasRelativeErrors && criterion == .likelihood
    for value in history.values[used...] {
      guard state.isInRange else { return .infinity }
      let forecast = state.next
      let error = isRelative ? (value - forecast) / forecast : value - forecast
      squares += error * error
      if isRelative { logs += Elementary.log(forecast) }
      state.take(value)
    }
    return isRelative ? squares * Elementary.exp(2 * logs / Double(history.count - used)) : squares
  }
}
