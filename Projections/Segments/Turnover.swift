import AccountHistory
import CompanyRules
import Events
import Projection
import Vocabulary
import Wire

/// A customer's money as one grading after another sees it.
public struct Turnover: Sendable {
  /// Positions of events that a finding names at most.
  static let evidenceLimit = 10

  let key: Int
  /// That of most purchases of the window, or of all where the window has none; of equally many the latest. `nil` of who
  /// never bought.
  let currency: Currency?
  /// Money of the window in that currency: as of now, and as of each grading before, the latest first.
  let money: [Int64]
  /// The last day of grading before today.
  let gradedBefore: Day
  /// Purchases of the window in that currency, and days since the last.
  let purchases: Int
  let daysSince: Int?
  /// Money of the window in other currencies.
  let others: [Amount]
  /// Positions of the latest movements of the window.
  let recent: [Int64]
  let first: Moment?
  let last: Moment?
  /// The grades that people gave: at present, and at the grading before.
  let given: GivenGrade?
  let givenBefore: GivenGrade?

  /// - Parameter gradings: how many gradings are looked at before the present one.
  /// `nil` for who never bought and was never graded.
  init?(
    _ facts: Trade.Facts, _ series: borrowing SeriesStore, of key: Int, by rules: SegmentRules, gradings: Int, asOf now: Instant
  ) {
    let history = PurchaseHistory(facts.purchases, series, by: rules.purchaseEvents)
    func counts(_ movement: Movement) -> Bool {
      movement.moment.at <= now && (rules.currency.map { $0.number == movement.currency } ?? true)
    }
    let movements = history.movements.filter(counts)
    given = facts.grades.given(in: series, asOf: now)
    gradedBefore = rules.gradingDay(before: now.day)
    givenBefore = facts.grades.given(in: series, asOf: Instant(microseconds: (gradedBefore + 1).start.microseconds - 1))
    guard !movements.isEmpty || given != nil else { return nil }
    let today = now.day
    func isRecent(_ movement: Movement) -> Bool { today - movement.moment.at.day < rules.windowDays }
    let bought = history.purchases.filter(counts)
    let recent = bought.filter(isRecent)
    let currency = (recent.isEmpty ? bought : recent).commonestCurrency ?? movements.last?.currency
    self.key = key
    self.currency = currency.map { Currency(number: $0) }
    let own = movements.filter { $0.currency == currency }
    money = Turnover.money(own, gradings: gradings, by: rules, today)
    let ownPurchases = recent.filter { $0.currency == currency }
    purchases = ownPurchases.count
    daysSince = ownPurchases.last.map { today - $0.moment.at.day }
    let counted = own.filter(isRecent)
    self.recent = counted.suffix(Turnover.evidenceLimit).map(\.moment.seq)
    (first, last) = (movements.first?.moment, movements.last?.moment)
    others = Turnover.others(movements.filter { $0.currency != currency && isRecent($0) })
  }

  private static func money(_ movements: [Movement], gradings: Int, by rules: SegmentRules, _ today: Day) -> [Int64] {
    var money = [Int64](repeating: 0, count: gradings + 1)
    let sinceGrading = today - rules.gradingDay(before: today)
    for movement in movements {
      let age = today - movement.moment.at.day
      if age < rules.windowDays { money[0] = money[0].plusMoney(movement.amount) }
      for place in money.indices.dropFirst() {
        let days = age - sinceGrading - (place - 1) * rules.regradeEveryDays
        if (0..<rules.windowDays).contains(days) { money[place] = money[place].plusMoney(movement.amount) }
      }
    }
    return money
  }

  private static func others(_ movements: [Movement]) -> [Amount] {
    var sums: [Amount] = []
    for movement in movements {
      let place = sums.firstIndex { $0.currency.number == movement.currency }
      let sum = (place.map { sums[$0].minor } ?? 0).plusMoney(movement.amount)
      let amount = Amount(SegmentRow.revenue, Currency(number: movement.currency), sum)
      if let place { sums[place] = amount } else { sums.append(amount) }
    }
    return sums.sorted { $0.currency.number < $1.currency.number }
  }
}

extension SegmentRules {
  /// The last day of grading before a day: those whose number since 1970-01-01 the step divides.
  func gradingDay(before day: Day) -> Day {
    let number = Int(day.number) - 1
    return day + -(1 + ((number % regradeEveryDays) + regradeEveryDays) % regradeEveryDays)
  }
}

extension [Movement] {
  /// The currency of most of these; of equally many that of the latest.
  fileprivate var commonestCurrency: UInt16? {
    guard let last, contains(where: { $0.currency != last.currency }) else { return self.last?.currency }
    var counts: [(currency: UInt16, count: Int)] = []
    // From the latest on, so that of equally many the latest stands first.
    for movement in reversed() {
      if let place = counts.firstIndex(where: { $0.currency == movement.currency }) {
        counts[place].count += 1
      } else {
        counts.append((movement.currency, 1))
      }
    }
    let most = counts.map(\.count).max()
    return counts.first { $0.count == most }?.currency
  }
}
