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
    guard let packs = timeline else { return try source.forEachLine(at: positions, body) }
    var start = 0
    while start < positions.count {
      let first = positions[start] / FactsStore.stretch * FactsStore.stretch
      let end = positions[start...].firstIndex { $0 >= first + FactsStore.stretch } ?? positions.count
      let wanted = positions[start..<end]
      if first + FactsStore.stretch <= packed, let pack = packs.pack(first) {
        // What the pack does not give, because it is damaged, the log gives.
        var given = 0
        do {
          try forEachLine(of: numbers, in: pack, first, wanted) { seq, line in
            given += 1
            try body(seq, line)
          }
        } catch is TimelineError { packs.discard(first) }
        if given < wanted.count { try source.forEachLine(at: Array(wanted.dropFirst(given)), body) }
      } else {
        try source.forEachLine(at: Array(wanted), body)
      }
      start = end
    }
  }

  /// Makes the timeline packs that are missing, so that histories are quick.
  public func completeTimeline(_ progress: Progress = { _, _ in }) throws {
    try timeline?.complete(try facts(), from: source, progress: progress)
  }

  /// Gives the wanted lines that the pack has, up to the first that it has not.
  private func forEachLine(
    of accounts: [Int], in pack: Pack, _ first: Int64, _ wanted: ArraySlice<Int64>,
    _ body: (Int64, Span<UInt8>) throws -> Void
  ) throws {
    var next = wanted.startIndex
    func give(_ seq: Int64, _ line: Span<UInt8>) throws {
      guard next < wanted.endIndex, wanted[next] == seq else { return }
      next += 1
      try body(seq, line)
    }
    if accounts.count == 1 {
      return try pack.forEachLine(of: UInt32(accounts[0])) { row, line in try give(first + Int64(row), line) }
    }
    var lines: [(Int64, [UInt8])] = []
    for account in accounts {
      try pack.forEachLine(of: UInt32(account)) { row, line in
        lines.append((first + Int64(row), line.indices.map { line[$0] }))
      }
    }
    for (seq, line) in lines.sorted(by: { $0.0 < $1.0 }) { try give(seq, line.span) }
  }
}
