import Log
import LogTestSupport

/// Small logs on which every place is tried, not a sample of them.
enum Exhaustive {
  typealias Case = () throws -> String

  static func cases() throws -> [(String, [Case])] {
    let sample = try Sample()
    return [
      ("every byte: file cut there", sample.active.indices.map { at in { try sample.cut(at) } }),
      ("every bit of the active file", (0..<sample.active.count * 8).map { bit in { try sample.flip(bit) } }),
      ("every bit of a sealed segment", (0..<sample.sealed.count * 8).map { bit in { try sample.flipSealed(bit) } }),
      ("every sector and page, misplaced", sectorCases(sample)),
      ("every subset of a torn group", try groupCases()),
      ("every subset of unsynced names", try nameCases()),
    ]
  }
}

/// A closed log with one sealed segment, and two small groups and a marker in its active file.
struct Sample {
  let disk: FakeDisk
  let lines: [[UInt8]]
  let activePath: String
  let sealedPath = "seg/00000000000000000000.evlog.lz4"
  let active: [UInt8]
  let sealed: [UInt8]

  init() throws {
    let disk = FakeDisk()
    try LogDirectory.createForTest(on: disk)
    var options = LogOptions.byHand
    options.housekeeping = .inline
    let log = try LogDirectory.open(on: disk, clock: TestClock(), options: options)
    for batch in [[Draft].orders(256), .orders(3, from: 256), .orders(1, from: 259)] { _ = try log.append(batch) }
    lines = try log.allLines().map { Array($0.utf8) }
    try log.close()
    self.disk = disk.afterProcessEnd()
    activePath = disk.paths.last { $0.hasPrefix("active/") } ?? ""
    active = disk.bytes(activePath) ?? []
    sealed = disk.bytes(sealedPath) ?? []
  }

  private func with(_ bytes: [UInt8], at path: String) -> FakeDisk {
    let copy = disk.afterProcessEnd()
    copy.put(bytes, at: path)
    return copy
  }

  func cut(_ length: Int) throws -> String {
    let disk = with(Array(active[..<length]), at: activePath)
    let whole = Block.all(in: active).last { $0.end <= length }
    let kept = Int(whole.map { $0.first + UInt64($0.count) } ?? 256)
    let verdict = try Verifier(disk: disk, threads: 1).run().verdict
    let log = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
    try check(try log.allLines().map { Array($0.utf8) } == Array(lines[..<kept]), "cut at \(length): other lines")
    try check(verdict != .damaged && log.damage == nil, "cut at \(length): \(verdict)")
    return "\(verdict)"
  }

  /// Another page or sector in the place of one. Whatever is told, nothing wrong may be read and nothing missing silently.
  func replace(_ range: Range<Int>, by source: [UInt8]) throws -> String {
    var bytes = active
    for place in range { bytes[place] = place - range.lowerBound < source.count ? source[place - range.lowerBound] : 0 }
    guard bytes != active else { return "the same bytes" }
    let disk = with(bytes, at: activePath)
    let report = try Verifier(disk: disk, threads: 1).run()
    try check(report.verdict != .clean, "\(range): verify sees nothing")
    let hit = Block.all(in: active).filter { block in
      block.count > 0 && (block.offset..<block.end).contains { bytes[$0] != active[$0] }
    }
    for block in hit {
      let isNamed = report.problems.contains { $0.leaves.contains(block.first) && $0.offset <= block.offset }
      try check(report.verdict == .damaged && isNamed, "\(range): block \(block.first) is not named: \(report.problems)")
    }
    var lost: Set<UInt64> = []
    var read: Set<UInt64> = []
    try LogDirectory.openReadOnly(on: disk).reader.forEachBlock(from: 0, upTo: .max, lost: { leaves, _ in lost.formUnion(leaves) }) { block in
      for index in 0..<block.count {
        read.insert(block.first + UInt64(index))
        try check(block.line(index).elementsEqual(lines[Int(block.first) + index]), "\(range): a line is wrong")
      }
    }
    try check(read.count + lost.count == lines.count && read.isDisjoint(with: lost), "\(range): events are silently missing")
    try check(lost.count == hit.reduce(0) { $0 + $1.count }, "\(range): \(lost.count) events lost")
    return "\(report.verdict)"
  }

  func flip(_ bit: Int) throws -> String {
    var bytes = active
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    let disk = with(bytes, at: activePath)
    // In a block of events: damage, named with its place. Anywhere else every event is whole.
    let block = Block.all(in: active).first { ($0.offset..<$0.end).contains(bit / 8) && $0.count > 0 }
    return try expect(disk, lost: block.map { $0.first..<$0.first + UInt64($0.count) }, at: block?.offset, bit)
  }

  func flipSealed(_ bit: Int) throws -> String {
    var bytes = sealed
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    let disk = with(bytes, at: sealedPath)
    let start = sealed.indices.first { sealed[$0...].starts(with: [0x53, 0x2A, 0x4D, 0x18]) } ?? 0
    let footer = sealed[(sealed.count - 16)...].reversed().dropFirst(8).reduce(0) { $0 << 8 | Int($1) }
    let isData = (start..<footer).contains(bit / 8)
    return try expect(disk, lost: isData ? 0..<256 : nil, at: isData ? start : nil, bit)
  }

  private func expect(_ disk: FakeDisk, lost: Range<UInt64>?, at offset: Int?, _ bit: Int) throws -> String {
    let report = try Verifier(disk: disk, threads: 1).run()
    try check((report.verdict == .damaged) == (lost != nil) && report.verdict != .clean, "bit \(bit): \(report.verdict)")
    if let lost, let offset {
      let isNamed = report.problems.contains { $0.leaves == lost && $0.offset == offset }
      try check(isNamed, "bit \(bit): not at \(offset) with \(lost): \(report.problems)")
    }
    let log = try LogDirectory.openReadOnly(on: disk)
    var next: UInt64 = 0
    try log.reader.forEachBlock(from: 0, upTo: .max, lost: { leaves, _ in
      try check(lost.map { $0.lowerBound <= leaves.lowerBound && leaves.upperBound <= $0.upperBound } ?? false, "bit \(bit): lost \(leaves)")
      next = leaves.upperBound
    }) { block in
      try check(block.first == next, "bit \(bit): \(next) is skipped")
      for index in 0..<block.count {
        try check(block.line(index).elementsEqual(lines[Int(block.first) + index]), "bit \(bit): a line is wrong")
      }
      next = block.end
    }
    try check(next == UInt64(lines.count), "bit \(bit): \(next) events of \(lines.count)")
    return "\(report.verdict)"
  }
}

struct Unkept: Error, CustomStringConvertible {
  let description: String
}

func check(_ condition: Bool, _ what: @autoclosure () -> String) throws {
  if !condition { throw Unkept(description: what()) }
}
