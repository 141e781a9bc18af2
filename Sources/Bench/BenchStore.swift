import Engine
import Events
import Foundation
import Log
import Projection
import Vocabulary

/// The workload in a data folder of ours: imported once, sealed, and used by all measurements that read.
public struct BenchStore: Sendable {
  public let path: String
  /// Events of one append while importing.
  static let batch = 4096

  private let keys: KeyAccess?

  /// - Parameter isSealed: personal values are sealed, with keys in the folder, as in service. Otherwise they stand in the
  ///   lines, as with the peers.
  public init(path: String, isSealed: Bool = false) {
    self.path = path
    keys = isSealed ? KeyAccess(folder: path + "/keys") : nil
  }

  /// The benchmark's projections, as the engine takes them.
  public static let projections = [
    AnyProjection(BenchStage.self), AnyProjection(BenchTier.self), AnyProjection(BenchScore.self),
  ]

  public func open(_ access: Store.Access, _ projections: [AnyProjection] = projections) throws -> Store {
    try Store.open(at: path, access, catalogue: .keshi, projections: projections, clock: WallClock(), keys: keys)
  }

  /// Makes a new log for the time of `body`.
  public func withNewLog<R>(_ body: (Store) throws -> R) throws -> R {
    var random = SystemRandomNumberGenerator()
    try Store.create(at: path, origin: "bench", clock: WallClock(), random: &random)
    let store = try open(.write)
    defer { try? store.close() }
    return try body(store)
  }

  /// Imports events into a new folder and seals it. A folder that has events is taken as it is; what
  /// is derived from them is completed.
  ///
  /// - Parameters:
  ///   - expected: how many there will be, for the progress.
  ///   - source: calls its argument with each event.
  public func fill(
    expecting expected: Int, progress: @escaping Engine.Progress, from source: ((Event) throws -> Void) throws -> Void
  ) throws -> Figure {
    if let store = try? open(.read) {
      // One without events is what an import left that found no line to take.
      if store.head.size > 0 {
        // What other declarations derived is derived again here, and not while something is measured.
        try store.snapshot().completeTimeline()
        return Figure("import", [("events", .whole(Int64(store.head.size))), ("already", .flag(true))])
      }
    } else {
      var random = SystemRandomNumberGenerator()
      try Store.create(at: path, origin: "bench", clock: WallClock(), random: &random)
    }
    let store = try open(.write)
    defer { try? store.close() }
    let start = nanoseconds()
    var events: [Event] = []
    var done: Int64 = 0
    func flush() throws {
      guard !events.isEmpty else { return }
      _ = try store.append(events)
      done += Int64(events.count)
      events.removeAll(keepingCapacity: true)
      progress(done, Int64(expected))
    }
    try source { event in
      events.append(event)
      if events.count == BenchStore.batch { try flush() }
    }
    try flush()
    let imported = Double(nanoseconds() - start) / 1e9
    try store.seal()
    try store.close()
    let sealed = nanoseconds()
    try open(.read).snapshot().completeTimeline()
    return Figure(
      "import",
      [
        ("events", .whole(done)), ("eventsPerSecond", .number(Double(done) / imported)),
        ("sealedAfterSeconds", .number(Double(sealed - start) / 1e9)),
        ("derivingSeconds", .number(Double(nanoseconds() - sealed) / 1e9)), ("load", .number(Load.average)),
      ])
  }

  /// Bytes on disk per event: the log with everything that verification and rebuilds need; timelines beside it.
  public func size() throws -> Figure {
    let events = Double(try open(.read).head.size)
    func bytes(_ folder: String, _ suffix: String = "") -> Double {
      let files = (try? FileManager.default.subpathsOfDirectory(atPath: path + "/" + folder)) ?? []
      return files.filter { $0.hasSuffix(suffix) }.reduce(0) { sum, file in
        let attributes = try? FileManager.default.attributesOfItem(atPath: path + "/" + folder + "/" + file)
        guard attributes?[.type] as? FileAttributeType == .typeRegular else { return sum }
        return sum + Double(attributes?[.size] as? Int ?? 0)
      }
    }
    let vault = bytes("log/vault")
    let log = bytes("log") - vault
    let facts = bytes("derived", ".facts")
    return Figure(
      "size",
      [
        ("events", .whole(Int64(events))), ("logBytesPerEvent", .number(log / events)),
        ("factsBytesPerEvent", .number(facts / events)), ("bytesPerEvent", .number((log + facts) / events)),
        ("timelineBytesPerEvent", .number(bytes("derived", ".pack") / events)),
        ("vaultBytesPerEvent", .number(vault / events)), ("keyBytesPerEvent", .number(bytes("keys") / events)),
      ])
  }
}
