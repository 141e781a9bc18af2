public import Projection
public import Statistics
public import Wire

/// The days on which a customer bought: what models of repeat buying rest on. Purchases of one day count once.
public struct PurchaseDays: Hashable, Sendable {
  /// The first purchase of each day, by time; never empty.
  public private(set) var moments: [Moment] = []

  /// The days until `today`; `nil` where there is none.
  public init?(_ history: PurchaseHistory, until today: Day) {
    for purchase in history.purchases {
      let day = purchase.moment.at.day
      guard day <= today else { break }
      if moments.last.map({ $0.at.day < day }) ?? true { moments.append(purchase.moment) }
    }
    if moments.isEmpty { return nil }
  }

  /// The customer as known on `today`, by the first `count` of these days. Unit: weeks.
  /// - Precondition: `1 ≤ count ≤ moments.count`, and no day of those is later than `today`.
  public func pattern(on today: Day, count: Int) -> PurchasePattern? {
    let first = moments[0].at.day
    return PurchasePattern(repeats: count - 1, recencyDays: moments[count - 1].at.day - first, ageDays: today - first)
  }
}
