import Projection

/// Gives rows one after the other, so that an answer needs no more memory than a few of them.
public protocol RowWriter: AnyObject {
  func write(_ row: [Cell]) throws(SinkError)
  /// What has been written so far becomes visible.
  func flush() throws(SinkError)
  /// Ends the answer. Nothing may be written after it.
  func finish() throws(SinkError)
  /// Rows given.
  var count: Int { get }
}

extension RowWriter {
  /// Gives all rows of an answer that is held whole, and ends it.
  public func give(_ rows: some Sequence<[Cell]>) throws(SinkError) {
    for row in rows { try write(row) }
    try finish()
  }
}
