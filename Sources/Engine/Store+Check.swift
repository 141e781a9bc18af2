import Projection
import ReadModels
import Vocabulary
import Wire

/// What a read model in use holds, against what the log gives for the same position, time and rule.
public struct DriftReport: Sendable {
  public enum Verdict: String, Sendable {
    /// Every row is as it should be.
    case sound
    /// Rows are missing, are too many, or are others.
    case drifted
    /// Made by another version of the projection, or by a rule that is not known: it must be built again.
    case outdated
    /// There is none.
    case absent
  }
  public let projection: String
  public let verdict: Verdict
  public let rows: Int
  /// Where it comes from by its own word; `nil` where there is none.
  public let provenance: Provenance?
  /// The stored rows as `old`, those that should be there as `new`.
  public let comparison: Comparison
  /// The file's rows have the hash that the file names.
  public let hashHolds: Bool
}

extension Store {
  /// Compares read models in use with the log, row by row. An empty list means all. Nothing is changed.
  ///
  /// - Parameter limit: rows that are named for each model; all are counted.
  public func check(
    _ names: [String], listing limit: Int = 1000, progress: @escaping Progress = { _, _ in }
  ) throws -> [DriftReport] {
    let snapshot = try snapshot()
    let chosen = try names.isEmpty ? projections : names.map { try snapshot.projection($0) }
    let models = ReadModelStore(directory: folder.models)
    return try chosen.map { projection in
      let model: ReadModel
      do { model = try models.open(projection.name) } catch ReadModelError.missing {
        return DriftReport(projection, .absent, nil)
      }
      return try check(model, projection, snapshot, limit, progress)
    }
  }

  private func check(
    _ model: ReadModel, _ projection: AnyProjection, _ snapshot: Snapshot, _ limit: Int, _ progress: @escaping Progress
  ) throws -> DriftReport {
    let provenance = model.provenance
    var view = View()
    view.asOf = provenance.asOf
    view.knownAt = .position(provenance.position)
    let rule = try provenance.rule.flatMap { named in
      try snapshot.ruleBook().all(named.kind).filter { $0.rule.version == named.version }
        .map { try snapshot.joined($0, for: projection, view, asOf: provenance.asOf) }.first { $0.hash == named.bodyHash }
    }
    guard provenance.shape == projection.shape, (rule == nil) == (projection.ruleKind == nil) else {
      return DriftReport(projection, .outdated, model)
    }
    let run = try snapshot.fold([projection], view: view, progress: progress)
    let judged = Judged(
      result: run.results[0], table: try snapshot.facts().table, rule: rule, asOf: provenance.asOf,
      position: provenance.position)
    let comparison = try model.drift(from: judged.rows, listing: limit)
    let hashHolds = (try? model.verify()) != nil
    let isSound = comparison.differences == 0 && hashHolds
    return DriftReport(projection, isSound ? .sound : .drifted, model, comparison, hashHolds: hashHolds)
  }

  /// Puts the read model before the last change back in use. Throws `ReadModelError`.
  public func rollBack(_ name: String) throws -> RollBackReport {
    let snapshot = try snapshot()
    _ = try snapshot.projection(name)
    let models = ReadModelStore(directory: folder.models)
    let left = try? models.open(name)
    let model = try models.rollBack(name)
    let comparison = try left.map { try model.compared(with: $0, listing: 0) }
    return RollBackReport(
      projection: name, provenance: model.provenance, rows: model.count, changed: comparison?.differences ?? model.count,
      outputHash: model.contentHash)
  }
}

/// What going back to an earlier read model did.
public struct RollBackReport: Sendable {
  public let projection: String
  /// Of the model that is in use now.
  public let provenance: Provenance
  public let rows: Int
  /// Rows that differ from the model that was in use until now.
  public let changed: Int
  public let outputHash: String
}

extension DriftReport {
  fileprivate init(
    _ projection: AnyProjection, _ verdict: Verdict, _ model: ReadModel?, _ comparison: Comparison = Comparison(),
    hashHolds: Bool = true
  ) {
    self.init(
      projection: projection.name, verdict: verdict, rows: model?.count ?? 0, provenance: model?.provenance,
      comparison: comparison, hashHolds: hashHolds)
  }
}
