import Testing

@testable import Statistics

@Suite struct `Quantiles` {
  private let values: [Double] = [14, 41, 57, 8, 9, 88, 57, 1, 138, 45.5]

  /// numpy.quantile, whose default is type 7.
  @Test func `are those of another program`() throws {
    for (probability, expected) in [(0, 1), (0.1, 7.3), (0.25, 10.25), (0.5, 43.25), (0.75, 57), (0.9, 93), (1, 138)] {
      #expect(isNear(try #require(quantile(values, probability)), expected, 1e-14), "at \(probability)")
    }
    let summary = try #require(Summary(values))
    #expect(isNear(summary.mean, 45.85, 1e-15) && summary.count == 10 && summary.median == 43.25)
    #expect(summary.least == 1 && summary.greatest == 138)
    #expect(summary.lowerQuartile == 10.25 && summary.upperQuartile == 57)
  }

  @Test func `of nothing, of what is no number, and beyond 0 and 1`() {
    #expect(quantile([], 0.5) == nil && median([Double]()) == nil && Summary([Int]()) == nil)
    #expect(quantile([1, .nan], 0.5) == nil && quantile([1, .infinity], 0.5) == nil)
    for wrong in [-0.001, 1.001, .nan] { #expect(quantile([1, 2], wrong) == nil) }
  }

  @Test func `of one, of equal ones, of huge ones`() {
    for probability in [0, 0.3, 1.0] {
      #expect(quantile([7], probability) == 7 && quantile([7, 7, 7], probability) == 7)
    }
    let huge = Double.greatestFiniteMagnitude
    #expect(quantile([-huge, huge], 0.5) == 0 && Summary([huge, huge])?.mean == huge)
  }

  @Test func `rise with the probability, stay within, and know no order`() throws {
    var dice = Dice(12)
    for round in 0..<100 {
      let drawn = (0..<(1 + Int(dice.next() % 30))).map { _ in (dice.unit() - 0.5) * 1e6 }
      let sorted = try #require(SortedValues(drawn))
      let row = (0...20).compactMap { sorted.quantile(Double($0) / 20) }
      #expect(row.count == 21 && zip(row, row.dropFirst()).allSatisfy { $0 <= $1 }, "seed 12, round \(round)")
      #expect(row.first == drawn.min() && row.last == drawn.max(), "seed 12, round \(round)")
      #expect(Summary(drawn) == Summary(drawn.shuffled(using: &dice)), "seed 12, round \(round)")
      #expect(isNear(median(drawn) ?? .nan, -(median(drawn.map { -$0 }) ?? .nan), 1e-12), "seed 12, round \(round)")
    }
  }

  @Test func `the median of whole numbers is the same`() {
    for values in [[3], [1, 9], [9, 1, 4], [1, 2, 3, 10]] { #expect(median(values) == median(values.map(Double.init))) }
  }
}

@Suite struct `Proportions` {
  /// statsmodels.stats.proportion.proportion_confint(method="wilson").
  @Test(arguments: [
    (0, 10, 0.95, 0, 0.2775327998628892), (10, 10, 0.95, 0.7224672001371107, 1),
    (779, 1175, 0.95, 0.635458867913583, 0.6894363901673052), (3, 7, 0.9, 0.186443190363956, 0.7105229089864071),
    (1, 1, 0.99, 0.13097754328018596, 1), (4238, 6711, 0.95, 0.619886914783114, 0.6429636693779573),
    (500, 1000, 0.5, 0.4893378056892053, 0.5106621943107947),
  ])
  func `Wilson's interval of another program`(count: Int, all: Int, level: Double, lower: Double, upper: Double) throws
  {
    let interval = try #require(Proportion(count, of: all)?.interval(level: level))
    #expect(isNear(interval.lower, lower, 1e-14) && isNear(interval.upper, upper, 1e-14))
  }

  @Test func `of nobody there is none`() {
    #expect(Proportion(0, of: 0)?.share == nil && Proportion(0, of: 0)?.interval() == nil)
    for (count, all) in [(-1, 3), (4, 3), (0, -1)] { #expect(Proportion(count, of: all) == nil) }
    for level in [0, 1, -0.5, .nan] { #expect(Proportion(1, of: 2)?.interval(level: level) == nil) }
  }

  @Test func `intervals hold the share, stay within 0 and 1, and shrink with more answers`() throws {
    for all in [1, 2, 5, 30, 1_000] {
      for count in stride(from: 0, through: all, by: max(1, all / 10)) {
        let proportion = try #require(Proportion(count, of: all))
        let interval = try #require(proportion.interval())
        let share = try #require(proportion.share)
        #expect(interval.contains(share) && interval.lower >= 0 && interval.upper <= 1)
        let more = try #require(Proportion(count * 4, of: all * 4)?.interval())
        #expect(more.upper - more.lower < interval.upper - interval.lower, "\(count) of \(all)")
        let turned = try #require(Proportion(all - count, of: all)?.interval())
        #expect(isNear(turned.lower, 1 - interval.upper, 1e-12), "\(count) of \(all)")
      }
    }
  }

  @Test func `how many answers a margin needs`() {
    // Cochran's well-known 385 for 5 %, and 278 of a population of 1,000.
    #expect(Proportion.sampleSize(margin: 0.05) == 385)
    #expect(Proportion.sampleSize(margin: 0.05, population: 1_000) == 278)
    #expect(Proportion.sampleSize(margin: 0.05, population: 1) == 1)
    #expect(Proportion.sampleSize(margin: 0.05, share: 0) == 1)
    #expect(Proportion.sampleSize(margin: 0, population: 9) == nil && Proportion.sampleSize(margin: 1) == nil)
    #expect(
      Proportion.sampleSize(margin: 0.05, level: 1) == nil && Proportion.sampleSize(margin: 0.05, share: 1.1) == nil)
    #expect(Proportion.sampleSize(margin: 0.05, population: 0) == nil)
  }
}

@Suite struct `Growth over periods` {
  @Test func `by hand`() {
    let periods =
      [100, 110, 0, 50, -10, 20].map { PeriodFigure($0) } + [PeriodFigure(nil), PeriodFigure(30, isPartial: true)]
    let growth = Growth.series(periods)
    #expect(growth.map(\.rate) == [nil, 0.1, -1, nil, -1.2, nil, nil, nil])
    #expect(growth.map(\.undefined) == [.missing, nil, nil, .fromZero, nil, .fromNegative, .missing, .missing])
    #expect(growth.map(\.isPartial) == [false, false, false, false, false, false, false, true])
  }

  @Test func `a partial period flags every rate that rests on it`() {
    let periods = [PeriodFigure(10), PeriodFigure(20, isPartial: true), PeriodFigure(30)]
    #expect(Growth.series(periods).map(\.isPartial) == [false, true, true])
    #expect(Growth.series(periods).map(\.rate) == [nil, 1, 0.5])
  }

  @Test func `against the same period of last year`() {
    let periods = (0..<24).map { PeriodFigure(Double($0 + 1)) }
    let growth = Growth.series(periods, lag: 12)
    #expect(growth[11].undefined == .missing && growth[12].rate == 12 && growth[23].rate == 1)
    #expect(Growth.series(periods, lag: 0).isEmpty && Growth.series([], lag: 1).isEmpty)
  }

  @Test func `beyond the range of numbers, and what is none`() {
    let huge = PeriodFigure(.greatestFiniteMagnitude)
    #expect(Growth(from: PeriodFigure(1e-300), to: huge).undefined == .tooLarge)
    #expect(Growth(from: PeriodFigure(.nan), to: huge).undefined == .missing)
    #expect(Growth(from: PeriodFigure(-0.0), to: huge).undefined == .fromZero)
  }

  @Test func `compounded`() throws {
    #expect(isNear(try #require(Growth.compound(from: 100, to: 121, periods: 2)), 0.1, 1e-14))
    #expect(Growth.compound(from: 5, to: 5, periods: 9) == 0)
    for (from, to, periods) in [(0.0, 1.0, 1), (1, 0, 1), (-1, 1, 1), (1, .infinity, 1), (1, 2, 0)] {
      #expect(Growth.compound(from: from, to: to, periods: periods) == nil)
    }
    var dice = Dice(9)
    for _ in 0..<100 {
      let (from, rate, n) = (1 + dice.unit() * 100, dice.unit() - 0.3, 1 + Int(dice.next() % 12))
      let to = (0..<n).reduce(from) { value, _ in value * (1 + rate) }
      #expect(isNear(try #require(Growth.compound(from: from, to: to, periods: n)), rate, 1e-12), "seed 9")
    }
  }
}
