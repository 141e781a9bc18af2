import CChecksum
import CLZ4

/// One LZ4 frame with the lines of a block, each followed by LF. Any LZ4 tool prints them.
///
///     magic 04 22 4D 18 │ FLG 6C │ BD 40…70 │ content size u64 │ HC │ LZ4 blocks │ 00 00 00 00 │ XXH32 of the lines
///
/// FLG 6C: version 01, independent blocks, no block checksums, content size, content checksum, no dictionary. BD is
/// the smallest of 64 KB, 256 KB, 1 MB, 4 MB that holds the lines, so up to 4 MB a frame has one LZ4 block.
/// An LZ4 block is a u32 length, whose top bit says "stored as it is", and that many bytes.
enum DataFrame {
  static let magic: UInt32 = 0x184D_2204
  private static let flags: UInt8 = 0x6C
  private static let headerLength = 15
  private static let storedBit: UInt32 = 1 << 31

  /// How hard to try.
  enum Level: Equatable, Sendable {
    /// Not at all. LZ4 has bits that no decoder looks at, and several ways to say the same; stored bytes have neither, so
    /// that the content's checksum notices every bit where nothing else does.
    case stored
    /// LZ4 at its fastest, for the commit.
    case fast
    /// LZ4 HC at 2…12, for sealing.
    case high(Int32)
  }

  /// Largest length that a frame of so many bytes can have: all blocks stored as they are.
  static func bound(lineBytes: Int) -> Int {
    headerLength + 8 + lineBytes + 4 * max(1, (lineBytes + blockMaximum(lineBytes) - 1) / blockMaximum(lineBytes))
  }

  /// Appends the frame for `lines` to `buffer`. Lines must not be empty.
  static func append(_ lines: UnsafeRawBufferPointer, level: Level, to buffer: ByteBuffer) {
    let space = buffer.room(bound(lineBytes: lines.count))
    let blockSize = blockMaximum(lines.count)
    space.put(magic, at: 0)
    space[4] = flags
    space[5] = descriptor(blockSize)
    space.put(UInt64(lines.count), at: 6)
    space[14] = headerChecksum(UnsafeRawBufferPointer(space))
    var at = headerLength
    for start in stride(from: 0, to: lines.count, by: blockSize) {
      let piece = lines.part(start, min(blockSize, lines.count - start))
      at += appendBlock(piece, level: level, to: space.part(at, piece.count + 4))
    }
    space.put(UInt32(0), at: at)
    space.put(xxh32(lines), at: at + 4)
    buffer.count += at + 8
  }

  /// One LZ4 block; stored as it is when compression would not make it smaller.
  private static func appendBlock(
    _ piece: UnsafeRawBufferPointer, level: Level, to space: UnsafeMutableRawBufferPointer
  ) -> Int {
    let target = space.part(4, piece.count - 1)
    let length = compress(piece, level: level, to: target)
    if length > 0 {
      space.put(UInt32(length), at: 0)
      return length + 4
    }
    space.put(UInt32(piece.count) | storedBit, at: 0)
    space.part(4, piece.count).copyMemory(from: piece)
    return piece.count + 4
  }

  /// 0 when the result does not fit `target`.
  private static func compress(
    _ piece: UnsafeRawBufferPointer, level: Level, to target: UnsafeMutableRawBufferPointer
  ) -> Int {
    let source = piece.baseAddress?.assumingMemoryBound(to: CChar.self)
    let result = target.baseAddress?.assumingMemoryBound(to: CChar.self)
    let (length, room) = (Int32(piece.count), Int32(target.count))
    return switch level {
    case .stored: 0
    case .fast: Int(LZ4_compress_fast(source, result, length, room, Self.acceleration(for: piece.count)))
    case .high(let effort): Int(LZ4_compress_HC(source, result, length, room, effort))
    }
  }

  /// How much ratio the fast method gives up for speed. What it writes lives until the segment is sealed, and every
  /// committer waits for it; few lines are quick anyway, and would not be compressed at all.
  private static func acceleration(for bytes: Int) -> Int32 { bytes >= 16 << 10 ? 8 : 1 }

  /// Decodes `frame`, which must be exactly one frame, into `lines`, which must have exactly its content size.
  /// `checkContent` also compares the frame's own checksum; leave it out where a CRC of the frame was checked.
  /// Returns whether all of that held.
  static func decode(
    _ frame: UnsafeRawBufferPointer, into lines: UnsafeMutableRawBufferPointer, checkContent: Bool
  ) -> Bool {
    guard frame.count >= headerLength + 8, frame.number(0) == magic, frame[4] == flags,
      frame.number(6) == UInt64(lines.count), frame[5] == descriptor(blockMaximum(lines.count)),
      frame[14] == headerChecksum(frame)
    else { return false }
    let blockSize = blockMaximum(lines.count)
    var (at, filled) = (headerLength, 0)
    while filled < lines.count {
      guard at + 4 <= frame.count - 8 else { return false }
      let word: UInt32 = frame.number(at)
      let length = Int(word & ~storedBit)
      guard length > 0, length <= frame.count - 8 - at - 4 else { return false }
      let target = lines.part(filled, min(blockSize, lines.count - filled))
      guard decodeBlock(frame.part(at + 4, length), stored: word & storedBit != 0, into: target) else { return false }
      at += 4 + length
      filled += target.count
    }
    guard at == frame.count - 8, frame.number(at) == UInt32(0) else { return false }
    return !checkContent || frame.number(at + 4) == xxh32(UnsafeRawBufferPointer(lines))
  }

  private static func decodeBlock(
    _ piece: UnsafeRawBufferPointer, stored: Bool, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    if stored {
      guard piece.count == target.count else { return false }
      target.copyMemory(from: piece)
      return true
    }
    let source = piece.baseAddress?.assumingMemoryBound(to: CChar.self)
    let result = target.baseAddress?.assumingMemoryBound(to: CChar.self)
    return LZ4_decompress_safe(source, result, Int32(piece.count), Int32(target.count)) == Int32(target.count)
  }

  /// Content size and total length of the frame at the start of `bytes`, without decoding it; `nil` if there is none.
  static func measure(_ bytes: UnsafeRawBufferPointer, contentLimit: Int) -> (content: Int, length: Int)? {
    guard bytes.count >= headerLength + 8, bytes.number(0) == magic, bytes[4] == flags,
      bytes[14] == headerChecksum(bytes), bytes.number(6, as: UInt64.self) <= UInt64(contentLimit)
    else { return nil }
    let content = Int(bytes.number(6, as: UInt64.self))
    var at = headerLength
    while at + 4 <= bytes.count {
      let word: UInt32 = bytes.number(at)
      at += 4
      if word == 0 { return at + 4 <= bytes.count ? (content, at + 4) : nil }
      at += Int(word & ~storedBit)
    }
    return nil
  }

  private static func blockMaximum(_ lineBytes: Int) -> Int {
    [64 << 10, 256 << 10, 1 << 20].first { lineBytes <= $0 } ?? 4 << 20
  }

  private static func descriptor(_ blockSize: Int) -> UInt8 {
    switch blockSize {
    case 64 << 10: 0x40
    case 256 << 10: 0x50
    case 1 << 20: 0x60
    default: 0x70
    }
  }

  /// The frame format's header checksum: the second byte of XXH32 over FLG, BD and the content size.
  private static func headerChecksum(_ frame: UnsafeRawBufferPointer) -> UInt8 {
    UInt8(truncatingIfNeeded: xxh32(frame.part(4, 10)) >> 8)
  }

  private static func xxh32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    guard let start = bytes.baseAddress else { return 0 }
    return keshi_xxh32(start, bytes.count)
  }
}
