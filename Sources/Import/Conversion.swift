import Vocabulary
import Wire

/// How a text becomes the value of a field, as it stands in a line.
final class Conversion {
  private enum Form {
    case text, whole, decimal, day, instant, flag
  }

  private let form: Form
  private let scale: Int
  private let rounding: Rounding
  private let negates: Bool
  private let style: NumberStyle
  private let patterns: [DatePattern]
  private let zone: ZoneClock

  init(_ kind: Field.Kind, _ spec: ValueSpec, _ dialect: Dialect) {
    form = Conversion.form(kind)
    (scale, rounding, negates, style) = (spec.scale, spec.rounding, spec.negates, dialect.numbers)
    patterns = spec.dates ?? dialect.dates
    zone = ZoneClock(spec.zone ?? dialect.zone)
  }

  private static func form(_ kind: Field.Kind) -> Form {
    switch kind {
    case .integer: .whole
    case .decimal: .decimal
    case .day: .day
    case .instant: .instant
    case .flag: .flag
    default: .text
    }
  }

  /// Writes the value, as canonical JSON, of a text that is not blank.
  func write(_ range: Range<Int>, of row: Row, into text: inout Text) throws(RowProblem) {
    switch form {
    case .text: row.bytes.withUnsafeBufferPointer { text.append(quoted: UnsafeBufferPointer(rebasing: $0[range])) }
    case .whole: text.append(try whole(range, in: row))
    case .decimal:
      let number = try Conversion.number(range, in: row, style)
      text.append(UInt8(ascii: "\""))
      text.append((negates ? number.negated : number).text(scale: scale))
      text.append(UInt8(ascii: "\""))
    case .day:
      text.append(UInt8(ascii: "\""))
      text.append(try Conversion.local(range, in: row, patterns).day)
      text.append(UInt8(ascii: "\""))
    case .instant:
      text.append(UInt8(ascii: "\""))
      text.append(try Conversion.instant(range, in: row, patterns, zone))
      text.append(UInt8(ascii: "\""))
    case .flag:
      guard let flag = Conversion.flags[row.string(range).lowercased()] else { throw RowProblem(.notFlag(row.string(range))) }
      text.append(flag ? "true" as StaticString : "false")
    }
  }

  private func whole(_ range: Range<Int>, in row: Row) throws(RowProblem) -> Int64 {
    let number = try Conversion.number(range, in: row, style)
    let whole: Int64?
    do { whole = try number.whole(scale: scale, rounding: rounding) } catch {
      throw RowProblem(.numberTooLarge(row.string(range)))
    }
    guard let whole else { throw RowProblem(.notWhole(row.string(range), scale: scale)) }
    return negates ? -whole : whole
  }

  private static let flags = [
    "true": true, "yes": true, "y": true, "t": true, "1": true, "是": true,
    "false": false, "no": false, "n": false, "f": false, "0": false, "否": false,
  ]

  static func number(_ range: Range<Int>, in row: Row, _ style: NumberStyle) throws(RowProblem) -> Number {
    do { return try Number(row.bytes[range], style: style) } catch {
      switch error {
      case .notNumber: throw RowProblem(.notNumber(row.string(range)))
      case .tooLarge: throw RowProblem(.numberTooLarge(row.string(range)))
      }
    }
  }

  static func local(_ range: Range<Int>, in row: Row, _ patterns: [DatePattern]) throws(RowProblem) -> LocalTime {
    for place in patterns.indices {
      if let time = patterns[place].read(row.bytes[range]) { return time }
    }
    throw RowProblem(.notDate(row.string(range), patterns: patterns.map(\.text).joined(separator: ", ")))
  }

  static func instant(
    _ range: Range<Int>, in row: Row, _ patterns: [DatePattern], _ zone: ZoneClock
  ) throws(RowProblem) -> Instant {
    guard let instant = zone.instant(try local(range, in: row, patterns)) else {
      throw RowProblem(.notDate(row.string(range), patterns: patterns.map(\.text).joined(separator: ", ")))
    }
    return instant
  }
}

extension Number {
  var negated: Number { Number(digits: -digits, decimals: decimals) }

  private init(digits: Int64, decimals: Int) {
    self.digits = digits
    self.decimals = decimals
  }
}
