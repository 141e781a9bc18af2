import Wire

/// How a read model differs from the one before it, subject by subject.
public struct Comparison: Hashable, Sendable {
  /// Nothing compared yet.
  public init() {}

  /// One subject whose row came, went, or is another. Two rows are the same if their canonical lines are.
  public struct Change: Hashable, Sendable {
    public let subject: String
    /// With the values of the old model's columns.
    public let old: ModelRow?
    public let new: ModelRow?
  }

  public internal(set) var added = 0
  public internal(set) var removed = 0
  public internal(set) var changed = 0
  public internal(set) var unchanged = 0
  /// The first changes by subject, as many as were asked for. The counts above are of all.
  public internal(set) var changes: [Change] = []
  /// Whether both have the same columns by name and kind. If not, every subject of both counts as changed.
  public internal(set) var hasSameColumns = true

  /// Added, removed and changed subjects together.
  public var differences: Int { added + removed + changed }
}

/// Meets the rows of a new model, in their order, with those of an old one.
struct Comparer {
  private var cursor: RowCursor
  private var stored: StoredLine
  private let limit: Int
  private let hasSameColumns: Bool
  private var comparison = Comparison()
  private var isAtRow: Bool

  /// - Parameter limit: how many changes are listed.
  init(old: RowCursor, hasSameColumns: Bool, limit: Int) throws(ReadModelError) {
    cursor = old
    stored = StoredLine(columns: old.columns)
    self.limit = limit
    self.hasSameColumns = hasSameColumns
    comparison.hasSameColumns = hasSameColumns
    isAtRow = try cursor.advance()
  }

  /// - Parameter line: the canonical line of the new row.
  mutating func meet(_ new: ModelRow, line: [UInt8]) throws(ReadModelError) {
    while isAtRow {
      let order = cursor.compareSubject(with: new.subject)
      if order > 0 { break }
      if order == 0 { return try meetSame(new, line: line) }
      try passRemoved()
    }
    comparison.added += 1
    note { Comparison.Change(subject: new.subject, old: nil, new: new) }
  }

  private mutating func meetSame(_ new: ModelRow, line: [UInt8]) throws(ReadModelError) {
    stored.encode(cursor.statement)
    if hasSameColumns, stored.line.bytes == line {
      comparison.unchanged += 1
    } else {
      comparison.changed += 1
      if comparison.changes.count < limit {
        let old = try cursor.row()
        note { Comparison.Change(subject: new.subject, old: old, new: new) }
      }
    }
    isAtRow = try cursor.advance()
  }

  private mutating func passRemoved() throws(ReadModelError) {
    comparison.removed += 1
    if comparison.changes.count < limit {
      let old = try cursor.row()
      note { Comparison.Change(subject: old.subject, old: old, new: nil) }
    }
    isAtRow = try cursor.advance()
  }

  private mutating func note(_ change: () -> Comparison.Change) {
    if comparison.changes.count < limit { comparison.changes.append(change()) }
  }

  /// Counts what the old model has beyond the last new row.
  mutating func finish() throws(ReadModelError) -> Comparison {
    while isAtRow { try passRemoved() }
    return comparison
  }
}
