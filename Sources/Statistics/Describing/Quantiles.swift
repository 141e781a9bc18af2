/// The quantile of type 7 of Hyndman & Fan (1996, American Statistician 50(4), 361–365): linear between the sorted
/// values, with the smallest at probability 0 and the greatest at 1. It is the default of R, NumPy and spreadsheets.
///
/// `nil` of nothing, where a value is not finite, and where the probability is not within 0…1. In the unit of the
/// values. Complexity: O(n log n).
public func quantile(_ values: [Double], _ probability: Double) -> Double? {
  SortedValues(values)?.quantile(probability)
}

/// The middle value, the mean of the two in the middle where there is no one: quantile ½ of type 7. `nil` of nothing
/// and where a value is not finite.
public func median(_ values: [Double]) -> Double? { quantile(values, 0.5) }

/// Values sorted once, for several quantiles.
public struct SortedValues: Sendable {
  public let values: [Double]

  /// `nil` of nothing, and where a value is not finite.
  public init?(_ values: [Double]) {
    guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
    self.values = values.sorted()
  }

  /// Type 7; `nil` where the probability is not within 0…1. Complexity: O(1).
  public func quantile(_ probability: Double) -> Double? {
    guard (0...1).contains(probability) else { return nil }
    let place = Double(values.count - 1) * probability
    let below = Int(place)
    let share = place - Double(below)
    let low = values[below]
    guard share > 0 else { return low }
    // Weights rather than a difference, which would overflow between numbers of opposite sign.
    return min(max((1 - share) * low + share * values[below + 1], low), values[below + 1])
  }
}

/// What a list of durations or amounts looks like: count, extremes, quartiles of type 7, mean.
public struct Summary: Hashable, Sendable {
  public let count: Int
  public let mean: Double
  public let least: Double
  public let lowerQuartile: Double
  public let median: Double
  public let upperQuartile: Double
  public let greatest: Double

  /// `nil` of nothing, and where a value is not finite. The mean is summed in the order of size, so the order of the
  /// values changes no bit. Complexity: O(n log n).
  public init?(_ values: [Double]) {
    guard let sorted = SortedValues(values), let lower = sorted.quantile(0.25), let middle = sorted.quantile(0.5),
      let upper = sorted.quantile(0.75), let first = sorted.values.first, let last = sorted.values.last
    else { return nil }
    count = values.count
    // Each value is divided before it is added where the sum would leave the range of numbers.
    let sum = sorted.values.reduce(0, +)
    mean = sum.isFinite ? sum / Double(count) : sorted.values.reduce(0) { $0 + $1 / Double(values.count) }
    (least, lowerQuartile, median, upperQuartile, greatest) = (first, lower, middle, upper, last)
  }

  /// Of whole numbers, such as days.
  public init?(_ values: [Int]) { self.init(values.map(Double.init)) }
}
