import Vocabulary

/// A value's text, ready to be made: columns are places in the row, tables are in memory.
struct TextPlan {
  enum Part {
    case literal([UInt8])
    case cell(Int)
    /// `table` is `nil` while a mapping is only checked.
    case lookup(LookupTable?, by: Int, column: Int, missingIsBlank: Bool)
    case row
    case file
    case occurrence
  }

  var parts: [Part]
  /// The column that the text comes from, for messages; empty where there are several.
  var label = ""
  private var strip: [UInt8]?
  private var trims = false
  private var letterCase: ValueSpec.Case?
  private var map: [String: [UInt8]]?
  private var refusesUnmapped = false
  private var standIn: [UInt8]?

  init(parts: [Part], label: String) {
    self.parts = parts
    self.label = label
  }

  init(_ spec: ValueSpec, _ binder: Binder) throws(MappingError) {
    self = try TextPlan(spec.template, binder)
    strip = spec.strip.map { Array($0.utf8) }
    trims = spec.trims
    letterCase = spec.letterCase
    map = spec.map?.mapValues { Array($0.utf8) }
    refusesUnmapped = spec.unmapped == .refuse
    standIn = spec.standIn.map { Array($0.utf8) }
  }

  init(_ template: Template, _ binder: Binder) throws(MappingError) {
    var parts: [Part] = []
    for part in template.parts { parts.append(try binder.part(part, of: template)) }
    var label = ""
    if template.parts.count == 1, case .hole(let hole) = template.parts[0] { label = hole.name }
    self.init(parts: parts, label: label)
  }

  var countsOccurrences: Bool {
    parts.contains { part in
      if case .occurrence = part { true } else { false }
    }
  }

  /// Makes the text; the result is a range of `row.bytes`.
  func range(in row: Row) throws(RowProblem) -> Range<Int> {
    var range = try joined(in: row)
    if let strip, !strip.isEmpty { range = TextPlan.stripped(range, of: strip, in: row) }
    if trims { range = row.trimmed(range) }
    if let letterCase {
      let text = row.string(range)
      range = row.append((letterCase == .lower ? text.lowercased() : text.uppercased()).utf8)
    }
    if let map, !range.isEmpty {
      let text = row.string(range)
      if let mapped = map[text] { range = row.append(mapped) }
      else if refusesUnmapped { throw RowProblem(.notMapped(text), at: label) }
    }
    if range.isEmpty, let standIn { return row.append(standIn) }
    return range
  }

  private func joined(in row: Row) throws(RowProblem) -> Range<Int> {
    if parts.count == 1, case .cell(let place) = parts[0] { return row.cells[place] }
    let start = row.bytes.count
    for part in parts {
      switch part {
      case .literal(let bytes): row.bytes.append(contentsOf: bytes)
      case .cell(let place): row.bytes.append(contentsOf: row.bytes[row.cells[place]])
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

extension Row {
  /// Appends text behind the cells and returns its place.
  func append(_ text: some Collection<UInt8>) -> Range<Int> {
    let start = bytes.count
    bytes.append(contentsOf: text)
    return start..<bytes.count
  }

  /// Appends a whole number that is not negative.
  func append(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }
}
