import AccessControl
public import Answers
public import Engine
import Events
import Foundation
import HTTPTypes
import Log
import Logging
import Projection
import Synchronization
public import Vocabulary
import Website
public import Wire

/// The open store for as long as the server runs, and what belongs to it: one writer, readers beside it.
///
/// Its methods wait for the disk or compute for long; handlers call them on the threads of `Workers`.
public final class Office: Sendable {
  public let folder: DataFolder
  public let store: Store
  let clock: any LogClock
  let workers: Workers
  let rates: Rates
  let metrics = Metrics()
  let streams = StreamCount()
  let models: Models
  let ledger: Ledger
  let rights: Rights
  let jobs: Jobs
  let deliveries: DeliveryBook
  let logger: Logger
  private let present: Present
  /// Read models and names, for pages.
  let shelf: ModelShelf
  let directory: Directory
  private let stopping = Mutex(false)

  init(_ folder: DataFolder, clock: any LogClock, workers: Workers, rates: Rates, program: String, logger: Logger) throws {
    var about = Circumstances()
    (about.actor, about.role, about.channel) = ("keshi", Role.system.word, "rule")
    let store = try folder.locating {
      try folder.open(.write, clock: clock, about: about) { logger.notice("\($0.en)") }
    }
    (self.folder, self.store, self.clock, self.workers) = (folder, store, clock, workers)
    (self.rates, self.logger) = (rates, logger)
    let now = { @Sendable in Instant(microseconds: clock.now()) }
    models = Models(store.folder, names: store.projections.map(\.name))
    rights = Rights(store, keys: folder.keysPath)
    ledger = Ledger(store, logger: logger, now: now)
    jobs = Jobs(store, folder, ledger, program: program, logger: logger, now: now)
    deliveries = DeliveryBook(folder.path)
    present = Present(store)
    (shelf, directory) = (ModelShelf(store, folder: folder.path + "/views"), try Directory(store))
  }

  /// The number of the next event: what has been recorded so far.
  public var head: Int64 { Int64(store.head.size) }

  public var now: Instant { Instant(microseconds: clock.now()) }

  /// The read model of that name. Throws `EngineError.unknownProjection` with the names that there are.
  public func projection(_ name: String) throws -> AnyProjection {
    guard let found = store.projections.first(where: { $0.name == name }) else {
      throw EngineError.unknownProjection(name, known: store.projections.map(\.name))
    }
    return found
  }

  /// Answers from the log as it stands now. Whoever answers somebody asks by `Inquiry.read`, which withholds what they may
  /// not see.
  public func read<R>(_ body: (Snapshot) throws -> R) throws -> R { try present.read(body) }

  /// Whether much has been recorded since the facts of everybody were loaded.
  var isBehind: Bool { present.isBehind }
  /// Whether there are any yet.
  var isLoaded: Bool { present.isLoaded }
  func reload() throws { try present.load() }

  /// Decides by the guards and records; durable when it returns.
  public func perform(_ command: Command, rehearse: Bool = false) throws -> CommandResult {
    try store.perform(command, guards: Guards.all, rehearse: rehearse)
  }
}

// The end.
extension Office {
  /// Whether the server is about to end: streams stop, and nobody new should be sent here.
  var isStopping: Bool { stopping.withLock { $0 } }

  func beginStopping() { stopping.withLock { $0 = true } }

  /// After the last answer: what waits is recorded, and the log is closed in order.
  func close() async throws {
    beginStopping()
    jobs.stop()
    await workers.shutDown()
    try? ledger.flush()
    try store.close()
  }
}

extension Office {
  /// Who records by the API, in which capacity.
  public func circumstances(for inquiry: Inquiry) -> Circumstances {
    var about = Circumstances()
    about.actor = inquiry.principal.name
    about.role = inquiry.principal.capacities.first
    about.channel = "api"
    return about
  }
}
