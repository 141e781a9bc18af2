import Testing

@testable import Statistics

@Suite struct `Sales results` {
  private let deals = [
    DealRecord(opened: 0, won: 10, value: 100), DealRecord(opened: 0, won: 30, value: 300),
    DealRecord(opened: 5, lost: 9), DealRecord(opened: 8), DealRecord(opened: 40),
  ].compactMap(\.self)

  @Test func `by hand`() throws {
    let all = try SalesResults(deals, to: 50)
    #expect(all.open == 2 && all.won == 2 && all.lost == 1 && all.revenue == 400)
    #expect(all.winRate.share == 2.0 / 3 && all.meanWon == 200)
    #expect(all.wonCycle?.median == 20 && all.wonCycle?.mean == 20 && all.lostCycle?.mean == 4)
    #expect(isNear(all.velocity() ?? 0, 2 * 2.0 / 3 * 200 / 20, 1e-15))
    #expect(isNear(all.velocity(open: 7) ?? 0, 7 * 2.0 / 3 * 200 / 20, 1e-15))
    let early = try SalesResults(deals, to: 29)
    #expect(early.open == 2 && early.won == 1 && early.revenue == 100)
    let late = try SalesResults(deals, from: 10, to: 30)
    #expect(late.won == 2 && late.lost == 0 && late.open == 1 && late.winRate.share == 1)
    #expect(try SalesResults(deals, from: 11, to: 29).won == 0)
  }

  @Test func `of nothing, and of what takes no time`() throws {
    let none = try SalesResults([], to: 5)
    #expect(none.winRate.share == nil && none.meanWon == nil && none.wonCycle == nil && none.velocity() == nil)
    let quick = try SalesResults([DealRecord(opened: 3, won: 3, value: 9)].compactMap(\.self), to: 5)
    #expect(quick.wonCycle?.mean == 0 && quick.velocity() == nil)
    let huge = [DealRecord(opened: 0, won: 1, value: .max), DealRecord(opened: 0, won: 1, value: 1)].compactMap(\.self)
    #expect(throws: FigureRefusal.sumTooLarge) { try SalesResults(huge, to: 5) }
    #expect(try SalesResults(Array(huge.prefix(1)), to: 5).revenue == .max)
  }

  @Test func `velocity out of bounds`() {
    #expect(salesVelocity(open: 10, winRate: 0.5, meanWon: 100, meanCycleDays: 25) == 20)
    for (open, rate, mean, days) in [
      (-1, 0.5, 1.0, 1.0), (1, 1.1, 1, 1), (1, -0.1, 1, 1), (1, .nan, 1, 1), (1, 0.5, -1, 1), (1, 0.5, .infinity, 1),
      (1, 0.5, 1, 0), (1, 0.5, 1, -1), (1, 0.5, 1, .nan), (1, 1, 1e308, 1e-300),
    ] { #expect(salesVelocity(open: open, winRate: rate, meanWon: mean, meanCycleDays: days) == nil) }
  }
}

@Suite struct `Stages of a funnel` {
  typealias Path = StageConversion.Path

  @Test func `by hand, with skipped stages`() throws {
    let paths = [
      Path(furthest: 0, outcome: .lost), Path(furthest: 0, outcome: nil), Path(furthest: 1, outcome: .lost),
      Path(furthest: 2, outcome: nil), Path(furthest: 0, outcome: .won), Path(furthest: 2, outcome: .won),
    ]
    let funnel = try StageConversion(paths, stages: 3)
    #expect(funnel.steps.map(\.entered) == [6, 4, 3] && funnel.steps.map(\.advanced) == [4, 3, 2])
    #expect(funnel.steps.map(\.lost) == [1, 1, 0] && funnel.steps.map(\.waiting) == [1, 0, 1])
    #expect(funnel.won == 2 && funnel.overall == Proportion(2, of: 6))
    #expect(funnel.steps[0].conversion.share == 4.0 / 6 && funnel.steps[0].decided.share == 0.8)
  }

  @Test func `whatever the paths, the numbers add up`() throws {
    var dice = Dice(31)
    for round in 0..<50 {
      let stages = 1 + Int(dice.next() % 6)
      let outcomes: [DealRecord.Outcome?] = [nil, .won, .lost]
      let paths = (0..<Int(dice.next() % 200)).map { _ in
        Path(furthest: Int(dice.next() % UInt64(stages)), outcome: outcomes[Int(dice.next() % 3)])
      }
      let funnel = try StageConversion(paths, stages: stages)
      #expect(funnel.steps.count == stages && funnel.steps[0].entered == paths.count, "seed 31, round \(round)")
      #expect(funnel.steps.last?.advanced == funnel.won, "seed 31, round \(round)")
      for (step, next) in zip(funnel.steps, funnel.steps.dropFirst()) {
        #expect(step.advanced == next.entered && step.waiting >= 0 && step.lost >= 0, "seed 31, round \(round)")
      }
      #expect(try StageConversion(paths.shuffled(using: &dice), stages: stages).steps == funnel.steps, "round \(round)")
    }
  }

  @Test func `nothing, and stages that do not exist`() throws {
    let none = try StageConversion([], stages: 2)
    #expect(none.overall.share == nil && none.steps.map(\.entered) == [0, 0])
    for wrong in [-1, 2] {
      #expect(throws: FigureRefusal.outOfScale(wrong, at: 0)) {
        try StageConversion([Path(furthest: wrong, outcome: nil)], stages: 2)
      }
    }
    for stages in [0, StageConversion.stageLimit + 1] {
      #expect(throws: FigureRefusal.outOfRange(option: .scale, Double(stages))) {
        try StageConversion([], stages: stages)
      }
    }
  }
}

@Suite struct `Return of a source` {
  @Test func `by hand`() throws {
    let source = try #require(SourceReturn(leads: 40, won: 5, revenue: 30_000, cost: 10_000))
    #expect(source.conversion.share == 0.125 && source.rate == 2 && source.revenuePerLead == 750)
    #expect(source.costPerLead == 250 && source.costPerWin == 2_000)
    let loss = try #require(SourceReturn(leads: 1, won: 0, revenue: 0, cost: 10))
    #expect(loss.rate == -1 && loss.costPerWin == nil && loss.costPerLead == 10)
  }

  @Test func `a cost of 0 has no rate, and an unknown one is not 0`() throws {
    let free = try #require(SourceReturn(leads: 2, won: 1, revenue: 5, cost: 0))
    #expect(free.rate == nil && free.costPerLead == 0)
    let unknown = try #require(SourceReturn(leads: 2, won: 1, revenue: 5, cost: nil))
    #expect(unknown.rate == nil && unknown.costPerLead == nil && unknown.costPerWin == nil)
    #expect(SourceReturn(leads: 0, won: 0, revenue: 0, cost: 1)?.costPerLead == nil)
    #expect(SourceReturn(leads: 1, won: 0, revenue: .max, cost: 1)?.rate == Double(Int64.max))
    for wrong in [(1, 2, 0, 0), (1, -1, 0, 0), (1, 1, -1, 0), (1, 1, 0, -1)] as [(Int, Int, Int64, Int64)] {
      #expect(SourceReturn(leads: wrong.0, won: wrong.1, revenue: wrong.2, cost: wrong.3) == nil)
    }
  }
}

@Suite(.enabled(if: RealFiles.folder != nil, RealFiles.absent)) struct `The CRM's sales` {
  private let deals: [DealRecord]

  init() throws { deals = try CRM.deals() }

  /// Counts and money exact; means to half of the last published digit.
  @Test func `won, lost, cycle and velocity`() throws {
    let all = try SalesResults(deals, to: CRM.day("2018-01-01"))
    #expect(all.won == 4_238 && all.lost == 2_473 && all.revenue == 10_005_534 && all.open == 1_589)
    #expect(abs((all.winRate.share ?? 0) - 0.631501) < 0.5e-6)
    #expect(abs((all.meanWon ?? 0) - 2_360.9094) < 0.5e-4)
    let (won, lost) = (try #require(all.wonCycle), try #require(all.lostCycle))
    #expect(abs(won.mean - 51.78) < 0.005 && won.median == 57 && abs(lost.mean - 41.48) < 0.005 && lost.median == 14)
    // 500 more are open, of which no day is known. The published figure multiplies with the win rate to six places.
    let velocity = salesVelocity(
      open: 1_589 + 500, winRate: 0.631501, meanWon: all.meanWon ?? 0, meanCycleDays: won.mean)
    #expect(abs((velocity ?? 0) - 60_146.90) <= 0.006)
    #expect(abs((all.velocity(open: 1_589 + 500) ?? 0) - 60_146.85) < 0.005)
  }

  @Test(arguments: [
    ("2017-01-01", "2017-03-31", 531, 1_134_672), ("2017-04-01", "2017-06-30", 1_254, 3_086_111),
    ("2017-07-01", "2017-09-30", 1_257, 2_982_255), ("2017-10-01", "2017-12-31", 1_196, 2_802_496),
  ])
  func `quarters`(first: String, last: String, won: Int, revenue: Int64) throws {
    let quarter = try SalesResults(deals, from: CRM.day(first), to: CRM.day(last))
    #expect(quarter.won == won && quarter.revenue == revenue)
  }

  @Test func `as of the middle of the year`() throws {
    let day = CRM.day("2017-06-30")
    let then = try SalesResults(deals, to: day)
    #expect(deals.count { $0.opened <= day } == 4_365 && then.open == 1_686)
    #expect(then.won == 1_785 && then.lost == 894 && then.revenue == 4_220_783)
  }

  @Test func `regions, and the best agent`() throws {
    let rows = try RealFiles.rows("crm_sales_pipeline.csv.gz").filter { $0["deal_stage"] == "Won" }
    let teams = try RealFiles.rows("crm_sales_teams.csv")
    for (region, revenue) in [("West", 3_568_647), ("Central", 3_346_293), ("East", 3_090_594)] as [(String, Int64)] {
      let people = Set(teams.filter { $0["regional_office"] == region }.compactMap { $0["sales_agent"] })
      let values = rows.filter { people.contains($0["sales_agent"] ?? "") }.compactMap {
        Int64($0["close_value"] ?? "")
      }
      #expect(try Concentration(values).total == revenue, "\(region)")
    }
    let best = rows.filter { $0["sales_agent"] == "Darcel Schlecht" }.compactMap { Int64($0["close_value"] ?? "") }
    #expect(try best.count == 349 && Concentration(best).total == 1_153_214)
  }
}
