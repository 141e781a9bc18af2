import Answers
import ArgumentParser
import Projection

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
