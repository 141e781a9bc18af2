public import Wire

/// A calendar month.
public struct Month: Hashable, Comparable, Sendable, BitwiseCopyable, CustomStringConvertible {
  /// Months since January of the year 0.
  public let number: Int32

  public init(_ day: Day) {
    let civil = day.civil
    number = Int32(civil.year * 12 + civil.month - 1)
  }

  public static func < (a: Month, b: Month) -> Bool { a.number < b.number }

  /// The first day; `nil` beyond the calendar.
  public var first: Day? { Day(year: Int(number) / 12, month: Int(number) % 12 + 1, day: 1) }

  /// `2026-10`.
  public var description: String { first.map { String($0.description.prefix(7)) } ?? "?" }
}

extension Day {
  /// The corresponding day so many months later, or the last of that month; `nil` beyond the calendar.
  public func adding(months: Int) -> Day? {
    let (year, month, day) = civil
    let number = year * 12 + month - 1 + months
    guard (12...119_999).contains(number) else { return nil }
    return Day(
      year: number / 12, month: number % 12 + 1, day: min(day, Day.length(ofMonth: number % 12 + 1, in: number / 12)))
  }
}
