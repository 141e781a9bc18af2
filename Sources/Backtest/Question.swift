public import Engine
public import Projection
public import Wire

/// What warned: a projection, and how its rows are read.
public struct Warning: Sendable {
  public let asked: Asked
  public let isFlagged: @Sendable (AnyRow) -> Bool
  /// The greater, the more is feared.
  public let risk: @Sendable (AnyRow) -> Double

  public init(
    _ asked: Asked, isFlagged: @escaping @Sendable (AnyRow) -> Bool, risk: @escaping @Sendable (AnyRow) -> Double
  ) {
    (self.asked, self.isFlagged, self.risk) = (asked, isFlagged, risk)
  }
}

/// What was to be foretold: a projection whose rows tell whether it came about.
public struct Aftermath: Sendable {
  public let asked: Asked
  /// Whether it could come about for one whose row on the day of judgement this is.
  public let isPossible: @Sendable (AnyRow) -> Bool
  /// When it came about within the horizon, by the row at its end; `nil`: it did not.
  public let happened: @Sendable (AnyRow?, Horizon) -> Day?

  public init(
    _ asked: Asked, isPossible: @escaping @Sendable (AnyRow) -> Bool,
    happened: @escaping @Sendable (AnyRow?, Horizon) -> Day?
  ) {
    (self.asked, self.isPossible, self.happened) = (asked, isPossible, happened)
  }
}

/// The days behind a judgement in which the outcome is looked for: later than `asOf`, and not later than `end`.
public struct Horizon: Hashable, Sendable {
  public let asOf: Day
  public let days: Int

  public var end: Day { asOf + days }

  /// Days of the longest.
  public static let limit = 3_650

  public init(asOf: Day, days: Int) { (self.asOf, self.days) = (asOf, days) }
}

/// Other scores beside the warning's own, for comparison.
public struct Comparison: Sendable {
  public struct Score: Sendable {
    public let name: String
    /// The greater, the more is feared; `nil` for one who cannot be scored.
    public let risk: @Sendable (AnyRow) -> Double?

    public init(_ name: String, risk: @escaping @Sendable (AnyRow) -> Double?) {
      (self.name, self.risk) = (name, risk)
    }
  }

  /// What the scores are made from.
  public let material: Asked
  /// Makes the scores from all rows as of one day: what a day's scores are fitted on was known on that day.
  public let scores: @Sendable ([AnyRow], Horizon) -> [Score]

  public init(_ material: Asked, scores: @escaping @Sendable ([AnyRow], Horizon) -> [Score]) {
    (self.material, self.scores) = (material, scores)
  }
}

/// A backtest as it is asked.
public struct Question: Sendable {
  public let warning: Warning
  public let outcome: Aftermath
  public let days: [Day]
  public let horizonDays: Int
  /// Judge by what the log knew on each day, rather than by all that it knows now.
  public var asKnownThen = false
  /// Rule kind → version, for whatever is judged by the rule in force.
  public var rules: [String: Int] = [:]
  public var comparison: Comparison?

  public init(_ warning: Warning, against outcome: Aftermath, on days: [Day], horizonDays: Int) {
    (self.warning, self.outcome, self.days, self.horizonDays) = (warning, outcome, days, horizonDays)
  }
}
