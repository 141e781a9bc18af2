import ArgumentParser
import Projection
import Vocabulary

/// The forms in which an answer can be given.
enum Format: String, CaseIterable, ExpressibleByArgument {
  /// For people: aligned, in their language.
  case table
  /// One array.
  case json
  /// A line per row.
  case ndjson
  /// RFC 4180 with a header.
  case csv
}

/// Gives rows one after the other, so that an answer needs no more memory than a few of them.
protocol RowWriter: AnyObject {
  func write(_ row: [Cell]) throws(SinkError)
  /// What has been written so far becomes visible.
  func flush() throws(SinkError)
  /// Ends the answer. Nothing may be written after it.
  func finish() throws(SinkError)
  /// Rows given.
  var count: Int { get }
}

extension Format {
  func writer(_ columns: [Column], on console: Console) -> any RowWriter {
    switch self {
    case .table: TableWriter(columns, on: console)
    case .json: JSONRowWriter(columns, to: console.output, asLines: false)
    case .ndjson: JSONRowWriter(columns, to: console.output, asLines: true)
    case .csv: CSVWriter(columns, to: console.output)
    }
  }
}
