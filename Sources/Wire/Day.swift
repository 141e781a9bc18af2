/// A calendar day of the proleptic Gregorian calendar, counted from 1970-01-01.
///
/// Bounds: 0001-01-01 … 9999-12-31. Conversion follows Howard Hinnant, "chrono-compatible low-level date algorithms"
/// (days_from_civil and civil_from_days).
public struct Day: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Days since 1970-01-01; negative before it.
  public let number: Int32

  @inlinable public init(number: Int32) { self.number = number }

  /// The day of a calendar date, or `nil` where the calendar has no such date.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, in: year)
    else { return nil }
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.number = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Year, month and day of month.
  public var civil: (year: Int, month: Int, day: Int) {
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  /// Days in a month of the proleptic Gregorian calendar.
  public static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  @inlinable public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
  @inlinable public static func + (day: Day, days: Int) -> Day { Day(number: day.number + Int32(days)) }
  /// Whole days from `b` to `a`.
  @inlinable public static func - (a: Day, b: Day) -> Int { Int(a.number) - Int(b.number) }

  /// Midnight UTC, at which the day begins.
  @inlinable public var start: Instant { Instant(microseconds: Int64(number) * Instant.microsecondsPerDay) }
}

extension Day: LosslessStringConvertible {
  /// `2026-11-23` (ISO 8601 calendar date).
  public var description: String {
    var text = Text()
    text.append(self)
    return text.string
  }

  /// Reads exactly `YYYY-MM-DD`.
  public init?(_ description: String) {
    var copy = description
    let day = copy.withUTF8 { bytes in Day(iso: Span(_unsafeElements: bytes)) }
    guard let day else { return nil }
    self = day
  }

  /// Reads exactly ten bytes `YYYY-MM-DD`.
  @inlinable public init?(iso bytes: Span<UInt8>) {
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
      let year = bytes.digits(0, 4), let month = bytes.digits(5, 2), let day = bytes.digits(8, 2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}

extension Span<UInt8> {
  /// The decimal number of `count` digits at `offset`, or `nil` where a byte is no digit.
  /// - Precondition: `offset + count <= self.count`.
  @inlinable func digits(_ offset: Int, _ count: Int) -> Int? {
    var value = 0
    for i in offset..<offset + count {
      let digit = self[i] &- 0x30
      guard digit <= 9 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return value
  }
}
