/// How a model would have done on this history: it is fitted anew at each of several past ends, with what was known by
/// then, and compared with what came (Tashman 2000, Out-of-Sample Tests of Forecasting Accuracy, International Journal
/// of Forecasting 16(4) 437–450).
public struct RollingOrigin: Sendable {
  /// Ends at which a model is fitted anew.
  public static let originLimit = 500

  public let model: ForecastModel
  public let steps: Int
  /// The lag of MASE: the season.
  public let lag: Int
  /// Ends that the model was compared at.
  public let origins: Int
  /// Ends that the model refused, and why it refused the first of them.
  public let refused: Int
  public let refusal: ForecastRefusal?
  /// Over all ends and steps.
  public let accuracy: Accuracy
  /// One for each step ahead, over all ends.
  public let byStep: [Accuracy]
  /// Mean of absolute errors, each over the scale of its own end's history. `nil` where one of them has none.
  public let mase: Double?

  /// - Parameters:
  ///   - first: observations before the first end.
  ///   - steps: how far ahead each forecast goes.
  ///   - every: observations from one end to the next.
  /// - Throws: `ForecastRefusal`: `tooShort(for: .holdOut)` where no end leaves `steps` observations behind it; the
  ///   model's own refusal where it refuses every end.
  public init(
    _ history: TimeSeries, _ model: ForecastModel, from first: Int, steps: Int, every: Int = 1
  ) throws(ForecastRefusal) {
    guard (1...HistoryLimit.steps).contains(steps) else { throw .outOfRange(option: .steps, Double(steps)) }
    guard (1...HistoryLimit.observations).contains(first) else { throw .outOfRange(option: .origins, Double(first)) }
    guard (1...HistoryLimit.observations).contains(every) else { throw .outOfRange(option: .origins, Double(every)) }
    guard history.count >= first + steps else {
      throw .tooShort(observations: history.count, needed: first + steps, for: .holdOut)
    }
    let ends = Array(stride(from: first, through: history.count - steps, by: every))
    guard ends.count <= RollingOrigin.originLimit else { throw .outOfRange(option: .origins, Double(ends.count)) }
    var gathered = Gathered(steps: steps)
    for end in ends { gathered.add(history, model, end) }
    guard let accuracy = Accuracy(actual: gathered.actual.flatMap(\.self), forecast: gathered.forecast.flatMap(\.self))
    else { throw gathered.refusal ?? .noCandidates }
    (self.model, self.steps, self.accuracy, lag) = (model, steps, accuracy, history.season)
    (origins, refused, refusal) = (ends.count - gathered.refused, gathered.refused, gathered.refusal)
    byStep = zip(gathered.actual, gathered.forecast).compactMap { Accuracy(actual: $0, forecast: $1) }
    mase = gathered.isUnscaled ? nil : gathered.scaled / Double(accuracy.count)
  }

  /// What came and what was forecast, by step.
  private struct Gathered {
    var actual: [[Double]]
    var forecast: [[Double]]
    var scaled = 0.0
    var isUnscaled = false
    var refused = 0
    var refusal: ForecastRefusal?

    init(steps: Int) {
      actual = Array(repeating: [], count: steps)
      forecast = actual
    }

    mutating func add(_ history: TimeSeries, _ model: ForecastModel, _ end: Int) {
      let known = history.prefix(end)
      do {
        let points = try model.points(known, steps: actual.count)
        let scale = ScaledError(known, lag: history.season)?.scale
        isUnscaled = isUnscaled || scale == nil
        for (step, point) in points.enumerated() {
          let value = history.values[end + step]
          actual[step].append(value)
          forecast[step].append(point)
          scaled += abs(value - point) / (scale ?? 1)
        }
      } catch {
        refused += 1
        refusal = refusal ?? error
      }
    }
  }
}
