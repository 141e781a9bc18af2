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

  /// A fresh log for the time of `body`.
  private func withLog<R>(_ body: (LogDirectory) throws -> R) throws -> R {
    let path = directory + "/append-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    let disk = PosixDisk(root: path)
    var random = SystemRandomNumberGenerator()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try LogDirectory.create(on: disk, origin: "bench", clock: WallClock(), random: &random)
    let log = try LogDirectory.open(on: disk, clock: WallClock())
    let result = try body(log)
    try log.close()
    return result
  }

  /// One event a commit, in turn with one page of the disk's floor: both change from second to second, and so each is
  /// compared with the other at the same moment.
  public func besideFloor() throws -> Figure {
    let floor = try FloorFile(at: directory + "/floor")
    return try withLog { log in
      var (ours, theirs) = (Latencies(), Latencies())
      var (oursSum, theirsSum) = (Int64(0), Int64(0))
      var versions: [String: Int] = [:]
      let end = nanoseconds() + Int64(seconds * 1e9)
      var next = 0
      while nanoseconds() < end, !drafts[0].isEmpty {
        let draft = drafts[0][next % drafts[0].count]
        let begin = nanoseconds()
        try floor.commit()
        let middle = nanoseconds()
        let version = versions[draft.subject, default: 0]
        _ = try log.append([draft], expecting: [Expectation(subject: draft.subject, version: version)])
        let done = nanoseconds()
        versions[draft.subject] = version + 1
        theirs.add(middle - begin)
        ours.add(done - middle)
        (theirsSum, oursSum, next) = (theirsSum + middle - begin, oursSum + done - middle, next + 1)
      }
      return Figure(
        "append-floor",
        [
          ("commits", .whole(Int64(next))), ("share", .number(Double(theirsSum) / Double(max(1, oursSum)))),
          ("p50us", .number(ours.microseconds(at: 0.5))), ("p99us", .number(ours.microseconds(at: 0.99))),
          ("floorP50us", .number(theirs.microseconds(at: 0.5))), ("floorP99us", .number(theirs.microseconds(at: 0.99))),
          ("load", .number(Load.average)),
        ])
    }
  }

  /// Runs one shape on a fresh log.
  public func run(batch: Int, beside: String = "nothing") throws -> Figure {
    try withLog { try run(batch: batch, beside: beside, on: $0) }
  }

  private func run(batch: Int, beside: String, on log: LogDirectory) throws -> Figure {
    // Cut before the clock runs: a client has its command in hand.
    let parts = drafts.map { drafts in
      stride(from: 0, to: drafts.count - batch + 1, by: batch).map { Array(drafts[$0..<$0 + batch]) }
    }
    let all = Mutex((latencies: Latencies(), events: 0, failure: String?.none))
    let start = nanoseconds()
    let threads = parts.map { parts in
      Thread.start {
        do {
          let (latencies, events) = try append(parts, to: log, until: start + Int64(seconds * 1e9))
          all.withLock {
            $0.latencies.add(latencies)
            $0.events += events
          }
        } catch { all.withLock { $0.failure = "\(error)" } }
      }
    }
    for thread in threads { thread.wait() }
    let elapsed = Double(nanoseconds() - start) / 1e9
    let result = all.withLock { $0 }
    if let failure = result.failure { throw BenchError.wrongResult(failure) }
    return figure(result.latencies, result.events, elapsed, batch, beside)
  }

  private func append(_ parts: [[Draft]], to log: LogDirectory, until end: Int64) throws -> (Latencies, Int) {
    var versions: [String: Int] = [:]
    var latencies = Latencies()
    var next = 0
    var events = 0
    var now = nanoseconds()
    while now < end, !parts.isEmpty {
      let part = parts[next % parts.count]
      let expectations = part.count == 1 ? [Expectation(subject: part[0].subject, version: versions[part[0].subject, default: 0])] : []
      let begin = nanoseconds()
      _ = try log.append(part, expecting: expectations)
      now = nanoseconds()
      latencies.add(now - begin)
      if part.count == 1 { versions[part[0].subject, default: 0] += 1 }
      next += 1
      events += part.count
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
  static func start(_ body: @escaping @Sendable () -> Void) -> Waitable {
    let waitable = Waitable()
    let thread = Thread {
      body()
      waitable.finish()
    }
    thread.start()
    return waitable
  }
}
