import Answers
import Log
import NIOPosix
import Synchronization

/// Threads for work that waits, apart from those that serve sockets: some for reading, some for what waits for the disk,
/// few for what takes long. What would wait behind too much is refused at once, so that a crowd makes nobody wait long.
final class Workers: Sendable {
  struct Limits: Sendable {
    /// Threads.
    var reading = 2
    /// Appends that wait at the same time share one fsync; so this is how many can.
    var writing = 32
    var long = 1
    /// Requests that wait or run.
    var reads = 256
    var writes = 512
    var longs = 8
  }

  /// Some threads, and how many may wait for them.
  private final class Pool: Sendable {
    let threads: NIOThreadPool
    private let limit: Int
    private let waiting = Mutex(0)

    init(threads count: Int, limit: Int) {
      (threads, self.limit) = (NIOThreadPool(numberOfThreads: count), limit)
      threads.start()
    }

    func run<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
      try waiting.withLock { waiting in
        guard waiting < limit else { throw Trouble.overloaded }
        waiting += 1
      }
      defer { waiting.withLock { $0 -= 1 } }
      return try await threads.runIfActive(body)
    }
  }

  private let reading: Pool
  private let writing: Pool
  private let long: Pool
  /// For what nobody waits for: names and facts, each on a thread.
  private let spare = NIOThreadPool(numberOfThreads: 2)
  /// For names of machines, whose answers others can keep us waiting for.
  private let names = Pool(threads: 2, limit: 64)

  init(_ limits: Limits = Limits()) {
    reading = Pool(threads: limits.reading, limit: limits.reads)
    writing = Pool(threads: limits.writing, limit: limits.writes)
    long = Pool(threads: limits.long, limit: limits.longs)
    spare.start()
  }

  func run<R: Sendable>(_ work: Route.Work, _ body: @escaping @Sendable () throws -> R) async throws -> R {
    switch work {
    case .quick: try body()
    case .reading: try await reading.run(body)
    case .writing: try await writing.run(body)
    case .long: try await long.run(body)
    }
  }

  /// Runs what the server does for itself, when nobody else wants a core. Returns when it is done, or when the end has come: on a
  /// busy machine that may be long before.
  func aside(until isOver: @Sendable () -> Bool, _ body: @escaping @Sendable () throws -> Void) async {
    let isDone = Mutex(false)
    spare.submit { state in
      if case .active = state {
        giveWay()
        try? body()
      }
      isDone.withLock { $0 = true }
    }
    while !isDone.withLock({ $0 }), !isOver() { try? await Task.sleep(for: .milliseconds(50)) }
  }

  /// Looks up the name of a machine, which may take as long as its owner likes.
  func lookUp<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R { try await names.run(body) }

  func shutDown() async {
    // What the server does for itself gives way to everybody, and is not waited for.
    spare.shutdownGracefully { _ in }
    for pool in [reading, writing, long, names] { try? await pool.threads.shutdownGracefully() }
  }
}
