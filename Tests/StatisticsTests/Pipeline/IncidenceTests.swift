import Testing

@testable import Statistics

@Suite struct `How deals close with age` {
  typealias Spell = CumulativeIncidence.Spell

  /// The same deals many times over, so that every age has enough of them.
  private func spells(_ deals: [(exit: Int, outcome: DealRecord.Outcome?)], times: Int = 10) throws -> [Spell] {
    try (0..<times).flatMap { _ in try deals.map { try #require(Spell(exit: $0.exit, outcome: $0.outcome)) } }
  }

  /// Of 5: one won at 1; of 4, one lost at 2; one still open at 2; of 2, both won at 4.
  private let few: [(exit: Int, outcome: DealRecord.Outcome?)] = [
    (1, .won), (2, .lost), (2, nil), (4, .won), (4, .won),
  ]

  @Test func `by hand`() throws {
    let incidence = CumulativeIncidence(try spells(few))
    #expect(incidence.atRisk == [50, 50, 40, 20, 20] && incidence.wonAt == [0, 10, 0, 0, 20])
    #expect(incidence.lostAt == [0, 0, 10, 0, 0])
    for (found, expected) in [
      (incidence.won, [0, 0.2, 0.2, 0.2, 0.8]), (incidence.lost, [0, 0, 0.2, 0.2, 0.2]),
      (incidence.open, [1, 0.8, 0.6, 0.6, 0]),
    ] { for (a, b) in zip(found, expected) { #expect(isNear(a, b, 1e-15)) } }
    let fresh = incidence.chance(openAt: 0, within: 2)
    #expect(isNear(fresh.won, 0.2) && isNear(fresh.lost, 0.2) && isNear(fresh.open, 0.6) && !fresh.hasUnseenAges)
    let later = incidence.chance(openAt: 2, within: 2)
    #expect(later.won == 1 && later.lost == 0 && later.open == 0)
    #expect(incidence.chance(openAt: 2, within: 1).won == 0)
    // Beyond what was seen nothing is known to close, and that is said.
    let beyond = incidence.chance(openAt: 2, within: 3)
    #expect(beyond.won == 1 && beyond.hasUnseenAges)
    #expect(incidence.chance(openAt: 4, within: 1) == .init(won: 0, lost: 0, hasUnseenAges: true))
    #expect(incidence.chance(openAt: 0, within: 0) == .init(won: 0, lost: 0, hasUnseenAges: false))
    #expect(incidence.chance(openAt: 0, within: .max).hasUnseenAges)
  }

  /// R 4.2.2, survival: survfit(Surv(entry − 1, exit, outcome) ~ 1), with ties and deals watched from a later age on.
  @Test func `another program, with late entries and ties`() throws {
    var dice = Dice(17)
    let spells = try (0..<400).map { _ in
      let entry = dice.next() % 3 == 0 ? Int(dice.next() % 12) : 0
      let exit = entry + Int(dice.next() % 40)
      let outcomes: [DealRecord.Outcome?] = [nil, .won, .lost]
      return try #require(Spell(entry: entry, exit: exit, outcome: outcomes[Int(dice.next() % 3)]), "seed 17")
    }
    let incidence = CumulativeIncidence(spells)
    for (age, risk, open, won, lost) in [
      (0, 266, 0.9849624060150376, 0.0037593984962406, 0.0112781954887218),
      (5, 294, 0.8934541632195080, 0.0447266518094494, 0.0618191849710426),
      (10, 302, 0.8021947231815768, 0.0957379922926802, 0.1020672845257429),
      (20, 221, 0.6162082744446475, 0.1737047457320443, 0.2100869798233082),
      (30, 118, 0.4078651754807339, 0.2700874453581013, 0.3220473791611648),
    ] {
      #expect(incidence.atRisk[age] == risk, "at \(age)")
      #expect(isNear(incidence.open[age], open, 1e-14) && isNear(incidence.won[age], won, 1e-14), "at \(age)")
      #expect(isNear(incidence.lost[age], lost, 1e-14), "at \(age)")
    }
    #expect(incidence.isSeen(43) && !incidence.isSeen(44) && !incidence.isSeen(-1) && !incidence.isSeen(10_000))
  }

  /// lifelines 0.30.3, AalenJohansenFitter; where no two close on one day it needs no jitter.
  @Test func `a second program, without ties`() throws {
    let exits = [
      58, 101, 33, 77, 30, 93, 32, 59, 27, 5, 35, 44, 1, 80, 18, 95, 20, 48, 10, 74, 28, 75, 88, 92, 40, 25, 66, 96, 47,
      82,
      43, 105, 56, 107, 103, 76, 71, 26, 85, 91, 39, 31, 29, 83, 55, 45, 12, 104, 120, 70, 13, 36, 50, 14, 22, 109, 99,
      23,
      114, 42,
    ]
    let codes = "111211011221202010220101102010001221112121121110000000121111"
    let outcomes: [Character: DealRecord.Outcome] = ["1": .won, "2": .lost]
    let incidence = CumulativeIncidence(
      zip(exits, codes).compactMap { Spell(exit: $0, outcome: outcomes[$1]) })
    for (age, won, lost) in [
      (10, 0, 0.05), (40, 0.19522349397, 0.10465528601), (80, 0.420451679499, 0.168666368984),
    ] {
      #expect(isNear(incidence.won[age], won, 1e-11) && isNear(incidence.lost[age], lost, 1e-11), "at \(age)")
    }
  }

  @Test func `the three fates add up to one, and only grow`() throws {
    for seed in [1, 2, 3] as [UInt64] {
      var dice = Dice(seed)
      let spells = (0..<300).compactMap { _ -> Spell? in
        let outcomes: [DealRecord.Outcome?] = [nil, .won, .lost]
        return Spell(exit: Int(dice.next() % 80), outcome: outcomes[Int(dice.next() % 3)])
      }
      let incidence = CumulativeIncidence(spells)
      for age in incidence.atRisk.indices {
        let sum = incidence.open[age] + incidence.won[age] + incidence.lost[age]
        #expect(isNear(sum, 1, 1e-12), "seed \(seed), age \(age)")
      }
      #expect(zip(incidence.won, incidence.won.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed)")
      for age in [0, 7, 30, 79] {
        let chances = (0...90).map { incidence.chance(openAt: age, within: $0) }
        #expect(zip(chances, chances.dropFirst()).allSatisfy { $0.won <= $1.won && $0.lost <= $1.lost }, "seed \(seed)")
        #expect(chances.allSatisfy { $0.won >= 0 && $0.won + $0.lost <= 1 + 1e-12 }, "seed \(seed)")
      }
      #expect(CumulativeIncidence(spells.shuffled(using: &dice)).won == incidence.won, "seed \(seed)")
    }
  }

  @Test func `where all close, later ages still tell`() throws {
    // Ten close at age 1 at the latest; ten others were watched only from age 5 on.
    let early = try spells([(0, .won), (1, .won)], times: 5)
    let late = try (0..<10).map { _ in try #require(Spell(entry: 5, exit: 9, outcome: .lost)) }
    let tie = try (0..<5).map { _ in try #require(Spell(exit: 1, outcome: .won)) }
    let incidence = CumulativeIncidence(early + tie + late)
    #expect(incidence.open[1] == 0)
    #expect(incidence.chance(openAt: 6, within: 3) == .init(won: 0, lost: 1, hasUnseenAges: false))
    #expect(incidence.chance(openAt: 6, within: 2) == .init(won: 0, lost: 0, hasUnseenAges: false))
  }

  @Test func `nothing, too few, and ages at their limit`() throws {
    #expect(CumulativeIncidence([]).chance(openAt: 0, within: 5) == .init(won: 0, lost: 0, hasUnseenAges: true))
    let nine = CumulativeIncidence(try spells([(3, .won)], times: PipelineLimit.atRisk - 1))
    #expect(nine.chance(openAt: 0, within: 3) == .init(won: 0, lost: 0, hasUnseenAges: true))
    let ten = CumulativeIncidence(try spells([(3, .won)], times: PipelineLimit.atRisk))
    #expect(ten.chance(openAt: 0, within: 3) == .init(won: 1, lost: 0, hasUnseenAges: false))
    #expect(Spell(entry: 4, exit: 3, outcome: nil) == nil && Spell(entry: -1, exit: 3, outcome: nil) == nil)
    let limit = PipelineLimit.ageDays
    #expect(Spell(exit: limit, outcome: .won)?.outcome == .won)
    #expect(Spell(exit: limit + 1, outcome: .won) == Spell(exit: limit, outcome: nil))
    #expect(Spell(entry: limit + 1, exit: limit + 2, outcome: .won) == nil)
  }
}
