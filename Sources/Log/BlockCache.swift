import Synchronization

/// Decoded blocks that were asked for last, for random access. Bounded in bytes; the longest unused goes first.
final class BlockCache: Sendable {
  struct Entry: Sendable {
    let first: UInt64
    let bytes: [UInt8]
    let ends: [UInt32]
  }

  private struct State {
    /// In the order of their lines. Few where blocks are large, thousands where each holds the lines of one append.
    var entries: [(entry: Entry, used: UInt64)] = []
    var bytes = 0
    var clock: UInt64 = 0

    /// How many entries begin at or before a line. Complexity: O(log entries).
    func count(upTo seq: UInt64) -> Int {
      var (low, high) = (0, entries.count)
      while low < high {
        let middle = (low + high) / 2
        if entries[middle].entry.first <= seq { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  private let limit: Int
  private let state = Mutex(State())

  /// `limit`: most bytes of lines to keep. A block that alone is larger is not kept.
  init(limit: Int) { self.limit = limit }

  /// The line, if its block is here.
  func line(_ seq: UInt64) -> [UInt8]? {
    state.withLock { state in
      let found = state.count(upTo: seq) - 1
      guard found >= 0, seq - state.entries[found].entry.first < state.entries[found].entry.ends.count else { return nil }
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
      let place = state.count(upTo: entry.first)
      guard place == 0 || state.entries[place - 1].entry.first < entry.first else { return }
      state.clock += 1
      state.entries.insert((entry, state.clock), at: place)
      state.bytes += entry.bytes.count
      while state.bytes > limit, let oldest = state.entries.indices.min(by: { a, b in
        state.entries[a].used < state.entries[b].used
      }) {
        state.bytes -= state.entries.remove(at: oldest).entry.bytes.count
      }
    }
  }
}
