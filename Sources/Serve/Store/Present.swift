import Engine
import Log
import Synchronization

/// The log as it stands now, for readers: snapshots over shared facts, each taken by one reader at a time, each brought up to
/// the log's end when it is taken. So one customer's answers are always fresh, and the facts of everybody are loaded anew
/// only when much has been recorded since.
///
/// `@unchecked Sendable`: a snapshot is touched by whoever has taken it, and by nobody else; the original under the lock only.
final class Present: @unchecked Sendable {
  /// Events behind the facts with which it is worth loading them anew.
  static let tailMax = 32_768

  private struct State {
    /// Counts loadings: what was taken before the last is not given back.
    var generation = 0
    var original: Snapshot?
    var idle: [Snapshot] = []
  }

  private let store: Store
  private let lock = Mutex(())
  private var state = State()
  /// Held while facts are loaded, so that those who come meanwhile wait for these and load no others.
  private let loading = Mutex(())

  init(_ store: Store) { self.store = store }

  func read<R>(_ body: (Snapshot) throws -> R) throws -> R {
    var (snapshot, generation) = try take()
    if try !store.grow(snapshot) {
      try load(over: generation)
      (snapshot, generation) = try take()
      _ = try store.grow(snapshot)
    }
    defer { giveBack(snapshot, generation) }
    return try body(snapshot)
  }

  /// Whether much has been recorded since the facts were loaded.
  var isBehind: Bool {
    lock.withLock { _ in state.original == nil || Int64(store.head.size) - (state.original?.size ?? 0) > Int64(Present.tailMax) }
  }

  /// Whether facts have been loaded at all.
  var isLoaded: Bool { lock.withLock { _ in state.original != nil } }

  /// Loads the facts anew beside those in use.
  func load() throws { try load(over: lock.withLock { _ in state.generation }) }

  private func take() throws -> (Snapshot, Int) {
    while true {
      let found: (Snapshot, Int)? = try lock.withLock { _ in
        if let idle = state.idle.popLast() { return (idle, state.generation) }
        return try state.original.map { (try $0.copy(), state.generation) }
      }
      if let found { return found }
      try load(over: 0)
    }
  }

  private func giveBack(_ snapshot: Snapshot, _ generation: Int) {
    lock.withLock { _ in
      // One that had to load facts of its own is not kept: everybody else's are in memory already.
      if generation == state.generation, state.original?.sharesFacts(with: snapshot) ?? false { state.idle.append(snapshot) }
    }
  }

  /// - Parameter generation: the loading that is to be replaced; where somebody has replaced it already, nothing is done.
  private func load(over generation: Int) throws {
    try loading.withLock { _ in
      guard lock.withLock({ _ in state.generation == generation }) else { return }
      let fresh = try store.presentSnapshot()
      _ = try fresh.copy()  // loads what copies share
      lock.withLock { _ in state = State(generation: generation + 1, original: fresh) }
      Memory.giveBack()
    }
  }
}
