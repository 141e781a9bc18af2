import Vocabulary

/// Turns names of columns and tables into places.
///
/// Where the columns are not known yet, because they stand in a file's header, or the tables are not read, names are
/// taken as they are and the rest is checked.
struct Binder {
  let mapping: Mapping
  let columns: [String]?
  let tables: [String: LookupTable]?

  func column(_ hole: Template.Hole) throws(MappingError) -> Int {
    guard let columns else { return 0 }
    guard let place = columns.firstIndex(of: hole.name) else { throw fail(.unknownColumn(hole.name, allowed: columns), hole.spot) }
    guard columns.lastIndex(of: hole.name) == place else { throw fail(.ambiguousColumn(hole.name), hole.spot) }
    return place
  }

  /// - Parameter literals: takes the texts between the holes.
  func part(
    _ part: Template.Part, of template: Template, _ literals: inout [UInt8]
  ) throws(MappingError) -> TextPlan.Part {
    switch part {
    case .literal(let text):
      literals += text.utf8
      return .literal(literals.count - text.utf8.count..<literals.count)
    case .row: return try builtIn("row", .row, template)
    case .file: return try builtIn("file", .file, template)
    case .occurrence: return try builtIn("n", .occurrence, template)
    case .hole(let hole): return try fill(hole)
    }
  }

  private func builtIn(_ word: String, _ part: TextPlan.Part, _ template: Template) throws(MappingError) -> TextPlan.Part {
    if columns?.contains(word) ?? false { throw fail(.ambiguousColumn(word), template.spot) }
    return part
  }

  private func fill(_ hole: Template.Hole) throws(MappingError) -> TextPlan.Part {
    guard let point = hole.name.firstIndex(of: ".") else { return .cell(try column(hole)) }
    let (table, rest) = (String(hole.name[..<point]), String(hole.name[hole.name.index(after: point)...]))
    guard let spec = mapping.lookups.first(where: { $0.name == table }) else {
      if columns?.contains(hole.name) ?? false { return .cell(try column(hole)) }
      // A column's own name may hold points, as those of CloudEvents' data do: the file's columns will tell.
      if columns == nil, mapping.lookups.isEmpty || table == "data" { return .cell(try column(hole)) }
      throw fail(.unknownLookup(table, allowed: mapping.lookups.map(\.name)), hole.spot)
    }
    let by = try column(spec.by)
    let read = tables?[table]
    let known = read?.columns ?? spec.dialect.format.columns
    let there = Binder(mapping: mapping, columns: known, tables: nil)
    let place = try there.column(Template.Hole(name: rest, spot: hole.spot))
    return .lookup(read, by: by, column: place, missingIsBlank: spec.missingIsBlank)
  }

  func fail(_ reason: MappingError.Reason, _ spot: Spot) -> MappingError { MappingError(reason, file: mapping.name, at: spot) }
}
