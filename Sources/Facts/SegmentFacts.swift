public import Projection
public import Vocabulary

/// The facts of one stretch of the log, column by column in the order of the lines.
///
/// Derived from the lines and from nothing else, so it may be thrown away at any time. `README.md` beside this file
/// gives the bytes.
public struct SegmentFacts: Sendable {
  /// What events of one shape have in common, so that a row needs only a number for it.
  public struct Layout: Hashable, Sendable {
    public let type: TypeCode
    /// Kind of the subject where the subject is not the account itself.
    public let kind: UInt8?
    /// Where the subject's number within its kind stands; with `kind`.
    let subject: FactSlot?
    public let slots: [FactSlot]
    /// Bits of a row.
    let bitCount: Int
  }

  /// Position of the first event.
  public let first: Int64
  public let count: Int
  var layouts: [Layout]
  var times: PackedTimes
  var accounts: PackedColumn
  var layoutColumn: PackedColumn
  /// Per row: the subject's number where its layout has a kind, then the facts that vary, by the layout's widths.
  var stream: [UInt8]
  var newSubjects: NewSubjects
  var joins: [Join]
  var ids: IDColumn
  /// The greatest account that a row names; known once a file was read.
  var reach = -1
  /// The greatest subject number that a row names, by kind; known once a file was read.
  var ordinalReach: [UInt8: UInt32] = [:]
  /// Single rows; there once the columns were checked or packed.
  public internal(set) var rows: StretchRows?
  /// Events of each family.
  public internal(set) var familyCounts: [UInt8: Int] = [:]

  struct Join: Hashable, Sendable {
    let from: Int
    let to: Int
  }

  /// Repeats on `table` what deriving this stretch did to it.
  public func apply(to table: inout SubjectTable) {
    table.add(newSubjects)
    for join in joins { table.join(join.from, to: join.to) }
  }

  /// Forgets what this stretch added to the table, which has it since.
  /// - Precondition: it was applied, and will neither be applied again nor written.
  public mutating func forgetSubjects() { (newSubjects, joins) = (NewSubjects(), []) }
}

/// The ids that sources chose, as sorted hashes with the row of each: enough to find the one line worth comparing.
struct IDColumn: Sendable {
  var hashes: [UInt32] = []
  var rows: [UInt16] = []

  init() {}

  init(_ found: [(hash: UInt32, row: UInt16)]) {
    let sorted = found.sorted { ($0.hash, $0.row) < ($1.hash, $1.row) }
    hashes = sorted.map(\.hash)
    rows = sorted.map(\.row)
  }

  /// Rows whose id has this hash.
  func rows(_ hash: UInt32) -> [Int] {
    var low = 0
    var high = hashes.count
    while low < high {
      let middle = (low + high) / 2
      if hashes[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return (low..<hashes.count).prefix { hashes[$0] == hash }.map { Int(rows[$0]) }
  }
}
