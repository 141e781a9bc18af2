import Testing

@testable import Log

@Suite struct `Decoded blocks that are kept` {
  /// Blocks of one to three lines of one sign, as many small appends leave them.
  private func blocks(_ count: Int) -> [BlockCache.Entry] {
    var first: UInt64 = 10
    return (0..<count).map { place in
      let lines = 1 + place % 3
      defer { first += UInt64(lines) + (place % 5 == 4 ? 2 : 0) }  // and here and there lines that were not asked for
      let signs = (0..<lines).map { UInt8(truncatingIfNeeded: Int(first) + $0) }
      return BlockCache.Entry(
        first: first, bytes: signs.flatMap { [$0, 10] }, ends: (0..<lines).map { UInt32($0 * 2 + 1) })
    }
  }

  @Test func `give every line that they hold and no other, in whatever order they came`() {
    let all = blocks(40)
    for order in [all, all.reversed(), all.filter { $0.first % 2 == 0 } + all.filter { $0.first % 2 == 1 }] {
      let cache = BlockCache(limit: 1_000)
      for block in order { cache.insert(block) }
      for block in order.prefix(3) { cache.insert(block) }  // the same once more changes nothing
      let held = Set(all.flatMap { $0.first..<$0.first + UInt64($0.ends.count) })
      for seq in 0...(all.last.map { $0.first + 5 } ?? 0) {
        #expect(cache.line(seq) == (held.contains(seq) ? [UInt8(truncatingIfNeeded: seq)] : nil), "line \(seq)")
      }
    }
  }

  @Test func `go when there is no room, the longest unused first`() {
    let all = blocks(4)  // of 2, 4, 6 and 2 bytes
    let cache = BlockCache(limit: 12)
    for block in all[..<3] { cache.insert(block) }
    #expect(all[..<3].allSatisfy { cache.line($0.first) != nil })
    _ = cache.line(all[0].first)
    cache.insert(all[3])  // two bytes too many: the second goes, because the first was used since
    #expect(all.map { cache.line($0.first) != nil } == [true, false, true, true])
    cache.insert(BlockCache.Entry(first: 1_000, bytes: Array(repeating: 1, count: 12), ends: [12]))
    #expect(all.allSatisfy { cache.line($0.first) == nil } && cache.line(1_000)?.count == 12)
    cache.insert(BlockCache.Entry(first: 2_000, bytes: Array(repeating: 1, count: 13), ends: [13]))
    #expect(cache.line(2_000) == nil && cache.line(1_000) != nil)
    cache.removeAll()
    #expect(cache.line(1_000) == nil)
  }
}
