import CChecksum
import Log
import LogTestSupport
import Testing

/// A small closed log: three commits, the last of one event, and its active file.
struct SmallLog {
  static let path = "active/00000000000000000000.0.evlog.lz4"
  let disk: FakeDisk
  let lines: [String]
  let bytes: [UInt8]
  /// Events after each commit.
  static let sizes = [0, 2, 5, 6]

  init() throws {
    let log = try TestLog()
    _ = try log.directory.append(.orders(2))
    _ = try log.directory.append(.orders(3))
    _ = try log.directory.append(.orders(1))
    lines = try log.directory.allLines()
    try log.directory.close()
    disk = log.disk.afterProcessEnd()
    bytes = disk.bytes(Self.path) ?? []
  }

  /// The log with other bytes in its active file.
  func with(_ bytes: [UInt8]) -> FakeDisk {
    let copy = disk.afterProcessEnd()
    copy.put(bytes, at: Self.path)
    return copy
  }
}

@Suite struct `Damage and torn writes` {
  @Test func `a file cut at any byte keeps every group that is whole`() throws {
    let log = try SmallLog()
    #expect(log.bytes.count == 5 * 4096)
    for length in log.places {
      let disk = log.with(Array(log.bytes.prefix(length)))
      // A group is whole when its frame is; the padding behind it carries nothing.
      let groups = (1...3).count { length >= $0 * 4096 + log.frameEnd($0) }
      let opened = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
      let kept = SmallLog.sizes[groups]
      #expect(opened.damage == nil, "cut at \(length)")
      #expect(try opened.allLines() == Array(log.lines.prefix(kept)), "cut at \(length)")
      #expect(try opened.append(.orders(1)).map(\.seq) == [UInt64(kept)], "cut at \(length)")
      try opened.close()
      #expect(try Verifier(disk: disk).run().verdict == .clean, "cut at \(length)")
    }
  }

  @Test func `one wrong bit anywhere in acknowledged bytes is named or harmless, never believed`() throws {
    let log = try SmallLog()
    var random = SeededRandom(seed: 7)
    for offset in log.places {
      var bytes = log.bytes
      bytes[offset] ^= 1 << UInt8(random.next() % 8)
      try expectRightVerdict(log, bytes, offset)
    }
  }

  /// Page 0 is the head; pages 1 to 3 hold a group each, page 4 the marker.
  private func expectRightVerdict(_ log: SmallLog, _ bytes: [UInt8], _ offset: Int) throws {
    let (page, place) = (offset / 4096, offset % 4096)
    let disk = log.with(bytes)
    let report = try Verifier(disk: disk).run()
    let opened = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
    if (1...3).contains(page) && place < log.frameEnd(page) {
      let lost = UInt64(SmallLog.sizes[page - 1])..<UInt64(SmallLog.sizes[page])
      #expect(report.verdict == .damaged, "byte \(offset)")
      #expect(opened.damage?.leaves == lost && opened.damage?.offset == page * 4096, "byte \(offset)")
      for seq in 0..<6 {
        if lost.contains(UInt64(seq)) {
          #expect(throws: LogError.self, "byte \(offset)") { try opened.line(at: UInt64(seq)) }
        } else {
          #expect(try opened.line(at: UInt64(seq)) == Array(log.lines[seq].utf8), "byte \(offset)")
        }
      }
      #expect(throws: LogError.self) { try opened.append(.orders(1)) }
    } else {
      let isMarker = page == 4 && place < 128
      #expect(report.verdict == (isMarker ? .torn : .repairable), "byte \(offset)")
      #expect(try opened.allLines() == log.lines, "byte \(offset)")
      #expect(opened.damage == nil && opened.recovery?.rewritten != nil, "byte \(offset)")
      #expect((opened.recovery?.cut != nil) == isMarker, "byte \(offset)")
      try opened.close()
      #expect(try Verifier(disk: disk).run().verdict == .clean, "byte \(offset)")
    }
  }

  @Test(arguments: [("dropped", [0, 1, 3, 4]), ("doubled", [0, 1, 1, 2, 3, 4]), ("swapped", [0, 2, 1, 3, 4])])
  func `a page of blocks that is`(_ what: String, _ pages: [Int]) throws {
    let log = try SmallLog()
    let disk = log.with(pages.flatMap { log.bytes[$0 * 4096..<($0 + 1) * 4096] })
    #expect(try Verifier(disk: disk).run().verdict == .damaged, "\(what)")
    let opened = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
    #expect(opened.damage != nil)
  }

  @Test func `a block of another log is damage, not a torn write`() throws {
    let log = try SmallLog()
    let other = FakeDisk()
    var random = SeededRandom(seed: 43)
    try LogDirectory.create(
      on: other, origin: "keshi.example/other", clock: TestClock(), random: &random, segmentLeaves: 256)
    let stranger = try LogDirectory.open(on: other, clock: TestClock(), options: .byHand)
    for count in [2, 3, 1, 4] { _ = try stranger.append(.orders(count)) }
    let foreign = other.bytes(SmallLog.path)?[4 * 4096..<5 * 4096] ?? []
    let disk = log.with(log.bytes + foreign)
    let opened = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
    #expect(opened.damage?.kind == .foreign)
    #expect(opened.damage?.offset == 5 * 4096)
  }

  @Test func `a header whose checksum was made to fit a wrong root is damage, active or sealed`() throws {
    let log = try SmallLog()
    let opened = try LogDirectory.open(
      on: log.with(forged(log.bytes, headerAt: 2 * 4096)), clock: TestClock(), options: .byHand)
    #expect(opened.damage == Damage(file: SmallLog.path, offset: 2 * 4096, leaves: 2..<5, kind: .root))

    let large = try TestLog()
    // Groups that end with the segments, so that no active file holds these lines too.
    for first in [0, 256] { _ = try large.directory.append(.orders(256, from: first)) }
    try large.directory.writer?.seal()
    try large.directory.close()
    let path = "seg/00000000000000000256.evlog.lz4"
    let sealed = try #require(large.disk.bytes(path))
    let header = try #require(sealed.indices.first { sealed[$0...].starts(with: [0x53, 0x2A, 0x4D, 0x18]) })
    large.disk.put(forged(sealed, headerAt: header), at: path)
    let report = try Verifier(disk: large.disk).run()
    #expect(report.verdict == .damaged)
    #expect(report.problems == [Damage(file: path, offset: header, leaves: 256..<512, kind: .root)])
  }

  /// The bytes with another root in a block header, and the header's sum over that.
  private func forged(_ bytes: [UInt8], headerAt offset: Int) -> [UInt8] {
    var bytes = bytes
    bytes[offset + 80] ^= 1
    let sum = keshi_crc32c(0, Array(bytes[offset..<offset + 124]), 124)
    for place in 0..<4 { bytes[offset + 124 + place] = UInt8(truncatingIfNeeded: sum >> (8 * place)) }
    return bytes
  }

  @Test(arguments: [1 << 31, UInt32.max])
  func `a header whose checksum was made to fit a count beyond all bounds is no header, and no trap`(_ count: UInt32) throws {
    let log = try SmallLog()
    var bytes = log.bytes
    for place in 0..<4 { bytes[4096 + 40 + place] = UInt8(truncatingIfNeeded: count >> (8 * UInt32(place))) }
    bytes[4096 + 80] ^= 1
    let opened = try LogDirectory.open(
      on: log.with(forged(bytes, headerAt: 4096)), clock: TestClock(), options: .byHand)
    #expect(opened.damage == Damage(file: SmallLog.path, offset: 4096, leaves: 0..<2, kind: .header))
  }

  @Test(arguments: [Int64.max, Int64.max / 1_000, 253_402_300_800_000])
  func `a header whose checksum was made to fit a time beyond all calendars is no header, and no trap`(_ time: Int64) throws {
    let log = try SmallLog()
    var bytes = log.bytes
    let last = 3 * 4096  // the last block of events, which recovery writes again
    for place in 0..<8 { bytes[last + 64 + place] = UInt8(truncatingIfNeeded: time >> (8 * Int64(place))) }
    bytes[last + 80] ^= 1
    let disk = log.with(forged(bytes, headerAt: last))
    disk.put(Array("open \n".utf8), at: "LOCK")
    #expect(try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand).damage?.kind == .header)
  }

  @Test(arguments: [Int64.max, Int64.min, 253_402_300_799_999_999, -62_135_596_800_000_000])
  func `whatever the clock says, what was acknowledged can be read`(_ microseconds: Int64) throws {
    let disk = FakeDisk()
    try LogDirectory.createForTest(on: disk)
    for _ in 0..<2 {
      let log = try LogDirectory.open(on: disk, clock: TestClock(microseconds), options: .byHand)
      _ = try log.append(.orders(2))
      try log.close()
    }
    #expect(try Verifier(disk: disk).run().verdict == .clean)
    #expect(try LogDirectory.openReadOnly(on: disk).allLines().count == 4)
  }

  @Test func `what was cut is kept in quarantine, with its hash in the report`() throws {
    let log = try SmallLog()
    let rubbish = [UInt8](repeating: 0xAB, count: 700)
    let disk = log.with(log.bytes + rubbish)
    let opened = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
    let cut = try #require(opened.recovery?.cut)
    #expect(cut.bytes == log.bytes.count..<log.bytes.count + 700)
    #expect(disk.bytes(cut.quarantine) == rubbish)
    #expect(opened.recovery?.kept == 6)
  }

  @Test func `every byte of a sealed segment: a wrong bit is named with its leaves, or was derived`() throws {
    let log = try TestLog()
    for first in [0, 128] { _ = try log.directory.append(.orders(128, from: first)) }
    _ = try log.directory.append(.orders(4, from: 256))
    try log.directory.writer?.seal()
    let lines = try log.directory.allLines()
    try log.directory.close()
    let path = "seg/00000000000000000000.evlog.lz4"
    let sealed = try #require(log.disk.bytes(path))
    let isData = sealedData(sealed)
    for offset in sealed.indices {
      var bytes = sealed
      bytes[offset] ^= 1 << UInt8(offset % 8)
      let disk = log.disk.afterProcessEnd()
      disk.put(bytes, at: path)
      let report = try Verifier(disk: disk).run()
      #expect(report.verdict == (isData(offset) ? .damaged : .repairable), "byte \(offset)")
      #expect(report.problems.allSatisfy { $0.file == path }, "byte \(offset)")
      guard offset % 16 == 0 || !isData(offset) else { continue }
      let reader = try LogDirectory.openReadOnly(on: disk)
      let found = try? reader.allLines()
      #expect(found == nil || found == lines, "byte \(offset)")
      #expect(isData(offset) || found == lines, "byte \(offset)")
    }
  }

  /// The group that filled the segment went on behind its end, so its file still holds every line of it.
  @Test func `a sealed segment whose lines stand in an active file too may be wrong anywhere, and nothing is lost`() throws {
    let log = try TestLog()
    for first in [0, 130] { _ = try log.directory.append(.orders(130, from: first)) }
    try log.directory.writer?.seal()
    let lines = try log.directory.allLines()
    try log.directory.close()
    let path = "seg/00000000000000000000.evlog.lz4"
    let sealed = try #require(log.disk.bytes(path))
    let start = try #require(sealed.indices.first { sealed[$0...].starts(with: [0x53, 0x2A, 0x4D, 0x18]) })
    let isData = sealedData(sealed)
    for word in ["clean\n", "open \n"] {
      for offset in [0, 20, start, start + 80, start + 130, sealed.count / 2, sealed.count - 100, sealed.count - 1] {
        var bytes = sealed
        bytes[offset] ^= 4
        let disk = log.disk.afterProcessEnd()
        disk.put(bytes, at: path)
        disk.put(Array(word.utf8), at: "LOCK")
        #expect(try Verifier(disk: disk).run().verdict == .repairable, "byte \(offset)")
        #expect(try LogDirectory.openReadOnly(on: disk).allLines() == lines, "byte \(offset)")
        let again = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
        #expect(try again.damage == nil && again.allLines() == lines, "byte \(offset), \(word)")
        try again.writer?.seal()
        try again.close()
        // Wrong lines are sealed once more from the active file; head and footer wait for a repair, which needs no copy.
        let sealedAgain = try Verifier(disk: disk).run()
        #expect(sealedAgain.verdict == (isData(offset) ? .clean : .repairable), "byte \(offset), \(word)")
        #expect(try LogRepair(disk: disk, copy: nil).run().after.verdict == .clean, "byte \(offset), \(word)")
        #expect(try LogDirectory.openReadOnly(on: disk).allLines() == lines, "byte \(offset), \(word)")
      }
    }
  }

  /// Where header and frame of the one block lie: between the head's frame and the footer.
  private func sealedData(_ bytes: [UInt8]) -> (Int) -> Bool {
    let start = bytes.indices.first { bytes[$0...].starts(with: [0x53, 0x2A, 0x4D, 0x18]) } ?? 0
    let footer = bytes[(bytes.count - 16)...].reversed().dropFirst(8).reduce(0) { $0 << 8 | Int($1) }
    return { start..<footer ~= $0 }
  }
}

extension SmallLog {
  /// Every byte that says something and those beside it; of the long runs of zeros in paddings, every 61st.
  var places: [Int] {
    bytes.indices.filter { $0 % 61 == 0 || bytes[max(0, $0 - 16)...min($0 + 16, bytes.count - 1)].contains { $0 != 0 } }
  }

  /// Length of header and frame in the page of a group.
  func frameEnd(_ page: Int) -> Int {
    let at = page * 4096 + 48
    return 128 + bytes[at..<at + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
