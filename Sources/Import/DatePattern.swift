import Wire

/// A date as a file writes it, with a time of day where it has one, and no zone.
struct LocalTime: Hashable, Sendable {
  var day: Day
  /// Microseconds since midnight.
  var time: Int64
  /// Microseconds by which the clock that shows it is ahead of UTC, where the text says so.
  var offset: Int64?
}

/// One way of writing dates: `yyyy-MM-dd`, `dd-MM-yyyy[ HH:mm[:ss]]`.
///
/// Letters: `yyyy`, `MM` `M`, `dd` `d`, `HH` `H`, `mm`, `ss`, `SSS` (decimals of a second, one to six). `X` (a zone:
/// `Z`, `±HH:mm`, `±HHmm`). A single letter reads one or two digits, a double letter exactly two. What stands in brackets may be absent. Every other character
/// stands for itself; letters that mean nothing are refused.
struct DatePattern: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case digits(Unit, low: Int, high: Int)
    case zone
    case literal(UInt8)
  }
  enum Unit: Hashable, Sendable { case year, month, day, hour, minute, second, fraction }

  let text: String
  /// The ways that the brackets leave, the longest first.
  private let ways: [Way]

  private struct Way: Hashable, Sendable {
    let parts: [Part]
    /// Bytes that a text written so can have.
    let lengths: ClosedRange<Int>
    /// `yyyy-MM-dd`, as most files write days.
    let isISODay: Bool

    init(_ parts: [Part]) {
      self.parts = parts
      var (low, high) = (0, 0)
      for part in parts {
        switch part {
        case .digits(_, let least, let most): (low, high) = (low + least, high + most)
        case .zone: (low, high) = (low + 1, high + 6)
        case .literal: (low, high) = (low + 1, high + 1)
        }
      }
      lengths = low...high
      let dash = Part.literal(UInt8(ascii: "-"))
      isISODay = parts == [.digits(.year, low: 4, high: 4), dash, .digits(.month, low: 2, high: 2), dash, .digits(.day, low: 2, high: 2)]
    }
  }

  /// Ways that one pattern may have.
  static let wayLimit = 16

  /// `nil` where the pattern has unknown letters, unpaired brackets, or lacks year, month or day.
  init?(_ text: String) {
    var texts = [text]
    while let open = texts.firstIndex(where: { $0.contains("[") || $0.contains("]") }) {
      guard texts.count <= DatePattern.wayLimit, let (with, without) = DatePattern.opened(texts[open]) else { return nil }
      texts.replaceSubrange(open...open, with: [with, without])
    }
    var ways: [Way] = []
    for text in texts {
      guard let parts = DatePattern.parts(of: text) else { return nil }
      ways.append(Way(parts))
    }
    self.text = text
    self.ways = ways.sorted { $0.parts.count > $1.parts.count }
  }

  /// A text with its first bracket opened: once with, once without what stands in it.
  private static func opened(_ text: String) -> (with: String, without: String)? {
    guard let open = text.firstIndex(of: "[") else { return nil }
    var depth = 0
    for place in text[open...].indices {
      if text[place] == "[" { depth += 1 }
      if text[place] == "]" { depth -= 1 }
      guard depth == 0 else { continue }
      let inner = text[text.index(after: open)..<place]
      let tail = text[text.index(after: place)...]
      return (String(text[..<open] + inner + tail), String(text[..<open] + tail))
    }
    return nil
  }

  private static func parts(of text: String) -> [Part]? {
    var parts: [Part] = []
    var units: Set<Unit> = []
    var rest = Array(text.utf8)[...]
    while let letter = rest.first {
      let run = rest.prefix { $0 == letter }
      rest = rest.dropFirst(run.count)
      guard (0x41...0x5A).contains(letter) || (0x61...0x7A).contains(letter), letter != UInt8(ascii: "T") else {
        parts += run.map { .literal($0) }
        continue
      }
      if letter == UInt8(ascii: "X"), run.count == 1, !parts.contains(.zone) {
        parts.append(.zone)
        continue
      }
      guard let (unit, low, high) = unit(letter, count: run.count), units.insert(unit).inserted else { return nil }
      parts.append(.digits(unit, low: low, high: high))
    }
    return units.isSuperset(of: [.year, .month, .day]) ? parts : nil
  }

  private static func unit(_ letter: UInt8, count: Int) -> (Unit, Int, Int)? {
    switch (Character(Unicode.Scalar(letter)), count) {
    case ("y", 4): (.year, 4, 4)
    case ("M", 2): (.month, 2, 2)
    case ("M", 1): (.month, 1, 2)
    case ("d", 2): (.day, 2, 2)
    case ("d", 1): (.day, 1, 2)
    case ("H", 2): (.hour, 2, 2)
    case ("H", 1): (.hour, 1, 2)
    case ("m", 2): (.minute, 2, 2)
    case ("s", 2): (.second, 2, 2)
    case ("S", 3): (.fraction, 1, 6)
    default: nil
    }
  }

  /// The date that `bytes` write in this way, all of them; `nil` where they do not, or where no calendar has it.
  func read(_ bytes: ArraySlice<UInt8>) -> LocalTime? {
    for place in ways.indices where ways[place].lengths.contains(bytes.count) {
      if ways[place].isISODay {
        if let day = Day(iso: bytes.span) { return LocalTime(day: day, time: 0) }
      } else if let time = DatePattern.read(bytes, as: ways[place].parts) {
        return time
      }
    }
    return nil
  }

  private static func read(_ bytes: ArraySlice<UInt8>, as way: [Part]) -> LocalTime? {
    var (year, month, dayOfMonth) = (0, 0, 0)
    var time: Int64 = 0
    var offset: Int64?
    var place = bytes.startIndex
    for part in way {
      switch part {
      case .literal(let byte):
        guard place < bytes.endIndex, bytes[place] == byte else { return nil }
        place += 1
      case .zone:
        guard let (zone, end) = DatePattern.zone(bytes[place...]) else { return nil }
        (offset, place) = (zone, end)
      case .digits(let unit, let low, let high):
        let start = place
        var value = 0
        while place < bytes.endIndex, place - start < high, bytes[place] &- 0x30 <= 9 {
          value = value * 10 + Int(bytes[place] &- 0x30)
          place += 1
        }
        guard place - start >= low else { return nil }
        switch unit {
        case .year: year = value
        case .month: month = value
        case .day: dayOfMonth = value
        case .fraction: time += Int64(value) * Number.power(6 - (place - start))
        case .hour, .minute, .second:
          guard let part = microseconds(value, unit) else { return nil }
          time += part
        }
      }
    }
    guard place == bytes.endIndex, let day = Day(year: year, month: month, day: dayOfMonth) else { return nil }
    return LocalTime(day: day, time: time, offset: offset)
  }

  /// Reads `Z`, `+08:00` or `+0800`; gives microseconds and what follows.
  private static func zone(_ bytes: ArraySlice<UInt8>) -> (offset: Int64, end: Int)? {
    if bytes.first == UInt8(ascii: "Z") { return (0, bytes.startIndex + 1) }
    guard let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    let digits = bytes.dropFirst().prefix(5)
    let hasColon = digits.count == 5 && digits[digits.startIndex + 2] == UInt8(ascii: ":")
    let figures = digits.filter { $0 &- 0x30 <= 9 }.prefix(4).map { Int64($0 - 0x30) }
    let length = hasColon ? 5 : 4
    guard figures.count == 4, digits.prefix(length).count == length,
      digits.prefix(length).enumerated().allSatisfy({ $1 &- 0x30 <= 9 || (hasColon && $0 == 2) })
    else { return nil }
    let (hour, minute) = (figures[0] * 10 + figures[1], figures[2] * 10 + figures[3])
    guard hour < 24, minute < 60 else { return nil }
    let span = (hour * 60 + minute) * 60_000_000
    return (sign == UInt8(ascii: "+") ? span : -span, bytes.startIndex + 1 + length)
  }

  private static func microseconds(_ value: Int, _ unit: Unit) -> Int64? {
    switch unit {
    case .hour: value < 24 ? Int64(value) * 3_600_000_000 : nil
    case .minute: value < 60 ? Int64(value) * 60_000_000 : nil
    default: value < 60 ? Int64(value) * 1_000_000 : nil
    }
  }
}
