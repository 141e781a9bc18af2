// The only file that touches SQLite. GRDB opens, closes and serialises; rows are bound and read through the C calls,
// because a million of them pass here.

import GRDB
import GRDBSQLite
import Glibc

/// One SQLite file with one connection.
///
/// One, not a pool: a pool opens further connections by path, which after a swap would be another file.
final class SQLFile: Sendable {
  private let queue: DatabaseQueue
  let model: String

  /// Opens a file that a build fills: nothing is journalled, nothing synced; `BuildFile` makes it durable at the end.
  static func building(_ path: String, model: String) throws(ReadModelError) -> SQLFile {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true  // a build that fails leaves one open, and its file is thrown away
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE")
    }
    return try SQLFile(path, configuration, model: model)
  }

  /// Opens a finished file, which is never written.
  static func reading(_ path: String, model: String) throws(ReadModelError) -> SQLFile {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA trusted_schema = OFF") }
    return try SQLFile(path, configuration, model: model)
  }

  /// Opens a file that grows with the log. What a crash leaves is whole or is thrown away: it can be made again.
  static func following(_ path: String, model: String) throws(ReadModelError) -> SQLFile {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA trusted_schema = OFF")
    }
    return try SQLFile(path, configuration, model: model)
  }

  static func remove(_ path: String) { unlink(path) }

  private init(_ path: String, _ configuration: Configuration, model: String) throws(ReadModelError) {
    self.model = model
    do { queue = try DatabaseQueue(path: path, configuration: configuration) } catch {
      throw SQLFile.translate(error, model: model)
    }
  }

  /// Runs `body` while no other thread uses this file. May be nested.
  func run<T>(_ body: (SQLConnection) throws(ReadModelError) -> T) throws(ReadModelError) -> T {
    do {
      return try queue.unsafeReentrantWrite { db in try body(SQLConnection(db: db, model: model)) }
    } catch {
      throw SQLFile.translate(error, model: model)
    }
  }

  func close() throws(ReadModelError) {
    do { try queue.close() } catch { throw SQLFile.translate(error, model: model) }
  }

  static func translate(_ error: any Error, model: String) -> ReadModelError {
    switch error {
    case let error as ReadModelError: error
    case let error as DatabaseError: failure(error.extendedResultCode.rawValue, error.message ?? "", model: model)
    default: .io(model: model, step: "SQLite", reason: "\(error)")
    }
  }

  static func failure(_ code: CInt, _ message: String, model: String) -> ReadModelError {
    switch code & 0xFF {
    case SQLITE_FULL: .full(model: model)
    case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY, SQLITE_NOMEM, SQLITE_BUSY, SQLITE_LOCKED:
      .io(model: model, step: "SQLite", reason: "\(message) (\(code))")
    default: .damaged(model: model, what: message)
    }
  }
}

/// An open file inside `SQLFile.run`.
struct SQLConnection {
  fileprivate let db: Database
  let model: String

  func execute(_ sql: String, _ arguments: [SQLValue] = []) throws(ReadModelError) {
    do { try db.execute(sql: sql, arguments: SQLStatement.arguments(arguments)) } catch {
      throw SQLFile.translate(error, model: model)
    }
  }

  /// A statement of its own; `cached` ones are compiled once and must not be stepped in two places at a time.
  func prepare(
    _ sql: String, _ arguments: [SQLValue] = [], cached: Bool = false
  ) throws(ReadModelError) -> SQLStatement {
    do {
      let statement = cached ? try db.cachedStatement(sql: sql) : try db.makeStatement(sql: sql)
      sqlite3_reset(statement.sqliteStatement)
      if !arguments.isEmpty { try statement.setArguments(SQLStatement.arguments(arguments)) }
      return SQLStatement(statement: statement, model: model)
    } catch {
      throw SQLFile.translate(error, model: model)
    }
  }

  /// The number that a statement of one row and one column gives, 0 where it gives none.
  func number(_ sql: String, _ arguments: [SQLValue] = []) throws(ReadModelError) -> Int64 {
    let statement = try prepare(sql, arguments)
    return try statement.step() ? statement.integer(0) : 0
  }

  /// Whether the path from which this file was opened now names another file, or none.
  var hasMoved: Bool {
    var moved: CInt = 0
    return sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0
  }
}

/// What SQLite stores in a field of ours.
enum SQLValue: Hashable {
  case null
  case integer(Int64)
  case text(String)
}

/// A prepared statement, at a row after `step` has said so.
struct SQLStatement {
  fileprivate let statement: Statement  // keeps the handle alive
  let model: String
  private let handle: OpaquePointer

  fileprivate init(statement: Statement, model: String) {
    self.statement = statement
    self.model = model
    self.handle = statement.sqliteStatement
  }

  fileprivate static func arguments(_ values: [SQLValue]) -> StatementArguments {
    StatementArguments(
      values.map { value -> DatabaseValue in
        switch value {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
      })
  }

  /// Goes to the next row. - Returns: whether there is one.
  func step() throws(ReadModelError) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else {
      let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
      throw SQLFile.failure(code, message, model: model)
    }
    return false
  }

  func reset() { sqlite3_reset(handle) }

  // Binding, by place from 1.

  func bindNull(_ place: Int) { sqlite3_bind_null(handle, CInt(place)) }
  func bind(_ place: Int, _ number: Int64) { sqlite3_bind_int64(handle, CInt(place), number) }

  /// - Precondition: the bytes have an address (SQLite takes none for NULL) and stay where they are until `reset`.
  func bind(_ place: Int, borrowed text: UnsafeRawBufferPointer) {
    let start = text.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) }
    precondition(start != nil)
    sqlite3_bind_text(handle, CInt(place), start, CInt(text.count), nil)
  }

  // Reading, by place from 0.

  var columnCount: Int { Int(sqlite3_column_count(handle)) }
  func isNull(_ place: Int) -> Bool { sqlite3_column_type(handle, CInt(place)) == SQLITE_NULL }
  func isInteger(_ place: Int) -> Bool { sqlite3_column_type(handle, CInt(place)) == SQLITE_INTEGER }
  func isText(_ place: Int) -> Bool { sqlite3_column_type(handle, CInt(place)) == SQLITE_TEXT }
  func integer(_ place: Int) -> Int64 { sqlite3_column_int64(handle, CInt(place)) }

  /// The bytes of a text, valid until the next step.
  func bytes(_ place: Int) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_text(handle, CInt(place))
    return UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, CInt(place))))
  }

  /// - Throws: `damaged` where the field is no text, not UTF-8, or longer than a read model may hold.
  func text(_ place: Int) throws(ReadModelError) -> String {
    guard isText(place) else { throw .damaged(model: model, what: "\(name(place)) is no text") }
    let bytes = bytes(place)
    guard bytes.count <= Limit.textBytes.value, let text = String(validating: bytes, as: UTF8.self) else {
      throw .damaged(model: model, what: "\(name(place)) is not UTF-8 or too long")
    }
    return text
  }

  func name(_ place: Int) -> String { sqlite3_column_name(handle, CInt(place)).map { String(cString: $0) } ?? "?" }
}
