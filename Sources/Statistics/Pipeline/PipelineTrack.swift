/// How earlier forecasts of this kind would have done: at each of several past days the pipeline is forecast from what
/// was known then, and compared with what came.
public struct PipelineTrack: Sendable {
  public struct Row: Sendable {
    public let forecast: PipelineForecast
    /// What became of the deals open at the cut-off within the days.
    public let won: Int
    public let money: Int64
    /// Mean squared difference between the chance of winning and what came (Brier 1950, Monthly Weather Review 78(1)
    /// 1–3), 0…1; less is better. `nil` where no deal was open.
    public let brier: Double?
    /// The same for one chance for all, the share that was won: what knows no deal from another.
    public let brierOfShare: Double?
    /// How well the chances rank the deals; `nil` where all or none were won.
    public let area: Double?

    /// (Forecast − what came) ÷ what came; `nil` where nothing came.
    public var moneyError: Double? { money == 0 ? nil : (forecast.money - Double(money)) / Double(money) }
    /// The same of the weighted pipeline.
    public var weightedError: Double? { money == 0 ? nil : (forecast.weighted - Double(money)) / Double(money) }
  }

  public let days: Int
  /// In the order of the cut-offs.
  public let rows: [Row]
  /// Cut-offs at which too little had closed to learn from.
  public let refused: [(cutOff: Int, refusal: FigureRefusal)]

  /// - Parameters:
  ///   - cutOffs: days in rising order.
  ///   - knownUntil: the last day whose closings are all on record; a cut-off must lie `days` before it.
  /// - Throws: `FigureRefusal.outOfOrder` with the place of a cut-off that is too late or not after the one before;
  ///   `outOfRange`, `tooMany`.
  public init(
    _ deals: [DealRecord], cutOffs: [Int], within days: Int, knownUntil: Int, value: DealValue = .meanWon,
    observedFrom: Int? = nil, spread order: PipelineForecast.Order? = nil
  ) throws(FigureRefusal) {
    guard (1...PipelineLimit.horizonDays).contains(days) else { throw .outOfRange(option: .horizon, Double(days)) }
    guard deals.count <= PipelineLimit.deals else { throw .tooMany(deals.count, limit: PipelineLimit.deals) }
    guard DealRecord.days.contains(knownUntil) else { throw .outOfRange(option: .days, Double(knownUntil)) }
    for (place, day) in cutOffs.enumerated() {
      guard day <= knownUntil - days, place == 0 || cutOffs[place - 1] < day else { throw .outOfOrder(at: place) }
    }
    var rows: [Row] = []
    var refused: [(cutOff: Int, refusal: FigureRefusal)] = []
    for day in cutOffs {
      do {
        let model = try PipelineModel(deals, asOf: day, value: value, observedFrom: observedFrom)
        rows.append(try Row(model, within: days, spread: order))
      } catch .tooFew(let found, let needed) {
        refused.append((day, .tooFew(found, needed: needed)))
      }
    }
    (self.days, self.rows, self.refused) = (days, rows, refused)
  }

  /// What forecasts of this kind, with the same days, were worth up to the day of this one. Only cut-offs whose days
  /// had ended by then count. `nil` with fewer than `PipelineLimit.pastCutOffs` of them that forecast any money, or
  /// where the days are others.
  ///
  /// The forecast itself is not corrected by it: what was missed while a pace changed is no longer missed once the
  /// change has been learnt, and the correction would overshoot.
  public func experience(before forecast: PipelineForecast) -> Experience? {
    let past = ended(by: forecast.asOf).filter { $0.forecast.money > 0 }
    guard forecast.days == days, past.count >= PipelineLimit.pastCutOffs else { return nil }
    let ratios = past.map { Double($0.money) / $0.forecast.money }
    let least = ratios.reduce(.infinity) { min($0, $1) }
    let greatest = ratios.reduce(0) { max($0, $1) }
    let interval = forecast.spread.map {
      Interval(
        lower: $0.money.lower * min(1, least), upper: $0.money.upper * max(1, greatest), level: $0.money.level)
    }
    let realised = Double(Exact.total(past.map(\.money))) / past.reduce(0) { $0 + $1.forecast.money }
    return Experience(
      pastCutOffs: past.count, realised: realised, least: least, greatest: greatest, interval: interval)
  }

  public struct Experience: Hashable, Sendable {
    public let pastCutOffs: Int
    /// Money that came ÷ money that was forecast: of all past cut-offs in sum, the least, and the greatest.
    public let realised: Double
    public let least: Double
    public let greatest: Double
    /// The forecast's interval, its lower bound times the least and its upper bound times the greatest where that
    /// widens it. Its level is that of the bootstrap alone. `nil` where the forecast has none.
    public let interval: Interval?
  }

  private func ended(by day: Int) -> [Row] { rows.filter { $0.forecast.asOf + days <= day } }
}

extension PipelineTrack.Row {
  init(
    _ model: PipelineModel, within days: Int, spread order: PipelineForecast.Order?
  ) throws(FigureRefusal) {
    forecast = try PipelineForecast(model, within: days, spread: order)
    let end = model.asOf + days
    let isWon = model.open.map { $0.outcome == .won && $0.isClosed(by: end) }
    won = isWon.count { $0 }
    money = try Exact.money(Exact.total(zip(model.open, isWon).map { $1 ? $0.value ?? 0 : 0 }))
    let chances = model.open.map { model.chance(of: $0, within: days).won }
    let count = Double(chances.count)
    let squares = zip(chances, isWon).reduce(0) { $0 + ($1.0 - ($1.1 ? 1 : 0)) * ($1.0 - ($1.1 ? 1 : 0)) }
    brier = chances.isEmpty ? nil : squares / count
    brierOfShare = chances.isEmpty ? nil : Double(won) / count * (1 - Double(won) / count)
    area = areaUnderCurve(zip(chances, isWon).map { ($0, $1) })
  }
}
