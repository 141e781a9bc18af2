/// One period's figure in a row of periods of one length.
public struct PeriodFigure: Hashable, Sendable {
  /// `nil`: nothing is known of it, which is not 0.
  public let value: Double?
  /// The period is not over, or its data are not all in: no growth rests on it without a flag.
  public let isPartial: Bool

  public init(_ value: Double?, isPartial: Bool = false) {
    self.value = value
    self.isPartial = isPartial
  }
}

/// Change from an earlier period to a later one.
public struct Growth: Hashable, Sendable {
  /// (later − earlier) ÷ earlier; 0.1 for ten per cent more. `nil` where that is undefined.
  public let rate: Double?
  /// One of the two periods is partial: the rate compares unlike things and must be shown with that flag or not at all.
  public let isPartial: Bool
  public let undefined: Reason?

  /// Why there is no rate.
  public enum Reason: String, Hashable, Sendable {
    /// There is no earlier period, or one of the figures is unknown or no number.
    case missing
    /// The earlier figure is 0.
    case fromZero
    /// The earlier figure is below 0, where a rate would have the wrong sign.
    case fromNegative
    /// The rate leaves the range of numbers.
    case tooLarge
  }

  public init(from earlier: PeriodFigure?, to later: PeriodFigure) {
    isPartial = earlier?.isPartial ?? false || later.isPartial
    (rate, undefined) = Growth.rate(earlier?.value, later.value)
  }

  private static func rate(_ earlier: Double?, _ later: Double?) -> (Double?, Reason?) {
    guard let earlier, let later, earlier.isFinite, later.isFinite else { return (nil, .missing) }
    guard earlier != 0 else { return (nil, .fromZero) }
    guard earlier > 0 else { return (nil, .fromNegative) }
    let rate = (later - earlier) / earlier
    return rate.isFinite ? (rate, nil) : (nil, .tooLarge)
  }

  /// Of each period against the one `lag` before: 1 for the previous month, 12 for the same month a year ago. One
  /// entry a period, those without an earlier one `missing`. Nothing where lag < 1.
  public static func series(_ periods: [PeriodFigure], lag: Int = 1) -> [Growth] {
    guard lag >= 1 else { return [] }
    return periods.indices.map { place in
      Growth(from: place >= lag ? periods[place - lag] : nil, to: periods[place])
    }
  }

  /// The rate which, compounded over so many periods, leads from one figure to the other: (to ÷ from)^(1/n) − 1.
  /// `nil` unless both are above 0, finite, and n ≥ 1.
  public static func compound(from: Double, to: Double, periods: Int) -> Double? {
    guard from > 0, to > 0, from.isFinite, to.isFinite, periods >= 1 else { return nil }
    return Elementary.expm1((Elementary.log(to) - Elementary.log(from)) / Double(periods))
  }
}
