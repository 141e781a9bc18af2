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
public import Website
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
  let logger: Logger
  private let present: Present
  /// Read models, names and long work, for pages.
  public let shelf: ModelShelf
  public let directory: Directory
  public let works: Works

  init(_ folder: DataFolder, clock: any LogClock, workers: Workers, rates: Rates, logger: Logger) throws {
    var about = Circumstances()
    (about.actor, about.role, about.channel) = ("keshi", Vocabulary.Role.system.word, "rule")
    let store = try folder.locating {
      try folder.open(.write, clock: clock, about: about) { logger.notice("\($0.en)") }
    }
    (self.folder, self.store, self.clock, self.workers) = (folder, store, clock, workers)
    (self.rates, self.logger) = (rates, logger)
    present = Present(store)
    (shelf, directory, works) = (ModelShelf(store, folder: folder.path + "/views"), Directory(), Works())
  }

  /// The number of the next event: what has been recorded so far.
  public var head: Int64 { Int64(store.head.size) }

  public var now: Instant { Instant(microseconds: clock.now()) }

  /// Answers from the log as it stands now, and tells from how many events.
  public func read<R>(_ body: (Snapshot) throws -> R) throws -> R { try present.read(body) }

  /// Decides by the guards and records; durable when it returns.
  public func perform(_ command: Command, rehearse: Bool = false) throws -> CommandResult {
    try store.perform(command, guards: Guards.all, rehearse: rehearse)
  }

  func close() async throws {
    await workers.shutDown()
    try store.close()
  }
}

extension Office: Premises {}

extension Office {
  /// Who records, in which capacity, by which way: for events that an asker records.
  public func circumstances(for inquiry: Inquiry, channel: String = "ui") -> Circumstances {
    var about = Circumstances()
    about.actor = inquiry.principal.name
    about.role = inquiry.principal.capacities.first
    about.channel = channel
    return about
  }
}
