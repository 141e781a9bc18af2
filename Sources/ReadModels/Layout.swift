import Projection
import Vocabulary
import Wire

/// How a read model lies in its file: tables, view, indices, and the statements that fill and read them.
///
/// Measured for 1 M rows of nine columns: subject as the key of a table without row numbers 1.5–1.7 µs a row, 83 MB;
/// row numbers and an index over subject 1.5–1.8 µs, 102 MB. Look-ups and scans were alike.
struct Layout {
  /// `PRAGMA user_version`; goes up when the tables change.
  static let format = 1
  /// `PRAGMA application_id`: "KESH".
  static let applicationID = 0x4B45_5348
  /// Words that the file uses itself.
  static let takenTables: Set<String> = ["provenance", "columns", "words"]
  static let takenColumns: Set<String> = ["subject", "since", "because", "rule", "asof", "position"]

  let name: String
  let columns: [Column]
  let rule: Provenance.Rule?

  /// - Throws: `badName`, `badColumn` or `limit`. What passes may stand between double quotes in SQL.
  init(name: String, columns: [Column], rule: Provenance.Rule?) throws(ReadModelError) {
    try Layout.check(name: name)
    if let rule { try Layout.check(word: rule.kind) }
    guard columns.count <= Limit.columns.value else { throw .limit(.columns, found: columns.count) }
    var taken = Layout.takenColumns
    for column in columns {
      guard column.name.utf8.count <= Limit.nameBytes.value else {
        throw .limit(.nameBytes, found: column.name.utf8.count)
      }
      guard Layout.isWord(column.name, capitals: true), taken.insert(column.name.lowercased()).inserted else {
        throw .badColumn(column.name, model: name)
      }
    }
    self.name = name
    self.columns = columns
    self.rule = rule
  }

  /// A model's name is a file's and a table's: `lifecycle`, `order-clock`.
  static func check(name: String) throws(ReadModelError) {
    try check(word: name)
    guard !takenTables.contains(name), !name.hasPrefix("sqlite_"), !name.hasSuffix("_rows") else {
      throw .badName(name)
    }
  }

  private static func check(word: String) throws(ReadModelError) {
    guard word.utf8.count <= Limit.nameBytes.value else { throw .limit(.nameBytes, found: word.utf8.count) }
    guard isWord(word, capitals: false) else { throw .badName(word) }
  }

  private static func isWord(_ word: String, capitals: Bool) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte) || capitals && (0x41...0x5A).contains(byte)
    }
    guard let first = word.utf8.first, isLetter(first) else { return false }
    return word.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F || !capitals && $0 == 0x2D }
  }

  private var list: String { columns.map { "\"\($0.name)\", " }.joined() }
  /// The same for people: hundredths as decimal numbers.
  private var shownList: String {
    columns.map { $0.kind == .hundredths ? "\"\($0.name)\" / 100.0 AS \"\($0.name)\", " : "\"\($0.name)\", " }.joined()
  }

  // Making.

  /// The statements that make the empty tables. Comments inside them stay in the file, for people who browse it.
  var creation: [String] {
    [
      "PRAGMA application_id = \(Layout.applicationID)",
      "PRAGMA user_version = \(Layout.format)",
      """
      CREATE TABLE provenance (
        -- Where this read model comes from. It is derived from the event log: edits are lost at the next rebuild.
        key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, meaning TEXT NOT NULL
      ) STRICT, WITHOUT ROWID
      """,
      """
      CREATE TABLE columns (
        -- The columns of "\(name)" in their order, with what people call them. Money is in minor units.
        place INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, en TEXT NOT NULL, zh TEXT NOT NULL
      ) STRICT
      """,
      """
      CREATE TABLE words (
        -- What the words of a text column with a closed list are called.
        "column" TEXT NOT NULL, place INTEGER NOT NULL, word TEXT NOT NULL, en TEXT NOT NULL, zh TEXT NOT NULL,
        PRIMARY KEY ("column", place)
      ) STRICT, WITHOUT ROWID
      """,
      rowTable, view,
    ]
  }

  private var rowTable: String {
    let own = columns.map { "  \"\($0.name)\" \($0.kind.storage), -- \($0.kind.rawValue)\n" }.joined()
    let rule = rule.map { "'\($0)'" } ?? "NULL"
    return """
      CREATE TABLE "\(name)" (
        -- One row a subject, in the order of its UTF-8 bytes. Days and instants are ISO 8601 texts in UTC.
        subject TEXT PRIMARY KEY NOT NULL,
      \(own)  since TEXT, -- instant since when this has been so
        because INTEGER, -- position of the event that made it so
        rule TEXT GENERATED ALWAYS AS (\(rule)) VIRTUAL -- the same for all rows; takes no room
      ) STRICT, WITHOUT ROWID
      """
  }

  private var view: String {
    """
    CREATE VIEW "\(name)_rows" AS
      -- The rows with what holds for all of them: for which business time, and after how many events.
      SELECT subject, \(shownList)since, because, rule,
        (SELECT value FROM provenance WHERE key = 'asOf') AS asOf,
        (SELECT CAST(value AS INTEGER) FROM provenance WHERE key = 'position') AS position
      FROM "\(name)"
    """
  }

  /// - Precondition: `column` is the name of one of `columns`.
  func index(over column: String) -> String { "CREATE INDEX \"\(name)_by_\(column)\" ON \"\(name)\" (\"\(column)\")" }

  var insertion: String {
    let marks = [String](repeating: "?", count: columns.count + 3).joined(separator: ", ")
    return "INSERT INTO \"\(name)\" (subject, \(list)since, because) VALUES (\(marks))"
  }

  // Reading.

  /// All rows' subject, own columns, since, because; `rest` goes on from FROM.
  func selection(_ rest: String = "ORDER BY subject") -> String {
    "SELECT subject, \(list)since, because FROM \"\(name)\" \(rest)"
  }

  static let provenance = "SELECT key, value FROM provenance"
  static let columnList = "SELECT name, kind, en, zh FROM columns ORDER BY place"
  static let wordList = "SELECT word, en, zh FROM words WHERE \"column\" = ? ORDER BY place"
}

extension Column.Kind {
  /// The type of a STRICT table's column.
  var storage: String {
    switch self {
    case .text, .day, .instant: "TEXT"
    case .integer, .money, .flag, .position, .hundredths: "INTEGER"
    }
  }

  /// Whether a column of this kind can hold `value`. Every column may be empty.
  func accepts(_ value: Value) -> Bool {
    switch (self, value) {
    case (_, .null), (.text, .text), (.integer, .integer), (.money, .integer), (.position, .integer), (.hundredths, .integer), (.flag, .flag),
      (.day, .day), (.instant, .instant):
      true
    case (.text, _), (.integer, _), (.money, _), (.position, _), (.hundredths, _), (.flag, _), (.day, _), (.instant, _): false
    }
  }
}
