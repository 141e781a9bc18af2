public import Conditions
import Projection
public import Vocabulary
public import Wire

/// The measures of a customer that all rules about customers may ask for: purchases, revenue, contracts.
///
/// Numbers below 20 are these; a projection numbers its own from 20.
public enum AccountMeasure: UInt8, CaseIterable, Sendable {
  case daysSinceLastPurchase = 1
  case daysSinceFirstPurchase = 2
  case purchases = 3
  case medianGap = 4
  case gaps = 5
  case revenue = 6
  case contractsInForce = 7
  case daysUntilContractEnd = 8
  case daysSinceContractEnd = 9

  public var measure: Measure {
    switch self {
    case .daysSinceLastPurchase: Measure(rawValue, "days since last purchase", "距上次购买天数", .days, .rising)
    case .daysSinceFirstPurchase: Measure(rawValue, "days since first purchase", "距首次购买天数", .days, .rising)
    case .purchases: Measure(rawValue, "purchases", "购买次数", .count, window: .optional, cost: 2)
    case .medianGap: Measure(rawValue, "median purchase gap", "采购间隔中位数", .days, scale: 2, cost: 4)
    case .gaps: Measure(rawValue, "purchase gaps", "采购间隔个数", .count, cost: 2)
    case .revenue: Measure(rawValue, "revenue", "收入", .minor, window: .optional, cost: 2)
    case .contractsInForce: Measure(rawValue, "contracts in force", "在履合同数", .count)
    case .daysUntilContractEnd: Measure(rawValue, "days until contract end", "距合同到期天数", .days, .falling)
    case .daysSinceContractEnd: Measure(rawValue, "days since contract end", "合同结束后天数", .days, .rising)
    }
  }
}

/// A customer's purchases and contracts, as conditions ask for them by day.
public struct AccountMeasures {
  /// Events that are counted or summed, by time.
  private let purchases: Occasions
  private let movements: [Movement]
  private let terms: [Term]

  /// - Parameters: by business time, and none of them later than the time of judgement.
  public init(purchases: [Movement], movements: [Movement], terms: [Term]) {
    self.purchases = Occasions(purchases.map(\.moment))
    self.movements = movements
    self.terms = terms
  }

  public func value(_ measure: AccountMeasure, _ window: Window?, in currency: Currency?, on day: Day) -> Int64? {
    switch measure {
    case .daysSinceLastPurchase: purchases.daysSinceLast(on: day)
    case .daysSinceFirstPurchase: purchases.daysSinceFirst(on: day)
    case .purchases: Int64(purchases.within(window, on: day).count)
    case .medianGap: rhythm(on: day).doubledMedian.map { Int64($0) }
    case .gaps: Int64(rhythm(on: day).count)
    case .revenue: revenue(window, in: currency, on: day)
    case .contractsInForce: Int64(terms.count { $0.isInForce(throughout: day) })
    case .daysUntilContractEnd: nextEnd(on: day).map { Int64($0.at.day - day) }
    case .daysSinceContractEnd: lastEnd(on: day).map { Int64(day - $0.at.day) }
    }
  }

  public func changes(_ measure: AccountMeasure, _ window: Window?) -> [Day] {
    switch measure {
    case .daysSinceLastPurchase, .daysSinceFirstPurchase, .medianGap, .gaps: purchases.changes(nil)
    case .purchases: purchases.changes(window)
    case .revenue: Occasions(movements.map(\.moment)).changes(window) + purchases.changes(nil)
    case .contractsInForce, .daysUntilContractEnd, .daysSinceContractEnd:
      terms.flatMap { [$0.start.at.day] + ($0.end.map { [$0.at.day] } ?? []) }
    }
  }

  public func evidence(_ measure: AccountMeasure, _ window: Window?, on day: Day) -> [Int64] {
    switch measure {
    case .daysSinceLastPurchase: purchases.last(on: day).map { [$0.seq] } ?? []
    case .daysSinceFirstPurchase: purchases.first(on: day).map { [$0.seq] } ?? []
    case .purchases: purchases.within(window, on: day).suffix(10).map(\.seq)
    case .medianGap, .gaps: purchases.within(nil, on: day).suffix(10).map(\.seq)
    case .revenue: Occasions(movements.map(\.moment)).within(window, on: day).suffix(10).map(\.seq)
    case .contractsInForce: terms.filter { $0.isInForce(throughout: day) }.map(\.start.seq)
    case .daysUntilContractEnd: nextEnd(on: day).map { [$0.seq] } ?? []
    case .daysSinceContractEnd: lastEnd(on: day).map { [$0.seq] } ?? []
    }
  }

  private func rhythm(on day: Day) -> PurchaseRhythm {
    var rhythm = PurchaseRhythm()
    for purchase in purchases.within(nil, on: day) { rhythm.take(purchase.at.day) }
    return rhythm
  }

  /// What came in, in the currency that is asked for or that of the customer's latest purchase; `nil` before the first.
  private func revenue(_ window: Window?, in currency: Currency?, on day: Day) -> Int64? {
    let past = movements.prefix { $0.moment.at.day <= day }
    guard let number = currency?.number ?? past.last?.currency else { return nil }
    return past.reduce(0) { sum, movement in
      guard movement.currency == number, window?.contains(movement.moment.at.day, on: day) ?? true else { return sum }
      let (total, overflow) = sum.addingReportingOverflow(movement.amount)
      return overflow ? sum : total
    }
  }

  private func nextEnd(on day: Day) -> Moment? {
    terms.filter { $0.isInForce(throughout: day) }.compactMap(\.end).min { $0.at < $1.at }
  }

  private func lastEnd(on day: Day) -> Moment? {
    terms.compactMap(\.end).filter { $0.at.day <= day }.max { $0.at < $1.at }
  }
}

extension Term {
  /// Begun by the end of a day, and not at its end on it.
  fileprivate func isInForce(throughout day: Day) -> Bool {
    start.at.day <= day && (end.map { day < $0.at.day } ?? true)
  }
}
