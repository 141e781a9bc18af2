public import Wire

/// How often history is judged anew.
public enum Cadence: Hashable, Sendable {
  case days(Int)
  case months(Int)

  /// Steps of one run.
  public static let limit = 600

  /// The day so many steps after `start`. Counted from the start each time, so that a month's last day stays one: 31
  /// January, 28 February, 31 March. `nil` beyond the year 9999.
  public func day(_ step: Int, from start: Day) -> Day? {
    switch self {
    case .days(let days): return start + step * days
    case .months(let count):
      let (year, month, day) = start.civil
      let total = year * 12 + month - 1 + step * count
      guard total >= 12 else { return nil }
      let (newYear, newMonth) = (total / 12, total % 12 + 1)
      // A start on a month's last day means last days.
      let isLast = day == Day.length(ofMonth: month, in: year)
      let length = Day.length(ofMonth: newMonth, in: newYear)
      return Day(year: newYear, month: newMonth, day: isLast ? length : min(day, length))
    }
  }

  /// Where steps back begin that nobody said more of: a month's last day where months are counted.
  public func lastEnd(notAfter day: Day) -> Day {
    guard case .months = self else { return day }
    let (year, month, ofMonth) = day.civil
    return ofMonth == Day.length(ofMonth: month, in: year) ? day : day + -ofMonth
  }

  /// From `start` on, until `end`; at most `limit`.
  public func days(from start: Day, through end: Day) -> [Day] {
    var days: [Day] = []
    while days.count < Cadence.limit, let day = day(days.count, from: start), day <= end { days.append(day) }
    return days
  }

  /// Back from `end`, so many; earlier than `start` none.
  public func days(back count: Int, to end: Day, notBefore start: Day) -> [Day] {
    var days: [Day] = []
    while days.count < count, let day = day(-days.count, from: end), day >= start { days.append(day) }
    return days.reversed()
  }
}
