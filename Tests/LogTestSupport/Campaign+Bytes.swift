import Log

// Bytes of a log at rest change, or are missing.

extension Campaign {
  /// A log that a workload made and closed.
  private static func atRest(_ work: Workload, seed: UInt64) throws -> FakeDisk {
    let (disk, acknowledged) = try cut(work, at: .none, seed: seed)
    try require(acknowledged == UInt64(work.lines.count), "only \(acknowledged) were taken")
    return disk.afterProcessEnd()
  }

  /// After bytes of a log at rest were changed: verify must see it, and whatever can be read is right; what cannot is
  /// named.
  static func expectSeen(_ work: Workload, on disk: FakeDisk, _ what: String) throws -> String {
    let report = try Verifier(disk: disk, threads: 1).run()
    try require(report.verdict != .clean, "verify sees nothing: \(what)")
    try expectReadable(work, on: disk)
    let log = try LogDirectory.open(on: disk, clock: TestClock(Workload.time), options: .byHand)
    let lines = try tolerantLines(log.reader)
    for (seq, line) in lines.enumerated() where line != nil {
      try require(line == work.lines[seq], "line \(seq) is wrong after opening")
    }
    let lost = lines.count { $0 == nil }
    try require(lines.count == work.lines.count, "\(work.lines.count - lines.count) events are silently missing")
    try require(lost == 0 || report.verdict == .damaged, "\(lost) events lost, but the verdict is \(report.verdict)")
    if let damage = log.damage {
      try require(report.verdict == .damaged, "read only for \(damage), but the verdict is \(report.verdict)")
    } else if lost == 0 {
      _ = try log.append([.order(7)])
    }
    try log.close()
    return "\(report.verdict)"
  }

  private static func expectReadable(_ work: Workload, on disk: FakeDisk) throws {
    let lines = try tolerantLines(try LogDirectory.openReadOnly(on: disk).reader)
    try require(lines.count <= work.lines.count, "there are more lines than were written")
    for (seq, line) in lines.enumerated() where line != nil {
      try require(line == work.lines[seq], "line \(seq) is wrong")
    }
  }

  /// Every line, `nil` for those that cannot be read.
  static func tolerantLines(_ reader: LogReader) throws -> [[UInt8]?] {
    var lines: [[UInt8]?] = []
    try reader.forEachBlock(from: 0, upTo: .max, lost: { leaves, _ in
      lines += [[UInt8]?](repeating: nil, count: leaves.count)
    }) { block in
      for index in 0..<block.count { lines.append(Array(block.line(index))) }
    }
    return lines
  }

  private static func pick(_ prefix: String, on disk: FakeDisk, _ random: inout SeededRandom) throws -> (String, [UInt8]) {
    let paths = disk.paths.filter { $0.hasPrefix(prefix) }
    guard let path = paths.isEmpty ? nil : paths[Int(random.next() % UInt64(paths.count))],
      let bytes = disk.bytes(path), !bytes.isEmpty
    else { throw Unmet("no file below \(prefix)") }
    return (path, bytes)
  }

  /// One bit of an active file.
  static let flip = Campaign("one bit of an active file") { seed in
    var random = SeededRandom(seed: seed)
    let work = Workload(seed: random.next())
    let disk = try atRest(work, seed: seed)
    var (path, bytes) = try pick("active/", on: disk, &random)
    let bit = Int(random.next() % UInt64(bytes.count * 8))
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    disk.put(bytes, at: path)
    return try expectSeen(work, on: disk, "bit \(bit) of \(path)")
  }

  /// One bit of a sealed segment.
  static let sealedFlip = Campaign("one bit of a sealed segment") { seed in
    var random = SeededRandom(seed: seed)
    let work = Workload(seed: random.next())
    let disk = try atRest(work, seed: seed)
    guard disk.paths.contains(where: { $0.hasPrefix("seg/") }) else { return "nothing sealed" }
    var (path, bytes) = try pick("seg/", on: disk, &random)
    let bit = Int(random.next() % UInt64(bytes.count * 8))
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    disk.put(bytes, at: path)
    return try expectSeen(work, on: disk, "bit \(bit) of \(path)")
  }

  /// A sector or page of any file is zeroed, or replaced by another of the log.
  static let sectors = Campaign("sector zeroed or misdirected") { seed in
    var random = SeededRandom(seed: seed)
    let work = Workload(seed: random.next())
    let disk = try atRest(work, seed: seed)
    let (path, old) = try pick(random.next() % 2 == 0 ? "active/" : "", on: disk, &random)
    guard path.hasPrefix("active/") || path.hasPrefix("seg/") else { return "not of the log" }
    let (_, source) = try pick("active/", on: disk, &random)
    let unit = random.next() % 2 == 0 ? 512 : 4_096
    let start = Int(random.next() % UInt64((old.count + unit - 1) / unit)) * unit
    let range = start..<min(start + unit, old.count)
    var new = old
    for place in range { new[place] = 0 }
    if random.next() % 3 != 0 {
      let from = Int(random.next() % UInt64((source.count + unit - 1) / unit)) * unit
      for (place, byte) in zip(range, source[from...]) { new[place] = byte }
    }
    guard new != old else { return "the same bytes" }
    disk.put(new, at: path)
    if isBehindEvents(range.lowerBound, in: old), try Verifier(disk: disk, threads: 1).run().verdict == .clean {
      try expectReadable(work, on: disk)
      return "true as well"
    }
    return try expectSeen(work, on: disk, "\(range) of \(path)")
  }

  /// Whether only a marker or space ahead lies there. A file that another follows says the same with the one in the place
  /// of the other.
  private static func isBehindEvents(_ place: Int, in file: [UInt8]) -> Bool {
    Block.all(in: file).allSatisfy { $0.count == 0 || $0.end <= place }
  }

  /// The last active file ends at any byte: every group that is whole survives.
  static let truncation = Campaign("file cut at any byte") { seed in
    var random = SeededRandom(seed: seed)
    let work = Workload(seed: random.next())
    let disk = try atRest(work, seed: seed)
    guard let path = disk.paths.last(where: { $0.hasPrefix("active/") }), let bytes = disk.bytes(path) else {
      throw Unmet("no active file")
    }
    let length = Int(random.next() % UInt64(bytes.count))
    disk.put(Array(bytes[..<length]), at: path)
    let first = UInt64(path.dropFirst("active/".count).prefix(20)) ?? 0
    let whole = Block.all(in: bytes).last { !$0.continues && $0.end <= length }
    let kept = max(first, whole.map { $0.first + UInt64($0.count) } ?? 0)
    return try expectKept(work, kept, on: disk)
  }

  /// Two copies of a log, damaged in some places each. Where not in the same block, a repair gives every line back.
  static let repair = Campaign("repair from a second copy") { seed in
    var random = SeededRandom(seed: seed)
    let work = Workload(seed: random.next())
    let ours = try atRest(work, seed: seed)
    let theirs = ours.afterProcessEnd()
    let root = try Verifier(disk: ours, threads: 1).run().root
    for disk in [ours, theirs] {
      for _ in 0..<1 + random.next() % 3 {
        var (path, bytes) = try pick(random.next() % 2 == 0 ? "active/" : "seg/", on: disk, orElse: "active/", &random)
        let files = disk.paths.filter { $0.hasPrefix("active/") || $0.hasPrefix("seg/") }
        if random.next() % 8 == 0, files.count > 1 {
          disk.remove(path)
        } else {
          bytes[Int(random.next() % UInt64(bytes.count))] ^= 1 << UInt8(random.next() % 8)
          disk.put(bytes, at: path)
        }
      }
    }
    let ownLost = Set(try lost(on: ours, work)), otherLost = Set(try lost(on: theirs, work))
    let report = try LogRepair(disk: ours, copy: theirs).run()
    let log = try LogDirectory.open(on: ours.afterProcessEnd(), clock: TestClock(Workload.time), options: .byHand)
    let lines = try tolerantLines(log.reader)
    for (seq, line) in lines.enumerated() {
      let isRight = line.map { $0 == work.lines[seq] } ?? (ownLost.contains(seq) && !ownLost.isDisjoint(with: otherLost))
      try require(isRight, "line \(seq) is \(line == nil ? "lost though a copy has it" : "wrong")")
    }
    guard ownLost.isDisjoint(with: otherLost) else { return "both lost some, named" }
    try require(lines.count == work.lines.count, "only \(lines.count) lines of \(work.lines.count)")
    try require(report.after.verdict != .damaged, "\(report.after.verdict): \(report.after.problems)")
    try require(log.head.root == root, "another root")
    return report.borrowed > 0 ? "mended from the copy" : "nothing was lost"
  }

  private static func pick(
    _ prefix: String, on disk: FakeDisk, orElse other: String, _ random: inout SeededRandom
  ) throws -> (String, [UInt8]) {
    let place = [prefix, other, "seg/"].first { prefix in disk.paths.contains { $0.hasPrefix(prefix) } }
    return try pick(place ?? "", on: disk, &random)
  }

  /// Numbers of the lines that a reader of this copy does not get.
  private static func lost(on disk: FakeDisk, _ work: Workload) throws -> [Int] {
    let lines = try tolerantLines(try LogDirectory.openReadOnly(on: disk).reader)
    return work.lines.indices.filter { $0 >= lines.count || lines[$0] == nil }
  }
}

/// A block as a reader of the format finds it, by the words of FORMAT.md and none of the log's own code.
public struct Block {
  public let offset: Int
  public let first: UInt64
  public let count: Int
  public let continues: Bool
  /// Byte behind its data frame.
  public let end: Int

  /// The blocks of an active file that is whole.
  public static func all(in bytes: [UInt8]) -> [Block] {
    func number(_ at: Int, _ length: Int) -> UInt64 { bytes[at..<at + length].reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    return stride(from: 0, to: bytes.count - 127, by: 4_096).compactMap { page in
      guard number(page, 4) == 0x184D_2A53, number(page + 8, 4) == 0x3142_5645 else { return nil }
      return Block(
        offset: page, first: number(page + 32, 8), count: Int(number(page + 40, 4)), continues: number(page + 14, 2) & 8 != 0,
        end: page + 128 + Int(number(page + 48, 4)))
    }
  }
}
