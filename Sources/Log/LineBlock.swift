import Glibc

/// Some neighbouring lines of the log, lent for the time of a call: the bytes are not yours after it.
public struct LineBlock {
  /// Number of the first line here.
  public let first: UInt64
  /// How many lines.
  public let count: Int
  /// `recordedAt` of the block that the lines were stored in, first to last, in milliseconds.
  public let times: ClosedRange<Int64>
  private let all: UnsafeRawBufferPointer
  private let ends: [UInt32]  // place of each line's LF in `all`
  private let skipped: Int

  /// Lines from elsewhere, as a double of the log in memory has them: `all` is the lines, each with its LF at the place
  /// that `ends` names; those in `range` are handed over.
  public init(
    all: UnsafeRawBufferPointer, ends: [UInt32], first: UInt64, range: Range<UInt64>, times: ClosedRange<Int64>
  ) {
    (self.all, self.ends, self.times) = (all, ends, times)
    self.first = max(first, range.lowerBound)
    skipped = Int(self.first - first)
    count = Int(min(first + UInt64(ends.count), range.upperBound) - self.first)
  }

  /// Number after the last line here.
  public var end: UInt64 { first + UInt64(count) }

  /// Line `index`, from 0, without its LF.
  public func line(_ index: Int) -> UnsafeRawBufferPointer {
    precondition(index < count, "no such line in this block")
    let place = skipped + index
    let start = place == 0 ? 0 : Int(ends[place - 1]) + 1
    return all.part(start, Int(ends[place]) - start)
  }

  /// All lines with their LFs.
  public var bytes: UnsafeRawBufferPointer {
    let start = skipped == 0 ? 0 : Int(ends[skipped - 1]) + 1
    return all.part(start, Int(ends[skipped + count - 1]) + 1 - start)
  }
}

/// Decodes one block after another into the same memory.
final class BlockDecoder {
  private let stored = ByteBuffer()
  // One byte before the lines, so that each line has a byte in front that can be 0x00 while it is hashed.
  private let decoded = ByteBuffer()
  private(set) var ends: [UInt32] = []
  private var leaves: [Hash] = []
  private(set) var header: BlockHeader?

  /// Reads header and frame of the block at `place` and decodes it. `nil` if all is well, else what is wrong: with
  /// `header` when the header itself cannot be trusted, or is not that of the place.
  func load(_ place: BlockPlace, from file: any DiskFile, log: LogID) throws(LogError) -> Damage.Kind? {
    try file.load(place.length, at: place.offset, into: stored)
    guard let header = BlockHeader(stored.bytes), header.first == place.first, Int(header.count) == place.count,
      header.blockLength == place.length, stored.count == place.length
    else { return .header }
    return decode(header, frame: stored.bytes.part(header.frameOffset, Int(header.frameLength)), log: log)
  }

  /// Decodes the frame that belongs to `header`. `thorough` compares the frame's own checksum too.
  func decode(
    _ header: BlockHeader, frame: UnsafeRawBufferPointer, log: LogID, thorough: Bool = false
  ) -> Damage.Kind? {
    self.header = header
    guard header.log == log else { return .foreign }
    guard frame.count == Int(header.frameLength), crc32c(frame) == header.frameCRC else { return .frame }
    decoded.count = 0
    decoded.reserve(Int(header.lineBytes) + 1)
    decoded.count = Int(header.lineBytes) + 1
    let lines = decoded.mutableBytes.part(1, Int(header.lineBytes))
    guard DataFrame.decode(frame, into: lines, checkContent: thorough) else { return .frame }
    return split(UnsafeRawBufferPointer(lines), count: Int(header.count)) ? nil : .frame
  }

  /// Finds the LFs; false unless there are `count` lines of allowed length and nothing behind the last.
  private func split(_ lines: UnsafeRawBufferPointer, count: Int) -> Bool {
    ends.removeAll(keepingCapacity: true)
    var start = 0
    while start < lines.count {
      guard let base = lines.baseAddress, let found = memchr(base + start, 10, lines.count - start)
      else { return false }
      let end = UnsafeRawPointer(found) - base
      guard end > start, end - start <= Limit.lineBytes else { return false }
      ends.append(UInt32(end))
      start = end + 1
    }
    return ends.count == count
  }

  /// The decoded lines that lie in `range`.
  func block(in range: Range<UInt64> = 0..<UInt64.max) -> LineBlock? {
    guard let header else { return nil }
    return LineBlock(all: lines, ends: ends, first: header.first, range: range, times: header.times)
  }

  /// All decoded lines, each with its LF.
  var lines: UnsafeRawBufferPointer { decoded.bytes.part(1, decoded.count - 1) }

  /// Adds the decoded lines' leaves to a tree.
  func appendLeaves(to frontier: inout Frontier) {
    frontier.append(contentsOf: hashLeaves())
  }

  /// The decoded lines' leaves in order.
  func hashLeaves() -> [Hash] {
    leaves.removeAll(keepingCapacity: true)
    LeafHasher.append(decoded.mutableBytes, ends: ends, to: &leaves)
    return leaves
  }
}

/// Hashes many lines as leaves without copying any.
enum LeafHasher {
  /// `buffer` is one byte and then the lines, each with its LF at the place that `ends` names, counted from the first
  /// line. While a line is hashed, the byte before it (the LF of the line before) is the leaf's prefix 0x00.
  static func append(_ buffer: UnsafeMutableRawBufferPointer, ends: [UInt32], to leaves: inout [Hash]) {
    var start = 0
    for end in ends {
      let leaf = buffer.part(start, Int(end) + 1 - start)
      start = Int(end) + 1
      let line = UnsafeRawBufferPointer(rebasing: leaf[1...])
      if Redaction.mayBe(line), let redaction = Redaction(line) {
        leaves.append(redaction.leaf)
        continue
      }
      let before = leaf[0]
      leaf[0] = 0
      leaves.append(Hash.of(UnsafeRawBufferPointer(leaf)))
      leaf[0] = before
    }
  }
}
