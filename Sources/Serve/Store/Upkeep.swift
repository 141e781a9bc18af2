import Answers
import Engine
import Logging
import Projection
import ServiceLifecycle
import Synchronization
import Vocabulary
import Website
import Wire

/// What is done while nobody asks: looks are recorded, read models follow the log, webhooks are served.
///
/// Ends first when the server is told to stop, so that streams end and connections can be closed.
struct Upkeep: Service {
  let office: Office
  /// Read models follow the log no more often than this, and never for more than a tenth of the time.
  let refreshSeconds: Double

  /// Stopped in order, or because another part of the server failed.
  private var isOver: Bool { office.isStopping || Task.isCancelled }

  func run() async throws {
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.recordLooks() }
        group.addTask { await self.recordRights() }
        group.addTask { await self.follow() }
        group.addTask { await self.reload() }
        group.addTask { await self.learnNames() }
        group.addTask { await Deliveries(office: office).run() }
      }
    } onGracefulShutdown: {
      office.beginStopping()
    }
  }

  private func recordLooks() async {
    while !isOver {
      await pause(Double(Ledger.seconds))
      guard !office.ledger.isEmpty else { continue }
      try? await office.workers.run(.writing) { try office.ledger.flush() }
    }
  }

  private func recordRights() async {
    while !isOver {
      do { try await office.workers.run(.writing) { try office.rights.follow(office) } } catch {
        office.logger.error("tokens could not be recorded", metadata: ["error": "\(error)"])
      }
      await pause(Double(Ledger.seconds))
    }
  }

  /// Loads the facts before the first question, and anew, giving way to whoever asks, when much has been recorded since.
  private func reload() async {
    while !isOver {
      if !office.isLoaded {
        try? await office.workers.run(.long) { try office.reload() }
      } else if office.isBehind {
        await office.workers.aside(until: { isOver }) { try office.reload() }
      }
      await pause(1)
    }
  }

  /// Takes in new names; on a thread of its own, because the first time takes long.
  private func learnNames() async {
    while !isOver {
      if office.directory.position < office.head {
        await office.workers.aside(until: { isOver }) { try office.read { try office.directory.follow($0) } }
      }
      await pause(1)
    }
  }

  /// Rebuilds read models beside those in use when what was recorded changes them: however often somebody looks at a page,
  /// what does not rest on looks stays as it is.
  private func follow() async {
    var wait = 0.0
    while !isOver {
      await pause(max(refreshSeconds, wait))
      let isNews = office.store.projections.contains { office.shelf.reach($0.name) ?? 0 < office.head }
      // Whoever asks is answered first: the facts that are loaded for them serve the rebuild too.
      guard isNews, !office.isBehind, !isOver, let names = try? await outdated(), !names.isEmpty,
        let job = try? office.jobs.start(.rebuild(names, fromLog: false), by: Jobs.ownName)
      else { continue }
      let start = ContinuousClock.now
      while let now = try? office.jobs.job(job.id, job.kind.word), !now.isOver, !isOver { await pause(0.05) }
      wait = 10 * Metrics.seconds(ContinuousClock.now - start)
    }
  }

  private func outdated() async throws -> [String] {
    try await office.workers.run(.reading) { try office.read { try office.shelf.outdated(in: $0) } }
  }

  /// Waits in short steps, so that the end is not waited for.
  private func pause(_ seconds: Double) async {
    let end = ContinuousClock.now + .milliseconds(Int64(seconds * 1_000))
    while !isOver, ContinuousClock.now < end { try? await Task.sleep(for: min(.milliseconds(100), end - .now)) }
  }
}
