import GRDB
import Wire

/// Reads OCEL 2.0 in SQLite. The file is opened for reading only, and nothing in it is trusted to be run.
public struct OCELDatabaseReader {
  /// Relations that are held in memory.
  public static let relationLimit = 20_000_000
  /// Bytes of one value.
  public static let valueLimit = 1 << 20

  private let path: String

  public init(path: String) { self.path = path }

  public func read(_ take: TakeReading) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA trusted_schema = OFF") }
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.read { db in try OCELTables(db).read(take) }
    } catch let error as DatabaseError {
      throw ExchangeError(.database(error.message ?? "\(error)"))
    }
  }
}

/// The tables of one database.
private struct OCELTables {
  private let db: Database

  init(_ db: Database) throws {
    self.db = db
    for table in ["event", "object", "event_object", "event_map_type", "object_map_type"] where try !isTable(table) {
      throw ExchangeError(.notProcessLog("no table \(table)"))
    }
  }

  func read(_ take: TakeReading) throws {
    var number = 0
    let between = try relations("object_object", from: "ocel_source_id", to: "ocel_target_id")
    for (type, table) in try types("object") {
      try forEachItem(type, table, isEvent: false) { item in
        number += 1
        try item(number, between).give(take)
      }
    }
    let mentioned = try relations("event_object", from: "ocel_event_id", to: "ocel_object_id")
    for (type, table) in try types("event") {
      try forEachItem(type, table, isEvent: true) { item in
        number += 1
        try item(number, mentioned).give(take)
      }
    }
  }

  private func isTable(_ name: String) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", arguments: [name]) ?? false
  }

  /// The types of a kind, with their tables.
  private func types(_ kind: String) throws -> [(name: String, table: String)] {
    let rows = try Row.fetchAll(db, sql: "SELECT ocel_type, ocel_type_map FROM \(kind)_map_type ORDER BY ocel_type")
    return rows.map { ($0.text("ocel_type") ?? "", "\(kind)_" + ($0.text("ocel_type_map") ?? "")) }
  }

  private func relations(_ table: String, from: String, to: String) throws -> [String: [Relation]] {
    guard try isTable(table) else { return [:] }
    var relations: [String: [Relation]] = [:]
    var count = 0
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) ORDER BY rowid")
    while let row = try rows.next() {
      count += 1
      guard count <= OCELDatabaseReader.relationLimit else {
        throw ExchangeError(.tooLarge(table, limit: OCELDatabaseReader.relationLimit))
      }
      let relation = Relation(row.text(to) ?? "", row.text("ocel_qualifier") ?? "")
      relations[row.text(from) ?? "", default: []].append(relation)
    }
    return relations
  }

  typealias Complete = (_ number: Int, _ relations: [String: [Relation]]) -> OCELItem

  /// Calls `body` for each object or event of a type: the rows of its own table that bear its id, together.
  private func forEachItem(_ type: String, _ table: String, isEvent: Bool, _ body: (Complete) throws -> Void) throws {
    let kind = isEvent ? "event" : "object"
    let hasTable = try isTable(table)
    let quoted = "\"" + table.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    let columns = hasTable ? try db.columns(in: table).map { ($0.name, OCELTypes.kind($0.type)) } : []
    let join = hasTable ? "LEFT JOIN \(quoted) t ON t.ocel_id = o.ocel_id" : ""
    let order = hasTable && columns.contains { $0.0 == "ocel_time" } ? "o.rowid, t.ocel_time" : "o.rowid"
    let rows = try Row.fetchCursor(
      db, sql: "SELECT o.ocel_id AS ocel_own_id, \(hasTable ? "t.*" : "NULL") FROM \(kind) o \(join) WHERE o.ocel_type = ? ORDER BY \(order)",
      arguments: [type])
    var gathered: (id: String, rows: [Row])?
    func finish() throws {
      guard let (id, rows) = gathered else { return }
      try body { number, relations in
        var item = OCELItem(isEvent: isEvent, id: id, type: type, time: rows.first?.text("ocel_time"), line: number)
        item.values = rows.flatMap { OCELTables.values(of: $0, columns) }
        item.relations = relations[id] ?? []
        return item
      }
    }
    while let row = try rows.next() {
      let id = row.text("ocel_own_id") ?? ""
      if gathered?.id == id { gathered?.rows.append(row.copy()) } else {
        try finish()
        gathered = (id, [row.copy()])
      }
    }
    try finish()
  }

  /// A row's attributes. A row that names a changed field says that one alone, at its time; any other says how things
  /// were from the beginning.
  private static func values(of row: Row, _ columns: [(String, Attribute.Kind)]) -> [(attribute: Attribute, time: String?)] {
    let changed = row.text("ocel_changed_field")
    return columns.compactMap { name, kind in
      guard !["ocel_id", "ocel_time", "ocel_changed_field"].contains(name), changed == nil || changed == name,
        let value = row.text(name)
      else { return nil }
      return (Attribute(name, kind, value), changed == nil ? nil : row.text("ocel_time"))
    }
  }
}

extension Row {
  /// A column's value as text; `nil` for NULL, for blobs, and where there is no such column.
  fileprivate func text(_ column: String) -> String? {
    guard hasColumn(column) else { return nil }
    switch (self[column] as DatabaseValue).storage {
    case .string(let text): return text.utf8.count <= OCELDatabaseReader.valueLimit ? text : nil
    case .int64(let number): return String(number)
    case .double(let number): return number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    case .null, .blob: return nil
    }
  }
}
