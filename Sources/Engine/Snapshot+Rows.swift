import Facts
import Projection
public import ReadModels
import Vocabulary
import Wire

// All rows of a read model.

extension Store {
  /// Every row of a read model as a view sees it, in the order of the subjects' names.
  ///
  /// The stored read model answers where it is what the view asks for: same position, rule and time. Else the rows
  /// are folded and judged now, so that an answer is never older than the log.
  public func rows(
    of name: String, view: View = .present, progress: @escaping Progress = { _, _ in },
    _ body: (ModelLine) throws -> Void
  ) throws {
    let snapshot = try snapshot()
    let projection = try snapshot.projection(name)
    let position = try snapshot.position(of: view)
    if let model = stored(projection, view, position), try fits(model, projection, snapshot, view) {
      let provenance = model.provenance
      for row in try model.allRows() { try body(ModelLine(row, provenance)) }
      return
    }
    let facts = try snapshot.facts(progress)
    let run = try snapshot.fold([projection], view: view, progress: progress)
    let asOf = view.asOf ?? run.latest ?? Instant(microseconds: 0)
    let rule = try snapshot.rule(for: projection, view, asOf: asOf)
    let judged = Judged(result: run.results[0], table: facts.table, rule: rule, asOf: asOf, position: position)
    for row in judged.rows { try body(ModelLine(row, judged.provenance)) }
  }

  /// The stored model, if it has the view's position and time.
  private func stored(_ projection: AnyProjection, _ view: View, _ position: Int64) -> ReadModel? {
    guard let model = try? ReadModelStore(directory: folder.models).open(projection.name) else { return nil }
    let provenance = model.provenance
    guard provenance.position == position, provenance.shape == projection.shape, view.asOf ?? provenance.asOf == provenance.asOf
    else { return nil }
    return model
  }

  /// Whether the model was judged by the rule that the view asks for, as of the time that it asks for.
  private func fits(_ model: ReadModel, _ projection: AnyProjection, _ snapshot: Snapshot, _ view: View) throws -> Bool {
    let asOf = try snapshot.asOf(view, before: model.provenance.position)
    guard asOf == model.provenance.asOf else { return false }
    return try snapshot.rule(for: projection, view, asOf: asOf)?.hash == model.provenance.rule?.bodyHash
  }
}

extension ReadModel {
  fileprivate func allRows() throws -> [ModelRow] {
    var rows: [ModelRow] = []
    try forEach { row throws(ReadModelError) in rows.append(row) }
    return rows
  }
}

extension ModelLine {
  /// A stored row with what its model says of all its rows.
  public init(_ row: ModelRow, _ provenance: Provenance) {
    self.init(
      subject: row.subject, values: row.values, since: row.since, because: row.because, asOf: provenance.asOf,
      position: provenance.position, rule: provenance.rule?.description)
  }
}
