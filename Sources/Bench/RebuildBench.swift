import Engine
import Foundation
import Wire

/// A rebuild of the benchmark's three projections from the sealed log: from opening the folder to all rows in hand.
public struct RebuildBench: Sendable {
  private let store: BenchStore
  /// The instant as of which the benchmark judges: 2026-01-01T00:00:00Z.
  static let now = Instant(microseconds: 1_767_225_600_000_000)

  public init(_ store: BenchStore) { self.store = store }

  /// One run. `checksum`, where given, is what the rows must give; hashing is not part of the time.
  public func run(workers: Int, asOf: Instant? = nil, checksum: String?) throws -> Figure {
    let now = asOf ?? RebuildBench.now
    let cpu = cpuSeconds
    let start = nanoseconds()
    let snapshot = try store.open(.read).snapshot()
    let opened = nanoseconds()
    try snapshot.loadFacts()
    let loaded = nanoseconds()
    var view = View()
    view.asOf = now
    let run = try snapshot.fold(BenchStore.projections, view: view, workers: workers)
    let folded = nanoseconds()
    let rows = conclude(run, workers, now)
    let end = nanoseconds()
    let used = cpuSeconds - cpu
    let sum = try Checksum.of(rows) { try snapshot.accountName($0) }
    if let checksum, checksum != sum { throw BenchError.wrongResult("checksum \(sum), expected \(checksum)") }
    let seconds = Double(end - start) / 1e9
    return Figure(
      "rebuild",
      [
        ("events", .whole(snapshot.size)), ("rows", .whole(Int64(rows.count))), ("workers", .whole(Int64(workers))),
        ("seconds", .number(seconds)), ("openSeconds", .number(Double(opened - start) / 1e9)),
        ("loadSeconds", .number(Double(loaded - opened) / 1e9)), ("foldSeconds", .number(Double(folded - loaded) / 1e9)),
        ("judgeSeconds", .number(Double(end - folded) / 1e9)), ("cpuSeconds", .number(used)),
        ("eventsPerSecond", .number(Double(snapshot.size) / seconds)), ("checksum", .text(sum)),
        ("checked", .flag(checksum != nil)), ("peakMiB", .whole(peakMemory >> 20)), ("load", .number(Load.average)),
      ])
  }

  private func conclude(_ run: FoldRun, _ workers: Int, _ now: Instant) -> [BenchRow] {
    let parts = (0..<workers).compactMap { part in BenchFolds(run.results.map { $0.parts[part] }).map(Lent.init) }
    return Parallel.map(parts.count) { part in parts[part].folds.rows(asOf: now) }.flatMap(\.self)
  }
}

/// Folds that one thread alone touches.
private struct Lent: @unchecked Sendable {  // each is used by exactly one thread, and by nobody meanwhile
  let folds: BenchFolds
}
