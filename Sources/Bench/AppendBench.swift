import Events
import Foundation
import Log
import Synchronization
import Vocabulary

/// Durable appends: so many writers, so many events a commit, each event with the version that its writer expects.
public struct AppendBench: Sendable {
  /// Events that are prepared beforehand; the lines are ready, as a client's would be.
  private let drafts: [[Draft]]
  private let directory: String
  private let seconds: Double

  /// - Parameters:
  ///   - events: the workload's first events; dealt to the writers by subject.
  ///   - directory: a place for logs that are removed afterwards.
  public init(events: [Event], writers: Int, directory: String, seconds: Double) {
    var dealt = [[Draft]](repeating: [], count: writers)
    for event in events {
      let parts = event.lineParts
      let name = event.subject.description
      let writer = Int(AppendBench.hash(name) % UInt64(writers))
      dealt[writer].append(
        Draft(id: event.id, subject: name, head: parts.head, middle: parts.middle, tail: parts.tail))
    }
    drafts = dealt
    self.directory = directory
    self.seconds = seconds
  }

  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The same while a rebuild of the three projections runs over and over in this process, giving way.
  public func run(batch: Int, besideRebuildOf store: BenchStore) throws -> Figure {
    let stop = Atomic(false)
    let rebuilds = Atomic(0)
    return try withExtendedLifetime(stop) {
      let running = Thread.start {
        giveWay()
        while !stop.load(ordering: .relaxed) {
          guard (try? RebuildBench(store).run(workers: 2, checksum: nil)) != nil else { return }
          rebuilds.add(1, ordering: .relaxed)
        }
      }
      defer {
        stop.store(true, ordering: .relaxed)
        running.wait()
      }
      return try run(batch: batch, beside: "rebuild")
    }
  }

  /// Runs one shape on a fresh log.
  public func run(batch: Int, beside: String = "nothing") throws -> Figure {
    let path = directory + "/append-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    let disk = PosixDisk(root: path)
    var random = SystemRandomNumberGenerator()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try LogDirectory.create(on: disk, origin: "bench", clock: WallClock(), random: &random)
    let log = try LogDirectory.open(on: disk, clock: WallClock())
    let all = Mutex((latencies: Latencies(), events: 0, failure: String?.none))
    let start = nanoseconds()
    let threads = drafts.map { drafts in
      Thread.start {
        do {
          let (latencies, events) = try append(drafts, batch, to: log, until: start + Int64(seconds * 1e9))
          all.withLock {
            $0.latencies.add(latencies)
            $0.events += events
          }
        } catch { all.withLock { $0.failure = "\(error)" } }
      }
    }
    for thread in threads { thread.wait() }
    let elapsed = Double(nanoseconds() - start) / 1e9
    try log.close()
    let result = all.withLock { $0 }
    if let failure = result.failure { throw BenchError.wrongResult(failure) }
    return figure(result.latencies, result.events, elapsed, batch, beside)
  }

  private func append(
    _ drafts: [Draft], _ batch: Int, to log: LogDirectory, until end: Int64
  ) throws -> (Latencies, Int) {
    var versions: [String: Int] = [:]
    var latencies = Latencies()
    let parts = stride(from: 0, to: drafts.count - batch + 1, by: batch).map { Array(drafts[$0..<$0 + batch]) }
    var next = 0
    var events = 0
    var now = nanoseconds()
    while now < end, !parts.isEmpty {
      let part = parts[next % parts.count]
      let expectations = batch == 1 ? [Expectation(subject: part[0].subject, version: versions[part[0].subject, default: 0])] : []
      let begin = nanoseconds()
      _ = try log.append(part, expecting: expectations)
      now = nanoseconds()
      latencies.add(now - begin)
      if batch == 1 { versions[part[0].subject, default: 0] += 1 }
      next += 1
      events += batch
    }
    return (latencies, events)
  }

  private func figure(
    _ latencies: Latencies, _ events: Int, _ elapsed: Double, _ batch: Int, _ beside: String
  ) -> Figure {
    Figure(
      "append",
      [
        ("writers", .whole(Int64(drafts.count))), ("batch", .whole(Int64(batch))), ("beside", .text(beside)),
        ("eventsPerSecond", .number(Double(events) / elapsed)), ("p50us", .number(latencies.microseconds(at: 0.5))),
        ("p99us", .number(latencies.microseconds(at: 0.99))), ("load", .number(Load.average)),
      ])
  }
}

/// The machine's clock, for logs that a benchmark writes.
struct WallClock: LogClock {
  func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1e6) }
}

/// A thread to wait for.
final class Waitable: Sendable {
  private let done = DispatchSemaphore(value: 0)
  func wait() { done.wait() }
  fileprivate func finish() { done.signal() }
}

extension Thread {
  fileprivate static func start(_ body: @escaping @Sendable () -> Void) -> Waitable {
    let waitable = Waitable()
    let thread = Thread {
      body()
      waitable.finish()
    }
    thread.start()
    return waitable
  }
}
