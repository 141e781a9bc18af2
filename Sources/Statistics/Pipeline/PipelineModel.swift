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
  let strata: [Int: Stratum]
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
    try self.init(Known(deals, asOf: day, observedFrom: observedFrom), value)
  }

  init(_ known: Known, _ value: DealValue) throws(FigureRefusal) {
    let all = Stratum(known.deals, known.spells)
    guard all.closed >= PipelineLimit.closed else { throw .tooFew(all.closed, needed: PipelineLimit.closed) }
    guard all.won >= PipelineLimit.won else { throw .tooFew(all.won, needed: PipelineLimit.won) }
    var strata: [Int: Stratum] = [:]
    var fallenBack: [Int] = []
    // A single stratum is all.
    for (number, places) in known.places where known.places.count > 1 {
      let stratum = Stratum(places.map { known.deals[$0] }, places.map { known.spells[$0] })
      if stratum.isEnough { strata[number] = stratum } else { fallenBack.append(number) }
    }
    (self.known, self.value, self.all, self.strata) = (known, value, all, strata)
    (asOf, open, self.fallenBack) = (known.asOf, known.open, fallenBack)
  }

  /// The kind by which a deal is judged.
  public func stratum(of deal: DealRecord) -> Stratum { strata[deal.stratum] ?? all }

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

    init(_ deals: [DealRecord], _ spells: [CumulativeIncidence.Spell]) {
      incidence = CumulativeIncidence(spells)
      let wins = zip(deals, spells).filter { $0.1.outcome == .won }.map(\.0)
      wonValues = wins.map { $0.value ?? 0 }
      won = wins.count
      closed = spells.count { $0.outcome != nil }
      meanWon = Exact.ratio(Exact.total(wonValues), Int128(won)) ?? 0
      let amounts = wins.filter { $0.amount != nil }
      realised =
        amounts.count >= PipelineLimit.won
        ? Exact.ratio(Exact.total(amounts.map { $0.value ?? 0 }), Exact.total(amounts.map { $0.amount ?? 0 })) : nil
    }

    var isEnough: Bool { closed >= PipelineLimit.closedInStratum && won >= PipelineLimit.wonInStratum }
    /// Won of closed; 0 where none closed.
    public var winRate: Double { Exact.ratio(won, closed) ?? 0 }
  }

  /// Deals as known on one day.
  struct Known: Sendable {
    let asOf: Int
    let deals: [DealRecord]
    let spells: [CumulativeIncidence.Spell]
    let open: [DealRecord]
    /// Of each stratum, in rising order of its number, the places of its deals.
    let places: [(stratum: Int, places: [Int])]
    /// Places of deals opened within the same `PipelineLimit.blockDays`; each deal by itself where the blocks are fewer
    /// than `PipelineLimit.blocks`. Empty in a sample.
    let blocks: [[Int]]

    init(_ all: [DealRecord], asOf day: Int, observedFrom: Int?) {
      var deals: [DealRecord] = []
      var spells: [CumulativeIncidence.Spell] = []
      // In one order, so that neither sums nor draws depend on the caller's.
      let all = all.sorted()
      for deal in all where deal.opened <= day {
        let isClosed = deal.isClosed(by: day)
        let exit = (isClosed ? deal.closed ?? day : day) - deal.opened
        let entry = max(0, (observedFrom ?? deal.opened) - deal.opened)
        // Who closed before the records begin, or is older than any age that is counted, was never seen at risk.
        guard
          let spell = CumulativeIncidence.Spell(entry: entry, exit: exit, outcome: isClosed ? deal.outcome : nil)
        else { continue }
        deals.append(deal)
        spells.append(spell)
      }
      self.init(
        day, deals, spells, open: all.filter { $0.isOpen(on: day) }, blocks: PipelineModel.Known.blocks(deals))
    }

    /// The deals are sorted by the day opened.
    private static func blocks(_ deals: [DealRecord]) -> [[Int]] {
      var blocks: [[Int]] = []
      var first = Int.min
      for (place, deal) in deals.enumerated() {
        if blocks.isEmpty || deal.opened - first >= PipelineLimit.blockDays {
          blocks.append([])
          first = deal.opened
        }
        blocks[blocks.count - 1].append(place)
      }
      return blocks.count >= PipelineLimit.blocks ? blocks : deals.indices.map { [$0] }
    }

    init(
      _ day: Int, _ deals: [DealRecord], _ spells: [CumulativeIncidence.Spell], open: [DealRecord], blocks: [[Int]]
    ) {
      (asOf, self.deals, self.spells, self.open, self.blocks) = (day, deals, spells, open, blocks)
      var byStratum: [Int: [Int]] = [:]
      for (place, deal) in deals.enumerated() { byStratum[deal.stratum, default: []].append(place) }
      places = byStratum.sorted { $0.key < $1.key }.map { (stratum: $0.key, places: $0.value) }
    }
  }
}
