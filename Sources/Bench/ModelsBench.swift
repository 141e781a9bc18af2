import Engine
public import Projection

/// All read models of a product rebuilt in one pass over the sealed log: from opening the folder to files in their place.
public struct ModelsBench {
  private let store: BenchStore
  private let projections: [AnyProjection]

  public init(_ store: BenchStore, projections: [AnyProjection]) { (self.store, self.projections) = (store, projections) }

  /// Facts loaded, and every projection folded at once.
  public func pass(workers: Int) throws -> Figure {
    let cpu = cpuSeconds
    let start = nanoseconds()
    let snapshot = try store.open(.read, projections).snapshot()
    try snapshot.loadFacts()
    let loaded = nanoseconds()
    let run = try snapshot.fold(projections, view: .present, workers: workers)
    let folded = nanoseconds()
    let seconds = Double(folded - start) / 1e9
    return Figure(
      "models",
      [
        ("models", .whole(Int64(projections.count))), ("events", .whole(snapshot.size)), ("workers", .whole(Int64(workers))),
        ("loadSeconds", .number(Double(loaded - start) / 1e9)), ("foldSeconds", .number(Double(folded - loaded) / 1e9)),
        ("seconds", .number(seconds)), ("cpuSeconds", .number(cpuSeconds - cpu)),
        ("eventsPerSecond", .number(Double(snapshot.size) / seconds)), ("peakMiB", .whole(peakMemory >> 20)),
        ("statesMiB", .whole(Int64(run.memory.states >> 20))), ("seriesMiB", .whole(Int64(run.memory.series >> 20))),
        ("load", .number(Load.average)),
      ])
  }

  /// A rebuild as the command does it, judging and writing every row included.
  public func rebuild(workers: Int) throws -> Figure {
    let start = nanoseconds()
    let store = try store.open(.write, projections)
    var options = RebuildOptions()
    options.workers = workers
    let reports = try store.rebuild([], options: options)
    try store.close()
    return Figure(
      "models-rebuild",
      [
        ("models", .whole(Int64(projections.count))), ("rows", .whole(reports.reduce(0) { $0 + $1.rows })),
        ("seconds", .number(Double(nanoseconds() - start) / 1e9)), ("peakMiB", .whole(peakMemory >> 20)),
        ("load", .number(Load.average)),
      ])
  }
}
