/// A growing buffer of UTF-8, for canonical lines and for anything that is written once and never parsed again.
///
/// Appending costs no intermediate `String`; numbers, days and instants are written digit by digit.
public struct Text: Sendable {
  public var bytes: [UInt8]

  public init(capacity: Int = 0) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// The bytes as a string. They are valid UTF-8 as long as only this type's own methods appended.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  @inlinable public mutating func append(_ byte: UInt8) { bytes.append(byte) }
  @inlinable public mutating func append(_ literal: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }
  @inlinable public mutating func append(_ string: String) { bytes.append(contentsOf: string.utf8) }

  /// Forgets what stands from byte `count` on.
  public mutating func drop(from count: Int) { bytes.removeSubrange(count...) }

  /// Decimal digits, with a minus sign where negative.
  public mutating func append(_ number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var width = 1
    var rest = number.magnitude
    while rest >= 10 { (rest, width) = (rest / 10, width + 1) }
    append(number.magnitude, width: width)
  }

  /// Exactly `width` digits, leading zeros included; of a longer number the last ones.
  mutating func append(_ number: UInt64, width: Int) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width))
    var rest = number
    for place in (start..<start + width).reversed() {
      bytes[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  /// `YYYY-MM-DD`.
  public mutating func append(_ day: Day) {
    let (year, month, dayOfMonth) = day.civil
    append(UInt64(year), width: 4)
    append(UInt8(ascii: "-"))
    append(UInt64(month), width: 2)
    append(UInt8(ascii: "-"))
    append(UInt64(dayOfMonth), width: 2)
  }

  /// The canonical ISO 8601 text of an instant (see `Instant.description`).
  public mutating func append(_ instant: Instant) {
    let day = instant.day
    append(day)
    append(UInt8(ascii: "T"))
    let rest = UInt64(instant.microseconds - day.start.microseconds)
    append(rest / 3_600_000_000, width: 2)
    append(UInt8(ascii: ":"))
    append(rest / 60_000_000 % 60, width: 2)
    append(UInt8(ascii: ":"))
    append(rest / 1_000_000 % 60, width: 2)
    let micros = rest % 1_000_000
    if micros != 0 {
      append(UInt8(ascii: "."))
      if micros % 1000 == 0 { append(micros / 1000, width: 3) } else { append(micros, width: 6) }
    }
    append(UInt8(ascii: "Z"))
  }
}
