import Foundation
import GRDBSQLite
import Projection
import ReadModels
import Testing
import Vocabulary
import Wire

@Suite struct `A file that somebody changed` {
  /// Runs SQL on the sample model's file, as a tool would.
  static func edit(_ folder: Folder, _ sql: String) {
    var handle: OpaquePointer?
    #expect(sqlite3_open(folder.store.path(of: "lifecycle"), &handle) == SQLITE_OK)
    #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK, "\(sql)")
    sqlite3_close(handle)
  }

  @Test(arguments: [
    ("PRAGMA user_version = 2", "E-MODEL-FORMAT"), ("PRAGMA user_version = 0", "E-MODEL-DAMAGED"),
    ("PRAGMA application_id = 1", "E-MODEL-DAMAGED"), ("DROP TABLE provenance", "E-MODEL-DAMAGED"),
    ("DELETE FROM provenance WHERE key = 'asOf'", "E-MODEL-DAMAGED"),
    ("UPDATE provenance SET value = 'x' WHERE key = 'asOf'", "E-MODEL-DAMAGED"),
    ("UPDATE provenance SET value = '-1' WHERE key = 'rows'", "E-MODEL-DAMAGED"),
    ("UPDATE provenance SET value = '9223372036854775808' WHERE key = 'position'", "E-MODEL-DAMAGED"),
    ("UPDATE provenance SET value = 'other' WHERE key = 'name'", "E-MODEL-DAMAGED"),
    ("UPDATE provenance SET value = '''); DROP' WHERE key = 'ruleKind'", "E-MODEL-DAMAGED"),
    ("UPDATE columns SET kind = 'blob' WHERE place = 0", "E-MODEL-DAMAGED"),
    ("UPDATE columns SET name = 'a\"b' WHERE place = 0", "E-MODEL-DAMAGED"),
    ("UPDATE columns SET name = CAST(x'FF' AS TEXT) WHERE place = 0", "E-MODEL-DAMAGED"), ("SELECT 1", nil),
  ] as [(String, String?)])
  func `is refused when it is opened`(sql: String, expected: String?) throws {
    let folder = try Folder()
    try folder.store.build(Sample.rows(3))
    Self.edit(folder, sql)
    #expect(code { () throws(ReadModelError) in try folder.store.open("lifecycle") } == expected)
    try folder.store.build(Sample.rows(3))
    try folder.store.open("lifecycle").verify()
  }

  /// An edit; what reading all rows says, and what verifying says.
  @Test(arguments: [
    ("UPDATE lifecycle SET lastDay = 'soon'", "E-MODEL-DAMAGED", "E-MODEL-DAMAGED"),
    ("UPDATE lifecycle SET isQuiet = 2", "E-MODEL-DAMAGED", "E-MODEL-DAMAGED"),
    ("UPDATE lifecycle SET since = ''", "E-MODEL-DAMAGED", "E-MODEL-DAMAGED"),
    ("UPDATE lifecycle SET stage = CAST(x'C328' AS TEXT)", "E-MODEL-DAMAGED", "E-MODEL-DAMAGED"),
    ("UPDATE lifecycle SET stage = printf('%.*c', 65537, 'x')", "E-MODEL-DAMAGED", "E-MODEL-DAMAGED"),
    ("UPDATE lifecycle SET stage = printf('%.*c', 65536, 'x')", nil, "E-MODEL-DAMAGED"),
    ("UPDATE lifecycle SET paid = paid + 1 WHERE subject = 'customer:0000001'", nil, "E-MODEL-DAMAGED"),
    ("DELETE FROM lifecycle WHERE subject = 'customer:0000001'", nil, "E-MODEL-DAMAGED"),
    ("DROP VIEW lifecycle_rows; DROP TABLE lifecycle", "E-MODEL-DAMAGED", "E-MODEL-DAMAGED"), ("SELECT 1", nil, nil),
  ] as [(String, String?, String?)])
  func `is found out`(sql: String, reading: String?, verifying: String?) throws {
    let folder = try Folder()
    try folder.store.build(Sample.rows(3))
    Self.edit(folder, sql)
    let model = try folder.store.open("lifecycle")
    #expect(code { () throws(ReadModelError) in try model.forEach { _ in } } == reading)
    #expect(code { () throws(ReadModelError) in try model.verify() } == verifying)
    let built = try folder.store.build(Sample.rows(3))
    #expect(built.rows == 3)
    #expect(try folder.store.build(Sample.rows(3)).changed == 0)
  }

  @Test func `bytes cut off or overwritten`() throws {
    let folder = try Folder()
    try folder.store.build(Sample.rows(5000))
    try folder.edit("lifecycle") { $0 = $0.prefix(100) }
    #expect(code { () throws(ReadModelError) in try folder.store.open("lifecycle") } == "E-MODEL-DAMAGED")
    try folder.edit("lifecycle") { $0 = Data("not a database, but long enough for a header".utf8 + Data(count: 9000)) }
    #expect(code { () throws(ReadModelError) in try folder.store.open("lifecycle") } == "E-MODEL-DAMAGED")
    try folder.edit("lifecycle") { $0 = Data() }
    #expect(code { () throws(ReadModelError) in try folder.store.open("lifecycle") } == "E-MODEL-DAMAGED")
    try folder.store.build(Sample.rows(5000))
    try folder.edit("lifecycle") { $0.replaceSubrange(100_000..<130_000, with: Data(repeating: 0xAA, count: 30_000)) }
    let model = try folder.store.open("lifecycle")
    #expect(code { () throws(ReadModelError) in try model.verify() } == "E-MODEL-DAMAGED")
    let built = try folder.store.build(Sample.rows(5000))
    var found: String?
    if case .unreadable(let error) = built.previous { found = error.code }
    #expect(found == "E-MODEL-DAMAGED")
    #expect(built.changed == 5000)
  }
}

@Suite struct `For people with an SQLite browser` {
  @Test func `the view has the constant columns, and the tables explain themselves`() throws {
    let folder = try Folder()
    try folder.store.build(Sample.rows(2), options: BuildOptions(indices: ["stage"]))
    var handle: OpaquePointer?
    #expect(sqlite3_open_v2(folder.store.path(of: "lifecycle"), &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    func first(_ sql: String) -> String? {
      var statement: OpaquePointer?
      defer { sqlite3_finalize(statement) }
      guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, sqlite3_step(statement) == SQLITE_ROW
      else { return nil }
      return sqlite3_column_text(statement, 0).map { String(cString: $0) }
    }
    #expect(first("SELECT rule FROM lifecycle") == "lifecycle@1")
    let constants = "SELECT asOf || ' ' || position || ' ' || rule FROM lifecycle_rows"
    #expect(first(constants) == "\(Sample.asOf) 100 lifecycle@1")
    #expect(first("SELECT zh FROM words WHERE \"column\" = 'stage' AND word = 'lost'") == "流失")
    #expect(first("SELECT sql FROM sqlite_schema WHERE name = 'lifecycle'")?.contains("-- instant since when") == true)
    #expect(first("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL") == "lifecycle_by_stage")
    #expect(first("PRAGMA integrity_check") == "ok")
  }
}
