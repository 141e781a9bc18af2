import Projection

/// Rows after RFC 4180: comma, CRLF, quotes where needed, the columns' names in the first line.
public final class CSVWriter: RowWriter {
  private let names: [String]
  private let sink: any Sink
  private var headed = false
  public private(set) var count = 0

  public init(_ columns: [Column], to sink: any Sink) {
    names = columns.map(\.name)
    self.sink = sink
  }

  public func write(_ row: [Cell]) throws(SinkError) {
    try head()
    try sink.write(CSVWriter.line(row.map(\.plain)))
    count += 1
  }

  private func head() throws(SinkError) {
    if headed { return }
    headed = true
    try sink.write(CSVWriter.line(names))
  }

  static func line(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") + "\r\n" }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  public func flush() throws(SinkError) { try sink.flush() }

  public func finish() throws(SinkError) {
    try head()
    try sink.flush()
  }
}
