import Vocabulary

/// A table in another file, from which rows fetch what they only name.
struct LookupSpec: Sendable {
  let name: String
  let file: String
  /// The table's column of keys, and the rows' column that names one.
  let key: Template.Hole
  let by: Template.Hole
  let dialect: Dialect
  /// A key that the table does not have makes the value blank; otherwise the row is refused.
  let missingIsBlank: Bool
  /// The table may be absent as a whole; every value of it is then blank.
  let mayBeAbsent: Bool
  /// Keys of rows → keys of the table, where the two write the same thing differently.
  let map: [String: String]
  let spot: Spot

  enum Absent: String, CaseIterable { case allow, refuse }
  enum Missing: String, CaseIterable { case blank, refuse }

  init(_ key: YAMLNode, _ node: YAMLNode) throws(MappingError) {
    name = try key.text()
    let keys = try node.members(["file", "key", "by", "format", "missing", "map", "absent"], required: ["file", "key"])
    guard let file = keys["file"], let column = keys["key"] else { throw node.fail(.missingKey("file")) }
    self.file = try file.text()
    spot = file.spot
    let by = keys["by"] ?? column
    self.key = Template.Hole(name: try column.text(), spot: column.textSpot)
    self.by = Template.Hole(name: try by.text(), spot: by.textSpot)
    dialect = try keys["format"].map { node throws(MappingError) in try Dialect(node) } ?? Dialect()
    missingIsBlank = try keys["missing"]?.word(Missing.self) == .blank
    mayBeAbsent = try keys["absent"]?.word(Absent.self) == .allow
    var map: [String: String] = [:]
    for (key, value) in try keys["map"]?.pairs() ?? [] { map[try key.text()] = try value.text() }
    self.map = map
  }
}

/// A look-up table in memory.
final class LookupTable {
  /// Rows that a table may have.
  static let rowLimit = 1_000_000

  let name: String
  let columns: [String]
  private let rows: [String: [[UInt8]]]
  private let map: [String: String]

  /// Reads the whole table. Rows that cannot be read, and keys that stand twice, are errors: a table must be whole.
  init(_ spec: LookupSpec, path: String, mapping: Mapping) throws(MappingError) {
    func fail(_ why: Name) -> MappingError { MappingError(.lookupFile(path, why: why), file: mapping.name, at: spec.spot) }
    var rows: [String: [[UInt8]]] = [:]
    let table: Table
    do { table = try Table(path: path, dialect: spec.dialect) } catch {
      throw fail(Name(error.message(in: .en), error.message(in: .zh)))
    }
    let place = try Binder(mapping: mapping, columns: table.columns, tables: nil).column(spec.key)
    while true {
      let outcome: Table.Outcome
      do { outcome = try table.next() } catch { throw fail(Name(error.message(in: .en), error.message(in: .zh))) }
      let row = table.row
      switch outcome {
      case .end:
        name = spec.name
        columns = table.columns
        self.rows = rows
        map = spec.map
        return
      case .broken(let problem):
        throw fail(Name("line \(row.line): \(problem.message(in: .en))", "第 \(row.line) 行：\(problem.message(in: .zh))"))
      case .row:
        let key = row.string(row.cells[place])
        guard rows.updateValue(row.cells.map { Array(row.bytes[$0]) }, forKey: key) == nil else {
          throw fail(Name("line \(row.line): the key \"\(key)\" stands twice", "第 \(row.line) 行：键“\(key)”重复"))
        }
        guard rows.count <= LookupTable.rowLimit else {
          throw fail(Name("more than \(LookupTable.rowLimit) rows", "超过 \(LookupTable.rowLimit) 行"))
        }
      }
    }
  }

  func row(of key: String) -> [[UInt8]]? { rows[map[key] ?? key] }
}
