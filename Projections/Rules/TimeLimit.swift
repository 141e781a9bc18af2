public import Wire

/// How long something may take.
public enum TimeLimit: Hashable, Sendable {
  /// Minutes on any clock: nights and weekends count.
  case minutes(Int)
  /// Until work closes on so many working days after the day on which it began.
  case workingDays(Int)
  /// Until an instant that was named.
  case at(Instant)
  /// Through the whole of a local day that was named.
  case through(Day)
  /// So many years as the law reckons periods (Civil Code of the PRC, art. 200 to 203): the day on which it began is not
  /// counted; the last is the corresponding day, or the last of its month where there is none; where nobody works on it,
  /// the next that is worked.
  case years(Int)

  /// Whether it grows while the customer is waited for. A day or instant that was named, or that the law names, stays.
  var pauses: Bool {
    switch self {
    case .minutes, .workingDays: true
    case .at, .through, .years: false
    }
  }
}

extension WorkCalendar {
  /// The instant up to which something is in time that began at `start`; `nil` beyond the calendar's horizon.
  /// Complexity: O(days walked), at most 4,000.
  public func end(of limit: TimeLimit, from start: Instant) -> Instant? {
    switch limit {
    case .minutes(let minutes): start + .seconds(minutes * 60)
    case .workingDays(let days): closing(afterWorkingDays: days, from: start)
    case .at(let instant): instant
    case .through(let day): end(of: day)
    case .years(let years): lastDay(afterYears: years, from: start).map { end(of: $0) }
    }
  }

  private func lastDay(afterYears years: Int, from start: Instant) -> Day? {
    let first = day(of: start).civil
    // Only a leap day has none that corresponds.
    let corresponding =
      Day(year: first.year + years, month: first.month, day: first.day)
      ?? Day(year: first.year + years, month: first.month, day: first.day - 1)
    guard var last = corresponding else { return nil }
    for _ in 0..<WorkCalendar.horizonDays {
      if isWorked(last) { return last }
      last = last + 1
    }
    return nil
  }
}
