import Synchronization

/// Decoded blocks that were asked for last, for random access. Bounded in bytes; the longest unused goes first.
final class BlockCache: Sendable {
  struct Entry: Sendable {
    let first: UInt64
    let bytes: [UInt8]
    let ends: [UInt32]
  }

  private struct State {
    var entries: [(entry: Entry, used: UInt64)] = []  // few and large, so looking at all of them is cheap
    var bytes = 0
    var clock: UInt64 = 0
  }

  private let limit: Int
  private let state = Mutex(State())

  /// `limit`: most bytes of lines to keep. A block that alone is larger is not kept.
  init(limit: Int) { self.limit = limit }

  /// The line, if its block is here.
  func line(_ seq: UInt64) -> [UInt8]? {
    state.withLock { state in
      let found = state.entries.firstIndex { seq >= $0.entry.first && seq - $0.entry.first < $0.entry.ends.count }
      guard let found else { return nil }
      state.clock += 1
      state.entries[found].used = state.clock
      let entry = state.entries[found].entry
      let index = Int(seq - entry.first)
      let start = index == 0 ? 0 : Int(entry.ends[index - 1]) + 1
      return Array(entry.bytes[start..<Int(entry.ends[index])])
    }
  }

  func removeAll() {
    state.withLock { ($0.entries, $0.bytes) = ([], 0) }
  }

  func insert(_ entry: Entry) {
    guard entry.bytes.count <= limit else { return }
    state.withLock { state in
      guard !state.entries.contains(where: { $0.entry.first == entry.first }) else { return }
      state.clock += 1
      state.entries.append((entry, state.clock))
      state.bytes += entry.bytes.count
      while state.bytes > limit, let oldest = state.entries.indices.min(by: { a, b in
        state.entries[a].used < state.entries[b].used
      }) {
        state.bytes -= state.entries.remove(at: oldest).entry.bytes.count
      }
    }
  }
}
