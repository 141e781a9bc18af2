import Vocabulary
import Wire

@testable import Conditions

/// Measures of every sort, and one subject whose values a test writes down.
enum Words {
  static let silence = Measure(1, "days since last purchase", "距上次购买天数", .days, .rising)
  static let gap = Measure(2, "median purchase gap", "采购间隔中位数", .days, scale: 2, cost: 4)
  static let purchases = Measure(3, "purchases", "购买次数", .count, window: .optional, cost: 2)
  static let revenue = Measure(4, "revenue", "收入", .minor, window: .always, cost: 2)
  static let score = Measure(5, "recommendation score", "推荐分", .score)
  static let untilEnd = Measure(6, "days until contract end", "距合同到期天数", .days, .falling)
  static let grade = Measure(
    7, "grade", "客户等级", .word, words: [Word("a", "Grade A", "A 级"), Word("b", "Grade B", "B 级"), Word("c", "Grade C", "C 级")])
  static let purchaseGaps = Measure(8, "purchase gaps", "采购间隔个数", .count)
  static let all = [silence, gap, purchases, revenue, score, untilEnd, grade, purchaseGaps]
}

/// A subject by the days on which it bought, and a contract's end.
struct Buyer: MeasureSource {
  var bought: [Int] = []
  var amount: Int64 = 10_000
  var currency = "CNY"
  var contractEnd: Int?
  var score: Int64?
  var grade: Int64 = 2

  static let zero = Day(number: 20_000)
  static func day(_ number: Int) -> Day { zero + number }

  private func past(_ day: Day) -> [Int] { bought.filter { Buyer.day($0) <= day }.sorted() }

  private func within(_ window: Window?, _ day: Day) -> [Int] {
    past(day).filter { number in
      let age = day - Buyer.day(number)
      return window.map { age >= $0.skip && age < $0.skip + $0.length } ?? true
    }
  }

  func value(of use: MeasureUse, in currency: Currency?, on day: Day) -> Int64? {
    switch use.measure {
    case Words.silence: return past(day).last.map { Int64(day - Buyer.day($0)) }
    case Words.gap:
      let days = past(day)
      let gaps = zip(days, days.dropFirst()).map { $1 - $0 }.sorted()
      return gaps.isEmpty ? nil : Int64(gaps[(gaps.count - 1) / 2] + gaps[gaps.count / 2])
    case Words.purchases: return Int64(within(use.window, day).count)
    case Words.revenue:
      guard currency?.description ?? self.currency == self.currency else { return 0 }
      return Int64(within(use.window, day).count) * amount
    case Words.score: return score
    case Words.untilEnd: return contractEnd.flatMap { Buyer.day($0) > day ? Int64(Buyer.day($0) - day) : nil }
    case Words.grade: return grade
    case Words.purchaseGaps: return Int64(max(0, past(day).count - 1))
    default: return nil
    }
  }

  func changes(of use: MeasureUse, in currency: Currency?) -> [Day] {
    if use.measure == Words.untilEnd { return contractEnd.map { [Buyer.day($0)] } ?? [] }
    return bought.flatMap { number in
      [Buyer.day(number)] + (use.window.map { [Buyer.day(number) + $0.skip, Buyer.day(number) + ($0.skip + $0.length)] } ?? [])
    }
  }

  func evidence(of use: MeasureUse, in currency: Currency?, on day: Day) -> [Int64] { within(use.window, day).map { Int64($0) } }
}

extension Condition {
  init(_ text: String) throws { try self.init(text, measures: Words.all) }
}
