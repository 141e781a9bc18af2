/// A file opened as a table: its columns are known, its rows come one by one.
final class Table {
  enum Outcome {
    case row
    case broken(RowProblem)
    case end
  }

  let columns: [String]
  let row: Row
  private let reader: RecordReader

  init(path: String, dialect: Dialect) throws(ImportError) {
    reader = try RecordReader(path: path, format: dialect.format)
    row = Row(file: Table.fileName(path))
    var header: [String]?
    if dialect.format.hasHeader {
      switch try reader.next(into: row) {
      case .record: header = row.cells.map { [row] cell in row.string(cell) }
      case .broken(let reason):
        throw ImportError(.badHeader(RowProblem(reason)), file: path)
      case .end: header = nil
      }
    }
    guard let columns = dialect.format.columns ?? header else { throw ImportError(.noHeader, file: path) }
    self.columns = columns
  }

  static func fileName(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

  var bytesRead: Int { reader.source.fileOffset }
  var fileSize: Int { reader.source.fileSize }

  /// Reads the next row into `row`. A broken row counts as a row too.
  func next() throws(ImportError) -> Outcome {
    switch try reader.next(into: row) {
    case .end: return .end
    case .broken(let reason):
      row.number += 1
      return .broken(RowProblem(reason))
    case .record:
      row.number += 1
      guard row.cells.count == columns.count else {
        return .broken(RowProblem(.columns(found: row.cells.count, expected: columns.count)))
      }
      return .row
    }
  }
}
