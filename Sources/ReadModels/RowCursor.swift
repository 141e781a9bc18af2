import Projection
import Wire

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Goes over stored rows: subject, own columns, since, because. Valid inside `SQLFile.run`.
struct RowCursor {
  let statement: SQLStatement
  let columns: [Column]

  /// Goes to the next row. - Returns: whether there is one.
  func advance() throws(ReadModelError) -> Bool { try statement.step() }

  /// Negative where this row's subject comes before `subject` by UTF-8 bytes, 0 where they are the same bytes.
  func compareSubject(with subject: String) -> Int {
    let stored = statement.bytes(0)
    var subject = subject
    return subject.withUTF8 { other in
      let common = min(stored.count, other.count)
      if common > 0, let a = stored.baseAddress, let b = other.baseAddress {
        let order = memcmp(a, b, common)
        if order != 0 { return Int(order) }
      }
      return stored.count - other.count
    }
  }

  /// The row, decoded. - Throws: `damaged` where a field cannot be what its column says.
  func row() throws(ReadModelError) -> ModelRow {
    var values: [Value] = []
    values.reserveCapacity(columns.count)
    for (place, column) in columns.enumerated() { values.append(try value(place + 1, column.kind)) }
    let end = columns.count + 1
    var row = ModelRow(subject: try statement.text(0), values: values)
    if case .instant(let since) = try value(end, .instant) { row.since = since }
    if case .integer(let because) = try value(end + 1, .position) { row.because = because }
    return row
  }

  func value(_ place: Int, _ kind: Column.Kind) throws(ReadModelError) -> Value {
    if statement.isNull(place) { return .null }
    switch kind {
    case .text: return .text(try statement.text(place))
    case .integer, .money, .position, .hundredths:
      if statement.isInteger(place) { return .integer(statement.integer(place)) }
    case .flag:
      if statement.isInteger(place), (0...1).contains(statement.integer(place)) {
        return .flag(statement.integer(place) == 1)
      }
    case .day: if let day = Day(try statement.text(place)) { return .day(day) }
    case .instant: if let instant = Instant(try statement.text(place)) { return .instant(instant) }
    }
    throw .damaged(model: statement.model, what: "\(statement.name(place)) is no \(kind.rawValue)")
  }
}
