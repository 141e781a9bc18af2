import Log
import LogTestSupport
import Synchronization
import Testing

@Suite struct `Many writers at once` {
  @Test func `eight threads get numbers without gaps, each in its own order`() throws {
    let folder = try TemporaryFolder()
    try LogDirectory.createForTest(on: folder.disk)
    let log = try LogDirectory.open(on: folder.disk, clock: TestClock(step: 700))
    let seen = Mutex<[[Receipt]]>([])
    let threads = (0..<8).map { thread in
      TestThread {
        var mine: [Receipt] = []
        for number in 0..<150 {
          mine += (try? log.append([.order(number, customer: thread, id: "\(thread)-\(number)")])) ?? []
        }
        seen.withLock { $0.append(mine) }
      }
    }
    for thread in threads { thread.join() }
    let all = seen.withLock { $0 }
    #expect(all.allSatisfy { $0.map(\.seq) == $0.map(\.seq).sorted() && $0.count == 150 })
    #expect(all.joined().map(\.seq).sorted() == Array(0..<1200))
    for receipt in all.joined() {
      #expect(try log.line(at: receipt.seq).withUnsafeBytes { leafHash(of: $0) } == receipt.leaf)
    }
    try log.close()
    #expect(try Verifier(disk: folder.disk).run().verdict == .clean)
  }

  @Test func `of two that expect the same version, one is taken`() throws {
    let log = try TestLog().directory
    let taken = Mutex(0)
    let threads = (0..<8).map { _ in
      TestThread {
        let wish = [Expectation(subject: "customer:1", version: 0)]
        if (try? log.append([.order(1)], expecting: wish)) != nil { taken.withLock { $0 += 1 } }
      }
    }
    for thread in threads { thread.join() }
    #expect(taken.withLock { $0 } == 1)
    #expect(log.head.size == 1)
  }

  @Test func `a second writer is refused by the lock until the first is closed`() throws {
    let folder = try TemporaryFolder()
    try LogDirectory.createForTest(on: folder.disk)
    let first = try LogDirectory.open(on: folder.disk, clock: TestClock(), options: .byHand)
    #expect(throws: LogError.locked(path: "LOCK")) { try LogDirectory.open(on: folder.disk, clock: TestClock()) }
    try first.close()
    #expect(try LogDirectory.open(on: folder.disk, clock: TestClock(), options: .byHand).recovery?.cleanStop == true)
  }
}

/// From 48 lines on, another core hashes a block while this one compresses it, and goes on while the next is put together.
@Suite struct `A batch of any size` {
  @Test(arguments: [1, 47, 48, 49, 4_000, 20_000]) func `has the leaves and the root of its lines`(count: Int) throws {
    let log = try TestLog()
    let note = String(repeating: "ordered by telephone, ", count: 12)  // 20,000 lines make seven blocks
    var tree = Frontier()
    for batch in [count, 1, count] {
      let receipts = try log.directory.append(.orders(batch, from: Int(log.directory.head.size), note: note))
      for receipt in receipts {
        let leaf = try log.directory.line(at: receipt.seq).withUnsafeBytes { leafHash(of: $0) }
        #expect(leaf == receipt.leaf)
        tree.append(leaf)
      }
      #expect(log.directory.head == LogHead(size: tree.size, root: tree.root))
    }
    try log.reopen()
    #expect(try Verifier(disk: log.disk).run().verdict == .clean)
  }
}

@Suite struct `The writer` {
  @Test func `never lets recordedAt go back, also after a seal and a restart`() throws {
    let disk = FakeDisk()
    try LogDirectory.createForTest(on: disk)
    let clock = TestClock(2_000_000_000)
    let log = try LogDirectory.open(on: disk, clock: clock, options: .byHand)
    _ = try log.append(.orders(256))
    clock.set(1_000_000_000)
    _ = try log.append(.orders(1))
    #expect(try log.allLines().allSatisfy { $0.contains("\"recordedAt\":\"1970-01-01T00:33:20Z\"") })
    try log.writer?.seal()
    try log.close()
    let again = try LogDirectory.open(on: disk.afterProcessEnd(), clock: clock, options: .byHand)
    _ = try again.append(.orders(1))
    #expect(try again.allLines().allSatisfy { $0.contains("\"recordedAt\":\"1970-01-01T00:33:20Z\"") })
  }

  @Test func `sets a marker by itself after a silence`() throws {
    let folder = try TemporaryFolder()
    try LogDirectory.createForTest(on: folder.disk)
    var options = LogOptions()
    options.markerAfterMilliseconds = 10
    let log = try LogDirectory.open(on: folder.disk, clock: TestClock(), options: options)
    _ = try log.append(.orders(3))
    let reader = try LogDirectory.openReadOnly(on: folder.disk)
    #expect(try reader.waitForHead(beyond: 0, milliseconds: 5_000) == log.head)
    try log.close()
  }

  @Test func `refuses what is too long, at the byte`() throws {
    let log = try TestLog()
    let bare = try log.directory.append([.order(1)])[0]
    let length = try log.directory.line(at: bare.seq).count
    let longest = String(repeating: "x", count: Limit.lineBytes - length)
    #expect(try log.directory.append([.order(1, note: longest)]).count == 1)
    #expect(try log.directory.line(at: 1).count == 65_535)
    #expect(throws: LogError.refused(draft: 0, .tooLong)) { try log.directory.append([.order(1, note: longest + "x")]) }
    #expect(log.directory.head.size == 2)
  }

  @Test func `refuses a batch that is too large, at the event`() throws {
    let log = try TestLog()
    let batch = [Draft].orders(Limit.batchEvents + 1)
    #expect(throws: LogError.batchSize(found: 65_537, limit: 65_536)) { try log.directory.append(batch) }
    let heavy = [Draft](repeating: .order(1, note: String(repeating: "x", count: 60_000)), count: 600)
    #expect(throws: LogError.self) { try log.directory.append(heavy) }
    #expect(log.directory.head.size == 0)
  }

  @Test(arguments: [
    ("{\"a\":\"\n\",", "", "}", LogError.Refusal.lineFeed), ("{\"a\":1,", "\0,", "}", .nul), ("", "", "}", .empty),
    ("{", "", "", .empty), ("[", "", "}", .shape), ("{\"a\":1", "", "}", .shape), ("{", "\"b\":1", "}", .shape),
    ("{", "", "]", .shape), ("{\"$a\":1,", "", "}", .shape),
  ])
  func `refuses a draft that could not become a line`(
    _ head: String, _ middle: String, _ tail: String, _ why: LogError.Refusal
  ) throws {
    let log = try TestLog()
    let draft = Draft(id: nil, subject: "", head: Array(head.utf8), middle: Array(middle.utf8), tail: Array(tail.utf8))
    #expect(throws: LogError.refused(draft: 1, why)) { try log.directory.append([.order(1), draft]) }
  }

  @Test func `takes no more after close, and closing twice is no error`() throws {
    let log = try TestLog()
    try log.directory.close()
    try log.directory.close()
    #expect(throws: LogError.stopped(cause: "the log was closed")) { try log.directory.append(.orders(1)) }
  }

  @Test func `will not make a log where one is, nor open where none is`() throws {
    let log = try TestLog()
    #expect(throws: LogError.self) { try LogDirectory.createForTest(on: log.disk) }
    #expect(throws: LogError.self) { try LogDirectory.open(on: FakeDisk(), clock: TestClock()) }
    let later = log.disk.bytes("LOG.json").map { String(decoding: $0, as: UTF8.self) } ?? ""
    let other = FakeDisk()
    other.put(Array(later.replacing("keshi/1", with: "keshi/2").utf8), at: "LOG.json")
    #expect(throws: LogError.unknownFormat(path: "LOG.json", found: "keshi/2")) {
      try LogDirectory.open(on: other, clock: TestClock())
    }
  }
}
