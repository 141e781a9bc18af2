import Vocabulary

/// A value's text, ready to be made: columns are places in the row, tables are in memory.
///
/// A class, because a plan is read for every cell of every row and a structure of that many parts would be copied.
final class TextPlan {
  enum Part {
    /// A stretch of `literals`.
    case literal(Range<Int>)
    case cell(Int)
    /// `table` is `nil` while a mapping is only checked.
    case lookup(LookupTable?, by: Int, column: Int, missingIsBlank: Bool)
    case row
    case file
    case occurrence
  }

  private let parts: [Part]
  private let literals: [UInt8]
  /// The column that the text comes from, for messages; empty where there are several.
  let label: String
  /// The column that the text is, as it stands; `nil` where it is made of more.
  private let cell: Int?
  private let dressing: Dressing?

  /// What is done to the text that was put together.
  private struct Dressing {
    let strip: [UInt8]?
    let trims: Bool
    let letterCase: ValueSpec.Case?
    let map: [String: [UInt8]]?
    let refusesUnmapped: Bool
    let standIn: [UInt8]?

    /// `nil`: nothing is.
    init?(_ spec: ValueSpec) {
      strip = spec.strip.map { Array($0.utf8) }
      trims = spec.trims
      letterCase = spec.letterCase
      map = spec.map?.mapValues { Array($0.utf8) }
      refusesUnmapped = spec.unmapped == .refuse
      standIn = spec.standIn.map { Array($0.utf8) }
      if strip == nil, !trims, letterCase == nil, map == nil, standIn == nil { return nil }
    }
  }

  convenience init(_ spec: ValueSpec, _ binder: Binder) throws(MappingError) {
    try self.init(spec.template, Dressing(spec), binder)
  }

  convenience init(_ template: Template, _ binder: Binder) throws(MappingError) {
    try self.init(template, nil, binder)
  }

  private init(_ template: Template, _ dressing: Dressing?, _ binder: Binder) throws(MappingError) {
    var parts: [Part] = []
    var literals: [UInt8] = []
    for part in template.parts { parts.append(try binder.part(part, of: template, &literals)) }
    var label = ""
    if template.parts.count == 1, case .hole(let hole) = template.parts[0] { label = hole.name }
    var cell: Int?
    if parts.count == 1, case .cell(let place) = parts[0] { cell = place }
    (self.parts, self.literals, self.label, self.cell, self.dressing) = (parts, literals, label, cell, dressing)
  }

  var countsOccurrences: Bool {
    parts.contains { part in
      if case .occurrence = part { true } else { false }
    }
  }

  /// Makes the text; the result is a range of `row.bytes`.
  func range(in row: Row) throws(RowProblem) -> Range<Int> {
    let range = if let cell { row.cells[cell] } else { try joined(in: row) }
    return dressing == nil ? range : try dressed(range, in: row)
  }

  private func dressed(_ range: Range<Int>, in row: Row) throws(RowProblem) -> Range<Int> {
    guard let dressing else { return range }
    var range = range
    if let strip = dressing.strip, !strip.isEmpty { range = TextPlan.stripped(range, of: strip, in: row) }
    if dressing.trims { range = row.trimmed(range) }
    if let letterCase = dressing.letterCase {
      let text = row.string(range)
      range = row.append((letterCase == .lower ? text.lowercased() : text.uppercased()).utf8)
    }
    if let map = dressing.map, !range.isEmpty {
      let text = row.string(range)
      if let mapped = map[text] { range = row.append(mapped) }
      else if dressing.refusesUnmapped { throw RowProblem(.notMapped(text), at: label) }
    }
    if range.isEmpty, let standIn = dressing.standIn { return row.append(standIn) }
    return range
  }

  private func joined(in row: Row) throws(RowProblem) -> Range<Int> {
    let start = row.bytes.count
    for part in parts {
      switch part {
      case .literal(let range): row.bytes.append(contentsOf: literals[range])
      case .cell(let place): row.copy(row.cells[place])
      case .lookup(let table, let by, let column, let missingIsBlank):
        try TextPlan.look(up: row.cells[by], in: table, column, missingIsBlank, row)
      case .row: row.append(row.number)
      case .file: row.bytes.append(contentsOf: row.file.utf8)
      case .occurrence: row.append(row.occurrence)
      }
    }
    return start..<row.bytes.count
  }

  private static func look(
    up cell: Range<Int>, in table: LookupTable?, _ column: Int, _ missingIsBlank: Bool, _ row: Row
  ) throws(RowProblem) {
    guard !cell.isEmpty, let table else { return }
    let key = row.string(cell)
    if let found = table.row(of: key) {
      row.bytes.append(contentsOf: found[column])
    } else if !missingIsBlank {
      throw RowProblem(.notFound(key: key, lookup: table.name))
    }
  }

  private static func stripped(_ range: Range<Int>, of text: [UInt8], in row: Row) -> Range<Int> {
    var range = range
    if row.bytes[range].starts(with: text) { range = (range.lowerBound + text.count)..<range.upperBound }
    if row.bytes[range].reversed().starts(with: text.reversed()) { range = range.lowerBound..<(range.upperBound - text.count) }
    return range
  }
}
