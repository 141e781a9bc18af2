import GRDB
public import Vocabulary
import Wire

/// Writes OCEL 2.0 as a SQLite file, in one transaction: a table for each type of event and object, with the columns
/// that have been found.
public final class OCELDatabaseWriter {
  private let collection: OCELCollection
  private let path: String
  private let catalogue: Catalogue

  /// - Parameter path: a file that does not exist yet.
  public init(path: String, catalogue: Catalogue) {
    self.path = path
    self.catalogue = catalogue
    collection = OCELCollection(catalogue: catalogue)
  }

  /// Calls `events` with the function that takes each event.
  public func write(_ events: (_ add: (Event) throws -> Void) throws -> Void) throws {
    do {
      var configuration = Configuration()
      // Objects are written last; checking each reference would search every table for every object.
      configuration.foreignKeysEnabled = false
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.write { db in
        let tables = OCELTableMaker(db)
        try tables.begin()
        try events { event in
          if let activity = self.collection.add(event) { try tables.add(activity) }
        }
        collection.finish()
        for id in collection.order {
          if let object = collection.objects[id] { try tables.add(id, object) }
        }
      }
      try queue.close()
    } catch let error as DatabaseError {
      throw ExchangeError(.cannotWrite(error.message ?? "\(error)"))
    }
  }
}

private final class OCELTableMaker {
  private let db: Database
  /// Table of a type, and its columns by attribute. SQLite compares names without regard to case.
  private var tables: [String: (name: String, columns: [String: String], used: Set<String>)] = [:]
  private var used: Set<String> = []

  init(_ db: Database) { self.db = db }

  func begin() throws {
    for kind in ["event", "object"] {
      try db.execute(sql: "CREATE TABLE \(kind)_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT)")
      try db.execute(
        sql: "CREATE TABLE \(kind) (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES \(kind)_map_type(ocel_type))")
    }
    try db.execute(
      sql: """
        CREATE TABLE event_object (ocel_event_id TEXT REFERENCES event(ocel_id), ocel_object_id TEXT REFERENCES object(ocel_id)
          DEFERRABLE INITIALLY DEFERRED, ocel_qualifier TEXT, PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier))
        """)
    try db.execute(
      sql: """
        CREATE TABLE object_object (ocel_source_id TEXT REFERENCES object(ocel_id) DEFERRABLE INITIALLY DEFERRED,
          ocel_target_id TEXT REFERENCES object(ocel_id) DEFERRABLE INITIALLY DEFERRED, ocel_qualifier TEXT,
          PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier))
        """)
  }

  func add(_ activity: OCELCollection.Activity) throws {
    let key = try table("event", activity.type, activity.attributes)
    try run("INSERT INTO event VALUES (?, ?)", [activity.id, activity.type])
    try insert(key, activity.id, time(activity.time), nil, activity.attributes)
    for relation in activity.relations {
      try run("INSERT OR IGNORE INTO event_object VALUES (?, ?, ?)", [activity.id, relation.to, relation.qualifier])
    }
  }

  func add(_ id: String, _ object: OCELCollection.Object) throws {
    let key = try table("object", object.kind ?? "", object.values.map(\.attribute))
    try run("INSERT INTO object VALUES (?, ?)", [id, object.kind])
    let first = object.values.filter { $0.time == nil }.map(\.attribute)
    try insert(key, id, time(NoteTime.beginning), nil, first)
    for (attribute, moment) in object.values {
      if let moment { try insert(key, id, time(moment), attribute.name, [attribute]) }
    }
    for relation in object.relations {
      try run("INSERT OR IGNORE INTO object_object VALUES (?, ?, ?)", [id, relation.to, relation.qualifier])
    }
  }

  private func insert(_ key: String, _ id: String, _ time: String, _ changed: String?, _ attributes: [Attribute]) throws {
    guard let table = tables[key] else { return }
    var columns = ["ocel_id", "ocel_time"]
    var values: [(any DatabaseValueConvertible)?] = [id, time]
    if let changed {
      columns.append("ocel_changed_field")
      values.append(table.columns[changed] ?? changed)
    }
    for attribute in attributes {
      columns.append(quoted(table.columns[attribute.name] ?? attribute.name))
      values.append(attribute.kind == .integer ? Int64(attribute.value) : attribute.value)
    }
    let marks = [String](repeating: "?", count: columns.count).joined(separator: ", ")
    try run(
      "INSERT INTO \(quoted(table.name)) (\(columns.joined(separator: ", "))) VALUES (\(marks))", StatementArguments(values))
  }

  /// Statements are few and run once a row, so they are prepared once.
  private func run(_ sql: String, _ arguments: StatementArguments) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// The table of a type, made or widened as its attributes need.
  private func table(_ kind: String, _ type: String, _ attributes: [Attribute]) throws -> String {
    let key = kind + " " + type
    if tables[key] == nil {
      let name = name(kind, type)
      let changed = kind == "object" ? ", ocel_changed_field TEXT" : ""
      try db.execute(sql: "INSERT INTO \(kind)_map_type VALUES (?, ?)", arguments: [type, String(name.dropFirst(kind.count + 1))])
      try db.execute(
        sql: "CREATE TABLE \(quoted(name)) (ocel_id TEXT REFERENCES \(kind)(ocel_id), ocel_time TIMESTAMP\(changed))")
      tables[key] = (name, [:], ["ocel_id", "ocel_time", "ocel_changed_field"])
    }
    for attribute in attributes where tables[key]?.columns[attribute.name] == nil {
      var column = attribute.name
      while tables[key]?.used.insert(column.lowercased()).inserted == false { column += "_" }
      tables[key]?.columns[attribute.name] = column
      let words = [Attribute.Kind.integer: "INTEGER", .decimal: "REAL", .flag: "BOOLEAN", .time: "TIMESTAMP"]
      let table = quoted(tables[key]?.name ?? "")
      try db.execute(sql: "ALTER TABLE \(table) ADD COLUMN \(quoted(column)) \(words[attribute.kind] ?? "TEXT")")
    }
    return key
  }

  /// A table's name of letters and digits, once.
  private func name(_ kind: String, _ type: String) -> String {
    let word = String(type.unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }.map(Character.init))
    let base = kind + "_" + (word.isEmpty ? "type" : word)
    var name = base
    var number = 2
    // SQLite compares the names of tables without regard to case.
    while !used.insert(name.lowercased()).inserted {
      name = base + String(number)
      number += 1
    }
    return name
  }

  private func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// `2026-11-23 09:30:00` in UTC.
  private func time(_ instant: Instant) -> String {
    String(instant.description.dropLast().map { $0 == "T" ? " " : $0 })
  }
}
