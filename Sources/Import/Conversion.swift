import Vocabulary
import Wire

/// How a text becomes the value of a field.
enum Conversion {
  case text
  case whole(scale: Int, rounding: Rounding, negates: Bool, NumberStyle)
  case decimal(scale: Int, negates: Bool, NumberStyle)
  case day([DatePattern])
  case instant([DatePattern], Zone)
  case flag

  init(_ kind: Field.Kind, _ spec: ValueSpec, _ dialect: Dialect) {
    switch kind {
    case .integer: self = .whole(scale: spec.scale, rounding: spec.rounding, negates: spec.negates, dialect.numbers)
    case .decimal: self = .decimal(scale: spec.scale, negates: spec.negates, dialect.numbers)
    case .day: self = .day(spec.dates ?? dialect.dates)
    case .instant: self = .instant(spec.dates ?? dialect.dates, spec.zone ?? dialect.zone)
    case .flag: self = .flag
    default: self = .text
    }
  }

  /// The value of a text that is not blank.
  func value(of range: Range<Int>, in row: Row) throws(RowProblem) -> JSON {
    switch self {
    case .text: return .string(row.string(range))
    case .whole(let scale, let rounding, let negates, let style):
      let number = try Conversion.number(range, in: row, style)
      do {
        guard let whole = try number.whole(scale: scale, rounding: rounding) else {
          throw RowProblem(.notWhole(row.string(range), scale: scale))
        }
        return .int(negates ? -whole : whole)
      } catch let problem as RowProblem {
        throw problem
      } catch {
        throw RowProblem(.numberTooLarge(row.string(range)))
      }
    case .decimal(let scale, let negates, let style):
      let number = try Conversion.number(range, in: row, style)
      return .string((negates ? number.negated : number).text(scale: scale))
    case .day(let patterns): return .string(try Conversion.local(range, in: row, patterns).day.description)
    case .instant(let patterns, let zone): return .string(try Conversion.instant(range, in: row, patterns, zone).description)
    case .flag:
      guard let flag = Conversion.flags[row.string(range).lowercased()] else { throw RowProblem(.notFlag(row.string(range))) }
      return .bool(flag)
    }
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
    for pattern in patterns {
      if let time = pattern.read(row.bytes[range]) { return time }
    }
    throw RowProblem(.notDate(row.string(range), patterns: patterns.map(\.text).joined(separator: ", ")))
  }

  static func instant(
    _ range: Range<Int>, in row: Row, _ patterns: [DatePattern], _ zone: Zone
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
