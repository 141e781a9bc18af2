import AccessControl
import Answers
import Engine
import HTTPTypes
import Log
import Projection
import Synchronization
import Vocabulary
import Wire

/// The log as it stands now, for readers: a snapshot that is renewed when the log has grown.
///
/// `@unchecked Sendable`: the snapshot is touched under the lock only.
final class Present: @unchecked Sendable {
  private let store: Store
  private let lock = Mutex(())
  private var snapshot: Snapshot?

  init(_ store: Store) { self.store = store }

  func read<R>(_ body: (Snapshot) throws -> R) throws -> R {
    try lock.withLock { _ in
      let current: Snapshot
      if let snapshot, snapshot.size == Int64(store.head.size) {
        current = snapshot
      } else {
        current = try store.snapshot()
        snapshot = current
      }
      return try body(current)
    }
  }
}
