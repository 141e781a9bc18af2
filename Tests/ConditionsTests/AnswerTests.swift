import TestSupport
import Testing
import Vocabulary
import Wire

@testable import Conditions

@Suite struct `Conditions answer` {
  private let buyer = Buyer(bought: [0, 10, 30, 60], contractEnd: 100, score: 7)

  @Test(arguments: [
    ("days since last purchase > 30 days", 90, false), ("days since last purchase > 30 days", 91, true),
    ("days since last purchase >= 1.5 * median purchase gap", 89, false), ("days since last purchase >= 1.5 * median purchase gap", 90, true),
    ("purchases in last 30 days = 1", 60, true), ("purchases in last 31 days = 2", 60, true),
    ("purchases in 30 days before last 30 days = 2", 60, true), ("purchases in 31 days before last 30 days = 3", 60, true),
    ("purchases = 4", 59, false), ("purchases = 4", 60, true),
    ("revenue in last 31 days >= 200 CNY", 60, true), ("revenue in last 31 days >= 200.01 CNY", 60, false),
    ("revenue in last 31 days > 0 USD", 60, false), ("revenue in last 31 days / purchases in last 31 days = 100 CNY", 60, true),
    ("revenue in last 31 days >= 100 % * revenue in 30 days before last 31 days", 60, true),
    ("revenue in last 31 days >= 100.0001 % * revenue in 30 days before last 31 days", 60, false),
    ("days until contract end <= 40 days", 59, false), ("days until contract end <= 40 days", 60, true),
    ("grade is c", 0, true), ("grade is not c", 0, false), ("recommendation score < 7", 0, false),
    ("recommendation score is known and not recommendation score < 7", 0, true),
    ("median purchase gap is unknown", 9, true), ("median purchase gap is known", 10, true),
    ("purchases = 1 or median purchase gap > 1 day", 0, true), ("purchases = 2 and median purchase gap > 1 day", 0, false),
  ]) func `at the edges`(text: String, day: Int, holds: Bool) throws {
    #expect(try Condition(text).answer(buyer, on: Buyer.day(day)) == holds)
  }

  @Test(arguments: [
    "median purchase gap > 1 day", "not median purchase gap > 1 day", "purchases = 1 and median purchase gap > 1 day",
    "purchases = 2 or median purchase gap > 1 day", "purchases / (purchases - 1) > 1", "days until contract end > 200 days or grade is a",
  ]) func `unknown where what is known decides neither`(text: String) throws {
    let buyer = Buyer(bought: [0])
    #expect(try Condition(text).answer(buyer, on: Buyer.day(5)) == nil)
  }

  @Test func `values beyond a measure's bound count as the bound, and nothing overflows`() throws {
    let rich = Buyer(bought: [0], amount: .max, score: .min)
    #expect(try Condition("revenue in last 9 days * 1000000000 > 999999999 CNY").answer(rich, on: Buyer.day(0)) == true)
    #expect(try Condition("recommendation score * 1000000000 < 0").answer(rich, on: Buyer.day(0)) == true)
  }

  @Test func `measurements say value, threshold and evidence in both languages`() throws {
    let condition = try Condition("days since last purchase > 1.5 * median purchase gap and purchases in last 31 days >= 3 and grade is a")
    let found = condition.measurements(buyer, on: Buyer.day(60))
    #expect(found.map(\.value) == ["0", "2", "c"])
    #expect(found.map(\.threshold) == ["30", "3", "a"])
    #expect(found.map(\.holds) == [false, false, false])
    #expect(found[1].evidence == [30, 60])
    #expect(found[0].comparisonInChinese == "距上次购买天数 > 1.5 * 采购间隔中位数")
    let unknown = try Condition("median purchase gap > 1 day").measurements(Buyer(bought: [0]), on: Buyer.day(1))
    #expect(unknown.map(\.value) == ["–"] && unknown.map(\.holds) == [nil])
  }
}

@Suite struct `Conditions that hold know since when` {
  private func held(_ when: String, until: String? = nil, after: Int = 0) throws -> HeldCondition {
    HeldCondition(when: try Condition(when), until: try until.map { try Condition($0) }, afterDays: after)
  }

  @Test(arguments: [
    ("days since last purchase > 30 days", 90, nil), ("days since last purchase > 30 days", 91, 91), ("days since last purchase > 30 days", 500, 91),
    ("purchases in last 30 days = 0", 500, 90), ("days until contract end <= 40 days", 70, 60), ("days until contract end <= 40 days", 100, nil),
    ("days since last purchase = 7 days", 67, 67), ("days since last purchase != 7 days", 68, 68), ("purchases >= 2", 500, 10),
    ("grade is c", 500, 0),
  ] as [(String, Int, Int?)]) func `exactly to the day`(text: String, today: Int, began: Int?) throws {
    let buyer = Buyer(bought: [0, 10, 30, 60], contractEnd: 100)
    #expect(try held(text).began(buyer, from: Buyer.day(0), on: Buyer.day(today)) == began.map { Buyer.day($0) })
  }

  @Test(arguments: [(96, nil), (97, 97), (98, 97)] as [(Int, Int?)]) func `grace lets it count later`(today: Int, began: Int?) throws {
    let buyer = Buyer(bought: [60])
    let held = try held("days since last purchase > 30 days", after: 6)
    #expect(held.began(buyer, from: Buyer.day(0), on: Buyer.day(today)) == began.map { Buyer.day($0) })
  }

  @Test func `hysteresis keeps it until another condition holds`() throws {
    let buyer = Buyer(bought: [0, 100, 110, 120])
    let held = try held("days since last purchase > 30 days", until: "purchases in last 30 days >= 3")
    let days = { (today: Int) in held.began(buyer, from: Buyer.day(0), on: Buyer.day(today)) }
    #expect(days(30) == nil && days(31) == Buyer.day(31))
    #expect(days(119) == Buyer.day(31), "two purchases are not enough to end it")
    #expect(days(120) == nil)
    #expect(held.stretches(buyer, from: Buyer.day(0), until: Buyer.day(160)) == [
      Buyer.day(31)...Buyer.day(119), Buyer.day(151)...Buyer.day(160),
    ])
  }

  /// The same by looking at every day, which is what the language promises.
  private func byDay(_ held: HeldCondition, _ buyer: Buyer, until today: Int) -> [Bool] {
    var isOn = false
    var run = 0
    return (0...today).map { number in
      let day = Buyer.day(number)
      if held.when.answer(buyer, on: day) == true {
        isOn = true
      } else if held.until == nil || held.until?.answer(buyer, on: day) == true {
        isOn = false
      }
      run = isOn ? run + 1 : 0
      return run > held.afterDays
    }
  }

  @Test(arguments: 0..<300) func `as if every day had been looked at`(seed: Int) throws {
    var dice = Dice(UInt64(seed))
    var writer = RandomCondition(seed: UInt64(seed) &* 7919)
    var buyer = Buyer(bought: (0..<dice.roll(7)).map { _ in dice.roll(250) }.sorted())
    if dice.roll(2) == 0 { buyer.contractEnd = dice.roll(300) }
    guard let when = try? Condition(writer.condition(depth: 2)) else { return }
    let until = dice.roll(2) == 0 ? try? Condition(writer.condition(depth: 1)) : nil
    let held = HeldCondition(when: when, until: until, afterDays: dice.roll(3) * 5)
    let today = 300
    let expected = byDay(held, buyer, until: today)
    var found = [Bool](repeating: false, count: today + 1)
    for stretch in held.stretches(buyer, from: Buyer.day(0), until: Buyer.day(today)) {
      for number in (stretch.lowerBound - Buyer.zero)...(stretch.upperBound - Buyer.zero) { found[number] = true }
    }
    let told: Comment = "seed \(seed): \(when.text) until \(until?.text ?? "–") after \(held.afterDays), \(buyer)"
    #expect(found == expected, told)
    let began = expected.last == true ? expected.lastIndex(of: false).map { $0 + 1 } ?? 0 : nil
    // With grace the first day that counts is told; a run that began before day 0 begins there.
    #expect(held.began(buyer, from: Buyer.day(0), on: Buyer.day(today)) == began.map { Buyer.day($0) }, told)
  }
}
