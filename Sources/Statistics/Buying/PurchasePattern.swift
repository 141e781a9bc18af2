/// A customer's purchases as the models of repeat buying know them: three numbers, in one unit of time for all.
///
/// Purchases of one day count once; the first purchase is the birth and no repeat.
public struct PurchasePattern: Hashable, Comparable, Sendable {
  /// Repeat purchases: x.
  public let repeats: Int
  /// From the first purchase to the last: t_x. 0 without a repeat.
  public let recency: Double
  /// From the first purchase to the day of observation: T.
  public let age: Double

  /// `nil` unless 0 ≤ recency ≤ age < ∞, repeats ≥ 0, and recency is 0 exactly where there is no repeat.
  public init?(repeats: Int, recency: Double, age: Double) {
    guard repeats >= 0, recency >= 0, age >= recency, age.isFinite, (repeats == 0) == (recency == 0) else { return nil }
    self.repeats = repeats
    self.recency = recency
    self.age = age
  }

  public static func < (a: PurchasePattern, b: PurchasePattern) -> Bool {
    (a.repeats, a.recency, a.age) < (b.repeats, b.recency, b.age)
  }

  /// From whole days, in weeks: the unit in which parameters are published.
  public init?(repeats: Int, recencyDays: Int, ageDays: Int) {
    self.init(repeats: repeats, recency: Double(recencyDays) / 7, age: Double(ageDays) / 7)
  }
}

/// Patterns with how many customers have each, in one order: sums over it do not depend on the order of the customers.
public struct PurchasePatterns: Sendable {
  /// Customers of one fit.
  public static let customerLimit = 10_000_000

  let groups: [(pattern: PurchasePattern, customers: Double)]
  public let customers: Int
  /// Customers with at least one repeat.
  public let repeaters: Int
  let greatestRepeats: Int
  /// Mean age, by which searches start.
  let meanAge: Double

  /// - Throws: `StatisticsError.tooManyCustomers`.
  public init(_ patterns: [PurchasePattern]) throws(StatisticsError) {
    guard patterns.count <= PurchasePatterns.customerLimit else {
      throw .tooManyCustomers(patterns.count, limit: PurchasePatterns.customerLimit)
    }
    var groups: [(pattern: PurchasePattern, customers: Double)] = []
    for pattern in patterns.sorted() {
      if groups.last?.pattern == pattern {
        groups[groups.count - 1].customers += 1
      } else {
        groups.append((pattern, 1))
      }
    }
    self.groups = groups
    customers = patterns.count
    repeaters = patterns.count { $0.repeats > 0 }
    greatestRepeats = patterns.reduce(0) { max($0, $1.repeats) }
    let total = groups.reduce(0) { $0 + $1.pattern.age * $1.customers }
    meanAge = patterns.isEmpty ? 0 : total / Double(patterns.count)
  }
}
