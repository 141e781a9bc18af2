/// Which of several models to forecast with, and by what it was chosen: named beside the forecast.
public struct ModelChoice: Sendable {
  public enum Basis: Hashable, Sendable {
    /// The least corrected Akaike criterion. Only of smoothings fitted by likelihood with the start by regression: all
    /// explain the same observations then.
    case aicc
    /// The least mean absolute error over rolling ends, all steps alike.
    case holdOut(from: Int, steps: Int, every: Int)
  }

  public struct Candidate: Sendable {
    public let model: ForecastModel
    /// AICc, or mean absolute error in the unit of the series: less is better.
    public let score: Double
  }

  public let basis: Basis
  /// The best first; of equal ones the one that was listed first.
  public let ranked: [Candidate]
  /// Models that the history does not suffice for, that have no score on this basis, or that refused an end at which
  /// others were compared.
  public let refused: [(model: ForecastModel, refusal: ForecastRefusal?)]

  public var best: Candidate { ranked[0] }

  /// - Throws: `ForecastRefusal.noCandidates` of an empty list; the first model's refusal where none has a score.
  public init(
    _ history: TimeSeries, among models: [ForecastModel], by basis: Basis
  ) throws(ForecastRefusal) {
    var ranked: [Candidate] = []
    var refused: [(model: ForecastModel, refusal: ForecastRefusal?)] = []
    for model in models {
      do {
        if let score = try ModelChoice.score(history, model, basis) {
          ranked.append(Candidate(model: model, score: score))
        } else {
          refused.append((model, nil))
        }
      } catch {
        refused.append((model, error))
      }
    }
    guard !ranked.isEmpty else { throw refused.lazy.compactMap(\.refusal).first ?? .noCandidates }
    self.basis = basis
    self.refused = refused
    self.ranked = ranked.enumerated().sorted { ($0.element.score, $0.offset) < ($1.element.score, $1.offset) }
      .map(\.element)
  }

  private static func score(
    _ history: TimeSeries, _ model: ForecastModel, _ basis: Basis
  ) throws(ForecastRefusal) -> Double? {
    switch basis {
    case .aicc:
      guard case .fitted(_, by: .likelihood, start: .regression) = model else { return nil }
      return try model.smoothing(of: history)?.aicc
    case .holdOut(let first, let steps, let every):
      let evaluated = try RollingOrigin(history, model, from: first, steps: steps, every: every)
      // Compared at fewer ends than others it would be compared with other periods.
      guard evaluated.refused == 0 else { throw evaluated.refusal ?? .noCandidates }
      return evaluated.accuracy.mae
    }
  }
}
