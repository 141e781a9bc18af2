import AccountHistory
import CompanyRules
import Events
import Projection
import SegmentsProjection
import Statistics
import TestSupport
import Testing
import Vocabulary
import Wire

private func payer(_ payments: (Int, Int64)..., grade: (Int, String)? = nil) -> Timeline {
  var timeline = Timeline()
  for (day, amount) in payments { timeline.pay(day, amount) }
  if let grade { timeline.grade(grade.0, grade.1) }
  return timeline
}

private func rows(_ customers: [Timeline], _ day: Int, _ changes: JSONObject = [:]) -> [SegmentRow?] {
  let found = census(Segments.self, of: customers, day, changes)
  return customers.indices.map { found["c\($0)"]?.row }
}

@Suite struct `Segments: ABC by share of the revenue` {
  @Test func `A to 80 per cent, B to 95, the rest C`() {
    let customers = [500, 300, 100, 50, 30, 20].map { payer((10, $0)) }
    let found = rows(customers, 20)
    #expect(found.map { $0?.computed } == [.a, .a, .b, .b, .c, .c])
    #expect(found.map { $0?.shareBeforeBp } == [0, 5_000, 8_000, 9_000, 9_500, 9_800])
    #expect(found.map { $0?.rank } == [1, 2, 3, 4, 5, 6])
  }

  @Test func `who ties has one grade and one rank`() {
    let found = rows([700, 100, 100, 100].map { payer((10, $0)) }, 20)
    #expect(found.map { $0?.computed } == [.a, .a, .a, .a] && found.map { $0?.rank } == [1, 2, 2, 2])
  }

  @Test(arguments: [(374, Optional(Int64(100))), (375, 0)] as [(Int, Int64?)]) func `money counts for 365 days`(day: Int, money: Int64?) {
    #expect(rows([payer((10, 100))], day)[0]?.revenueMinor == money)
  }

  @Test func `refunds lower it, and who has nothing left has the rule's grade`() {
    var refunded = payer((10, 100))
    refunded.refund(11, 100)
    let found = rows([refunded, payer((10, 5))], 20, ["gradeWithoutRevenue": "b"])
    #expect(found[0]?.computed == .b && found[0]?.rank == nil && found[1]?.computed == .a)
  }

  @Test func `each currency by itself, the rest beside it`() {
    var both = payer((10, 100), (11, 100))
    both.pay(12, 7, cur: "USD")
    var dollars = Timeline()
    dollars.pay(10, 9, cur: "USD")
    let found = rows([both, dollars, payer((10, 900))], 20)
    #expect(found.map { $0?.currency?.description } == ["CNY", "USD", "CNY"])
    #expect(found[0]?.computed == .b && found[1]?.computed == .a, "200 of 1,100 yuan; all of the dollars")
    #expect(found[0]?.others.map(\.minor) == [7])
    #expect(rows([both], 20, ["cur": "USD"])[0]?.revenueMinor == 7)
  }

  @Test func `who never bought and was never graded has no row`() {
    #expect(rows([Timeline()], 20)[0] == nil)
    #expect(rows([payer(grade: (3, "a"))], 20)[0]?.grade == .a)
  }
}

/// Days of grading are 24, 55, 86, 117, 148 and so on.
@Suite struct `Segments: a grade is not lost at once` {
  @Test func `within the margin it is kept, and said so`() {
    // 8,000 are 79 % of 8,000 + 1,000 + 1,110: begins before 80 %. With less before, it begins beyond.
    let before = [payer((90, 7_900)), payer((90, 1_100)), payer((90, 1_000))]
    #expect(rows(before, 100).map { $0?.computed } == [.a, .a, .b], "7,900 of 10,000")
    var after = before
    after[0].pay(120, 200)  // 8,100 of 10,200 are 79.41 %
    #expect(rows(after, 131)[1]?.computed == .a && rows(after, 131)[1]?.isKeptByMargin == false)
    after[0].pay(121, 300)  // 8,400 of 10,500 are 80 %
    let kept = rows(after, 131)[1]
    #expect(kept?.computed == .a && kept?.isKeptByMargin == true && kept?.gradeBefore == .a && kept?.move == .stayed)
    #expect(rows(after, 131, ["keepMarginBp": 0])[1]?.computed == .b)
    after[0].pay(122, 1_000)  // 9,400 of 11,500 are 81.74 %
    #expect(rows(after, 131)[1]?.computed == .a)
    after[0].pay(123, 200)  // 9,600 of 11,700 are 82.05 %
    let lost = rows(after, 131)[1]
    #expect(lost?.computed == .b && lost?.gradeBefore == .a && lost?.move == .fell && lost?.isKeptByMargin == false)
  }

  @Test func `it is kept from grading to grading, for twelve of them at most`() {
    let customers = [payer((90, 7_900), (120, 500)), payer((90, 1_100)), payer((90, 1_000))]
    let rule: JSONObject = ["windowDays": 3_650]
    #expect(rows(customers, 119, rule)[1]?.isKeptByMargin == false && rows(customers, 120, rule)[1]?.isKeptByMargin == true)
    #expect(rows(customers, 489, rule)[1]?.computed == .a)
    #expect(rows(customers, 490, rule)[1]?.computed == .b, "nobody remembers the better grade")
  }

  @Test func `one who only now comes within the margin never had it`() {
    // On day 117 it begins at 82 %, on day 131 at 81 %.
    let found = rows([payer((90, 8_200)), payer((90, 1_000), (125, 120)), payer((90, 800))], 131)[1]
    #expect(found?.shareBeforeBp == 8_102 && found?.computed == .b && found?.isKeptByMargin == false)
  }
}

@Suite struct `Segments: a person's grade stands before the computed` {
  private func row(_ day: Int) -> SegmentRow? {
    var given = payer((0, 10))
    given.grade(50, "a", until: 90)
    return rows([payer((0, 990)), given], day)[1]
  }

  @Test(arguments: [(49, SegmentGrade.c, false), (50, .a, true), (89, .a, true), (90, .c, false)])
  func `until it expires`(day: Int, grade: SegmentGrade, isGiven: Bool) {
    let found = row(day)
    #expect(found?.grade == grade && found?.isGiven == isGiven && found?.computed == .c)
    #expect(found?.givenUntil == (isGiven ? Day.of(90) : nil))
  }

  @Test func `because of the judgement, since then`() {
    #expect(row(60)?.because == 1 && row(60)?.since == .day(50))
    #expect(row(95)?.because == 0, "by money again")
  }

  @Test func `it counts in what the grade was before`() {
    #expect(row(52)?.gradeBefore == .c && row(52)?.move == .rose && row(52)?.gradedBefore == Day.of(24))
    #expect(row(55)?.gradeBefore == .c && row(56)?.gradeBefore == .a && row(56)?.move == .stayed)
    #expect(row(95)?.gradeBefore == .a && row(95)?.move == .fell)
    #expect(row(121)?.gradeBefore == .c && row(121)?.move == .stayed)
  }

  @Test(arguments: [(24, nil), (25, SegmentGrade.c)] as [(Int, SegmentGrade?)]) func `there is none before the first purchase`(
    day: Int, before: SegmentGrade?
  ) { #expect(row(day)?.gradeBefore == before) }
}

@Suite struct `Segments: recency, frequency, amount` {
  /// Each customer buys so often, the last time so many days before day 100, for so much in all.
  private func customers() -> [Timeline] {
    [(1, 1, 10), (5, 10, 20), (20, 1, 900), (40, 12, 800), (60, 2, 30), (80, 9, 700), (90, 1, 5), (2, 8, 1_000)].map { since, times, money in
      var timeline = Timeline()
      for time in 0..<times { timeline.pay(100 - since, time == 0 ? Int64(money - times + 1) : 1, hour: time) }
      return timeline
    }
  }

  private func measured() -> [RFM.Customer] {
    [(1, 1, 10), (5, 10, 20), (20, 1, 900), (40, 12, 800), (60, 2, 30), (80, 9, 700), (90, 1, 5), (2, 8, 1_000)].map {
      RFM.Customer(daysSince: $0.0, purchases: $0.1, amount: Int64($0.2))
    }
  }

  @Test(arguments: [("quartile", 4), ("quintile", 5), ("mean", 5)]) func `scored against the others`(method: String, steps: Int) {
    let found = rows(customers(), 101 - 1, ["rfmMethod": .string(method)])
    let scores = RFM.scored(measured(), steps: steps)
    #expect(found.map { $0?.recency } == scores.map(\.recency))
    #expect(found.map { $0?.frequency } == scores.map(\.frequency))
    #expect(found.map { $0?.amount } == scores.map(\.amount))
    let groups = method == "mean" ? RFM.grouped(measured()) : scores.map { $0.group(highFrom: 3) }
    #expect(found.map { $0?.group.map { Int($0.rawValue) } } == groups.map(\.rawValue))
  }

  @Test func `by the mean, by hand`() {
    // Means: 37.25 days, 5.5 purchases, 433.125.
    let groups = rows(customers(), 100, ["rfmMethod": "mean"]).map { $0?.group }
    #expect(groups == [.generalDevelop, .generalValue, .importantDevelop, .importantKeep, .generalRetain, .importantKeep, .generalRetain, .importantValue])
  }

  @Test func `who did not buy within the window has no scores`() {
    let found = rows([payer((0, 10)), payer((400, 10))], 410)
    #expect(found[0]?.group == nil && found[0]?.recency == nil && found[1]?.recency == 1)
  }

  @Test func `the groups have the names of the published ones`() {
    for group in RFMGroup.allCases {
      #expect(BuyerGroup(rawValue: UInt8(group.rawValue))?.word.title.zh == group.chinese + "客户")
    }
  }
}

@Suite struct `Concentration and migration` {
  @Test func `top shares and the index`() {
    let found = census(ConcentrationReport.self, of: [50, 30, 15, 5].map { payer((10, $0)) } + [payer((10, -5))], 20)
    let row = found["company:all/CNY"]?.row
    #expect(row?.customers == 4 && row?.revenueMinor == 100 && row?.topBp == [5_000, 10_000, 10_000])
    #expect(row?.topFifthBp == 5_000 && row?.herfindahl == 3_650 && row?.effectiveNumber == 3)
    #expect(census(ConcentrationReport.self, of: [payer((10, 7))], 20)["company:all/CNY"]?.row.herfindahl == 10_000)
  }

  @Test func `who moved, with what money`() {
    var risen = payer((0, 100), (95, 900))
    risen.nps(0, 9)
    let customers = [payer((0, 900)), risen, payer((95, 50)), payer((0, 10))]
    let found = census(Migration.self, of: customers, 100)
    #expect(found.keys.sorted() == ["company:all/CNY/a-a", "company:all/CNY/b-a", "company:all/CNY/c-c", "company:all/CNY/none-c"])
    #expect(found["company:all/CNY/b-a"]?.row.revenueMinor == 1_000 && found["company:all/CNY/b-a"]?.row.customers == 1)
    let segments = census(Segments.self, of: customers, 100).values.map(\.row)
    #expect(found.values.map(\.row.customers).reduce(0, +) == segments.count)
  }

  @Test(arguments: UInt64(1)...30) func `moves add up to the customers`(seed: UInt64) {
    var dice = Dice(seed)
    let customers = (0..<20).map { _ in
      var timeline = Timeline()
      for _ in 0..<(1 + dice.roll(6)) { timeline.pay(dice.roll(500), Int64(1 + dice.roll(1_000)), cur: dice.roll(5) == 0 ? "USD" : "CNY") }
      if dice.roll(4) == 0 { timeline.grade(dice.roll(500), ["a", "b", "c"][dice.roll(3)]) }
      return timeline
    }
    let moves = census(Migration.self, of: customers, 450).values.map(\.row)
    let segments = census(Segments.self, of: customers, 450).values.map(\.row)
    for grade in SegmentGrade.allCases {
      #expect(moves.filter { $0.after == grade }.map(\.customers).reduce(0, +) == segments.count { $0.grade == grade && $0.currency != nil }, "seed \(seed)")
    }
  }
}
