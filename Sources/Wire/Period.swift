/// A month, quarter or year of the calendar, as targets, forecasts and reports name it: `2026-07`, `2026Q3`, `2026`.
public struct Period: Hashable, Comparable, Sendable, BitwiseCopyable {
  public enum Length: UInt8, Sendable, BitwiseCopyable {
    case month = 1
    case quarter = 3
    case year = 12
  }
  public let length: Length
  /// Months from 0001-01 to its first.
  private let firstMonth: Int32

  /// The period of that length in which a day lies.
  public init(_ length: Length, of day: Day) {
    let civil = day.civil
    let month = (civil.year - 1) * 12 + civil.month - 1
    self.init(length, firstMonth: month - month % Int(length.rawValue))
  }

  private init(_ length: Length, firstMonth: Int) {
    (self.length, self.firstMonth) = (length, Int32(firstMonth))
  }

  public var first: Day { Period.day(ofMonth: Int(firstMonth)) }
  /// The first day behind it.
  public var end: Day { Period.day(ofMonth: Int(firstMonth) + Int(length.rawValue)) }
  public var last: Day { end + -1 }

  public func contains(_ day: Day) -> Bool { first <= day && day < end }
  public func contains(_ other: Period) -> Bool { first <= other.first && other.end <= end }
  /// The period of another length in which this one begins.
  public func within(_ length: Length) -> Period { Period(length, of: first) }
  /// The period of this length `count` later; the last of the calendar beyond it.
  public func advanced(by count: Int) -> Period {
    let months = Int(firstMonth) + count * Int(length.rawValue)
    return Period(length, firstMonth: min(max(months, 0), Period.months - Int(length.rawValue)))
  }

  /// By the beginning; the longer one first.
  public static func < (a: Period, b: Period) -> Bool { (a.firstMonth, b.length.rawValue) < (b.firstMonth, a.length.rawValue) }

  /// Months of the calendar, 0001-01 to 9999-12.
  private static let months = 9_999 * 12

  private static func day(ofMonth month: Int) -> Day {
    Day(year: month / 12 + 1, month: month % 12 + 1, day: 1) ?? Day(number: 2_932_897)  // 10000-01-01
  }
}

extension Period: LosslessStringConvertible {
  /// `2026-07`, `2026Q3` or `2026`.
  public var description: String {
    let (year, month, _) = first.civil
    let digits = String(year)
    let text = String(repeating: "0", count: 4 - digits.count) + digits
    switch length {
    case .month: return text + (month < 10 ? "-0" : "-") + String(month)
    case .quarter: return text + "Q" + String((month + 2) / 3)
    case .year: return text
    }
  }

  /// Reads exactly these; a quarter also as `2026-Q3` and with a small letter.
  public init?(_ description: String) {
    let bytes = Array(description.utf8)
    guard bytes.count >= 4, let year = bytes.span.digits(0, 4), (1...9999).contains(year) else { return nil }
    let rest = bytes[4...].drop { $0 == UInt8(ascii: "-") }
    let dashes = bytes.count - 4 - rest.count
    switch rest.count {
    case 0 where dashes == 0: self.init(.year, firstMonth: (year - 1) * 12)
    case 2 where dashes <= 1 && (rest.first == UInt8(ascii: "Q") || rest.first == UInt8(ascii: "q")):
      guard let last = rest.last, (0x31...0x34).contains(last) else { return nil }
      self.init(.quarter, firstMonth: (year - 1) * 12 + Int(last - 0x31) * 3)
    case 2 where dashes == 1:
      guard let month = bytes.span.digits(5, 2), (1...12).contains(month) else { return nil }
      self.init(.month, firstMonth: (year - 1) * 12 + month - 1)
    default: return nil
    }
  }
}
