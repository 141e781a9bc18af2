/// What became of deals within a period, and what is open at its end.
public struct SalesResults: Sendable {
  /// Open at the end of the last day.
  public let open: Int
  public let won: Int
  public let lost: Int
  /// Value of the won deals, minor units.
  public let revenue: Int64
  /// Days from opening to closing; `nil` where there is none.
  public let wonCycle: Summary?
  public let lostCycle: Summary?

  /// - Parameters:
  ///   - first: closings from this day on count; `nil` for all.
  ///   - last: the last day; deals opened later are not known.
  /// - Throws: `FigureRefusal.sumTooLarge`, `tooMany`.
  public init(_ deals: [DealRecord], from first: Int? = nil, to last: Int) throws(FigureRefusal) {
    guard deals.count <= PipelineLimit.deals else { throw .tooMany(deals.count, limit: PipelineLimit.deals) }
    let closed = deals.filter { deal in
      deal.isClosed(by: last) && deal.closed.map { day in first.map { day >= $0 } ?? true } ?? false
    }
    let wins = closed.filter { $0.outcome == .won }
    let losses = closed.filter { $0.outcome == .lost }
    (open, won, lost) = (deals.count { $0.isOpen(on: last) }, wins.count, losses.count)
    revenue = try Exact.money(Exact.total(wins.map { $0.value ?? 0 }))
    wonCycle = Summary(wins.compactMap(\.cycle))
    lostCycle = Summary(losses.compactMap(\.cycle))
  }

  /// Won ÷ (won + lost): deals still open are in neither.
  public var winRate: Proportion { Proportion(counted: won, of: won + lost) }
  /// Revenue ÷ won, minor units; `nil` where none was won.
  public var meanWon: Double? { Exact.ratio(Int128(revenue), Int128(won)) }

  /// Sales velocity in minor units a day, see `salesVelocity`. - Parameter open: where more is open than the deals of
  /// which a day is known.
  public func velocity(open: Int? = nil) -> Double? {
    guard let share = winRate.share, let meanWon, let cycle = wonCycle?.mean else { return nil }
    return salesVelocity(open: open ?? self.open, winRate: share, meanWon: meanWon, meanCycleDays: cycle)
  }
}

extension DealRecord {
  /// Days from opening to closing.
  var cycle: Int? { closed.map { $0 - opened } }
}

/// Sales velocity: open deals × win rate × mean value of the won ÷ mean days from opening to winning. Money a day, in
/// the unit of the mean value; a rule of thumb of sales management, not a forecast.
///
/// `nil` unless open ≥ 0, the win rate is within 0…1, the mean is not below 0 and the cycle is above 0, all finite.
public func salesVelocity(open: Int, winRate: Double, meanWon: Double, meanCycleDays: Double) -> Double? {
  guard open >= 0, (0...1).contains(winRate), meanWon >= 0, meanWon.isFinite, meanCycleDays > 0,
    meanCycleDays.isFinite
  else { return nil }
  let velocity = Double(open) * winRate * meanWon / meanCycleDays
  return velocity.isFinite ? velocity : nil
}
