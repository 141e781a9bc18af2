import Testing

@testable import Statistics

@Suite struct `Answers on a scale` {
  @Test func `by hand`() throws {
    let answers = try SurveyAnswers([1, 5, 5, 4, 3, 5], scale: 1...5)
    #expect(answers.count == 6 && answers.counts == [1, 0, 1, 1, 3] && answers.mean == 23.0 / 6)
    #expect(answers.share(ofTop: 2) == Proportion(4, of: 6) && answers.count(in: 3...4) == 2)
    // numpy.std([1, 5, 5, 4, 3, 5], ddof=1)
    #expect(isNear(answers.standardDeviation ?? 0, 1.602081978759722, 1e-14))
    #expect(answers.share(ofTop: 0).count == 0 && answers.share(ofTop: 9).count == 6)
    #expect(answers.share(ofTop: -3).count == 0)
  }

  @Test func `nothing, one, and answers that the scale does not have`() throws {
    let none = try SurveyAnswers([], scale: 0...10)
    #expect(none.mean == nil && none.standardDeviation == nil && none.share(ofTop: 2).share == nil)
    #expect(try SurveyAnswers([3], scale: 1...5).standardDeviation == nil)
    for wrong in [0, 6] {
      #expect(throws: FigureRefusal.outOfScale(wrong, at: 1)) { try SurveyAnswers([5, wrong], scale: 1...5) }
    }
    #expect(try SurveyAnswers([-2], scale: -2...2).mean == -2)
    #expect(throws: FigureRefusal.outOfRange(option: .scale, 1)) { try SurveyAnswers([], scale: 3...3) }
    #expect(try SurveyAnswers([100], scale: 0...100).mean == 100)
    #expect(throws: FigureRefusal.outOfRange(option: .scale, 102)) { try SurveyAnswers([], scale: 0...101) }
    #expect(throws: FigureRefusal.outOfRange(option: .scale, .infinity)) { try SurveyAnswers([], scale: .min ... .max) }
  }

  @Test func `the mean's interval needs thirty, and is cut at the scale`() throws {
    let few = try SurveyAnswers(Array(repeating: 4, count: SurveyAnswers.fewestForInterval - 1), scale: 1...5)
    #expect(few.meanInterval() == nil)
    let alike = try SurveyAnswers(Array(repeating: 4, count: SurveyAnswers.fewestForInterval), scale: 1...5)
    #expect(alike.meanInterval() == Interval(lower: 4, upper: 4, level: 0.95))
    let halves = try SurveyAnswers(Array(repeating: 1, count: 50) + Array(repeating: 5, count: 50), scale: 1...5)
    // 3 ± 1.959964 × 2.010076 / 10.
    #expect(isNear(halves.meanInterval()?.lower ?? 0, 3 - 1.959963984540054 * 2.0100756305184242 / 10, 1e-12))
    let edge = try SurveyAnswers([1] + Array(repeating: 5, count: 40), scale: 1...5)
    #expect(edge.meanInterval()?.upper == 5 && edge.meanInterval(level: 1) == nil)
  }
}

@Suite struct `Net promoter score` {
  @Test func `by hand`() throws {
    let score = try NetPromoter([0, 6, 7, 8, 9, 10, 10])
    #expect(score.promoters == 3 && score.passives == 2 && score.detractors == 2 && score.answers == 7)
    #expect(isNear(score.score ?? 0, 100.0 / 7, 1e-15))
    #expect(try NetPromoter([9, 9]).score == 100 && NetPromoter([0]).score == -100 && NetPromoter([7]).score == 0)
    #expect(try NetPromoter([]).score == nil && NetPromoter([]).interval() == nil)
    for wrong in [-1, 11] { #expect(throws: FigureRefusal.outOfScale(wrong, at: 0)) { try NetPromoter([wrong]) } }
    #expect(NetPromoter(promoters: -1, passives: 0, detractors: 0) == nil)
    let limit = NetPromoter.countLimit
    #expect(NetPromoter(promoters: limit, passives: limit, detractors: limit)?.score == 0)
    #expect(NetPromoter(promoters: limit + 1, passives: 0, detractors: 0) == nil)
  }

  /// scipy: the likelihood maximised under each difference by a bounded search, the bounds by bisection.
  @Test(arguments: [
    (50, 30, 20, 0.95, 13.955142, 44.339307), (3, 4, 3, 0.9, -38.197237, 38.197238),
    (400, 350, 250, 0.95, 10.052728, 19.864292), (10, 0, 5, 0.95, -16.572904, 69.647351),
  ])
  func `the interval of another program`(
    promoters: Int, passives: Int, detractors: Int, level: Double, lower: Double, upper: Double
  ) throws {
    let score = try #require(NetPromoter(promoters: promoters, passives: passives, detractors: detractors))
    let interval = try #require(score.interval(level: level))
    #expect(abs(interval.lower - lower) < 2e-5 && abs(interval.upper - upper) < 2e-5)
  }

  @Test func `intervals hold the score, stay within bounds, turn with the answers and shrink with more`() throws {
    for (b, p, c) in [(0, 0, 1), (1, 0, 0), (0, 5, 0), (7, 0, 0), (0, 0, 9), (3, 1, 0), (20, 30, 50), (1, 98, 1)] {
      let score = try #require(NetPromoter(promoters: b, passives: p, detractors: c))
      let (interval, value) = (try #require(score.interval()), try #require(score.score))
      #expect(interval.lower - 1e-9 <= value && value <= interval.upper + 1e-9, "\(b) \(p) \(c)")
      #expect(interval.lower >= -100 && interval.upper <= 100 && interval.lower < interval.upper, "\(b) \(p) \(c)")
      let turned = try #require(NetPromoter(promoters: c, passives: p, detractors: b)?.interval())
      #expect(
        isNear(turned.lower, -interval.upper, 1e-9) && isNear(turned.upper, -interval.lower, 1e-9), "\(b) \(p) \(c)")
      let more = try #require(NetPromoter(promoters: 9 * b, passives: 9 * p, detractors: 9 * c)?.interval())
      #expect(more.upper - more.lower < interval.upper - interval.lower, "\(b) \(p) \(c)")
    }
    #expect(NetPromoter(promoters: 1, passives: 1, detractors: 1)?.interval(level: 1) == nil)
  }

  /// Of samples from known shares, about nine in ten intervals hold the truth, also where the samples are small.
  @Test(arguments: [(30, 0.5, 0.2), (12, 0.7, 0.1), (200, 0.3, 0.3)])
  func `intervals hold what they promise`(answers: Int, promoters: Double, detractors: Double) throws {
    var dice = Dice(61)
    var held = 0
    for _ in 0..<600 {
      let drawn = (0..<answers).map { _ in dice.unit() }
      let (b, c) = (drawn.count { $0 < promoters }, drawn.count { $0 > 1 - detractors })
      let sample = try #require(NetPromoter(promoters: b, passives: answers - b - c, detractors: c))
      held += sample.interval(level: 0.9)?.contains(100 * (promoters - detractors)) == true ? 1 : 0
    }
    #expect((500...580).contains(held), "\(held) of 600, seed 61")
  }
}

@Suite struct `Satisfaction` {
  @Test func `satisfied are the two best, easy the three best`() throws {
    let satisfaction = try CustomerSatisfaction([5, 4, 3, 1])
    #expect(satisfaction.satisfied == Proportion(2, of: 4) && satisfaction.mean == 3.25)
    let effort = try CustomerEffort([7, 5, 4, 1])
    #expect(effort.easy == Proportion(2, of: 4) && effort.mean == 4.25)
    #expect(throws: FigureRefusal.outOfScale(6, at: 0)) { try CustomerSatisfaction([6]) }
    #expect(throws: FigureRefusal.outOfScale(8, at: 0)) { try CustomerEffort([8]) }
  }

  typealias Item = SatisfactionIndex.Item

  @Test func `the index, by hand`() throws {
    let items = [Item(weight: 3, score: 8), Item(weight: 1, score: 6)]
    let best = try SatisfactionIndex(items, scale: 1...10, basis: .shareOfBest)
    let range = try SatisfactionIndex(items, scale: 1...10, basis: .range)
    #expect(isNear(best.percent, 75, 1e-15) && isNear(range.percent, 650.0 / 9, 1e-15))
  }

  @Test func `lies between its items, and does not change with the unit of the weights`() throws {
    var dice = Dice(71)
    for round in 0..<100 {
      let items = (0..<5).map { _ in Item(weight: dice.unit(), score: 1 + 4 * dice.unit()) }
      let index = try SatisfactionIndex(items, scale: 1...5, basis: .shareOfBest).percent
      let scores = items.map { $0.score * 20 }
      #expect(index >= (scores.min() ?? 0) - 1e-9 && index <= (scores.max() ?? 0) + 1e-9, "seed 71, round \(round)")
      let scaled = items.map { Item(weight: $0.weight * 1e300, score: $0.score) }
      let other = try SatisfactionIndex(scaled, scale: 1...5, basis: .shareOfBest).percent
      #expect(isNear(other, index, 1e-12), "seed 71, round \(round)")
    }
  }

  @Test func `what is no index`() {
    func index(_ items: [Item], _ scale: ClosedRange<Double> = 1...5) throws {
      _ = try SatisfactionIndex(items, scale: scale, basis: .range)
    }
    #expect(throws: FigureRefusal.outOfRange(option: .weight, 0)) { try index([]) }
    #expect(throws: FigureRefusal.outOfRange(option: .weight, 0)) { try index([Item(weight: 0, score: 3)]) }
    #expect(throws: FigureRefusal.outOfRange(option: .weight, -1)) { try index([Item(weight: -1, score: 3)]) }
    #expect(throws: FigureRefusal.outOfRange(option: .scale, 5.1)) { try index([Item(weight: 1, score: 5.1)]) }
    #expect(throws: FigureRefusal.notANumber(at: 0)) { try index([Item(weight: .nan, score: 3)]) }
    #expect(throws: FigureRefusal.outOfRange(option: .scale, 1)) { try index([Item(weight: 1, score: 1)], 1...1) }
    #expect(throws: FigureRefusal.outOfRange(option: .scale, 1)) { try index([Item(weight: 1, score: 0)], -1...1) }
  }
}
