import Facts
import Foundation
import Log
import Projection
public import ReadModels
import Vocabulary
import Wire

// The log → read models: one pass that feeds all projections, each built beside the old one, compared and swapped.

/// What a rebuild may be asked.
public struct RebuildOptions {
  /// Derive the facts anew from the lines, and believe no derived file.
  public var fromLog = false
  public var workers = 2
  /// Where the models are written; without one, in the place of those in use.
  public var models: ReadModelStore?
  /// Called with a read model that could not be built; the others are built all the same. Where it is `nil`, the first
  /// failure ends the rebuild.
  public var failed: ((_ name: String, _ error: any Error) -> Void)?
  /// Asked before each read model is written; where it says so, the rebuild ends with `CancellationError`. Read models that
  /// are in their place by then stay there.
  public var isCancelled: @Sendable () -> Bool = { false }
  /// Called with what is being done and how far.
  public var progress: @Sendable (RebuildStep, Int64, Int64) -> Void = { _, _, _ in }

  public init() {}
}

/// Where a rebuild is.
public enum RebuildStep: Hashable, Sendable {
  case deriving
  case folding
  case writing(String)
  case timeline
}

extension Store {
  /// The version that read models name as their maker.
  public static let codeVersion = "0.1"

  /// Rebuilds read models as `view` sees them. An empty list means all.
  ///
  /// Throws `EngineError` for unknown names and rules, `ReadModelError`, `LogError`. Read models that are not reached
  /// stay as they were.
  public func rebuild(
    _ names: [String], view: View = .present, options: RebuildOptions = RebuildOptions()
  ) throws -> [RebuildReport] {
    if options.models == nil, isWriterAlive { giveWay() }
    let snapshot = try snapshot()
    let chosen = try names.isEmpty ? projections : names.map { try snapshot.projection($0) }
    let report = options.progress
    if options.fromLog { try snapshot.deriveAnew { report(.deriving, $0, $1) } }
    let start = Date()
    let facts = try snapshot.facts { report(.deriving, $0, $1) }
    let position = try snapshot.position(of: view)
    let run = try snapshot.fold(chosen, view: view, workers: options.workers) { report(.folding, $0, $1) }
    let asOf = view.asOf ?? run.latest ?? Instant(microseconds: 0)
    let folding = Date().timeIntervalSince(start)
    let models = options.models ?? self.models
    guard !options.isCancelled() else { throw CancellationError() }
    if options.models == nil { try snapshot.completeTimeline { report(.timeline, $0, $1) } }
    return try run.results.compactMap { result in
      guard !options.isCancelled() else { throw CancellationError() }
      do {
        let rule = try snapshot.rule(for: result.projection, view, asOf: asOf)
        return try write(
          Judged(result: result, table: facts.table, rule: rule, asOf: asOf, position: position), to: models,
          folding: folding, options)
      } catch let error where !(error is CancellationError) {
        guard let failed = options.failed else { throw error }
        failed(result.projection.name, error)
        return nil
      }
    }
  }

  /// The read models in use.
  public var models: ReadModelStore { ReadModelStore(directory: folder.models) }

  /// Whether a writer of this log is at work, in this process or in another: its commits come first.
  private var isWriterAlive: Bool {
    log.writer != nil || (try? PosixDisk(root: folder.log).open("LOCK", .read).isLockedElsewhere()) == true
  }

  private func write(
    _ judged: Judged, to models: ReadModelStore, folding: Double, _ options: RebuildOptions
  ) throws -> RebuildReport {
    let start = Date()
    let projection = judged.result.projection
    let rows = judged.rows
    let built = try models.write(judged.provenance, columns: projection.columns, rows: rows) { step in
      if case .rows(let done) = step { options.progress(.writing(projection.name), Int64(done), Int64(judged.count)) }
    }
    return RebuildReport(
      projection: projection.name, events: judged.position, rows: Int64(built.rows), changed: Int64(built.changed),
      seconds: folding + Date().timeIntervalSince(start), outputHash: built.contentHash, asOf: judged.asOf,
      rule: judged.rule?.label)
  }
}

/// The facts of one projection with the rule and the time by which they are judged.
struct Judged {
  let result: FoldRun.Result
  let table: SubjectTable
  let rule: PublishedRule?
  let asOf: Instant
  let position: Int64

  /// Subjects that have facts: as many rows as there can be where each is judged by itself.
  var count: Int { result.parts.reduce(0) { $0 + $1.keys.count } }

  var provenance: Provenance {
    Provenance(
      name: result.projection.name, shape: result.projection.shape,
      rule: rule.map { Provenance.Rule(kind: $0.kind, version: $0.rule.version, bodyHash: $0.hash) }, position: position,
      asOf: asOf, codeVersion: Store.codeVersion)
  }

  /// Rows in the order of their subjects' names; where each is judged by itself, one by one as they are asked for.
  var rows: any Sequence<ModelRow> {
    switch result.projection.way {
    case .each(let way): rows(way)
    case .all, .account:
      CensusHearing(run: result, table: table, position: position, asOf: asOf, rule: rule).rows
    }
  }

  private func rows(_ way: EachWay) -> some Sequence<ModelRow> {
    let judges = result.parts.map { way.judge($0, by: rule.version, asOf: asOf, result.names) }
    var places: [Int: (part: Int, key: Int)] = [:]
    for (part, fold) in result.parts.enumerated() {
      for key in fold.keys { places[table.subject(of: key, result.projection.key)] = (part, key) }
    }
    let table = table
    return table.sortedByName(Array(places.keys)).lazy.compactMap { subject -> ModelRow? in
      guard let (part, key) = places[subject], let row = judges[part](key) else { return nil }
      return ModelRow(subject: table.name(of: subject), values: row.values, since: row.since, because: row.because)
    }
  }
}
