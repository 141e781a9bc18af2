import Engine
import Foundation
public import Projection
import Vocabulary
public import Wire

/// One change of a rule over the whole log: from facts on disk to who moves where.
public struct WhatIfBench {
  /// A change that is measured: one member of a shipped rule.
  public struct Change: Sendable {
    public let projection: AnyProjection
    let from: PublishedRule
    let to: PublishedRule

    /// `nil` where the projection ships no rule.
    public init?(_ projection: AnyProjection, _ member: String, to value: JSON) {
      guard let kind = projection.ruleKind, let shipped = projection.shippedRules.last else { return nil }
      var body = shipped.body
      body[member] = value
      self.projection = projection
      from = .candidate(kind, version: shipped.version, why: shipped.why, shipped.body)
      to = .candidate(kind, version: shipped.version + 1, why: Name("\(member)", "\(member)"), body)
    }
  }

  private let store: BenchStore
  private let projections: [AnyProjection]
  private let beside: [AnyProjection]

  /// - Parameters:
  ///   - projections: all that the store is opened with.
  ///   - beside: those whose rows about the changed subjects are wanted too.
  public init(_ store: BenchStore, projections: [AnyProjection], beside: [AnyProjection]) {
    (self.store, self.projections, self.beside) = (store, projections, beside)
  }

  /// Loads the facts from their files, rebuilds the one projection in memory, then compares, with and without the money
  /// concerned.
  public func run(_ change: Change, workers: Int = 2) throws -> Figure {
    let start = nanoseconds()
    let snapshot = try store.open(.read, projections).snapshot()
    try snapshot.loadFacts()
    let loaded = nanoseconds()
    let rebuild = try rebuildOnce(change, snapshot, workers)
    var options = ComparisonOptions()
    options.workers = workers
    let cpu = cpuSeconds
    let (bare, comparison) = try timed { try snapshot.compare(change.from, with: change.to, options: options) }
    let used = cpuSeconds - cpu
    options.beside = beside
    let (whole, _) = try timed { try snapshot.compare(change.from, with: change.to, options: options) }
    return Figure(
      "whatif",
      [
        ("kind", .text(change.from.kind)), ("member", .text(change.to.rule.why.en)), ("events", .whole(snapshot.size)),
        ("subjects", .whole(Int64(comparison.subjects))), ("moved", .whole(Int64(comparison.moved))),
        ("changed", .whole(Int64(comparison.changes.count))), ("loadSeconds", .number(Double(loaded - start) / 1e9)),
        ("foldSeconds", .number(rebuild.fold)), ("judgeOnceSeconds", .number(rebuild.judge)), ("seconds", .number(bare)),
        ("cpuSeconds", .number(used)), ("rebuildCPUSeconds", .number(rebuild.cpu)),
        ("withMoneySeconds", .number(whole)), ("rebuildSeconds", .number(rebuild.fold + rebuild.judge)),
        ("fromDiskSeconds", .number(Double(loaded - start) / 1e9 + bare)),
        ("ratioToRebuild", .number(bare / (rebuild.fold + rebuild.judge))), ("workers", .whole(Int64(workers))),
        ("peakMiB", .whole(peakMemory >> 20)), ("load", .number(Load.average)),
      ])
  }

  /// The same where no facts are on disk: a rebuild from the lines, and a comparison from the lines.
  public func runFromLog(_ change: Change, workers: Int = 2) throws -> Figure {
    let snapshot = try store.open(.read, projections).snapshot()
    let (deriving, _) = try timed { try snapshot.deriveAnew() }
    let rebuild = try rebuildOnce(change, snapshot, workers)
    let (comparing, _) = try timed { try snapshot.compare(change.from, with: change.to) }
    let whole = deriving + rebuild.fold + rebuild.judge
    return Figure(
      "whatif-from-log",
      [
        ("kind", .text(change.from.kind)), ("events", .whole(snapshot.size)), ("derivingSeconds", .number(deriving)),
        ("seconds", .number(deriving + comparing)), ("rebuildSeconds", .number(whole)),
        ("ratioToRebuild", .number((deriving + comparing) / whole)), ("load", .number(Load.average)),
      ])
  }

  /// Folds the one projection and judges everyone by one rule.
  private func rebuildOnce(
    _ change: Change, _ snapshot: Snapshot, _ workers: Int
  ) throws -> (fold: Double, judge: Double, cpu: Double) {
    let cpu = cpuSeconds
    let (fold, run) = try timed { try snapshot.fold([change.projection], workers: workers) }
    let asOf = run.latest ?? Instant(microseconds: 0)
    let (parts, way, names) = (run.results[0].parts.map(Lent.init), change.projection.each, run.results[0].names)
    let (judge, _) = timed {
      Parallel.map(parts.count) { part in
        let judge = way.judge(parts[part].fold, by: change.from.rule, asOf: asOf, names)
        return parts[part].fold.keys.count { judge($0) != nil }
      }
    }
    return (fold, judge, cpuSeconds - cpu)
  }

  private func timed<R>(_ body: () throws -> R) rethrows -> (seconds: Double, R) {
    let start = nanoseconds()
    let result = try body()
    return (Double(nanoseconds() - start) / 1e9, result)
  }
}

/// A fold that one thread alone touches.
private struct Lent: @unchecked Sendable {  // each is used by exactly one thread, and by nobody meanwhile
  let fold: AnyFold
}
