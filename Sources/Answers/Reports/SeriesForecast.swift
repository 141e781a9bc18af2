import Statistics
import Vocabulary
import Wire

/// A forecast of a series of months or quarters by the model that missed least before, or the reason why there is none.
struct SeriesForecast {
  let points: [Double]
  let intervals: [Interval]
  /// Which model, and how far it missed.
  let note: Name

  private static let seed: UInt64 = 20_261_127

  /// Models are compared by their mean absolute error at rolling ends, from the second season on.
  init(_ values: [Double], season: Int, steps: Int) throws(ForecastRefusal) {
    let history = try TimeSeries(values, season: season)
    let first = SmoothingMethod(trend: .additive, season: .additive).observationsToFit(season: season)
    let choice = try ModelChoice(
      history, among: ForecastModel.candidates(season: season), by: .holdOut(from: first, steps: steps, every: 1))
    let model = choice.best.model
    let order = try IntervalOrder(level: 0.8, seed: SeriesForecast.seed)
    let forecast = try Forecast(longEnough: history, by: model, steps: steps, interval: order)
    (points, intervals) = (forecast.points, forecast.intervals)
    let past = try RollingOrigin(history, model, from: first, steps: steps)
    let mape = past.accuracy.mape.map { Name("MAPE \($0.fixed(1)) %", "平均绝对百分比误差 MAPE \($0.fixed(1)) %") } ?? Name("MAPE undefined (a month was 0)", "MAPE 无定义（某期为 0）")
    let mase = past.mase.map { Name(same: ", MASE \($0.fixed(2)) (lag \(season))") } ?? Name(same: "")
    let band = intervals.isEmpty ? Name("no interval: the history is too short for one", "历史过短，无区间") : Name("interval of 80 %", "80 % 区间")
    note = Name(
      "Model with the least error at \(past.origins) past ends, of \(choice.ranked.count) that the history of \(history.count) months suffices for: \(model.name). ",
      "在 \(past.origins) 个历史截止点上误差最小的模型（\(history.count) 个月的历史足以支持 \(choice.ranked.count) 个模型）：\(model.name)。")
      + mape + mase + Name("; ", "；") + band + Name(".", "。")
  }

  static func refusal(_ refusal: ForecastRefusal) -> Name {
    switch refusal {
    case .tooShort(let observations, let needed, _):
      Name(
        "Not forecast: \(needed) whole periods are needed, there are \(observations).", "未作预测：至少需要 \(needed) 个完整期间，现有 \(observations) 个。")
    case .gaps(let count, let first):
      Name("Not forecast: \(count) periods have no figure, the first in place \(first).", "未作预测：\(count) 期无数据，首个位于第 \(first) 位。")
    default: Name("Not forecast: \(refusal).", "未作预测：\(refusal)。")
    }
  }
}

extension Forecast {
  /// With an interval where the history suffices for one, else without. - Throws: what even the points lack.
  init(longEnough history: TimeSeries, by model: ForecastModel, steps: Int, interval order: IntervalOrder) throws(ForecastRefusal) {
    do { self = try Forecast(history, by: model, steps: steps, interval: order) } catch ForecastRefusal.tooShort(_, _, for: .interval) {
      self = try Forecast(history, by: model, steps: steps, interval: nil)
    }
  }
}

extension PipelineTrack {
  /// What earlier forecasts of this kind realised, in a sentence; `nil` where too few could be made.
  static func realised(_ deals: [DealRecord], _ last: Day, _ days: Int) throws(FigureRefusal) -> Name? {
    let newest = Period(.month, of: last + -days)
    let ends = (1...6).reversed().map { Int(newest.advanced(by: -$0 + 1).first.number) - 1 }
    let track = try PipelineTrack(deals, cutOffs: ends, within: days, knownUntil: Int(last.number))
    let model = try PipelineModel(deals, asOf: Int(last.number))
    guard let past = track.experience(before: try PipelineForecast(model, within: days)) else { return nil }
    let (share, least, greatest) = ((past.realised * 100).fixed(0), (past.least * 100).fixed(0), (past.greatest * 100).fixed(0))
    return Name(
      " Of \(past.pastCutOffs) earlier forecasts of this kind \(share) % came (between \(least) % and \(greatest) %).",
      "此前 \(past.pastCutOffs) 次同类预测共实现 \(share) %（\(least) % 至 \(greatest) %）。")
  }
}
