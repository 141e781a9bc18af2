import Engine
public import Projection

/// All read models of a product rebuilt in one pass over the sealed log: from opening the folder to files in their place.
public struct ModelsBench {
  private let store: BenchStore
  private let projections: [AnyProjection]

  public init(_ store: BenchStore, projections: [AnyProjection]) { (self.store, self.projections) = (store, projections) }

  /// One run. `eventsPerSecond` is of the pass: facts loaded and every projection folded at once. `rebuildSeconds` is of
  /// a rebuild as the command does it, judging and writing every row included.
  public func run(workers: Int) throws -> Figure {
    let cpu = cpuSeconds
    let start = nanoseconds()
    let snapshot = try store.open(.read, projections).snapshot()
    try snapshot.loadFacts()
    let loaded = nanoseconds()
    _ = try snapshot.fold(projections, view: .present, workers: workers)
    let folded = nanoseconds()
    let used = cpuSeconds - cpu
    let (rows, rebuilt) = try rebuild(workers)
    let pass = Double(folded - start) / 1e9
    return Figure(
      "models",
      [
        ("models", .whole(Int64(projections.count))), ("events", .whole(snapshot.size)), ("rows", .whole(rows)),
        ("workers", .whole(Int64(workers))), ("loadSeconds", .number(Double(loaded - start) / 1e9)),
        ("foldSeconds", .number(Double(folded - loaded) / 1e9)), ("seconds", .number(pass)), ("cpuSeconds", .number(used)),
        ("eventsPerSecond", .number(Double(snapshot.size) / pass)), ("rebuildSeconds", .number(rebuilt)),
        ("peakMiB", .whole(peakMemory >> 20)), ("load", .number(Load.average)),
      ])
  }

  private func rebuild(_ workers: Int) throws -> (rows: Int64, seconds: Double) {
    let start = nanoseconds()
    let store = try store.open(.write, projections)
    var options = RebuildOptions()
    options.workers = workers
    let reports = try store.rebuild([], options: options)
    try store.close()
    return (reports.reduce(0) { $0 + $1.rows }, Double(nanoseconds() - start) / 1e9)
  }
}
