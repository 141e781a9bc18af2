/// How much of the whole a few have: shares of customers in the revenue, of suppliers in the purchases.
public struct Concentration: Sendable {
  public let count: Int
  /// Money of all, minor units of one currency.
  public let total: Int64
  /// In falling order.
  private let values: [Int64]
  /// Σ (rank × value), ranks from 1 for the smallest: what the Gini coefficient is made of.
  private let ranked: Int128

  /// Those with nothing count: leave them out where they should not. Complexity: O(n log n).
  /// - Throws: `FigureRefusal.negative` with the place of a value below 0, `sumTooLarge`.
  public init(_ values: [Int64]) throws(FigureRefusal) {
    if let place = values.firstIndex(where: { $0 < 0 }) { throw .negative(at: place) }
    self.values = values.sorted(by: >)
    count = values.count
    total = try Exact.money(Exact.total(values))
    ranked = self.values.enumerated().reduce(0) { $0 + Int128(values.count - $1.offset) * Int128($1.element) }
  }

  /// The share of the `n` largest, 0…1; `nil` where the whole is 0 or n < 0.
  public func share(ofTop n: Int) -> Double? {
    n < 0 ? nil : Exact.ratio(Exact.total(values.prefix(n)), Int128(total))
  }

  /// The Herfindahl-Hirschman index: Σ share², from 1/n where all are alike to 1 where one has all (Hirschman 1945;
  /// Herfindahl 1950). `nil` where the whole is 0.
  public var herfindahl: Double? {
    guard total > 0 else { return nil }
    let whole = Double(total)
    // The small ones first, so that they are not lost beside the large.
    return min(1, values.reversed().reduce(0) { $0 + Double($1) / whole * (Double($1) / whole) })
  }

  /// The same in points, 0…10,000, as competition authorities write it.
  public var herfindahlPoints: Double? { herfindahl.map { $0 * 10_000 } }

  /// How many alike would be as concentrated: 1 ÷ the index.
  public var effectiveNumber: Double? { herfindahl.map { 1 / $0 } }

  /// The Gini coefficient (2 Σ rank × value − (n + 1) Σ value) ÷ (n Σ value), 0 where all are alike, 1 − 1/n where one
  /// has all (Gini 1912; the formula of Dixon et al. 1987, Ecology 68, without their correction). `nil` where the whole
  /// is 0.
  public var gini: Double? {
    Exact.ratio(2 * ranked - Int128(count + 1) * Int128(total), Int128(count) * Int128(total))
  }

  /// The Lorenz curve: what share of the whole the smallest have together. At most `points` steps after the origin, at
  /// equal distance in customers; empty where the whole is 0 or points < 1 (Lorenz 1905).
  public func lorenz(points: Int = 100) -> [(customers: Double, share: Double)] {
    guard total > 0, points >= 1 else { return [] }
    let steps = min(points, count)
    var sum: Int128 = 0
    var place = 0
    var curve = [(customers: 0.0, share: 0.0)]
    for step in 1...steps {
      let end = (Int128(count) * Int128(step) / Int128(steps))
      while Int128(place) < end {
        place += 1
        sum += Int128(values[count - place])
      }
      curve.append((Double(place) / Double(count), Double(sum) / Double(total)))
    }
    return curve
  }
}
