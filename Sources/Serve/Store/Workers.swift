import Answers
import NIOPosix
import Synchronization

/// Threads for work that waits, apart from those that serve sockets: some for reading, some for what waits for the disk,
/// few for what takes long. What would wait behind too much is refused at once, so that a crowd makes nobody wait long.
final class Workers: Sendable {
  struct Limits: Sendable {
    var readers = 2
    /// Appends that wait at the same time share one fsync; so this is how many can.
    var writers = 32
    var waitingReads = 256
    var waitingWrites = 512
  }

  private let limits: Limits
  private let reading: NIOThreadPool
  private let writing: NIOThreadPool
  private let waiting = Mutex((reads: 0, writes: 0))

  init(_ limits: Limits = Limits()) {
    self.limits = limits
    reading = NIOThreadPool(numberOfThreads: limits.readers)
    writing = NIOThreadPool(numberOfThreads: limits.writers)
    reading.start()
    writing.start()
  }

  func run<R: Sendable>(_ work: Route.Work, _ body: @escaping @Sendable () throws -> R) async throws -> R {
    switch work {
    case .quick: return try body()
    case .reading:
      try enter(\.reads, limits.waitingReads)
      defer { leave(\.reads) }
      return try await reading.runIfActive(body)
    case .writing:
      try enter(\.writes, limits.waitingWrites)
      defer { leave(\.writes) }
      return try await writing.runIfActive(body)
    }
  }

  private typealias Count = WritableKeyPath<(reads: Int, writes: Int), Int> & Sendable

  private func enter(_ count: any Count, _ limit: Int) throws {
    try waiting.withLock { waiting in
      guard waiting[keyPath: count] < limit else { throw Trouble.overloaded }
      waiting[keyPath: count] += 1
    }
  }

  private func leave(_ count: any Count) { waiting.withLock { $0[keyPath: count] -= 1 } }

  func shutDown() async {
    try? await reading.shutdownGracefully()
    try? await writing.shutdownGracefully()
  }
}
