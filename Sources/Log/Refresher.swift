import Synchronization

/// Follows, for a reader, a log that another process writes.
final class Refresher: Sendable {
  private struct State {
    /// The last active file as far as it was walked, to go on from there.
    var scan: ActiveScan?
    /// Names at the last look: a change means that files were sealed, begun or rewritten.
    var names: [Set<String>]
  }

  private let disk: any Disk
  private let state: Mutex<State>

  private init(disk: any Disk) {
    self.disk = disk
    state = Mutex(State(scan: nil, names: []))
  }

  /// Opens the log in `disk` for reading only.
  static func open(_ disk: any Disk) throws(LogError) -> (Refresher, Catalogue) {
    let catalogue = Catalogue(disk: disk, manifest: try Survivors.manifest(disk), state: Catalogue.State())
    let refresher = Refresher(disk: disk)
    try refresher.refresh(catalogue)
    return (refresher, catalogue)
  }

  /// Brings `catalogue` up to what the files say now.
  func refresh(_ catalogue: Catalogue) throws(LogError) {
    let result = state.withLock { state -> LogError? in
      do throws(LogError) {
        try refresh(catalogue, &state)
        return nil
      } catch {
        return error
      }
    }
    if let result { throw result }
  }

  private func refresh(_ catalogue: Catalogue, _ state: inout State) throws(LogError) {
    for attempt in 1... {
      let names = try listing()
      do throws(LogError) {
        if names == state.names, var scan = state.scan {
          state.scan = nil
          try follow(&scan, catalogue)
          state.scan = scan
        } else {
          try resurvey(catalogue, &state)
        }
        state.names = names
        return
      } catch {
        // A file may be sealed and unlinked between the listing and its opening; then the next listing tells.
        guard case .disk("open", _, _) = error, attempt < 5 else { throw error }
      }
    }
  }

  private func listing() throws(LogError) -> [Set<String>] {
    [Set(try disk.list(FileNames.sealedDirectory)), Set(try disk.list(FileNames.activeDirectory))]
  }

  private func resurvey(_ catalogue: Catalogue, _ state: inout State) throws(LogError) {
    let survivors = try Survivors(disk: disk, live: try isWriterAlive(), sealed: .sums)
    catalogue.update { $0 = survivors.state }
    state.scan = survivors.state.damages.isEmpty ? survivors.last : nil
  }

  private func follow(_ scan: inout ActiveScan, _ catalogue: Catalogue) throws(LogError) {
    let live = try isWriterAlive()
    try scan.walk()
    let head = live ? scan.durableHead : LogHead(size: scan.size, root: scan.frontier.root)
    let blocks = scan.blocks
    catalogue.update { state in
      guard let last = state.actives.indices.last, head.size > state.head.size else { return }
      state.actives[last].blocks = blocks
      state.head = head
    }
  }

  /// Without a writer nothing is under way, and every whole group counts.
  private func isWriterAlive() throws(LogError) -> Bool {
    guard let file = try? disk.open(FileNames.lock, .read) else { return false }
    return try file.isLockedElsewhere()
  }
}
