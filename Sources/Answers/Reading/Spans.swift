import Backtest
import Wire

/// `90d` or `13w`: a length of time in whole days.
public struct DaySpan: Equatable, Sendable {
  public let days: Int

  public init?(_ text: String) {
    guard let unit = text.last, let number = Int(text.dropLast()), (1...Horizon.limit).contains(number) else {
      return nil
    }
    switch unit {
    case "d": days = number
    case "w": days = number * 7
    default: return nil
    }
    guard days <= Horizon.limit else { return nil }
  }

  public init(days: Int) { self.days = days }
}

extension Cadence {
  /// `day`, `week`, `month`, `quarter`, `year`, or a number of days such as `10d`.
  public init?(_ text: String) {
    switch text {
    case "day": self = .days(1)
    case "week": self = .days(7)
    case "month": self = .months(1)
    case "quarter": self = .months(3)
    case "year": self = .months(12)
    default:
      guard let span = DaySpan(text) else { return nil }
      self = .days(span.days)
    }
  }
}

extension Day {
  /// The last microsecond of the day: what "until a day" means.
  public var last: Instant { Instant(microseconds: start.microseconds + Instant.microsecondsPerDay - 1) }
}
