import Statistics
import Testing

@Suite struct `Cuts of money` {
  @Test(arguments: UInt64(1)...300) func `give the grades that shares give`(seed: UInt64) throws {
    var state = seed
    func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(sides))
    }
    let values = (0..<roll(40)).map { _ in Int64(roll(60) - 10) }
    let previous = values.map { _ in [nil, ABCGrade.a, .b, .c][roll(4)] }
    let a = 1 + roll(9_998)
    let limits = try #require(ABCLimits(a: a, b: a + roll(10_001 - a), keep: roll(2) == 0 ? 0 : roll(3_000)))
    let cuts = ABCCuts(values, by: limits)
    let grades = try limits.grades(values, previous: previous).map(\.grade)
    for (place, value) in values.enumerated() {
      #expect(cuts.grade(value, previous: previous[place]) == grades[place], "seed \(seed), place \(place)")
    }
  }
}
