import Projection
import Wire

/// Rows as JSON objects whose members are in the order of the columns: one array, or a line per row.
public final class JSONRowWriter: RowWriter {
  private let names: [String]
  private let sink: any Sink
  private let asLines: Bool
  public private(set) var count = 0

  public init(_ columns: [Column], to sink: any Sink, asLines: Bool) {
    names = columns.map(\.name)
    self.sink = sink
    self.asLines = asLines
  }

  public func write(_ row: [Cell]) throws(SinkError) {
    var text = Text(capacity: 256)
    if !asLines { text.append(count == 0 ? "[\n" as StaticString : ",\n") }
    append(row, to: &text)
    if asLines { text.append(UInt8(ascii: "\n")) }
    count += 1
    try sink.write(text.bytes)
  }

  private func append(_ row: [Cell], to text: inout Text) {
    text.append(UInt8(ascii: "{"))
    var isFirst = true
    for (name, cell) in zip(names, row) where cell != .absent {
      if !isFirst { text.append(UInt8(ascii: ",")) }
      isFirst = false
      text.append(quoted: name)
      text.append(UInt8(ascii: ":"))
      cell.write(to: &text)
    }
    text.append(UInt8(ascii: "}"))
  }

  public func flush() throws(SinkError) { try sink.flush() }

  public func finish() throws(SinkError) {
    if !asLines { try sink.write(count == 0 ? "[]\n" : "\n]\n") }
    try sink.flush()
  }
}
