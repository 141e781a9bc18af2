/// So many of so many: a win rate, a share of satisfied answers, a retention.
public struct Proportion: Hashable, Sendable {
  public let count: Int
  public let all: Int

  /// `nil` unless 0 ≤ count ≤ all.
  public init?(_ count: Int, of all: Int) {
    guard count >= 0, count <= all else { return nil }
    self.count = count
    self.all = all
  }

  /// For counts that are part of their whole by the way they were counted.
  init(counted count: Int, of all: Int) {
    self.count = count
    self.all = all
  }

  /// 0…1; `nil` of nobody.
  public var share: Double? { all > 0 ? Double(count) / Double(all) : nil }

  /// The score interval of Wilson (1927, JASA 22, 209–212), without correction for continuity. It stays within 0…1
  /// and holds at 0 of n and n of n; Brown, Cai & DasGupta (2001, Statistical Science 16(2), 101–133) recommend it.
  ///
  /// For independent answers drawn from many. `nil` of nobody, and unless the level lies between 0 and 1.
  public func interval(level: Double = 0.95) -> Interval? {
    guard let share, let z = Normal.reach(of: level) else { return nil }
    let n = Double(all)
    let square = z * z
    let middle = (share + square / (2 * n)) / (1 + square / n)
    let half = z / (1 + square / n) * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
    return Interval(
      lower: count == 0 ? 0 : max(0, middle - half), upper: count == all ? 1 : min(1, middle + half), level: level)
  }

  /// How many answers hold the half width of a normal interval to `margin`: z²p(1 − p)/margin², and for a population
  /// of N that times N/(N − 1 + it) (Cochran 1977, Sampling Techniques, §4.4), rounded up.
  ///
  /// - Parameters:
  ///   - share: what is expected; ½ is the worst case.
  ///   - population: of how many all answers are drawn without replacement; `nil` where they are many.
  /// - Returns: `nil` unless margin and level lie between 0 and 1, the share within 0…1 and the population is above 0.
  public static func sampleSize(
    margin: Double, level: Double = 0.95, share: Double = 0.5, population: Int? = nil
  ) -> Int? {
    guard margin > 1e-6, margin < 1, (0...1).contains(share), population.map({ $0 > 0 }) ?? true,
      let z = Normal.reach(of: level)
    else { return nil }
    let endless = z * z * share * (1 - share) / (margin * margin)
    guard let population else { return max(1, Int(endless.rounded(.up))) }
    let size = endless / (1 + (endless - 1) / Double(population))
    return min(population, max(1, Int(size.rounded(.up))))
  }
}

/// Between what bounds a figure is believed to lie, with which confidence.
public struct Interval: Hashable, Sendable {
  public let lower: Double
  public let upper: Double
  /// 0…1, 0.95 for ninety-five per cent.
  public let level: Double

  public init(lower: Double, upper: Double, level: Double) {
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
