/// What open deals are valued by.
public enum DealValue: String, Hashable, Sendable {
  /// What the won deals of its kind brought on average.
  case meanWon
  /// The deal's own amount, times what won deals brought of their amounts in sum; the mean of the won where it has
  /// none.
  case ownAmount
}

/// How deals of a company close, learnt from what was known on one day.
public struct PipelineModel: Sendable {
  public let asOf: Int
  public let value: DealValue
  /// Deals open at the end of that day.
  public let open: [DealRecord]
  /// Strata with too few closed deals, which are judged by all deals together; in rising order.
  public let fallenBack: [Int]
  public let all: Stratum
  /// By the place of their number in `known.strata`; `nil` where one has too few.
  private let strata: [Stratum?]
  let known: Known

  /// Learns from deals opened by the end of `day`, their closings by then, and nothing later. Complexity: O(deals).
  /// - Parameters:
  ///   - observedFrom: the first day whose closings are on record, where the records begin later than the deals do; a
  ///     deal opened before is at risk only from that day on.
  /// - Throws: `FigureRefusal.tooFew` with fewer than `PipelineLimit.closed` closed deals or `.won` won ones,
  ///   `tooMany`, `outOfRange` for days beyond `DealRecord.days`.
  public init(
    _ deals: [DealRecord], asOf day: Int, value: DealValue = .meanWon, observedFrom: Int? = nil
  ) throws(FigureRefusal) {
    guard deals.count <= PipelineLimit.deals else { throw .tooMany(deals.count, limit: PipelineLimit.deals) }
    for day in [day, observedFrom ?? day] where !DealRecord.days.contains(day) {
      throw .outOfRange(option: .days, Double(day))
    }
    let known = Known(deals, asOf: day, observedFrom: observedFrom)
    try self.init(known, known.deals.indices.map { $0 }, value)
  }

  /// From some of the deals, each as often as its place is named.
  init(_ known: Known, _ places: [Int], _ value: DealValue) throws(FigureRefusal) {
    let all = Stratum(known, places)
    guard all.closed >= PipelineLimit.closed else { throw .tooFew(all.closed, needed: PipelineLimit.closed) }
    guard all.won >= PipelineLimit.won else { throw .tooFew(all.won, needed: PipelineLimit.won) }
    var byStratum = [[Int]](repeating: [], count: known.strata.count)
    for place in places { byStratum[known.stratumOf[place]].append(place) }
    // A single stratum is all.
    let strata = known.strata.count > 1 ? byStratum.map { Stratum(known, $0) } : []
    self.strata = strata.map { $0.isEnough ? $0 : nil }
    fallenBack = zip(known.strata, strata).filter { !$0.1.isEnough }.map(\.0)
    (self.known, self.value, self.all, asOf, open) = (known, value, all, known.asOf, known.open)
  }

  /// The kind by which a deal is judged.
  public func stratum(of deal: DealRecord) -> Stratum {
    known.place(ofStratum: deal.stratum).map { stratum(at: $0) } ?? all
  }

  func stratum(at place: Int) -> Stratum { strata.indices.contains(place) ? strata[place] ?? all : all }

  /// What becomes of an open deal in the days after the cut-off. Nothing closes for a deal opened later.
  public func chance(of deal: DealRecord, within days: Int) -> CumulativeIncidence.Chance {
    stratum(of: deal).incidence.chance(openAt: asOf - deal.opened, within: days)
  }

  /// What the deal brings if it is won, in minor units.
  public func worth(of deal: DealRecord) -> Double {
    let stratum = stratum(of: deal)
    guard value == .ownAmount, let amount = deal.amount, let realised = stratum.realised ?? all.realised else {
      return stratum.meanWon
    }
    return Double(amount) * realised
  }

  /// The classical weighted pipeline: worth of every open deal times the share of all closed deals that were won. It
  /// has no date: it says what would come if every open deal closed.
  public var weighted: Double {
    switch value {
    case .meanWon: Double(open.count) * all.winRate * all.meanWon
    case .ownAmount:
      Double(Exact.total(open.map { $0.amount ?? 0 })) * all.winRate
        + Double(open.count { $0.amount == nil }) * all.winRate * all.meanWon
    }
  }

  /// Deals that are judged alike.
  public struct Stratum: Sendable {
    public let incidence: CumulativeIncidence
    public let closed: Int
    public let won: Int
    /// Minor units; 0 where none was won.
    public let meanWon: Double
    /// What won deals brought of their amounts, in sum; `nil` with fewer than `PipelineLimit.won` of them.
    public let realised: Double?
    let wonValues: [Int64]

    init(_ known: Known, _ places: [Int]) {
      incidence = CumulativeIncidence(places.lazy.map { known.spells[$0] })
      var values: [Int64] = []
      var (closed, withAmount) = (0, 0)
      var (sum, brought, amounts): (Int128, Int128, Int128) = (0, 0, 0)
      for place in places {
        guard let outcome = known.spells[place].outcome else { continue }
        closed += 1
        guard outcome == .won else { continue }
        let value = known.deals[place].value ?? 0
        values.append(value)
        sum += Int128(value)
        guard let amount = known.deals[place].amount else { continue }
        withAmount += 1
        brought += Int128(value)
        amounts += Int128(amount)
      }
      (wonValues, won, self.closed) = (values, values.count, closed)
      meanWon = Exact.ratio(sum, Int128(values.count)) ?? 0
      realised = withAmount >= PipelineLimit.won ? Exact.ratio(brought, amounts) : nil
    }

    var isEnough: Bool { closed >= PipelineLimit.closedInStratum && won >= PipelineLimit.wonInStratum }
    /// Won of closed; 0 where none closed.
    public var winRate: Double { Exact.ratio(won, closed) ?? 0 }
  }
}
