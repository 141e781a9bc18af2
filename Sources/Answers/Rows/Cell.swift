import Projection
import Wire

/// One value of an answer, whichever form the answer is given in.
public enum Cell: Equatable, Sendable {
  /// Known to be nothing: `null` in JSON, empty elsewhere.
  case null
  /// Not said at all: no member in JSON, empty elsewhere.
  case absent
  case text(String)
  case integer(Int64)
  case flag(Bool)
  /// A measurement, such as seconds. Never money.
  case decimal(Double, places: Int)
  case day(Day)
  case instant(Instant)
  case json(JSON)

  public init(_ value: Value) {
    self =
      switch value {
      case .null: .null
      case .text(let text): .text(text)
      case .integer(let number): .integer(number)
      case .flag(let flag): .flag(flag)
      case .day(let day): .day(day)
      case .instant(let instant): .instant(instant)
      }
  }

  /// A value of a column: hundredths with two decimals.
  public init(_ value: Value, in column: Column) {
    if column.kind == .hundredths, case .integer(let number) = value {
      self = .decimal(Double(number) / 100, places: 2)
    } else {
      self.init(value)
    }
  }

  public init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  public init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }
  public init(_ instant: Instant?) { self = instant.map { .instant($0) } ?? .null }

  /// The value as JSON text.
  func write(to text: inout Text) {
    switch self {
    case .null, .absent: text.append("null" as StaticString)
    case .text(let string): text.append(quoted: string)
    case .integer(let number): text.append(number)
    case .flag(let flag): text.append(flag ? "true" as StaticString : "false")
    case .decimal(let number, let places): text.append(number.fixed(places))
    case .day(let day): text.append(quoted: day.description)
    case .instant(let instant): text.append(quoted: instant.description)
    case .json(let json): text.append(json)
    }
  }

  /// The value as plain text, without quotes: for CSV, and for the columns of a table that need nothing better.
  public var plain: String {
    switch self {
    case .null, .absent: ""
    case .text(let string): string
    default: json
    }
  }

  private var json: String {
    if case .day(let day) = self { return day.description }
    if case .instant(let instant) = self { return instant.description }
    var text = Text()
    write(to: &text)
    return text.string
  }

  /// The value as a member of a document.
  public var asJSON: JSON {
    switch self {
    case .null, .absent: .null
    case .text(let text): .string(text)
    case .integer(let number): .int(number)
    case .flag(let flag): .bool(flag)
    case .decimal(let number, let places): .string(number.fixed(places))
    case .day(let day): .string(day.description)
    case .instant(let instant): .string(instant.description)
    case .json(let json): json
    }
  }
}
