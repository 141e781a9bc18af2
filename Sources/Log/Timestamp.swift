/// Hands in the time, so that no test waits for it and no run depends on it.
public protocol LogClock: Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  func now() -> Int64
}

/// Canonical ISO 8601 text of an instant in UTC: `2026-11-23T11:40:03Z` for whole seconds, `….123Z` for whole
/// milliseconds, else `….123456Z`. One spelling for an instant, because the text is part of a hashed line.
///
/// Bound: years 0001 to 9999; an instant outside is clamped to the nearest inside.
public func isoText(microseconds: Int64) -> [UInt8] {
  let clamped = min(max(microseconds, -62_135_596_800_000_000), 253_402_300_799_999_999)
  let seconds = floorDivide(clamped, 1_000_000)
  let fraction = Int(clamped - seconds * 1_000_000)
  let days = floorDivide(seconds, 86_400)
  let second = Int(seconds - days * 86_400)
  let (year, month, day) = civilDate(days: Int(days))

  var text: [UInt8] = []
  text.reserveCapacity(27)
  append(year, width: 4, to: &text)
  for (mark, number) in [("-", month), ("-", day), ("T", second / 3600), (":", second / 60 % 60), (":", second % 60)] {
    text += mark.utf8
    append(number, width: 2, to: &text)
  }
  if fraction % 1000 != 0 {
    text.append(UInt8(ascii: "."))
    append(fraction, width: 6, to: &text)
  } else if fraction != 0 {
    text.append(UInt8(ascii: "."))
    append(fraction / 1000, width: 3, to: &text)
  }
  text.append(UInt8(ascii: "Z"))
  return text
}

private func append(_ number: Int, width: Int, to text: inout [UInt8]) {
  var divisor = 1
  for _ in 1..<width { divisor *= 10 }
  while divisor > 0 {
    text.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
    divisor /= 10
  }
}

/// Rounds towards minus infinity, as a calendar needs before 1970.
private func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
  number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor)
}

/// Gregorian date of a day counted from 1970-01-01, by eras of 400 years (146,097 days) that start on 1 March, so that
/// the leap day is the last of its year.
private func civilDate(days: Int) -> (year: Int, month: Int, day: Int) {
  let fromMarch0000 = days + 719_468
  let era = (fromMarch0000 >= 0 ? fromMarch0000 : fromMarch0000 - 146_096) / 146_097
  let dayOfEra = fromMarch0000 - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shifted = (5 * dayOfYear + 2) / 153  // months since March
  let month = shifted < 10 ? shifted + 3 : shifted - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
}
