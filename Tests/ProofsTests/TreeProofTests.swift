import Log
import LogTestSupport
import Testing

@testable import Proofs

@Suite struct `Proofs over trees of up to 128 leaves` {
  private let tree = PlainTree(128)

  @Test func `every leaf is proven in every tree, and no other leaf by the same hashes`() throws {
    for size in 1...128 {
      let root = PlainTree.root(tree.leaves[..<size])
      for index in 0..<size {
        let proof = try InclusionProof(of: UInt64(index), in: tree, size: UInt64(size))
        try proof.verify(tree.leaves[index], root: root)
        #expect(throws: ProofError.wrongHashes, "\(index) of \(size)") {
          try proof.verify(tree.leaves[(index + 1) % 128], root: root)
        }
        if size > 1 {
          let moved = InclusionProof(index: UInt64((index + 1) % size), size: UInt64(size), path: proof.path)
          #expect(throws: ProofError.self, "\(index) of \(size), moved") { try moved.verify(tree.leaves[index], root: root) }
        }
      }
    }
  }

  @Test func `every tree is proven to continue every smaller one, and no other`() throws {
    for new in 0...128 {
      for old in 0...new {
        let (oldRoot, newRoot) = (PlainTree.root(tree.leaves[..<old]), PlainTree.root(tree.leaves[..<new]))
        let proof = try ConsistencyProof(from: UInt64(old), to: UInt64(new), in: tree)
        try proof.verify(oldRoot: oldRoot, newRoot: newRoot)
        let foreign = PlainTree.leaf("foreign")
        #expect(throws: ProofError.wrongHashes, "\(old) to \(new)") { try proof.verify(oldRoot: foreign, newRoot: newRoot) }
        guard old > 0 else { continue }  // every tree continues the empty one
        #expect(throws: ProofError.wrongHashes, "\(old) to \(new)") { try proof.verify(oldRoot: oldRoot, newRoot: foreign) }
      }
    }
  }

  @Test func `a path that lacks a hash, has one more or a wrong one, proves nothing`() throws {
    for size in [2, 3, 5, 64, 65, 127, 128] as [UInt64] {
      let root = try tree.root(at: size)
      for index in [0, size / 2, size - 1] {
        let whole = try InclusionProof(of: index, in: tree, size: size).path
        for path in variants(of: whole) {
          let proof = InclusionProof(index: index, size: size, path: path)
          #expect(throws: ProofError.self, "\(index) of \(size)") { try proof.verify(tree.leaves[Int(index)], root: root) }
        }
        let old = index + 1
        guard old < size else { continue }
        let growth = try ConsistencyProof(from: old, to: size, in: tree)
        for path in variants(of: growth.path) {
          let proof = ConsistencyProof(old: old, new: size, path: path)
          #expect(throws: ProofError.self, "\(old) to \(size)") {
            try proof.verify(oldRoot: try tree.root(at: old), newRoot: root)
          }
        }
      }
    }
  }

  private func variants(of path: [Hash]) -> [[Hash]] {
    var variants = [path + [PlainTree.leaf("more")], [PlainTree.leaf("more")] + path]
    for place in path.indices {
      var (shorter, wrong) = (path, path)
      shorter.remove(at: place)
      wrong[place] = PlainTree.leaf("wrong")
      variants += [shorter, wrong]
    }
    return variants
  }

  @Test func `several leaves at once: every choice from up to 10, and random ones from 128`() throws {
    for size in 1...10 {
      for choice in 1..<1 << size {
        try expectSelection((0..<size).filter { choice >> $0 & 1 == 1 }, of: size)
      }
    }
    var random = SeededRandom(seed: 5)
    for round in 0..<400 {
      let size = 1 + Int(random.next() % 128)
      let share = 1 + random.next() % 16
      let chosen = (0..<size).filter { _ in random.next() % share == 0 }
      if !chosen.isEmpty { try expectSelection(chosen, of: size, "seed 5, round \(round)") }
    }
  }

  private func expectSelection(_ chosen: [Int], of size: Int, _ note: String = "") throws {
    let proof = try SelectionProof(of: chosen.map(UInt64.init), in: tree, size: UInt64(size))
    let root = PlainTree.root(tree.leaves[..<size])
    let leaves = chosen.map { tree.leaves[$0] }
    #expect(try proof.root(of: leaves) == root, "\(chosen) of \(size) \(note)")
    if chosen.count == 1 {
      let single = try InclusionProof(of: UInt64(chosen[0]), in: tree, size: UInt64(size))
      #expect(Set(single.path) == Set(proof.hashes))
    }
    var wrong = leaves
    wrong[chosen.count / 2] = PlainTree.leaf("wrong")
    #expect(try proof.root(of: wrong) != root, "\(chosen) of \(size) \(note)")
    for hashes in variants(of: proof.hashes) {
      let forged = SelectionProof(indexes: proof.indexes, size: proof.size, hashes: hashes)
      #expect((try? forged.root(of: leaves)) != root, "\(chosen) of \(size) \(note)")
    }
  }

  @Test func `places outside the tree are refused`() throws {
    #expect(throws: ProofError.outOfRange(seq: 5, size: 5)) { try InclusionProof(of: 5, in: tree, size: 5) }
    #expect(throws: ProofError.outOfRange(seq: 0, size: 0)) { try InclusionProof(of: 0, in: tree, size: 0) }
    #expect(throws: ProofError.self) { try InclusionProof(of: 0, in: tree, size: 129) }
    #expect(throws: ProofError.self) { try ConsistencyProof(from: 6, to: 5, in: tree) }
    #expect(throws: ProofError.self) { try SelectionProof(of: [3, 128], in: tree, size: 128) }
    let descending = SelectionProof(indexes: [3, 2], size: 4, hashes: [])
    #expect(throws: ProofError.wrongHashes) { try descending.root(of: [tree.leaves[3], tree.leaves[2]]) }
    let huge = InclusionProof(index: .max - 1, size: .max, path: [])
    #expect(throws: ProofError.wrongHashes) { try huge.root(of: tree.leaves[0]) }
  }
}

@Suite struct `The tree of a log` {
  /// A log with sealed segments of 256, a full one that waits, and an open one.
  private func log(_ count: Int) throws -> TestLog {
    let log = try TestLog()
    var done = 0
    while done < count {
      let step = min(count - done, 190)
      _ = try log.directory.append(.orders(step, from: done))
      done += step
      if done < 900 { try log.directory.writer?.seal() }
    }
    return log
  }

  private func plain(_ log: TestLog) throws -> PlainTree {
    PlainTree(inputs: try log.directory.allLines().map { Array($0.utf8) })
  }

  @Test func `has every node, and the root at every size, of the recursive definition`() throws {
    let log = try log(1400)
    let (tree, plain) = (LogTree(log.directory.reader), try plain(log))
    #expect(log.directory.reader.head.size == 1400)
    for level in 0...10 {
      for index in 0..<(1400 >> UInt64(level)) {
        #expect(try tree.hash(level: level, index: UInt64(index)) == plain.hash(level: level, index: UInt64(index)), "\(level) \(index)")
      }
      #expect(throws: LogError.self) { try tree.hash(level: level, index: UInt64(1400 >> level)) }
    }
    for size in 0...1400 where size <= 300 || size % 37 == 0 {
      #expect(try tree.root(at: UInt64(size)) == PlainTree.root(plain.leaves[..<size]), "\(size)")
    }
    #expect(try tree.root(at: 1400) == log.directory.head.root)
    for (level, index) in [(63, 0), (64, 0), (63, UInt64.max), (0, UInt64.max)] as [(Int, UInt64)] {
      #expect(throws: LogError.self) { try tree.hash(level: level, index: index) }
    }
  }

  @Test func `does not believe what was kept of an earlier run`() throws {
    final class Shelf: LogTree.Shelf {
      var kept: [UInt64: [UInt8]] = [:]
      var loads = 0
      func load(segment first: UInt64) -> [UInt8]? {
        loads += 1
        return kept[first]
      }
      func keep(_ bytes: [UInt8], segment first: UInt64) { kept[first] = bytes }
    }
    var random = SeededRandom(seed: 3)
    // Segments of 1,024 leaves have four bundles, so that bundle roots are more than the segment's root.
    let disk = FakeDisk()
    try LogDirectory.createForTest(on: disk, segmentLeaves: 1024)
    let directory = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
    _ = try directory.append(.orders(2100))
    try directory.writer?.seal()
    let plain = PlainTree(inputs: try directory.allLines().map { Array($0.utf8) })
    let shelf = Shelf()
    #expect(try LogTree(directory.reader, shelf: shelf).hash(level: 8, index: 5) == plain.hash(level: 8, index: 5))
    #expect(shelf.kept.keys.sorted() == [1024])
    let good = try #require(shelf.kept[1024])
    for spoiled in [good, Array(good.dropLast()), good + [0], [], good.map { $0 ^ (random.next() % 50 == 0 ? 1 : 0) }] {
      shelf.kept[1024] = spoiled
      for index in 0..<8 {
        let tree = LogTree(directory.reader, shelf: shelf)
        #expect(try tree.hash(level: 8, index: UInt64(index)) == plain.hash(level: 8, index: UInt64(index)))
      }
      #expect(shelf.kept[1024] == good)
    }
    #expect(shelf.loads > 5)
  }

  @Test func `what may be signed is only what the log itself calls durable`() throws {
    let log = try TestLog()
    _ = try log.directory.append(.orders(3))
    #expect(log.directory.head.size == 3)
    // Nothing behind the group says yet that it is durable: a reader who finds the writer gone would take it.
    let copy = log.disk.afterProcessEnd()
    #expect(try LogDirectory.openReadOnly(on: copy).head.size == 3)
    #expect(try DurableLog(on: copy).head.size == 0)
    try log.directory.writer?.mark()
    #expect(try DurableLog(on: log.disk).head == log.directory.head)
  }
}
