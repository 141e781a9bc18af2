import Foundation
import Testing

@testable import Statistics

@Suite struct `Pipeline forecasts` {
  /// A company whose deals close at a steady pace: each day an open deal is won with one chance and lost with another;
  /// some never close. Deals are opened every day of `days`.
  static func company(
    _ seed: UInt64, days: Int = 500, perDay: Int = 6, win: (Int) -> Double = { _ in 0.012 }, lose: Double = 0.008,
    never: Double = 0.2, strata: Int = 1
  ) -> [DealRecord] {
    var dice = Dice(seed)
    return (0..<days).flatMap { day in
      (0..<perDay).compactMap { _ -> DealRecord? in
        let stratum = Int(dice.next() % UInt64(strata))
        let value = Int64(50_000 + dice.next() % 100_000)
        guard dice.unit() >= never else { return DealRecord(opened: day, stratum: stratum) }
        for later in day..<(day + 1_000) {
          let drawn = dice.unit()
          if drawn < win(later) { return DealRecord(opened: day, won: later, value: value, stratum: stratum) }
          if drawn < win(later) + lose { return DealRecord(opened: day, lost: later, stratum: stratum) }
        }
        return DealRecord(opened: day, stratum: stratum)
      }
    }
  }

  // MARK: What must hold

  @Test func `only what was known at the cut-off counts`() throws {
    let deals = Self.company(3)
    let order = try PipelineForecast.Order(draws: 100, seed: 4)
    let known = try PipelineForecast(try PipelineModel(deals, asOf: 250), within: 60, spread: order)
    // The same deals as a log would have told them then.
    let then = deals.filter { $0.opened <= 250 }.compactMap { deal in
      deal.isClosed(by: 250) ? deal : DealRecord(opened: deal.opened, stratum: deal.stratum)
    }
    var dice = Dice(9)
    let model = try PipelineModel(then.shuffled(using: &dice), asOf: 250)
    let again = try PipelineForecast(model, within: 60, spread: order)
    #expect(known.wins == again.wins && known.money == again.money && known.weighted == again.weighted)
    #expect(known.spread == again.spread && known.open == again.open)
  }

  @Test func `a steady company is forecast without bias, and as surely as it says`() throws {
    var hits = Hits()
    var (expected, came) = (0.0, 0.0)
    for seed in 1...10 as ClosedRange<UInt64> {
      let deals = Self.company(seed, days: 360)
      let track = try PipelineTrack(
        deals, cutOffs: [280], within: 60, knownUntil: 360,
        spread: try PipelineForecast.Order(level: 0.9, draws: 100, seed: seed))
      let row = try #require(track.rows.first)
      let spread = try #require(row.forecast.spread)
      hits.count(flagged: true, outcome: spread.money.contains(Double(row.money)))
      hits.count(flagged: true, outcome: spread.wins.contains(Double(row.won)))
      expected += row.forecast.money
      came += Double(row.money)
      #expect(row.forecast.weighted > 1.3 * Double(row.money), "the weighted pipeline has no date, seed \(seed)")
      let (brier, share) = (try #require(row.brier), try #require(row.brierOfShare))
      #expect(brier < share && (row.area ?? 0) > 0.5, "seed \(seed)")
    }
    #expect(abs(expected / came - 1) < 0.05, "\(expected / came)")
    #expect(hits.caught >= 15, "\(hits.caught) of 20 within ninety per cent")
  }

  @Test func `more days bring no less, and never more than is open`() throws {
    let model = try PipelineModel(Self.company(5), asOf: 300)
    let forecasts = try [1, 10, 30, 90, 365, 1_830].map { try PipelineForecast(model, within: $0) }
    #expect(zip(forecasts, forecasts.dropFirst()).allSatisfy { $0.wins <= $1.wins && $0.money <= $1.money })
    #expect(forecasts.allSatisfy { $0.wins >= 0 && $0.wins <= Double($0.open) && $0.spread == nil })
    #expect(forecasts[0].reachingUnseenAges < forecasts[5].reachingUnseenAges)
  }

  @Test func `the same seed draws the same`() throws {
    let model = try PipelineModel(Self.company(6, days: 200), asOf: 150)
    func spread(_ seed: UInt64) throws -> PipelineForecast.Spread? {
      try PipelineForecast(model, within: 30, spread: try PipelineForecast.Order(draws: 100, seed: seed)).spread
    }
    #expect(try spread(1) == spread(1))
    #expect(try spread(1) != spread(2))
  }

  @Test func `what is learnt from few deals is less sure than their chances alone`() throws {
    // Twenty of forty won within five days, then a thousand open: by chance alone their number would stay within ± 26
    // of 500 in nine of ten cases; a share learnt from forty has a standard error of 0.08, which is ± 130.
    var deals = (0..<40).compactMap { place in
      place % 2 == 0 ? DealRecord(opened: 0, won: 5, value: 10) : DealRecord(opened: 0, lost: 5)
    }
    deals += (0..<1_000).compactMap { _ in DealRecord(opened: 9) }
    let order = try PipelineForecast.Order(level: 0.9, draws: 400, seed: 5)
    let forecast = try PipelineForecast(try PipelineModel(deals, asOf: 9), within: 10, spread: order)
    #expect(isNear(forecast.wins, 500, 1e-9))
    let wins = try #require(forecast.spread).wins
    #expect((100...165).contains(500 - wins.lower) && (100...165).contains(wins.upper - 500), "\(wins), seed 5")
  }

  /// These bits stand for every machine.
  @Test func `the bits do not change`() throws {
    let order = try PipelineForecast.Order(draws: 100, seed: 3)
    let model = try PipelineModel(Self.company(2, days: 200), asOf: 150)
    let forecast = try PipelineForecast(model, within: 30, spread: order)
    #expect(String(forecast.money.bitPattern, radix: 16) == "4157c83ae9038cbd")
    #expect(forecast.spread?.wins == Interval(lower: 50.949999999999996, upper: 74.05, level: 0.9))
  }

  // MARK: Strata and worth

  @Test func `a stratum is judged by its like where it has enough, by all where not`() throws {
    func deals(_ stratum: Int, won: Int, lost: Int, value: Int64) -> [DealRecord] {
      var deals: [DealRecord?] = [DealRecord(opened: 95, stratum: stratum)]
      for day in 0..<won { deals.append(DealRecord(opened: day, won: day + 20, value: value, stratum: stratum)) }
      for day in 0..<lost { deals.append(DealRecord(opened: day % 50, lost: day % 50 + 10, stratum: stratum)) }
      return deals.compactMap(\.self)
    }
    let (closed, won) = (PipelineLimit.closedInStratum, PipelineLimit.wonInStratum)
    var all = deals(1, won: won, lost: closed - won, value: 100)
    all += deals(2, won: won, lost: closed - won - 1, value: 900)
    all += deals(3, won: won - 1, lost: closed, value: 500)
    let model = try PipelineModel(all, asOf: 100)
    #expect(model.fallenBack == [2, 3] && model.open.count == 3)
    #expect(model.worth(of: model.open[0]) == 100)
    let (sum, wins) = (won * 1_000 + (won - 1) * 500, 3 * won - 1)
    let mean = Double(sum) / Double(wins)
    #expect(isNear(model.worth(of: model.open[1]), mean, 1e-12) && isNear(model.all.meanWon, mean, 1e-12))
    #expect(model.stratum(of: model.open[0]).closed == closed)
    #expect(isNear(model.all.winRate, Double(wins) / Double(3 * closed + won - 2), 1e-12))
    // Age 5 at the cut-off: all of the first kind that last beyond day 10 are won at 20.
    #expect(isNear(model.chance(of: model.open[0], within: 5).lost, Double(closed - won) / Double(closed), 1e-12))
  }

  @Test func `a deal's own amount, as far as such amounts came true`() throws {
    var deals = (0..<20).compactMap { DealRecord(opened: 0, won: 10, value: 80, amount: 100 + Int64($0 % 2) * 100) }
    deals += (0..<20).compactMap { DealRecord(opened: 0, lost: 12, amount: $0 % 2 == 0 ? 1_000_000 : nil) }
    deals += [DealRecord(opened: 45, amount: 600), DealRecord(opened: 46)].compactMap(\.self)
    let own = try PipelineModel(deals, asOf: 50, value: .ownAmount)
    // 20 × 80 of 20 × 150.
    #expect(isNear(own.worth(of: own.open[0]), 600 * 80 / 150.0, 1e-12) && own.worth(of: own.open[1]) == 80)
    #expect(isNear(own.weighted, 0.5 * 600 + 0.5 * 80, 1e-12))
    let mean = try PipelineModel(deals, asOf: 50)
    #expect(mean.worth(of: mean.open[0]) == 80 && mean.weighted == 2 * 0.5 * 80)
  }

  @Test func `records that begin later than the deals`() throws {
    // Deals close after 10 days or after 40; the records begin on day 100 and never saw the quick ones of before.
    let all = (0..<300).compactMap { day in DealRecord(opened: day, won: day + (day % 2 == 0 ? 10 : 40), value: 10) }
    let seen = all.filter { ($0.closed ?? 0) >= 100 }
    let naive = try PipelineModel(seen, asOf: 200).all.incidence
    let entered = try PipelineModel(seen, asOf: 200, observedFrom: 100).all.incidence
    #expect(abs(entered.won[10] - 0.5) < 0.03 && naive.won[10] < 0.45)
    // Closed before the records begin: never seen at risk.
    let early = try PipelineModel(all, asOf: 200, observedFrom: 100).all
    #expect(early.closed == (try PipelineModel(seen, asOf: 200, observedFrom: 100).all.closed))
  }

  // MARK: Looking back

  @Test func `a change of pace is seen in what forecasts were worth`() throws {
    // From day 200 on deals are won at half the pace.
    let deals = Self.company(21, days: 420, perDay: 16, win: { $0 < 200 ? 0.016 : 0.008 })
    let order = try PipelineForecast.Order(draws: 100, seed: 2)
    let track = try PipelineTrack(deals, cutOffs: [200, 215, 230, 290], within: 45, knownUntil: 420, spread: order)
    func forecast(_ day: Int, within days: Int = 45) throws -> PipelineForecast {
      try PipelineForecast(try PipelineModel(deals, asOf: day), within: days)
    }
    // The third had ended by day 275.
    #expect(track.experience(before: try forecast(274)) == nil)
    #expect(track.experience(before: try forecast(275))?.pastCutOffs == 3)
    #expect(track.experience(before: try forecast(290, within: 44)) == nil)
    let last = try #require(track.rows.last)
    let experience = try #require(track.experience(before: last.forecast))
    let ratios = track.rows.prefix(3).map { Double($0.money) / $0.forecast.money }
    #expect(experience.least == ratios.min() && experience.greatest == ratios.max())
    #expect(experience.least < experience.realised && experience.realised < experience.greatest)
    #expect(experience.realised < 0.8)
    let (spread, wide) = (try #require(last.forecast.spread).money, try #require(experience.interval))
    #expect(isNear(wide.lower, spread.lower * experience.least, 1e-12) && wide.upper == spread.upper)
    #expect(wide.contains(Double(last.money)), "seeds 21 and 2")
  }

  // MARK: Refusals

  @Test func `too little, at the limit`() throws {
    func deals(won: Int, closed: Int) -> [DealRecord] {
      (0..<closed).compactMap {
        $0 < won ? DealRecord(opened: 0, won: 5, value: 1) : DealRecord(opened: 0, lost: 5)
      }
    }
    let (closed, won) = (PipelineLimit.closed, PipelineLimit.won)
    #expect(throws: FigureRefusal.tooFew(closed - 1, needed: closed)) {
      try PipelineModel(deals(won: won, closed: closed - 1), asOf: 9)
    }
    #expect(throws: FigureRefusal.tooFew(won - 1, needed: won)) {
      try PipelineModel(deals(won: won - 1, closed: closed), asOf: 9)
    }
    let model = try PipelineModel(deals(won: won, closed: closed), asOf: 9)
    #expect(try PipelineForecast(model, within: 5).money == 0 && model.weighted == 0)
    #expect(throws: FigureRefusal.tooFew(0, needed: closed)) { try PipelineModel([], asOf: 0) }
  }

  @Test func `options out of bounds`() throws {
    let deals = Self.company(1, days: 100)
    let model = try PipelineModel(deals, asOf: 90)
    for days in [0, -1, PipelineLimit.horizonDays + 1] {
      #expect(throws: FigureRefusal.outOfRange(option: .horizon, Double(days))) {
        try PipelineForecast(model, within: days)
      }
    }
    for draws in [99, 10_001] {
      #expect(throws: FigureRefusal.outOfRange(option: .draws, Double(draws))) {
        try PipelineForecast.Order(draws: draws, seed: 1)
      }
    }
    #expect(throws: FigureRefusal.outOfRange(option: .level, 1)) { try PipelineForecast.Order(level: 1, seed: 1) }
    #expect(throws: FigureRefusal.outOfOrder(at: 1)) {
      try PipelineTrack(deals, cutOffs: [60, 60], within: 10, knownUntil: 99)
    }
    #expect(throws: FigureRefusal.outOfOrder(at: 0)) {
      try PipelineTrack(deals, cutOffs: [90], within: 10, knownUntil: 99)
    }
    let early = try PipelineTrack(deals, cutOffs: [0, 89], within: 10, knownUntil: 99)
    #expect(early.rows.count == 1 && early.refused.map(\.cutOff) == [0])
  }

  @Test func `what is no deal`() {
    #expect(DealRecord(opened: 5, won: 4, value: 1) == nil && DealRecord(opened: 5, lost: 4) == nil)
    #expect(DealRecord(opened: 5, won: 5, value: -1) == nil && DealRecord(opened: 5, amount: -1) == nil)
    #expect(DealRecord(opened: 5, won: 5, value: 0)?.isClosed(by: 5) == true)
    let limit = DealRecord.dayLimit
    #expect(DealRecord(opened: limit + 1) == nil && DealRecord(opened: limit, lost: limit) != nil)
    #expect(DealRecord(opened: 0, won: limit + 1, value: 1) == nil && DealRecord(opened: .min + 1) == nil)
  }
}
