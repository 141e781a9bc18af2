import Facts
import Timeline

// The lines of some accounts, from wherever they are cheapest.

extension Snapshot {
  /// Calls `body` with the lines at `positions`, all of which belong to `accounts`, in the log's order: from the packs
  /// of the stretches that have one, else from the log.
  func forEachLine(
    of accounts: [Account], at positions: [Int64], _ body: (Int64, Span<UInt8>) throws -> Void
  ) throws {
    let numbers = accounts.compactMap(\.number)
    // A stretch that the facts do not know as a whole may number its accounts otherwise.
    let packed = try base().size
    guard let packs = try timelineStore() else { return try source.forEachLine(at: positions, body) }
    var start = 0
    while start < positions.count {
      let first = positions[start] / FactsStore.stretch * FactsStore.stretch
      let end = positions[start...].firstIndex { $0 >= first + FactsStore.stretch } ?? positions.count
      let wanted = positions[start..<end]
      if first + FactsStore.stretch <= packed, let pack = packs.pack(first) {
        do { try forEachLine(of: numbers, in: pack, first, wanted, body) } catch is TimelineError {
          packs.discard(first)
          try source.forEachLine(at: Array(wanted), body)
        }
      } else {
        try source.forEachLine(at: Array(wanted), body)
      }
      start = end
    }
  }

  /// Makes the timeline packs that are missing, so that histories are quick.
  public func completeTimeline(_ progress: Progress = { _, _ in }) throws {
    try timelineStore()?.complete(try facts(), from: source, progress: progress)
  }

  private func forEachLine(
    of accounts: [Int], in pack: Pack, _ first: Int64, _ wanted: ArraySlice<Int64>,
    _ body: (Int64, Span<UInt8>) throws -> Void
  ) throws {
    let last = wanted.last ?? first
    if accounts.count == 1 {
      return try pack.forEachLine(of: UInt32(accounts[0])) { row, line in
        if first + Int64(row) <= last { try body(first + Int64(row), line) }
      }
    }
    var lines: [(Int64, [UInt8])] = []
    for account in accounts {
      try pack.forEachLine(of: UInt32(account)) { row, line in
        lines.append((first + Int64(row), line.indices.map { line[$0] }))
      }
    }
    for (seq, line) in lines.sorted(by: { $0.0 < $1.0 }) where seq <= last { try body(seq, line.span) }
  }
}
