public import Projection
import Vocabulary
import Wire

/// A finished read model, open for reading. It is never written: a rebuild makes another file, and this one goes on
/// answering from the old file until it is let go.
///
/// May be used from any thread; calls wait for each other.
public final class ReadModel: Sendable {
  public let provenance: Provenance
  public let columns: [Column]
  /// The number of rows, as its provenance says.
  public let count: Int
  /// See README.md. `verify` computes it again.
  public let contentHash: String
  let file: SQLFile
  let layout: Layout

  /// - Throws: `missing`, `damaged`, `newerFormat` or `io`.
  init(name: String, path: String) throws(ReadModelError) {
    let file = try SQLFile.reading(path, model: name)
    let contents = try file.run { db throws(ReadModelError) in try Contents(db) }
    self.file = file
    provenance = contents.provenance
    columns = contents.layout.columns
    count = contents.seal.rows
    contentHash = contents.seal.contentHash
    layout = contents.layout
  }

  /// Whether a rebuild has put another file in this one's place, so that it should be opened again.
  public var isReplaced: Bool {
    do { return try file.run { db throws(ReadModelError) in db.hasMoved } } catch { return true }
  }

  /// The row of one subject, by its exact bytes; `nil` where it has none.
  public func row(_ subject: String) throws(ReadModelError) -> ModelRow? {
    try file.run { db throws(ReadModelError) in
      let statement = try db.prepare(layout.selection("WHERE subject = ?"), [.text(subject)], cached: true)
      defer { statement.reset() }
      let cursor = RowCursor(statement: statement, columns: columns)
      return try cursor.advance() ? try cursor.row() : nil
    }
  }

  /// Rows about parts of a subject, `employee:E-7/2026-10` of `employee:E-7`, the last first.
  /// - Parameter limit: at most `Limit.pageRows`.
  public func parts(of subject: String, limit: Int) throws(ReadModelError) -> [ModelRow] {
    guard (0...Limit.pageRows.value).contains(limit) else { throw .limit(.pageRows, found: limit) }
    // `0` is the byte behind `/`.
    return try rows(
      "WHERE subject > ? AND subject < ? ORDER BY subject DESC LIMIT ?", [.text(subject + "/"), .text(subject + "0"), .integer(Int64(limit))])
  }

  /// Whether there is a row about a subject of this kind, or about a part of one.
  public func hasRows(ofKind kind: String) throws(ReadModelError) -> Bool {
    // `;` is the byte behind `:`.
    try file.run { db throws(ReadModelError) in
      try db.number(
        "SELECT EXISTS (SELECT 1 FROM \"\(layout.name)\" WHERE subject >= ? AND subject < ?)", [.text(kind + ":"), .text(kind + ";")]) != 0
    }
  }

  /// Rows by a statement that is compiled once.
  private func rows(_ rest: String, _ arguments: [SQLValue]) throws(ReadModelError) -> [ModelRow] {
    try file.run { db throws(ReadModelError) in
      let statement = try db.prepare(layout.selection(rest), arguments, cached: true)
      defer { statement.reset() }
      let cursor = RowCursor(statement: statement, columns: columns)
      var rows: [ModelRow] = []
      while try cursor.advance() { rows.append(try cursor.row()) }
      return rows
    }
  }

  /// A page of rows in the order of their subjects.
  /// - Parameters:
  ///   - subject: the last subject of the page before; `nil` for the first page.
  ///   - limit: at most `Limit.pageRows`.
  ///   - conditions: values that columns must have; `.null` asks for empty ones.
  public func rows(
    after subject: String? = nil, limit: Int, matching conditions: [String: Value] = [:]
  ) throws(ReadModelError) -> [ModelRow] {
    guard (0...Limit.pageRows.value).contains(limit) else { throw .limit(.pageRows, found: limit) }
    var (sql, arguments) = try filter(conditions)
    if let subject {
      sql += " AND subject > ?"
      arguments.append(.text(subject))
    }
    return try page("WHERE \(sql) ORDER BY subject LIMIT ?", arguments + [.integer(Int64(limit))])
  }

  /// A page of rows by its place. Costs time in proportion to `offset`; prefer `after`.
  public func rows(offset: Int, limit: Int) throws(ReadModelError) -> [ModelRow] {
    guard (0...Limit.pageRows.value).contains(limit) else { throw .limit(.pageRows, found: limit) }
    return try page("ORDER BY subject LIMIT ? OFFSET ?", [.integer(Int64(limit)), .integer(Int64(max(0, offset)))])
  }

  func page(_ rest: String, _ arguments: [SQLValue]) throws(ReadModelError) -> [ModelRow] {
    try file.run { db throws(ReadModelError) in
      let cursor = RowCursor(statement: try db.prepare(layout.selection(rest), arguments), columns: columns)
      var rows: [ModelRow] = []
      while try cursor.advance() { rows.append(try cursor.row()) }
      return rows
    }
  }

  /// How many rows have these values.
  public func count(matching conditions: [String: Value]) throws(ReadModelError) -> Int {
    let (sql, arguments) = try filter(conditions)
    return try file.run { db throws(ReadModelError) in
      Int(try db.number("SELECT count(*) FROM \"\(layout.name)\" WHERE \(sql)", arguments))
    }
  }

  /// Calls `body` with each row in the order of the subjects, one at a time. Other readers of this value wait.
  public func forEach(_ body: (ModelRow) throws(ReadModelError) -> Void) throws(ReadModelError) {
    try file.run { db throws(ReadModelError) in
      let cursor = RowCursor(statement: try db.prepare(layout.selection()), columns: columns)
      while try cursor.advance() { try body(try cursor.row()) }
    }
  }

  /// Reads every row and computes the content hash again.
  /// - Throws: `damaged` where the file does not hold what its provenance says.
  public func verify() throws(ReadModelError) {
    try file.run { db throws(ReadModelError) in
      let statement = try db.prepare(layout.selection())
      var hash = ContentHash(provenance, columns: columns)
      var stored = StoredLine(columns: columns)
      var found = 0
      while try statement.step() {
        stored.encode(statement)
        hash.add(stored.line.bytes)
        found += 1
      }
      guard found == count else { throw .damaged(model: layout.name, what: "\(found) rows instead of \(count)") }
      let computed = hash.finish()
      guard computed == contentHash else { throw .damaged(model: layout.name, what: "content hash \(computed)") }
    }
  }

  /// How `self` differs from an older model, listing at most `limit` changes (up to `Limit.changes`).
  public func compared(with old: ReadModel, listing limit: Int = 1000) throws(ReadModelError) -> Comparison {
    guard (0...Limit.changes.value).contains(limit) else { throw .limit(.changes, found: limit) }
    return try old.file.run { oldFile throws(ReadModelError) in
      var comparer = try old.comparer(oldFile, columns: columns, limit: limit)
      try file.run { db throws(ReadModelError) in
        let cursor = RowCursor(statement: try db.prepare(layout.selection()), columns: columns)
        var stored = StoredLine(columns: columns)
        while try cursor.advance() {
          stored.encode(cursor.statement)
          try comparer.meet(try cursor.row(), line: stored.line.bytes)
        }
      }
      return try comparer.finish()
    }
  }

  /// How `rows`, as they should be, differ from those that are stored, listing at most `limit` changes: `old` is what
  /// the file holds. - Parameter rows: in the order of their subjects' UTF-8 bytes.
  public func drift(from rows: some Sequence<ModelRow>, listing limit: Int = 1000) throws(ReadModelError) -> Comparison {
    guard (0...Limit.changes.value).contains(limit) else { throw .limit(.changes, found: limit) }
    return try file.run { db throws(ReadModelError) in
      var comparer = try comparer(db, columns: columns, limit: limit)
      var line = RowLine()
      for row in rows {
        line.encode(row)
        try comparer.meet(row, line: line.line.bytes)
      }
      return try comparer.finish()
    }
  }

  /// Meets rows with those of this model, which is the older one.
  func comparer(_ db: SQLConnection, columns new: [Column], limit: Int) throws(ReadModelError) -> Comparer {
    let cursor = RowCursor(statement: try db.prepare(layout.selection()), columns: columns)
    let same = columns.map(\.name) == new.map(\.name) && columns.map(\.kind) == new.map(\.kind)
    return try Comparer(old: cursor, hasSameColumns: same, limit: limit)
  }

  private func filter(_ conditions: [String: Value]) throws(ReadModelError) -> (sql: String, [SQLValue]) {
    var sql = "1"
    var arguments: [SQLValue] = []
    for (name, value) in conditions.sorted(by: { $0.key < $1.key }) {
      guard let column = columns.first(where: { $0.name == name }) else {
        throw .badColumn(name, model: layout.name)
      }
      guard column.kind.accepts(value) else { throw .badValue(subject: "?", column: name, model: layout.name) }
      sql += " AND \"\(name)\" IS ?"
      arguments.append(SQLValue(value))
    }
    return (sql, arguments)
  }
}

extension SQLValue {
  /// What is stored for a value.
  init(_ value: Value) {
    self =
      switch value {
      case .null: .null
      case .integer(let number): .integer(number)
      case .flag(let flag): .integer(flag ? 1 : 0)
      case .text(let text): .text(text)
      case .day(let day): .text(day.description)
      case .instant(let instant): .text(instant.description)
      }
  }
}
