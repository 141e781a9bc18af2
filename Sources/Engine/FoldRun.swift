import Dispatch
import Facts
import Foundation
import Projection
import Synchronization
import Vocabulary
import Wire

/// Called now and then by long work: how much is done, of how much.
public typealias Progress = @Sendable (_ done: Int64, _ total: Int64) -> Void

/// One pass over the facts that feeds several projections, on as many workers as there are cores for it.
///
/// Each worker unpacks every stretch and folds the accounts of its partition. Nothing is shared between workers but
/// the packed columns, so there is nothing to lock, and each account's events come in the log's order.
public struct FoldRun {
  /// Folds of one projection, a part each.
  public struct Result {
    public let projection: AnyProjection
    public let parts: [any AnyFold]
  }
  public let results: [Result]
  /// The latest business time among the events folded; `nil` where there were none.
  public let latest: Instant?

  /// - Parameters:
  ///   - before: events at or beyond this position are left out.
  ///   - asOf: events that happened later are left out.
  init(
    _ projections: [AnyProjection], over store: FactsStore, before: Int64, asOf: Instant?, workers: Int,
    progress: @escaping Progress
  ) {
    let parts = (0..<workers).map { index in
      FoldWorker(projections, store: store, partition: Partition(index: index, of: workers))
    }
    let done = Atomic<Int64>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { index in
      parts[index].run(before: before, asOf: asOf ?? .distantFuture) { rows in
        let total = done.add(rows / Int64(workers), ordering: .relaxed).newValue
        progress(total, before)
      }
    }
    results = projections.enumerated().map { number, projection in
      Result(projection: projection, parts: parts.map { $0.folds[number] })
    }
    latest = parts.compactMap(\.latest).max()
  }
}

extension Snapshot {
  /// Folds projections over everything that a view sees, without judging. Complexity: one pass over the facts.
  public func fold(
    _ projections: [AnyProjection], view: View = .present, workers: Int = 2, progress: @escaping Progress = { _, _ in }
  ) throws -> FoldRun {
    FoldRun(
      projections, over: try facts(progress), before: try position(of: view), asOf: view.asOf, workers: workers,
      progress: progress)
  }
}

/// The folds of one partition. Used by one thread at a time: first its worker, then whoever reads the result.
private final class FoldWorker: @unchecked Sendable {  // handed to exactly one iteration of concurrentPerform
  private let store: FactsStore
  private let partition: Partition
  let folds: [any AnyFold]
  private let keyCounts: [Int]
  private let needsSubjects: Bool
  private(set) var latest: Instant?

  init(_ projections: [AnyProjection], store: FactsStore, partition: Partition) {
    self.store = store
    self.partition = partition
    var folds: [any AnyFold] = []
    var counts: [Int] = []
    var subjects = false
    for projection in projections {
      switch projection.key {
      case .account:
        folds.append(projection.makeFold(partition, nil))
        counts.append(store.table.accountCount)
      case .subject(let kind):
        let number = store.table.kindNumber(kind.word)
        folds.append(projection.makeFold(partition, number.map { UInt8($0) } ?? .max))
        counts.append(number.map { store.table.count(ofKind: $0) } ?? 0)
        subjects = true
      }
    }
    (self.folds, keyCounts, needsSubjects) = (folds, counts, subjects)
  }

  func run(before: Int64, asOf: Instant, done: (Int64) -> Void) {
    for (fold, count) in zip(folds, keyCounts) { fold.reserve(count) }
    var batch = Batch()
    for stretch in store.stretches where stretch.first < before {
      stretch.unpack(
        into: &batch, partition: partition, before: before, subjects: needsSubjects ? store.table : nil)
      for fold in folds { fold.fold(batch, until: asOf) }
      note(batch, asOf)
      done(Int64(stretch.count))
    }
  }

  private func note(_ batch: Batch, _ asOf: Instant) {
    guard let here = batch.latest(until: asOf.microseconds) else { return }
    latest = max(latest ?? .distantPast, Instant(microseconds: here))
  }
}
