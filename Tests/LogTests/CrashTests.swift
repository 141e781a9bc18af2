import Log
import LogTestSupport
import Testing

/// What a run of appends was told, and what it had asked for.
private struct Told {
  var receipts: [Receipt] = []
  /// Sizes at which the log may stand after a crash: batches are whole or not there.
  var sizes: Set<UInt64> = [0]
  var notes: [Int] = []
}

@Suite struct `After a crash` {
  /// Small batches, one of several blocks, one across two segments, with sealing in between.
  private static let batches: [[Draft]] = {
    let long = String(repeating: "x", count: 60_000)
    return [.orders(3), .orders(250), [Draft].orders(20, note: long), .orders(1), .orders(300), .orders(40), .orders(2)]
  }()

  /// Appends until all is done or the disk fails.
  private func work(on disk: FakeDisk, _ told: inout Told) {
    var options = LogOptions.byHand
    options.housekeeping = .inline
    guard let log = try? LogDirectory.open(on: disk, clock: TestClock(), options: options), log.writer != nil
    else { return }
    var size = log.head.size
    for (index, batch) in Self.batches.enumerated() {
      size += UInt64(batch.count)
      told.sizes.insert(size)
      guard let receipts = try? log.append(batch) else { return }
      told.receipts += receipts
      if index == 3 { try? log.writer?.mark() }
    }
    try? log.close()
  }

  private func expectKept(_ told: Told, on disk: FakeDisk, _ comment: Comment) throws {
    let log = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
    #expect(log.damage == nil, comment)
    #expect(told.sizes.contains(log.head.size), comment)
    let lines = try log.allLines()
    #expect(UInt64(lines.count) == log.head.size, comment)
    for receipt in told.receipts {
      let stored = lines.indices.contains(Int(receipt.seq)) ? lines[Int(receipt.seq)] : nil
      let line = Array(try #require(stored, comment).utf8)
      #expect(line.withUnsafeBytes { leafHash(of: $0) } == receipt.leaf, comment)
    }
    #expect(try log.append(.orders(1)).map(\.seq) == [UInt64(lines.count)], comment)
    try log.close()
    #expect(try Verifier(disk: disk).run().verdict == .clean, comment)
  }

  @Test func `at any call of the disk, nothing acknowledged is lost and no batch is there by half`() throws {
    let rehearsal = FakeDisk()
    try LogDirectory.createForTest(on: rehearsal)
    rehearsal.set(.none)
    var ignored = Told()
    work(on: rehearsal, &ignored)
    #expect(ignored.receipts.count == 616)
    for call in 1...rehearsal.calls {
      for seed in 0..<6 as Range<UInt64> {
        let disk = FakeDisk(seed: seed)
        try LogDirectory.createForTest(on: disk)
        disk.set(.crash(at: call))
        var told = Told()
        work(on: disk, &told)
        try expectKept(told, on: disk.afterCrash(seed: seed &* 1000 &+ UInt64(call)), "call \(call), seed \(seed)")
      }
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `in the midst of recovering from a crash, three deep`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var disk = FakeDisk(seed: seed)
    try LogDirectory.createForTest(on: disk)
    disk.set(.crash(at: 10 + Int(random.next() % 40)))
    var told = Told()
    work(on: disk, &told)
    for _ in 0..<3 {
      disk = disk.afterCrash(seed: random.next())
      disk.set(.crash(at: 1 + Int(random.next() % 12)))
      _ = try? LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
    }
    try expectKept(told, on: disk.afterCrash(seed: random.next()), "seed \(seed)")
  }

  @Test func `of the process alone, everything written is still there`() throws {
    let log = try TestLog()
    _ = try log.directory.append(.orders(5))
    let again = try LogDirectory.open(on: log.disk.afterProcessEnd(), clock: TestClock(), options: .byHand)
    #expect(again.head == log.directory.head)
    #expect(again.recovery?.cleanStop == false)
    #expect(again.recovery?.rewritten == "active/00000000000000000000.1.evlog.lz4")
  }
}

@Suite struct `When the disk fails` {
  @Test(arguments: 1...8)
  func `at the n-th sync, that batch is never acknowledged and the writer stops`(_ turn: Int) throws {
    let log = try TestLog()
    try log.reopen()  // the lock file says "clean" of the time before, which must not count for this one
    log.disk.set(.failedSync(turn))
    var acknowledged: [Receipt] = []
    var failures: [String] = []
    for index in 0..<10 {
      do throws(LogError) {
        acknowledged += try log.directory.append(.orders(30, from: index * 30))
      } catch {
        failures.append(error.code)
      }
    }
    #expect(failures == ["E-LOG-UNKNOWN"] + Array(repeating: "E-LOG-STOPPED", count: 10 - turn))
    #expect(acknowledged.count == (turn - 1) * 30)
    // The cache still shows the lost bytes; a new process must not build on them before they are written again.
    let restarted = log.disk.afterProcessEnd()
    let again = try LogDirectory.open(on: restarted, clock: TestClock(), options: .byHand)
    acknowledged += try again.append(.orders(1))
    let cold = try LogDirectory.open(on: restarted.afterCrash(seed: 5), clock: TestClock(), options: .byHand)
    #expect(cold.damage == nil)
    for receipt in acknowledged {
      #expect(try cold.line(at: receipt.seq).withUnsafeBytes { leafHash(of: $0) } == receipt.leaf)
    }
  }

  @Test(arguments: [28 as Int32, 5])
  func `a write that fails, for want of room or otherwise, stops the writer; reopening goes on`(_ errno: Int32) throws {
    let log = try TestLog()
    _ = try log.directory.append(.orders(3))
    log.disk.set(.failedWrite(1, errno: errno))
    #expect(throws: LogError.self) { try log.directory.append(.orders(3)) }
    #expect(throws: LogError.self) { try log.directory.append(.orders(3)) }
    let again = try LogDirectory.open(on: log.disk.afterProcessEnd(), clock: TestClock(), options: .byHand)
    #expect(try again.append(.orders(1)).map(\.seq) == [3])
  }

  @Test func `sealing that fails makes appending stop before too much waits, and go on when it works`() throws {
    var options = LogOptions.byHand
    options.housekeeping = .background
    options.sealingBacklogMax = 2
    let log = try TestLog(options: options)
    log.disk.refuseNames(below: "seg/")
    #expect(throws: LogError.self) {
      for _ in 0..<2_000 { _ = try log.directory.append(.orders(128)) }
    }
    #expect(log.directory.head.size <= 5 * 256)
    log.disk.refuseNames(below: nil)
    try log.directory.writer?.seal()
    for _ in 0..<40 { _ = try log.directory.append(.orders(128)) }
    try log.directory.close()
    #expect(try Verifier(disk: log.disk).run().verdict == .clean)
  }

  @Test func `sealing that fails keeps the events where they are, and works later`() throws {
    let log = try TestLog()
    _ = try log.directory.append(.orders(300))
    let lines = try log.directory.allLines()
    log.disk.set(.failedSync(1))
    #expect(throws: LogError.self) { try log.directory.writer?.seal() }
    #expect(try log.directory.allLines() == lines)
    try log.directory.writer?.seal()
    #expect(log.disk.paths.contains("seg/00000000000000000000.evlog.lz4"))
    #expect(try log.directory.allLines() == lines)
  }
}
