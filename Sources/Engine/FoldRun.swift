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
/// the packed columns, so there is nothing to lock, and each account's events come in the log's order. What several
/// projections judge is gathered once.
public struct FoldRun {
  /// Folds of what one projection judges, a part each.
  public struct Result {
    public let projection: AnyProjection
    public let parts: [AnyFold]
    /// The same of what a census hears besides its source.
    public let witnesses: [[AnyFold]]
    /// The texts behind the numbers of the facts.
    public let names: LogNames

    /// Everything that a census hears.
    var heard: [[AnyFold]] { [parts] + witnesses }
  }
  public let results: [Result]
  /// The latest business time among the events folded, where no limit was given; `nil` where there were none.
  public let latest: Instant?
  /// Bytes of all facts, see `Fold.memory`.
  public let memory: (states: Int, series: Int)

  /// - Parameters:
  ///   - scope: which of the log's events are folded, and what is known to be wrong of them.
  init(
    _ projections: [AnyProjection], over store: FactsStore, _ scope: FoldScope, workers: Int,
    progress: @escaping Progress
  ) {
    let sources = projections.flatMap(\.sources).distinct
    let parts = (0..<workers).map { index in
      FoldWorker(sources, store: store, partition: Partition(index: index, of: workers))
    }
    let done = Mutex<Int64>(0)
    Parallel.perform(workers) { index in
      parts[index].run(scope) { rows in
        let total = done.withLock { done in
          done += rows / Int64(workers)
          return done
        }
        progress(total, scope.before)
      }
    }
    results = projections.map { projection in
      let heard = projection.sources.map { source in
        let number = sources.firstIndex { $0.identity == source.identity } ?? 0
        return parts.map { $0.folds[number] }
      }
      return Result(projection: projection, parts: heard[0], witnesses: Array(heard.dropFirst()), names: store.names)
    }
    latest = parts.compactMap(\.latest).max()
    memory = parts.flatMap(\.folds).map(\.memory).reduce((0, 0)) { ($0.0 + $1.states, $0.1 + $1.series) }
  }
}

extension [AnyGathering] {
  /// Each gathering once, in the order in which they first stand here.
  fileprivate var distinct: [AnyGathering] {
    reduce(into: []) { list, source in
      if !list.contains(where: { $0.identity == source.identity }) { list.append(source) }
    }
  }
}

/// Which of the log's events a fold is shown.
struct FoldScope: Sendable {
  /// Events at or beyond this position are left out.
  let before: Int64
  /// Events that happened later are left out; `nil`: none.
  let asOf: Instant?
  /// By the wrong event's position.
  let corrected: [Int64: CorrectedEvent]

  init(before: Int64, asOf: Instant? = nil, corrected: [Int64: CorrectedEvent] = [:]) {
    (self.before, self.asOf, self.corrected) = (before, asOf, corrected)
  }

  /// The corrections of a stretch's events, in the order of the wrong ones.
  func corrected(in stretch: SegmentFacts) -> [CorrectedEvent] {
    guard !corrected.isEmpty else { return [] }
    let range = stretch.first..<stretch.first + Int64(stretch.count)
    return corrected.values.filter { range.contains($0.wrong) }.sorted { $0.wrong < $1.wrong }
  }
}

extension Snapshot {
  /// Folds projections over everything that a view sees, without judging. Complexity: one pass over the facts.
  public func fold(
    _ projections: [AnyProjection], view: View = .present, workers: Int = 2, progress: @escaping Progress = { _, _ in }
  ) throws -> FoldRun {
    FoldRun(projections, over: try facts(progress), try scope(of: view), workers: workers, progress: progress)
  }

  /// What a view lets a fold see.
  func scope(of view: View) throws -> FoldScope {
    let position = try position(of: view)
    return FoldScope(before: position, asOf: view.asOf, corrected: try corrections().known(before: position))
  }
}

/// The folds of one partition. Used by one thread at a time: first its worker, then whoever reads the result.
private final class FoldWorker: @unchecked Sendable {  // handed to exactly one thread, and read after it
  private let store: FactsStore
  private let partition: Partition
  let folds: [AnyFold]
  private let keyCounts: [Int]
  /// By fold: the kind whose subjects are its keys; `nil` where accounts are.
  private let kinds: [UInt8?]
  private let needsSubjects: Bool
  private(set) var latest: Instant?

  init(_ sources: [AnyGathering], store: FactsStore, partition: Partition) {
    self.store = store
    self.partition = partition
    var folds: [AnyFold] = []
    var counts: [Int] = []
    var kinds: [UInt8?] = []
    for source in sources {
      switch source.key {
      case .account:
        kinds.append(nil)
        counts.append(store.table.accountCount)
      case .subject(let kind):
        let number = store.table.kindNumber(kind.word)
        kinds.append(number.map { UInt8($0) } ?? .max)
        counts.append(number.map { store.table.count(ofKind: $0) } ?? 0)
      }
      folds.append(source.makeFold(partition, kinds[kinds.count - 1]))
    }
    (self.folds, keyCounts, self.kinds) = (folds, counts, kinds)
    needsSubjects = kinds.contains { $0 != nil } || sources.contains(where: \.readsSubjects)
  }

  func run(_ scope: FoldScope, done: (Int64) -> Void) {
    let events = store.stretches.reduce(into: [UInt8: Int]()) { $0.merge($1.familyCounts, uniquingKeysWith: +) }
    for (fold, count) in zip(folds, keyCounts) {
      fold.reserve(count)
      fold.expect(events, share: partition.count)
    }
    var batch = Batch()
    for stretch in store.stretches where stretch.first < scope.before {
      stretch.unpack(
        into: &batch, partition: partition, before: scope.before, subjects: needsSubjects ? store.table : nil)
      if scope.asOf == nil { noteLatest(of: batch) }
      let corrected = scope.corrected(in: stretch)
      if !corrected.isEmpty { batch.remove(at: Set(corrected.map { UInt32($0.wrong - stretch.first) })) }
      for fold in folds { fold.fold(batch, until: scope.asOf ?? .distantFuture) }
      for correction in corrected { fold(correction, until: scope.asOf ?? .distantFuture) }
      done(Int64(stretch.count))
    }
  }

  /// Shows the folds an event as it should have been, where it belongs to this partition.
  private func fold(_ correction: CorrectedEvent, until limit: Instant) {
    let account = Int(correction.subject.account)
    guard let event = correction.event, event.at <= limit, account % partition.count == partition.index else { return }
    for (fold, kind) in zip(folds, kinds) {
      if kind == nil {
        event.withRecorded { fold.fold($0, key: account / partition.count) }
      } else if kind == correction.subject.kind {
        event.withRecorded { fold.fold($0, key: Int(correction.subject.ordinal)) }
      }
    }
  }

  private func noteLatest(of batch: borrowing Batch) {
    guard let here = batch.latest(besides: store.plans.timeless) else { return }
    latest = max(latest ?? .distantPast, Instant(microseconds: here))
  }
}
