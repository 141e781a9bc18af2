import Wire

extension Int64 {
  /// The sum of two amounts of money. Beyond what JSON holds exactly it stays at the greatest number.
  public func plusMoney(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    guard !overflow else { return other < 0 ? -JSON.greatestInteger : JSON.greatestInteger }
    return Swift.min(Swift.max(sum, -JSON.greatestInteger), JSON.greatestInteger)
  }
}

extension Sequence<Int64> {
  /// The sum of amounts of money, see `plusMoney`.
  public var moneySum: Int64 { reduce(0) { $0.plusMoney($1) } }
}
