import Log
import LogTestSupport

// What a disk may do with sectors and with names, every possibility of it.

extension Exhaustive {
  /// Each sector and each page of a closed log zeroed, or taken from the place beside it or from another file.
  static func sectorCases(_ sample: Sample) -> [Case] {
    var cases: [Case] = []
    for unit in [512, 4_096] {
      for start in stride(from: 0, to: sample.active.count, by: unit) {
        let range = start..<min(start + unit, sample.active.count)
        let sources: [[UInt8]] = [
          [], Array(sample.active.dropFirst(start + unit).prefix(unit)), Array(sample.active.prefix(start).suffix(unit)),
          Array(sample.sealed.dropFirst(start % max(1, sample.sealed.count - unit)).prefix(unit)),
        ]
        for source in sources { cases.append({ try sample.replace(range, by: source) }) }
      }
    }
    return cases
  }

  /// A group of two blocks that was under way when the machine stopped: of its sectors that hold something every
  /// subset is there; what else lies in its pages are zeros, garbage, or bytes of the log from elsewhere.
  static func groupCases() throws -> [Case] {
    let group = try TornGroup()
    return FakeDisk.Ground.allCases.flatMap { ground in
      (0..<1 << group.sectors.count).map { subset in { try group.expectWhole(subset, over: ground) } }
    }
  }

  /// The machine stops at each call of appending, rolling and sealing, and of the changes to names that no directory's
  /// sync has covered every subset survives.
  static func nameCases() throws -> [Case] {
    let (work, _) = try seal(stopAt: nil)
    return (1...work.calls).map { call in { try everySubset(at: call) } }
  }

  private static func everySubset(at call: Int) throws -> String {
    let (disk, acknowledged) = try seal(stopAt: call)
    let names = disk.pendingNames
    for subset in 0..<(1 as UInt64) << min(names, 10) {
      let after = disk.afterCrash(seed: UInt64(call), keepingNames: subset)
      let log = try LogDirectory.open(on: after, clock: TestClock(), options: .byHand)
      let what = "call \(call), names \(String(subset, radix: 2))"
      try check(log.damage == nil && log.head.size >= acknowledged, "\(what): \(log.head.size) of \(acknowledged) events")
      let drafts = [Draft].orders(Int(log.head.size))
      for (seq, line) in try log.allLines().enumerated() {
        try check(Array(line.utf8) == drafts[seq].line(seq: seq, time: TestClock().now()), "\(what): line \(seq) is wrong")
      }
      try log.close()
      try check(try Verifier(disk: after, threads: 1).run().verdict == .clean, "\(what): not clean after recovery")
    }
    return "\(1 << min(names, 10)) subsets kept all"
  }

  /// Appends so much that a file is rolled and two segments are sealed.
  private static func seal(stopAt call: Int?) throws -> (disk: FakeDisk, acknowledged: UInt64) {
    let disk = FakeDisk()
    try LogDirectory.createForTest(on: disk)
    disk.set(call.map { .crash(at: $0) } ?? .none)
    var options = LogOptions.byHand
    options.housekeeping = .inline
    var acknowledged: UInt64 = 0
    guard let log = try? LogDirectory.open(on: disk, clock: TestClock(), options: options) else { return (disk, 0) }
    for first in [0, 130, 260, 390] {
      guard let last = try? log.append(.orders(130, from: first)).last else { return (disk, acknowledged) }
      acknowledged = last.seq + 1
    }
    try? log.close()
    return (disk, acknowledged)
  }
}

/// An acknowledged group, and behind it one of two blocks of which any sector may be missing.
private struct TornGroup {
  private let disk: FakeDisk
  private let path: String
  private let lines: [[UInt8]]
  private let before: [UInt8]
  private let after: [UInt8]
  /// Byte behind the group: what is written there is space ahead.
  private let end: Int
  /// Sectors of the second group that hold something.
  let sectors: [Int]

  init() throws {
    disk = FakeDisk()
    try LogDirectory.createForTest(on: disk)
    let log = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
    _ = try log.append(.orders(3))
    path = disk.paths.last { $0.hasPrefix("active/") } ?? ""
    before = disk.bytes(path) ?? []
    // So many equal letters that the lines fill a block and begin another, and hardly any bytes.
    let long = String(repeating: "x", count: 60_000)
    _ = try log.append([Draft].orders(Limit.blockLineBytes / 60_000 + 1, from: 3, note: long))
    let bytes = disk.bytes(path) ?? []
    (after, lines) = (bytes, try log.allLines().map { Array($0.utf8) })
    let padded = before + [UInt8](repeating: 0, count: max(0, bytes.count - before.count))
    sectors = (0..<bytes.count / 512).filter { sector in bytes[sector * 512..<sector * 512 + 512] != padded[sector * 512..<sector * 512 + 512] }
    let blocks = Block.all(in: bytes).filter { $0.first >= 3 && $0.count > 0 }
    end = blocks.last?.end ?? 0
    try check(blocks.count == 2 && (4...14).contains(sectors.count), "\(blocks.count) blocks in \(sectors.count) sectors")
  }

  func expectWhole(_ subset: Int, over ground: FakeDisk.Ground) throws -> String {
    var random = SeededRandom(seed: UInt64(subset))
    var bytes = after
    for (place, sector) in sectors.enumerated() where subset >> place & 1 == 0 {
      bytes.replaceSubrange(sector * 512..<sector * 512 + 512, with: ground.sector(from: before, &random))
    }
    let copy = disk.afterProcessEnd()
    copy.put(bytes, at: path)
    let isWhole = bytes[..<end] == after[..<end]
    let what = "sectors \(String(subset, radix: 2)) over \(ground)"
    let verdict = try Verifier(disk: copy, threads: 1).run().verdict
    let log = try LogDirectory.open(on: copy, clock: TestClock(), options: .byHand)
    try check(try log.allLines().map { Array($0.utf8) } == (isWhole ? lines : Array(lines.prefix(3))), "\(what): other lines")
    if let damage = log.damage {
      // A block of another place in the log is no torn write; nothing acknowledged is missing.
      try check(ground == .stale && damage.kind == .foreign && damage.leaves.isEmpty, "\(what): \(damage)")
      return "foreign bytes named"
    }
    try check(verdict != .damaged, "\(what): \(verdict)")
    return isWhole ? "whole" : "torn, cut"
  }
}
