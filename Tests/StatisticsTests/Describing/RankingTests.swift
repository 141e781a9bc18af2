import Statistics
import Testing

@Suite struct `How well scores rank` {
  private func area(_ positives: [Double], _ negatives: [Double]) -> Double? {
    areaUnderCurve(positives.map { ($0, true) } + negatives.map { ($0, false) })
  }

  @Test func `ties count half`() {
    #expect(area([2, 3], [0, 1]) == 1)
    #expect(area([0, 1], [2, 3]) == 0)
    #expect(area([1], [1]) == 0.5)
    #expect(area([1, 2], [1, 0]) == 0.875)
    #expect(area([5, 5, 5], [5, 5]) == 0.5)
    #expect(area([-.infinity, 1], [0, .infinity]) == 0.25)
  }

  @Test func `one group alone has no area, nor has what is no number`() {
    #expect(area([], [1]) == nil && area([1], []) == nil && area([], []) == nil)
    #expect(area([.nan], [1]) == nil)
  }

  @Test func `counting pairs gives the same`() {
    var dice = Dice(77)
    for round in 0..<40 {
      let scored = (0..<60).map { _ in (score: Double(dice.next() % 9), outcome: dice.next() % 3 == 0) }
      let positives = scored.filter(\.outcome).map(\.score)
      let negatives = scored.filter { !$0.outcome }.map(\.score)
      let pairs = positives.flatMap { a in negatives.map { b in a > b ? 1.0 : a == b ? 0.5 : 0 } }
      let expected = pairs.isEmpty ? nil : pairs.reduce(0, +) / Double(pairs.count)
      #expect(areaUnderCurve(scored) == expected, "seed 77, round \(round)")
      // Turned around, the area is the rest of one.
      let turned = areaUnderCurve(scored.map { (-$0.score, $0.outcome) })
      #expect(turned.map { isNear($0, 1 - (expected ?? 0), 1e-12) } ?? true)
    }
  }

  @Test func `hits add up`() {
    var hits = Hits()
    #expect(hits.precision == nil && hits.recall == nil && hits.baseRate == nil)
    for (flagged, outcome) in [(true, true), (true, false), (false, true), (false, false), (true, true)] {
      hits.count(flagged: flagged, outcome: outcome)
    }
    #expect((hits.judged, hits.flagged, hits.outcomes, hits.caught) == (5, 3, 3, 2))
    #expect(hits.precision == 2.0 / 3 && hits.recall == 2.0 / 3 && hits.baseRate == 0.6)
    #expect((hits + hits).judged == 10 && (hits + hits).precision == hits.precision)
  }

  @Test func `the median`() {
    #expect(median([Int]()) == nil && median([Double]()) == nil)
    for (values, expected) in [([3], 3.0), ([1, 9], 5), ([9, 1, 4], 4), ([1, 2, 3, 10], 2.5)] {
      #expect(median(values) == expected, "\(values)")
    }
  }
}
