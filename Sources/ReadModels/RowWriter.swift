import Projection
import Wire

/// Checks rows, writes them and hashes them, one at a time.
struct RowWriter {
  private let insert: SQLStatement
  private let columns: [Column]
  private let model: String
  private var encoded = RowLine()
  private var hash: ContentHash
  private var last: String?
  private var rows = 0

  init(_ db: SQLConnection, provenance: Provenance, columns: [Column]) throws(ReadModelError) {
    let layout = try Layout(name: provenance.name, columns: columns, rule: provenance.rule)
    insert = try db.prepare(layout.insertion)
    self.columns = columns
    model = layout.name
    hash = ContentHash(provenance, columns: columns)
  }

  /// The canonical line of the last row.
  var line: [UInt8] { encoded.line.bytes }

  mutating func write(_ row: ModelRow, _ progress: (BuildStep) -> Void) throws(ReadModelError) {
    try check(row)
    encoded.encode(row)
    try encoded.write(with: insert)
    hash.add(encoded.line.bytes)
    last = row.subject
    rows += 1
    if rows % BuildOptions.stride == 0 { progress(.rows(rows)) }
  }

  private func check(_ row: ModelRow) throws(ReadModelError) {
    let size = row.subject.utf8.count
    guard size <= Limit.subjectBytes.value else { throw .limit(.subjectBytes, found: size) }
    guard size > 0 else { throw .badValue(subject: "", column: "subject", model: model) }
    if let last, !last.precedesInBytes(row.subject) {
      throw .outOfOrder(subject: row.subject, after: last, model: model)
    }
    guard row.values.count == columns.count else {
      throw .badValue(subject: row.subject, column: "(\(row.values.count))", model: model)
    }
    for (place, value) in row.values.enumerated() {
      guard columns[place].kind.accepts(value) else {
        throw .badValue(subject: row.subject, column: columns[place].name, model: model)
      }
      if case .text(let text) = value, text.utf8.count > Limit.textBytes.value {
        throw .limit(.textBytes, found: text.utf8.count)
      }
    }
  }

  consuming func finish() -> Seal { Seal(rows: rows, contentHash: hash.finish()) }
}

extension String {
  /// By UTF-8 bytes, as SQLite orders; `<` would order by Unicode's equivalence.
  func precedesInBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
