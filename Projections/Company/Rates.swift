public import Statistics

extension Proportion {
  /// In hundredths of a percent, rounded to the nearest, half up; `nil` of nobody.
  public var basisPoints: Int64? { all > 0 ? Int64((count * 20_000 + all) / (all * 2)) : nil }
}
