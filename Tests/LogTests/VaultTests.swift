import Log
import LogTestSupport
import Synchronization
import Testing

extension Draft {
  /// An event that has something in the vault.
  fileprivate static func kept(_ number: Int, bytes: [UInt8]? = nil) -> Draft {
    let plain = order(number, customer: number % 7)
    return Draft(
      id: plain.id, subject: plain.subject, head: Array(plain.head), middle: Array(plain.middle), tail: Array(plain.tail),
      vault: bytes ?? secret(number))
  }

  fileprivate static func secret(_ number: Int) -> [UInt8] { Array("vault of \(number)".utf8) }

  /// Every third has something in the vault.
  fileprivate static func mixed(_ range: Range<Int>) -> [Draft] {
    range.map { $0 % 3 == 0 ? kept($0) : order($0, customer: $0 % 7) }
  }
}

extension LogDirectory {
  fileprivate func expectRecords(_ range: Range<Int>, without gone: Set<Int> = [], _ comment: Comment = "") throws {
    for number in range {
      let expected = number % 3 == 0 && !gone.contains(number) ? Draft.secret(number) : nil
      #expect(try reader.vaultRecord(at: UInt64(number)) == expected, "event \(number), \(comment)")
    }
    var found: [Int] = []
    try reader.forEachVaultRecord { found.append(Int($0.seq)) } damaged: { throw $0 }
    #expect(found == range.filter { $0 % 3 == 0 && !gone.contains($0) }, comment)
  }
}

@Suite struct `The vault` {
  @Test func `keeps what comes with an event, through closing, sealing and for other processes`() throws {
    let log = try TestLog()
    _ = try log.directory.append(Draft.mixed(0..<100))
    try log.directory.expectRecords(0..<100, "active")
    try log.reopen()
    _ = try log.directory.append(Draft.mixed(100..<300))
    try log.directory.expectRecords(0..<300, "reopened")
    try log.directory.writer?.seal()
    try log.directory.expectRecords(0..<300, "sealed")
    #expect(log.disk.paths.contains("vault/00000000000000000000.0.vault"))
    try log.directory.writer?.mark()
    try LogDirectory.openReadOnly(on: log.disk).expectRecords(0..<300, "elsewhere")
    try log.reopen()
    try log.directory.expectRecords(0..<300, "sealed and reopened")
    #expect(try Verifier(disk: log.disk).run().verdict == .clean)
  }

  @Test func `answers for an event that is there already with nothing new`() throws {
    let log = try TestLog()
    let first = Draft(id: "a", subject: "s:1", head: Array("{\"id\":\"a\",".utf8), middle: [], tail: Array(",\"subject\":\"s:1\"}".utf8), vault: [1])
    _ = try log.directory.append([first])
    let size = try #require(log.disk.bytes("active/00000000000000000000.0.evlog.lz4"))
    #expect(try log.directory.append([first])[0].duplicate)
    #expect(log.disk.bytes("active/00000000000000000000.0.evlog.lz4") == size)
    #expect(try log.directory.reader.vaultRecord(at: 0) == [1])
  }

  @Test(arguments: [(Limit.vaultRecordBytes, true), (Limit.vaultRecordBytes + 1, false)])
  func `takes a record up to its limit`(_ length: Int, _ fits: Bool) throws {
    let log = try TestLog()
    let draft = Draft.kept(0, bytes: [UInt8](repeating: 7, count: length))
    if fits {
      _ = try log.directory.append([draft, draft, .kept(3)])
      try log.reopen()
      #expect(try log.directory.reader.vaultRecord(at: 1)?.count == length)
    } else {
      #expect(throws: LogError.refused(draft: 0, .tooLong)) { try log.directory.append([draft]) }
    }
  }

  @Test func `splits a batch with much in the vault into blocks that stay one batch`() throws {
    let log = try TestLog()
    let big = (0..<20).map { Draft.kept($0, bytes: [UInt8](repeating: UInt8($0), count: 100_000)) }
    _ = try log.directory.append(big)
    try log.reopen()
    for number in 0..<20 { #expect(try log.directory.reader.vaultRecord(at: UInt64(number))?.first == UInt8(number)) }
  }

  @Test func `says so when a bit of an acknowledged frame has turned`() throws {
    let log = try TestLog()
    _ = try log.directory.append(Draft.mixed(0..<9))
    try log.directory.close()
    let path = "active/00000000000000000000.0.evlog.lz4"
    let whole = try #require(log.disk.bytes(path))
    let start = 4_096 + 128
    let length = 16 + 3 * 8 + Draft.secret(0).count * 3 + 4
    for place in start..<start + length {
      var bytes = whole
      bytes[place] ^= 1
      let disk = log.disk.afterProcessEnd()
      disk.put(bytes, at: path)
      let report = try Verifier(disk: disk).run()
      #expect(report.verdict == .damaged && report.problems.first?.kind == .vault, "byte \(place - start)")
    }
  }

  @Test func `is there for every acknowledged event, at any call at which the disk stops`() throws {
    func work(_ disk: FakeDisk, _ acknowledged: inout Int) throws {
      let log = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
      for start in stride(from: 0, to: 300, by: 60) {
        _ = try log.append(Draft.mixed(start..<start + 60))
        acknowledged = start + 60
      }
      try log.writer?.seal()
      try log.close()
    }
    let rehearsal = FakeDisk()
    try LogDirectory.createForTest(on: rehearsal)
    rehearsal.set(.none)
    var ignored = 0
    try work(rehearsal, &ignored)
    for call in 1...rehearsal.calls {
      for seed in 0..<4 as Range<UInt64> {
        let disk = FakeDisk(seed: seed)
        try LogDirectory.createForTest(on: disk)
        disk.set(.crash(at: call))
        var acknowledged = 0
        try? work(disk, &acknowledged)
        let log = try LogDirectory.open(on: disk.afterCrash(seed: seed &* 77 &+ UInt64(call)), clock: TestClock(), options: .byHand)
        #expect(log.damage == nil && log.head.size >= UInt64(acknowledged), "call \(call), seed \(seed)")
        try log.expectRecords(0..<Int(log.head.size), "call \(call), seed \(seed)")
      }
    }
  }
}

@Suite struct `Leaving something out` {
  private func filled() throws -> TestLog {
    let log = try TestLog()
    for start in stride(from: 0, to: 300, by: 60) { _ = try log.directory.append(Draft.mixed(start..<start + 60)) }
    try log.directory.writer?.seal()
    return log
  }

  private static let gone: Set<Int> = [3, 250 / 3 * 3, 255, 258, 297]

  @Test func `of the vault changes no line and nothing else in the vault`() throws {
    let log = try filled()
    let (head, lines) = (log.directory.head, try log.directory.allLines())
    try log.directory.writer?.rewriteVault { Self.gone.contains(Int($0.seq)) ? nil : $0.bytes }
    try log.directory.expectRecords(0..<300, without: Self.gone)
    #expect(log.directory.head == head)
    #expect(try log.directory.allLines() == lines)
    for number in Self.gone {
      let text = Draft.secret(number) + [UInt8]()
      for path in log.disk.paths {
        let bytes = try #require(log.disk.bytes(path))
        #expect(!String(decoding: bytes, as: UTF8.self).contains(String(decoding: text, as: UTF8.self) + "\u{0}"), "\(path)")
      }
    }
    _ = try log.directory.append(Draft.mixed(300..<330))
    try log.reopen()
    try log.directory.expectRecords(0..<330, without: Self.gone)
    #expect(try Verifier(disk: log.disk).run().verdict == .clean)
  }

  @Test func `of a record keeps its rest`() throws {
    let log = try filled()
    try log.directory.writer?.rewriteVault { $0.seq == 6 || $0.seq == 270 ? [9] : $0.bytes }
    try log.reopen()
    for seq in [6, 270] as [UInt64] { #expect(try log.directory.reader.vaultRecord(at: seq) == [9]) }
    #expect(try log.directory.reader.vaultRecord(at: 9) == Draft.secret(9))
  }

  @Test func `can be interrupted at any call of the disk`() throws {
    let base = try filled()
    try base.directory.close()
    func work(_ disk: FakeDisk) throws {
      let log = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
      try log.writer?.rewriteVault { Self.gone.contains(Int($0.seq)) ? nil : $0.bytes }
      try log.close()
    }
    let rehearsal = base.disk.afterProcessEnd()
    rehearsal.set(.none)
    try work(rehearsal)
    for call in 1...rehearsal.calls {
      for seed in 0..<3 as Range<UInt64> {
        let disk = base.disk.afterProcessEnd()
        disk.set(.crash(at: call))
        try? work(disk)
        let after = disk.afterCrash(seed: seed &* 31 &+ UInt64(call))
        try work(after)
        let log = try LogDirectory.open(on: after, clock: TestClock(), options: .byHand)
        #expect(log.head.root == base.directory.head.root, "call \(call), seed \(seed)")
        try log.expectRecords(0..<300, without: Self.gone, "call \(call), seed \(seed)")
      }
    }
  }

  @Test func `of the lines puts their hash in their place, in both kinds of file, and keeps every root`() throws {
    let log = try filled()
    let (head, lines) = (log.directory.head, try log.directory.allLines())
    let hit: Set<UInt64> = [0, 7, 255, 256, 290]
    try log.directory.redact(hit)
    #expect(log.directory.head == head)
    for (seq, line) in try log.directory.allLines().enumerated() {
      let redaction = Array(line.utf8).withUnsafeBytes { Redaction($0) }
      #expect((redaction != nil) == hit.contains(UInt64(seq)))
      let leaf = Array(lines[seq].utf8).withUnsafeBytes { leafHash(of: $0) }
      #expect(Array(line.utf8).withUnsafeBytes { leafHash(of: $0) } == leaf, "line \(seq)")
      #expect(redaction == nil || redaction?.seq == UInt64(seq) && redaction?.leaf == leaf)
    }
    _ = try log.directory.append(Draft.mixed(300..<700))
    try log.directory.writer?.seal()
    try log.reopen()
    let report = try Verifier(disk: log.disk).run()
    #expect(report.verdict == .clean && report.redactions.map(\.seq) == hit.sorted() && report.root == log.directory.head.root)
    try log.directory.expectRecords(0..<700, without: [0, 255, 7, 256, 290].filter { $0 % 3 == 0 }.reduce(into: []) { $0.insert($1) })
    #expect(throws: LogError.outOfRange(seq: 700, size: 700)) { try log.directory.redact([700]) }
  }

  @Test(arguments: [
    "{\"$redacted\":{}}", "{\"$redacted\":{\"leaf\":\"00\",\"seq\":1}}", "{\"$redacted\":{\"leaf\":\"" + String(repeating: "g", count: 64) + "\",\"seq\":1}}",
    "{\"$redacted\":{\"leaf\":\"" + String(repeating: "0", count: 64) + "\",\"seq\":01}}",
    "{\"$redacted\":{\"leaf\":\"" + String(repeating: "0", count: 64) + "\",\"seq\":1}} ", "{\"$segment\":{\"leaf\":1}}", "{\"$", "{}",
  ])
  func `is no redaction unless every byte is as it should be`(_ text: String) {
    #expect(Array(text.utf8).withUnsafeBytes { Redaction($0) } == nil)
  }

  @Test func `of lines can be interrupted at any call of the disk`() throws {
    let base = try filled()
    try base.directory.close()
    func work(_ disk: FakeDisk) throws {
      let log = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
      try log.redact([4, 280])
      try log.close()
    }
    let rehearsal = base.disk.afterProcessEnd()
    rehearsal.set(.none)
    try work(rehearsal)
    for call in 1...rehearsal.calls {
      let disk = base.disk.afterProcessEnd()
      disk.set(.crash(at: call))
      try? work(disk)
      let after = disk.afterCrash(seed: UInt64(call))
      try work(after)
      let report = try Verifier(disk: after).run()
      #expect(report.verdict == .clean && report.redactions.map(\.seq) == [4, 280], "call \(call)")
      #expect(report.root == base.directory.head.root, "call \(call)")
    }
  }
}

@Suite struct `A copy` {
  @Test func `made while others append is a whole log that ends where a batch ends`() throws {
    var options = LogOptions()
    options.markerAfterMilliseconds = 1
    let log = try TestLog(options: options)
    let stops = Mutex(false)
    let (directory, disk) = (log.directory, log.disk)
    let writer = TestThread {
      for start in stride(from: 0, to: 6_000, by: 20) where !stops.withLock({ $0 }) {
        _ = try? directory.append(Draft.mixed(start..<start + 20))
      }
    }
    defer {
      stops.withLock { $0 = true }
      writer.join()
    }
    let reader = try LogDirectory.openReadOnly(on: disk)
    var last: UInt64 = 0
    for _ in 0..<8 {
      let target = FakeDisk()
      let copy = try reader.reader.copy(to: target)
      let report = try Verifier(disk: target).run()
      #expect(report.verdict == .clean && report.root == copy.head.root && report.events == copy.head.size)
      #expect(copy.head.size % 20 == 0 && copy.head.size >= last)
      last = copy.head.size
      let opened = try LogDirectory.open(on: target, clock: TestClock(), options: .byHand)
      try opened.expectRecords(0..<Int(copy.head.size), "size \(copy.head.size)")
      _ = directory.reader
    }
  }
}
