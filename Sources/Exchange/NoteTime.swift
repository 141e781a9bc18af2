public import Wire

/// Times as process logs and CloudEvents write them.
public enum NoteTime {
  /// Reads ISO 8601: `T` or a blank between day and time, seconds and their decimals where there are any, a zone as
  /// `Z`, `±HH:MM` or `±HHMM`. Without a zone UTC is meant, as OCEL's databases write it. Decimals after the sixth are
  /// cut off: the log counts microseconds.
  public static func read(_ text: String) -> Instant? {
    if let instant = Instant(text) { return instant }
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, bytes.count <= 64 else { return nil }
    if bytes.count == 10 { return Day(text)?.start }
    var clock = bytes[11...]
    var zone: [UInt8] = Array("Z".utf8)
    if clock.last == UInt8(ascii: "Z") || clock.last == UInt8(ascii: "z") {
      clock = clock.dropLast()
    } else if let sign = clock.lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) {
      zone = Array(clock[sign...])
      if zone.count == 5 { zone.insert(UInt8(ascii: ":"), at: 3) }
      clock = clock[..<sign]
    }
    var digits = Array(clock)
    if digits.count == 5 { digits += Array(":00".utf8) }
    if let point = digits.firstIndex(of: UInt8(ascii: ".")) { digits = Array(digits.prefix(point + 7)) }
    return Instant(String(decoding: bytes[..<11] + digits + zone, as: UTF8.self))
  }

  /// The start of 1970, which OCEL writes for "from its beginning on".
  public static let beginning = Instant(microseconds: 0)
}
