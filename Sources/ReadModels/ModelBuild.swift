import Projection
import Vocabulary

/// Where a build is.
public enum BuildStep: Hashable, Sendable {
  /// The new file has been made, empty.
  case begun
  /// So many rows are in it.
  case rows(Int)
  case indexing
  /// All is written; it is about to be made durable.
  case syncing
  /// It is durable, and about to take the old one's place.
  case swapping
  /// It is in its place; the folder is about to be made durable.
  case swapped
}

/// What may be asked of a build.
public struct BuildOptions: Hashable, Sendable {
  /// Rows between two `BuildStep.rows`.
  public static let stride = 10_000

  /// Columns that get an index, made after the rows. Each costs about half as much as the rows themselves.
  public var indices: [String]
  /// How many changes against the model in use are listed; all are counted. At most `Limit.changes`.
  public var listedChanges: Int
  /// Whether the rows are compared with the model in use at all.
  public var isCompared: Bool

  public init(indices: [String] = [], listedChanges: Int = 1000, isCompared: Bool = true) {
    self.indices = indices
    self.listedChanges = listedChanges
    self.isCompared = isCompared
  }

  func check(against layout: Layout) throws(ReadModelError) {
    guard (0...Limit.changes.value).contains(listedChanges) else { throw .limit(.changes, found: listedChanges) }
    for (place, name) in indices.enumerated() {
      guard layout.columns.contains(where: { $0.name == name }), !indices[..<place].contains(name) else {
        throw .badColumn(name, model: layout.name)
      }
    }
  }
}

/// A build's result.
public struct Built: Hashable, Sendable {
  /// What became of the model that was in use.
  public enum Previous: Hashable, Sendable {
    /// There was none; all rows are new.
    case none
    /// It was not compared, as was asked.
    case ignored
    /// It could not be read.
    case unreadable(ReadModelError)
    case compared(Comparison)
  }

  public let rows: Int
  /// Hexadecimal digits of the SHA-256 that README.md defines.
  public let contentHash: String
  public let previous: Previous

  /// `nil` where there was nothing to compare with.
  public var comparison: Comparison? { if case .compared(let comparison) = previous { comparison } else { nil } }

  /// Subjects whose row came, went or is another; all rows where there was nothing to compare with.
  public var changed: Int { comparison?.differences ?? rows }
}

/// Fills one file.
struct ModelBuild {
  let layout: Layout
  let provenance: Provenance
  let options: BuildOptions

  /// Makes the tables, writes the rows and their provenance, and closes the file.
  func run(
    at path: String, old: Result<ReadModel, ReadModelError>, rows: some Sequence<ModelRow>,
    progress: (BuildStep) -> Void
  ) throws(ReadModelError) -> Built {
    let file = try SQLFile.building(path, model: layout.name)
    let built = try file.run { db throws(ReadModelError) in
      try db.execute("BEGIN")
      for statement in layout.creation { try db.execute(statement) }
      let (seal, previous) = try fill(db, old, rows, progress)
      if !options.indices.isEmpty { progress(.indexing) }
      for column in options.indices { try db.execute(layout.index(over: column)) }
      try describe(seal, in: db)
      try db.execute("COMMIT")
      return Built(rows: seal.rows, contentHash: seal.contentHash, previous: previous)
    }
    try file.close()
    return built
  }

  /// Writes the rows, meeting them with the old model's where that can be read.
  private func fill(
    _ db: SQLConnection, _ old: Result<ReadModel, ReadModelError>, _ rows: some Sequence<ModelRow>,
    _ progress: (BuildStep) -> Void
  ) throws(ReadModelError) -> (Seal, Built.Previous) {
    var writer = try RowWriter(db, provenance: provenance, columns: layout.columns)
    func plain(_ previous: Built.Previous) throws(ReadModelError) -> (Seal, Built.Previous) {
      for row in rows { try writer.write(row, progress) }
      return (writer.finish(), previous)
    }
    guard options.isCompared else { return try plain(.ignored) }
    switch old {
    case .failure(.missing): return try plain(.none)
    case .failure(let error): return try plain(.unreadable(error))
    case .success(let model):
      return try model.file.run { oldFile throws(ReadModelError) in
        var meeting = Meeting(model, oldFile, columns: layout.columns, limit: options.listedChanges)
        for row in rows {
          try writer.write(row, progress)
          meeting.meet(row, line: writer.line)
        }
        return (writer.finish(), meeting.finish())
      }
    }
  }

  /// Writes what the file says about itself.
  private func describe(_ seal: Seal, in db: SQLConnection) throws(ReadModelError) {
    for (key, value, meaning) in provenance.entries(seal) {
      try db.execute("INSERT INTO provenance VALUES (?, ?, ?)", [.text(key), .text(value), .text(meaning)])
    }
    for (place, column) in layout.columns.enumerated() {
      let fields = [column.name, column.kind.rawValue, column.title.en, column.title.zh].map { SQLValue.text($0) }
      try db.execute("INSERT INTO columns VALUES (?, ?, ?, ?, ?)", [.integer(Int64(place))] + fields)
      for (place, word) in column.words.enumerated() {
        let titles = [word.text, word.title.en, word.title.zh].map { SQLValue.text($0) }
        try db.execute(
          "INSERT INTO words VALUES (?, ?, ?, ?, ?)", [.text(column.name), .integer(Int64(place))] + titles)
      }
    }
  }
}

/// A comparison that a fault of the old file ends, without harm to the build.
private struct Meeting {
  private var comparer: Result<Comparer, ReadModelError>

  init(_ old: ReadModel, _ db: SQLConnection, columns: [Column], limit: Int) {
    comparer = Result { () throws(ReadModelError) -> Comparer in
      try old.comparer(db, columns: columns, limit: limit)
    }
  }

  mutating func meet(_ row: ModelRow, line: [UInt8]) {
    guard case .success(var comparer) = comparer else { return }
    self.comparer = .failure(.missing(model: row.subject))  // the comparer must have one owner while it changes
    do {
      try comparer.meet(row, line: line)
      self.comparer = .success(comparer)
    } catch {
      self.comparer = .failure(error)
    }
  }

  func finish() -> Built.Previous {
    do {
      var comparer = try comparer.get()
      return .compared(try comparer.finish())
    } catch { return .unreadable(error) }
  }
}
