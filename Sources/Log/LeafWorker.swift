import Synchronization

/// Hashes the leaves of a large block on a second core while the committer compresses the same lines.
///
/// Hashing and compressing are each a third of the work of a large commit, and neither needs the other. The helper never
/// makes a commit wait for a core: a block that it has not begun by the time the lines are compressed is hashed by the
/// committer itself.
///
/// `@unchecked Sendable`: `lines`, `ends`, `leaves` and `tree` belong to the committer, except between `running` and
/// `done`, when they are the helper's; `state` passes them to and fro.
final class LeafWorker: @unchecked Sendable {
  /// Fewer leaves are hashed sooner than another core is woken.
  static let leavesMin = 48
  /// How long the helper stays awake for a block that was announced: longer than lines take to be put together, and
  /// short enough to be no load when they never come.
  private static let patience: Int64 = 300_000  // nanoseconds

  private enum State: UInt8, AtomicRepresentable {
    case idle, announced, offered, running, done, ended
  }
  private let state = Atomic(State.idle)
  private let monitor = Monitor()
  private let condition = Monitor.Condition()
  private var thread: BackgroundThread?

  private let lines = ByteBuffer()  // one byte, then the lines
  private var ends: [UInt32] = []
  private(set) var leaves: [Hash] = []
  private(set) var tree = Frontier()

  /// Says that a block will be offered soon, so that the helper is awake by then.
  func announce() {
    guard state.load(ordering: .relaxed) == .idle else { return }
    set(.announced)
    if thread == nil { thread = BackgroundThread { self.work() } }
  }

  /// Offers a block: `text` is one byte and then the lines. The text is copied, because hashing changes it for a moment.
  func offer(_ text: UnsafeRawBufferPointer, ends: [UInt32], behind tree: Frontier) {
    lines.count = 0
    lines.append(text)
    self.ends.removeAll(keepingCapacity: true)
    self.ends.append(contentsOf: ends)
    self.tree = tree
    set(.offered)
  }

  /// Waits until `leaves` and `tree` are those of the block that was offered.
  func finish() {
    if state.compareExchange(expected: .offered, desired: .idle, ordering: .acquiringAndReleasing).exchanged {
      return hash()
    }
    let deadline = monotonicNanoseconds() + Self.patience
    while state.load(ordering: .acquiring) != .done, monotonicNanoseconds() < deadline {}
    monitor.locked {
      while state.load(ordering: .acquiring) != .done { condition.wait(monitor) }
    }
    state.store(.idle, ordering: .releasing)
  }

  /// Ends the helper; nothing may be under way.
  func end() {
    set(.ended)
    thread?.join()
    thread = nil
  }

  private func set(_ new: State) {
    monitor.locked {
      state.store(new, ordering: .releasing)
      condition.broadcast()
    }
  }

  private func hash() {
    leaves.removeAll(keepingCapacity: true)
    LeafHasher.append(lines.mutableBytes, ends: ends, to: &leaves)
    tree.append(contentsOf: leaves)
  }

  // MARK: The helper's thread

  private func work() {
    while waitForWork() {
      guard state.compareExchange(expected: .offered, desired: .running, ordering: .acquiringAndReleasing).exchanged
      else { continue }
      hash()
      set(.done)
    }
  }

  /// Returns when a block is offered, or was and is no longer; false at the end.
  private func waitForWork() -> Bool {
    monitor.locked {
      while [.idle, .done].contains(state.load(ordering: .acquiring)) { condition.wait(monitor) }
    }
    let deadline = monotonicNanoseconds() + Self.patience
    while state.load(ordering: .acquiring) == .announced {
      guard monotonicNanoseconds() > deadline else { continue }
      _ = state.compareExchange(expected: .announced, desired: .idle, ordering: .acquiringAndReleasing)
    }
    return state.load(ordering: .acquiring) != .ended
  }
}
