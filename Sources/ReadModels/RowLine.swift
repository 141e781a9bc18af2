import Projection
import Wire

/// A row in the two forms that writing needs: its canonical line, and the fields that SQLite gets.
///
/// One value serves a million rows; its buffers are kept.
struct RowLine {
  private enum Cell: BitwiseCopyable {
    case null
    case integer(Int64)
    /// A text that ends here in `plain` and begins where the one before it ended.
    case text(end: Int)
  }

  /// `["customer:4","active",…,since,because]` and a line feed.
  private(set) var line = Text(capacity: 512)
  /// Texts, days and instants as SQLite gets them, one behind the other.
  private var plain = Text(capacity: 512)
  private var cells: [Cell] = []

  /// Encodes `row`. - Precondition: `row` was checked.
  mutating func encode(_ row: ModelRow) {
    line.bytes.removeAll(keepingCapacity: true)
    plain.bytes.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    line.append(UInt8(ascii: "["))
    encode(.text(row.subject))
    for value in row.values {
      line.append(UInt8(ascii: ","))
      encode(value)
    }
    line.append(UInt8(ascii: ","))
    encode(Value(row.since))
    line.append(UInt8(ascii: ","))
    encode(Value(row.because))
    line.append("]\n" as StaticString)
  }

  private mutating func encode(_ value: Value) {
    switch value {
    case .null:
      line.append("null" as StaticString)
      cells.append(.null)
    case .integer(let number):
      line.append(number)
      cells.append(.integer(number))
    case .flag(let flag):
      line.append(flag ? "true" as StaticString : "false")
      cells.append(.integer(flag ? 1 : 0))
    case .text(let text):
      line.append(quoted: text)
      plain.append(text)
      cells.append(.text(end: plain.bytes.count))
    case .day(let day):
      let start = plain.bytes.count
      plain.append(day)
      quote(from: start)
    case .instant(let instant):
      let start = plain.bytes.count
      plain.append(instant)
      quote(from: start)
    }
  }

  /// The plain bytes from `start` as a JSON string; they need no escapes.
  private mutating func quote(from start: Int) {
    line.append(UInt8(ascii: "\""))
    line.bytes.append(contentsOf: plain.bytes[start...])
    line.append(UInt8(ascii: "\""))
    cells.append(.text(end: plain.bytes.count))
  }

  /// Binds the encoded row to `insert`, steps it and resets it.
  func write(with insert: SQLStatement) throws(ReadModelError) {
    let result = plain.bytes.withUnsafeBytes { bytes -> Result<Bool, ReadModelError> in
      var start = 0
      for (place, cell) in cells.enumerated() {
        switch cell {
        case .null: insert.bindNull(place + 1)
        case .integer(let number): insert.bind(place + 1, number)
        case .text(let end):
          insert.bind(place + 1, borrowed: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
          start = end
        }
      }
      return Result { () throws(ReadModelError) -> Bool in try insert.step() }
    }
    insert.reset()
    _ = try result.get()
  }
}

/// A stored row's canonical line, made from its fields as they stand, without decoding them.
struct StoredLine {
  private(set) var line = Text(capacity: 512)
  private let flags: [Bool]

  init(columns: [Column]) { flags = [false] + columns.map { $0.kind == .flag } + [false, false] }

  /// Gives the bytes that `RowLine` gave when the row was written.
  mutating func encode(_ row: SQLStatement) {
    line.bytes.removeAll(keepingCapacity: true)
    line.append(UInt8(ascii: "["))
    for (place, isFlag) in flags.enumerated() {
      if place > 0 { line.append(UInt8(ascii: ",")) }
      if row.isInteger(place) {
        let number = row.integer(place)
        if isFlag, (0...1).contains(number) {
          line.append(number == 0 ? "false" as StaticString : "true")
        } else {
          line.append(number)
        }
      } else if row.isNull(place) {
        line.append("null" as StaticString)
      } else {
        line.append(quoted: row.bytes(place))
      }
    }
    line.append("]\n" as StaticString)
  }
}
