/// Where one block lies in its file.
struct BlockPlace: Equatable, Sendable {
  /// Byte of the block header.
  var offset: Int
  var first: UInt64
  var count: Int
  /// Bytes of the decoded lines.
  var lineBytes: Int
  /// Header and data frame, padding not counted.
  var length: Int
  var times: ClosedRange<Int64>
  var end: UInt64 { first + UInt64(count) }
}

/// The last frame of a sealed segment: a table of its blocks, and the root of its own leaves. Everything in it can be
/// found again by walking the blocks; it only makes that walk unnecessary.
///
///     56 2A 4D 18 │ u32 length │ "EVF1" │ u32 blocks │ blocks × 48 │ subtree root 32 │ CRC-32C │ u64 offset of the
///     footer │ u32 its length │ "EVFE"
struct Footer: Equatable {
  var blocks: [BlockPlace]
  /// Root of the tree of the segment's leaves alone; a node of the log's tree.
  var root: Hash

  static let magic: UInt32 = 0x184D_2A56
  /// Offset, length and "EVFE", the last bytes of a sealed file.
  static let endLength = 16
  private static let mark: UInt32 = 0x3146_5645  // "EVF1"
  private static let endMark: UInt32 = 0x4546_5645  // "EVFE"
  private static let entryLength = 48
  private static let fixedLength = 16 + Hash.length + 4 + endLength

  /// Appends the footer to a file whose bytes before it number `offset`.
  func append(to buffer: ByteBuffer, at offset: Int) {
    let length = Self.fixedLength + blocks.count * Self.entryLength
    let space = buffer.room(length)
    space.put(Self.magic, at: 0)
    space.put(UInt32(length - 8), at: 4)
    space.put(Self.mark, at: 8)
    space.put(UInt32(blocks.count), at: 12)
    for (index, block) in blocks.enumerated() {
      let entry = space.part(16 + index * Self.entryLength, Self.entryLength)
      entry.put(UInt64(block.offset), at: 0)
      entry.put(block.first, at: 8)
      entry.put(UInt32(block.count), at: 16)
      entry.put(UInt32(block.length), at: 20)
      entry.put(UInt32(block.lineBytes), at: 24)
      entry.put(UInt32(0), at: 28)
      entry.put(block.times.lowerBound, at: 32)
      entry.put(block.times.upperBound, at: 40)
    }
    let rootAt = length - Self.endLength - 4 - Hash.length
    root.withBytes { space.part(rootAt, Hash.length).copyMemory(from: $0) }
    space.put(crc32c(UnsafeRawBufferPointer(space.part(0, rootAt + Hash.length))), at: rootAt + Hash.length)
    space.put(UInt64(offset), at: length - 16)
    space.put(UInt32(length), at: length - 8)
    space.put(Self.endMark, at: length - 4)
    buffer.count += length
  }

  /// Offset and length of the footer, from the last 16 bytes of a file; `nil` if they cannot be right.
  static func locate(_ end: UnsafeRawBufferPointer, fileSize: Int) -> (offset: Int, length: Int)? {
    guard end.count == endLength, end.number(12) == endMark else { return nil }
    let offset: UInt64 = end.number(0)
    let length: UInt32 = end.number(8)
    guard offset < UInt64(fileSize), UInt64(fileSize) - offset == UInt64(length), Int(length) >= fixedLength
    else { return nil }
    return (Int(offset), Int(length))
  }

  /// Reads a footer that begins at `offset`; `nil` unless its checksum and all its lengths hold.
  init?(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    let rootAt = bytes.count - Self.endLength - 4 - Hash.length
    guard rootAt >= 16, bytes.number(0) == Self.magic, bytes.number(4) == UInt32(bytes.count - 8),
      bytes.number(8) == Self.mark,
      Int(bytes.number(12, as: UInt32.self)) * Self.entryLength == rootAt - 16,
      bytes.number(rootAt + Hash.length) == crc32c(bytes.part(0, rootAt + Hash.length)),
      let end = Self.locate(bytes.part(bytes.count - Self.endLength, Self.endLength), fileSize: offset + bytes.count),
      end.offset == offset
    else { return nil }
    root = Hash(bytes.part(rootAt, Hash.length))
    blocks = []
    for start in stride(from: 16, to: rootAt, by: Self.entryLength) {
      guard let place = Self.entry(bytes.part(start, Self.entryLength), before: offset) else { return nil }
      blocks.append(place)
    }
  }

  private static func entry(_ bytes: UnsafeRawBufferPointer, before end: Int) -> BlockPlace? {
    let (offset, first): (UInt64, UInt64) = (bytes.number(0), bytes.number(8))
    let (count, length, lineBytes): (UInt32, UInt32, UInt32) = (bytes.number(16), bytes.number(20), bytes.number(24))
    let (earliest, latest): (Int64, Int64) = (bytes.number(32), bytes.number(40))
    guard offset < UInt64(end), Int(length) <= end - Int(offset), Int(lineBytes) <= Limit.claimedLineBytes,
      earliest <= latest, Limit.times.contains(earliest), Limit.times.contains(latest), first < 1 << 62
    else { return nil }
    return BlockPlace(
      offset: Int(offset), first: first, count: Int(count), lineBytes: Int(lineBytes), length: Int(length),
      times: earliest...latest)
  }

  init(blocks: [BlockPlace], root: Hash) { (self.blocks, self.root) = (blocks, root) }
}
