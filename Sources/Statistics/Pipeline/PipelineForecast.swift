/// What the deals open on one day will bring within so many days: each with its own chance, by its age.
///
/// Deals opened later are not in it. Supposed is that deals close as those before them did at the same age; a change
/// of pace is not foreseen, so look at how earlier forecasts of this kind did (`PipelineTrack`).
public struct PipelineForecast: Sendable {
  public let asOf: Int
  public let days: Int
  public let open: Int
  /// Expected number of deals won, 0…open.
  public let wins: Double
  /// Expected money, minor units.
  public let money: Double
  /// Open deals whose days reach ages that not enough deals were seen at: closings there are not counted.
  public let reachingUnseenAges: Int
  /// The classical weighted pipeline, for comparison; it has no date.
  public let weighted: Double
  /// By bootstrap: deals are drawn again with replacement, all is learnt anew from them, and each open deal's fate and
  /// worth are drawn (Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapters 6 and 8). Deals opened at
  /// about the same time share their conditions, so they are drawn together. `nil` where none was asked for. It holds
  /// what chance and few deals do; a change of pace after the cut-off it cannot know.
  public let spread: Spread?

  public struct Spread: Hashable, Sendable {
    public let wins: Interval
    public let money: Interval
    public let draws: Int
    public let seed: UInt64
  }

  /// What interval is asked for.
  public struct Order: Hashable, Sendable {
    public let level: Double
    public let draws: Int
    public let seed: UInt64

    /// - Throws: `FigureRefusal.outOfRange`.
    public init(level: Double = 0.9, draws: Int = 500, seed: UInt64) throws(FigureRefusal) {
      guard level > 0, level < 1 else { throw .outOfRange(option: .level, level) }
      guard PipelineLimit.draws.contains(draws) else { throw .outOfRange(option: .draws, Double(draws)) }
      (self.level, self.draws, self.seed) = (level, draws, seed)
    }
  }

  /// Complexity: O(open), and O(draws × deals) for the interval.
  /// - Throws: `FigureRefusal.outOfRange` unless days are 1…`PipelineLimit.horizonDays`.
  public init(_ model: PipelineModel, within days: Int, spread order: Order? = nil) throws(FigureRefusal) {
    guard (1...PipelineLimit.horizonDays).contains(days) else { throw .outOfRange(option: .horizon, Double(days)) }
    (asOf, self.days, open, weighted) = (model.asOf, days, model.open.count, model.weighted)
    let chances = model.open.map { model.chance(of: $0, within: days) }
    wins = chances.reduce(0) { $0 + $1.won }
    money = zip(model.open, chances).reduce(0) { $0 + $1.1.won * model.worth(of: $1.0) }
    reachingUnseenAges = chances.count { $0.hasUnseenAges }
    spread = order.flatMap { PipelineForecast.spread(model, days, $0) }
  }

  private static func spread(_ model: PipelineModel, _ days: Int, _ order: Order) -> Spread? {
    var random = RandomStream(seed: order.seed)
    var wins: [Double] = []
    var money: [Double] = []
    for _ in 0..<order.draws {
      // A sample with too few closed deals says nothing; its draw stands for the model itself.
      let learnt = (try? PipelineModel(model.known, model.known.resampled(&random), model.value)) ?? model
      let (count, sum) = learnt.drawn(within: days, &random)
      wins.append(Double(count))
      money.append(sum)
    }
    let tail = (1 - order.level) / 2
    guard let winsSorted = SortedValues(wins), let moneySorted = SortedValues(money),
      let winsInterval = winsSorted.interval(tail, order.level),
      let moneyInterval = moneySorted.interval(tail, order.level)
    else { return nil }
    return Spread(wins: winsInterval, money: moneyInterval, draws: order.draws, seed: order.seed)
  }
}

extension SortedValues {
  /// Between the quantiles that leave `tail` at either side.
  func interval(_ tail: Double, _ level: Double) -> Interval? {
    guard let lower = quantile(tail), let upper = quantile(1 - tail) else { return nil }
    return Interval(lower: lower, upper: upper, level: level)
  }
}

extension PipelineModel {
  /// One possible future: how many of the open deals are won, and what they bring.
  func drawn(within days: Int, _ random: inout RandomStream) -> (wins: Int, money: Double) {
    var wins = 0
    var money = 0.0
    for deal in open {
      let stratum = stratum(of: deal)
      let chance = stratum.incidence.chance(openAt: asOf - deal.opened, within: days)
      guard random.unit() < chance.won else { continue }
      wins += 1
      let isOwn = value == .ownAmount && deal.amount != nil && (stratum.realised ?? all.realised) != nil
      money +=
        isOwn || stratum.wonValues.isEmpty
        ? worth(of: deal) : Double(stratum.wonValues[random.below(stratum.wonValues.count)])
    }
    return (wins, money)
  }
}
