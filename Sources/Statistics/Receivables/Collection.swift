/// Days of sales that are owed, after the balance: receivables at the end ÷ credit sales of the period × its days. It
/// rises when sales fall, even where all pay as before: see `CountBack`.
///
/// `nil` unless sales and days are above 0 and receivables are not below it. Money in one unit.
public func daysSalesOutstanding(receivables: Int64, creditSales: Int64, days: Int) -> Double? {
  guard receivables >= 0, creditSales > 0, days > 0 else { return nil }
  return Double(receivables) / Double(creditSales) * Double(days)
}

/// The same of what is not yet due alone: the best that the terms of payment allow. What lies above it is lateness.
public func bestPossibleDaysSalesOutstanding(notDue: Int64, creditSales: Int64, days: Int) -> Double? {
  daysSalesOutstanding(receivables: notDue, creditSales: creditSales, days: days)
}

/// Days of sales that are owed, by counting back: the receivables are taken to be the latest sales, month before month
/// until they are used up. It does not move with the season of sales.
public struct CountBack: Hashable, Sendable {
  /// A period's credit sales, and its days.
  public struct Period: Hashable, Sendable {
    public let creditSales: Int64
    public let days: Int

    /// `nil` for sales below 0, and unless the days are 1…3,660.
    public init?(creditSales: Int64, days: Int) {
      guard creditSales >= 0, (1...3_660).contains(days) else { return nil }
      self.creditSales = creditSales
      self.days = days
    }
  }

  public let days: Double
  /// The receivables exceed all sales that were handed in: the days are at least so many.
  public let isLowerBound: Bool

  /// - Parameter periods: the latest first.
  /// `nil` for receivables below 0.
  public init?(receivables: Int64, periods: [Period]) {
    guard receivables >= 0 else { return nil }
    var rest = receivables
    var days = 0.0
    for period in periods {
      guard rest > 0 else { break }
      guard rest < period.creditSales else {
        rest -= period.creditSales
        days += Double(period.days)
        continue
      }
      days += Double(rest) / Double(period.creditSales) * Double(period.days)
      rest = 0
    }
    self.days = days
    isLowerBound = rest > 0
  }
}

/// Collection effectiveness index: what was collected of what could have been, (opening + sales − closing) ÷ (opening +
/// sales − not yet due at the end). 1 where all that fell due was collected (Credit Research Foundation).
///
/// `nil` for money below 0, and where nothing could have been collected. Above 1 where more was collected than fell
/// due, below 0 where receivables grew by more than the sales.
public func collectionEffectiveness(
  opening: Int64, creditSales: Int64, closing: Int64, closingNotDue: Int64
) -> Double? {
  guard opening >= 0, creditSales >= 0, closing >= 0, closingNotDue >= 0 else { return nil }
  let could = Int128(opening) + Int128(creditSales) - Int128(closingNotDue)
  return could > 0 ? Exact.ratio(Int128(opening) + Int128(creditSales) - Int128(closing), could) : nil
}
