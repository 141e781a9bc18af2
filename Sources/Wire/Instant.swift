/// A moment in time: microseconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX time).
///
/// Bounds: years 0001 … 9999, so that every instant has an ISO 8601 text.
public struct Instant: Hashable, Comparable, Sendable, BitwiseCopyable {
  public let microseconds: Int64

  @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }

  public static let microsecondsPerDay: Int64 = 86_400_000_000

  /// 0001-01-01T00:00:00Z, before everything that can be recorded.
  public static let distantPast = Instant(microseconds: -62_135_596_800_000_000)
  /// 9999-12-31T23:59:59.999999Z, after everything that can be recorded.
  public static let distantFuture = Instant(microseconds: 253_402_300_799_999_999)

  @inlinable public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }
  @inlinable public static func + (instant: Instant, span: Duration) -> Instant {
    Instant(microseconds: instant.microseconds + span.wholeMicroseconds)
  }
  @inlinable public static func - (instant: Instant, span: Duration) -> Instant {
    Instant(microseconds: instant.microseconds - span.wholeMicroseconds)
  }

  /// This instant, `days` times 24 hours later.
  @inlinable public func adding(days: Int) -> Instant {
    Instant(microseconds: microseconds + Int64(days) * 86_400_000_000)
  }

  /// Whole 24-hour days from `earlier` to this instant, rounded down.
  @inlinable public func days(since earlier: Instant) -> Int {
    let span = microseconds - earlier.microseconds
    let days = span / 86_400_000_000
    return Int(span < 0 && span % 86_400_000_000 != 0 ? days - 1 : days)
  }

  /// The UTC day that contains this instant.
  @inlinable public var day: Day {
    let perDay: Int64 = 86_400_000_000
    let number = microseconds / perDay
    return Day(number: Int32(microseconds % perDay < 0 ? number - 1 : number))
  }
}

extension Duration {
  /// Microseconds, fractions cut off.
  @inlinable public var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }
}

extension Instant: LosslessStringConvertible {
  /// ISO 8601 in UTC: `2026-11-23T11:40:03Z`, with three decimals where there are milliseconds, six where there are
  /// microseconds. One instant has one text, as a canonical line needs.
  public var description: String {
    var text = Text()
    text.append(self)
    return text.string
  }

  /// Reads ISO 8601 with seconds, up to six decimals and a zone (`Z` or `±HH:MM`).
  public init?(_ description: String) {
    var copy = description
    let instant = copy.withUTF8 { bytes in Instant(iso: Span(_unsafeElements: bytes)) }
    guard let instant else { return nil }
    self = instant
  }

  /// Reads the ISO 8601 bytes that `init(_:)` reads.
  public init?(iso bytes: Span<UInt8>) {
    guard bytes.count >= 20, let day = Day(iso: bytes.extracting(0..<10)),
      bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let hour = bytes.digits(11, 2), let minute = bytes.digits(14, 2), let second = bytes.digits(17, 2),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var cursor = 19
    guard let fraction = Instant.fraction(bytes, &cursor), let zone = Instant.zone(bytes, cursor) else { return nil }
    let seconds = Int64(day.number) * 86_400 + Int64(hour * 3600 + minute * 60 + second) - Int64(zone)
    let instant = Instant(microseconds: seconds * 1_000_000 + fraction)
    guard instant >= .distantPast, instant <= .distantFuture else { return nil }
    self = instant
  }

  /// The decimals after the seconds as microseconds; moves `cursor` behind them.
  private static func fraction(_ bytes: Span<UInt8>, _ cursor: inout Int) -> Int64? {
    guard bytes[cursor] == UInt8(ascii: ".") else { return 0 }
    cursor += 1
    var value: Int64 = 0
    var scale: Int64 = 1_000_000
    while cursor < bytes.count, bytes[cursor] &- 0x30 <= 9 {
      guard scale > 1 else { return nil }
      scale /= 10
      value += Int64(bytes[cursor] &- 0x30) * scale
      cursor += 1
    }
    return scale == 1_000_000 ? nil : value
  }

  /// Seconds east of UTC, from the zone that must end the text.
  private static func zone(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
    guard at < bytes.count else { return nil }
    if bytes[at] == UInt8(ascii: "Z") { return at + 1 == bytes.count ? 0 : nil }
    guard bytes.count == at + 6, bytes[at + 3] == UInt8(ascii: ":"),
      let hour = bytes.digits(at + 1, 2), let minute = bytes.digits(at + 4, 2), hour < 24, minute < 60
    else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "+"): return hour * 3600 + minute * 60
    case UInt8(ascii: "-"): return -(hour * 3600 + minute * 60)
    default: return nil
    }
  }
}
