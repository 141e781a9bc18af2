/// Recency, frequency and amount of each of several customers, scored against the others (Hughes 1994, Strategic
/// Database Marketing; Bult & Wansbeek 1995, Marketing Science 14(4) 378–394).
public struct RFM: Sendable {
  /// What one customer did within the time that counts.
  public struct Customer: Hashable, Sendable {
    /// Whole days since the last purchase.
    public let daysSince: Int
    public let purchases: Int
    /// Minor units of one currency.
    public let amount: Int64

    public init(daysSince: Int, purchases: Int, amount: Int64) {
      self.daysSince = daysSince
      self.purchases = purchases
      self.amount = amount
    }
  }

  /// One customer's scores, 1…steps, `steps` the best.
  public struct Score: Hashable, Sendable {
    public let recency: Int
    public let frequency: Int
    public let amount: Int

    /// The three in a row, "543".
    public var cell: String { "\(recency)\(frequency)\(amount)" }

    /// With each score high from `least` on.
    public func group(highFrom least: Int) -> RFMGroup {
      RFMGroup(recent: recency >= least, frequent: frequency >= least, large: amount >= least)
    }
  }

  /// By `relativeScores(_:steps:isLowBetter:)`: 5 for the usual quintiles. In the order of the customers.
  public static func scored(_ customers: [Customer], steps: Int = 5) -> [Score] {
    let recency = relativeScores(customers.map { Int64($0.daysSince) }, steps: steps, isLowBetter: true)
    let frequency = relativeScores(customers.map { Int64($0.purchases) }, steps: steps)
    let amount = relativeScores(customers.map(\.amount), steps: steps)
    return recency.indices.map { Score(recency: recency[$0], frequency: frequency[$0], amount: amount[$0]) }
  }

  /// By the mean: recent with fewer days than the mean of all, frequent and large above it; at the mean is not above.
  /// In the order of the customers.
  public static func grouped(_ customers: [Customer]) -> [RFMGroup] {
    // Fewer days than the mean are more than the mean of their negatives, which always exist.
    let recent = areAboveMean(customers.map { -Int64(max($0.daysSince, -Int.max)) })
    let frequent = areAboveMean(customers.map { Int64($0.purchases) })
    let large = areAboveMean(customers.map(\.amount))
    return customers.indices.map { RFMGroup(recent: recent[$0], frequent: frequent[$0], large: large[$0]) }
  }
}

/// The eight groups of high and low, by their usual names; important where the amount is high, general where it is low.
public enum RFMGroup: Int, Hashable, Sendable, CaseIterable {
  /// 重要价值: recent, frequent, large.
  case importantValue = 1
  /// 重要发展: recent and large, not frequent.
  case importantDevelop
  /// 重要保持: frequent and large, not recent.
  case importantKeep
  /// 重要挽留: large alone.
  case importantRetain
  /// 一般价值: recent and frequent, not large.
  case generalValue
  /// 一般发展: recent alone.
  case generalDevelop
  /// 一般保持: frequent alone.
  case generalKeep
  /// 一般挽留: none of the three.
  case generalRetain

  public init(recent: Bool, frequent: Bool, large: Bool) {
    switch (large, recent, frequent) {
    case (true, true, true): self = .importantValue
    case (true, true, false): self = .importantDevelop
    case (true, false, true): self = .importantKeep
    case (true, false, false): self = .importantRetain
    case (false, true, true): self = .generalValue
    case (false, true, false): self = .generalDevelop
    case (false, false, true): self = .generalKeep
    case (false, false, false): self = .generalRetain
    }
  }

  public var chinese: String {
    switch self {
    case .importantValue: "重要价值"
    case .importantDevelop: "重要发展"
    case .importantKeep: "重要保持"
    case .importantRetain: "重要挽留"
    case .generalValue: "一般价值"
    case .generalDevelop: "一般发展"
    case .generalKeep: "一般保持"
    case .generalRetain: "一般挽留"
    }
  }
}
