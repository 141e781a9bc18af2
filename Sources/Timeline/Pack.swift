import CChecksum
import CLZ4
import Glibc
import Wire

/// One stretch's lines by account, as `PackWriter` wrote them. Read with `pread`; safe to use from several threads.
public final class Pack: Sendable {
  private struct Block: BitwiseCopyable {
    let start: Int
    let packed: Int32
    let size: Int32
    let checksum: UInt32
  }
  /// Bytes that a head may claim: bounds what a damaged file can make us allocate.
  static let headLimit = 1 << 26
  /// Bytes that one block may claim to hold.
  static let blockLimit: Int32 = 1 << 30

  private let file: String
  private let descriptor: Int32
  private let groups: PackGroups
  private let blocks: [Block]
  public let count: Int

  /// - Returns: `nil` where there is no file, or one of another numbering.
  public init?(file: String, fingerprint: UInt64) throws(TimelineError) {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .disk(file: file, errno: errno)
    }
    do throws(TimelineError) {
      let lead = try Pack.read(descriptor, 28, at: 0, file)
      guard lead.starts(with: PackWriter.magic) else { throw TimelineError.damaged(file: file, what: "no pack") }
      guard Pack.number(lead, 8) == fingerprint else {
        close(descriptor)
        return nil
      }
      let length = Pack.number(lead, 16)
      guard length <= UInt64(Pack.headLimit) else { throw TimelineError.damaged(file: file, what: "head too long") }
      let head = try Pack.read(descriptor, Int(length), at: 28, file)
      guard UInt32(truncatingIfNeeded: Pack.number(lead + [0, 0, 0, 0], 24)) == head.withUnsafeBytes({ keshi_crc32c(0, $0.baseAddress, $0.count) })
      else { throw TimelineError.damaged(file: file, what: "the head's checksum is wrong") }
      (count, groups, blocks) = try Pack.parse(head, bodyStart: 28 + head.count, file)
    } catch {
      close(descriptor)
      throw error
    }
    self.file = file
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
    bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
  }

  private static func read(_ descriptor: Int32, _ count: Int, at offset: Int, _ file: String) throws(TimelineError) -> [UInt8] {
    var failure: TimelineError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      while used < count {
        let got = pread(descriptor, buffer.baseAddress.map { $0 + used }, count - used, off_t(offset + used))
        if got < 0, errno == EINTR { continue }
        if got <= 0 {
          failure = got == 0 ? .damaged(file: file, what: "it is cut") : .disk(file: file, errno: errno)
          return
        }
        used += got
      }
    }
    if let failure { throw failure }
    return bytes
  }

  private static func parse(
    _ head: [UInt8], bodyStart: Int, _ file: String
  ) throws(TimelineError) -> (Int, PackGroups, [Block]) {
    var reader = ByteReader(head.span.bytes)
    var cut = false
    func next(_ reader: inout ByteReader, limit: UInt64 = UInt64(Int32.max)) -> UInt64 {
      guard let value = reader.varint(), value <= limit else {
        cut = true
        return 0
      }
      return value
    }
    let count = Int(next(&reader))
    var groups = PackGroups()
    var account: UInt64 = 0
    for _ in 0..<next(&reader) where !cut {
      account += next(&reader)
      let (block, offset, length) = (Int(next(&reader)), Int(next(&reader)), Int(next(&reader)))
      // A group begins where the one before ended, or begins the next block: so its account and its length say where it is.
      cut = cut || !groups.add(UInt32(truncatingIfNeeded: account), block: block, offset: offset, length: length)
    }
    var blocks: [Block] = []
    var start = bodyStart
    for _ in 0..<next(&reader) where !cut {
      blocks.append(
        Block(
          start: start, packed: Int32(next(&reader)), size: Int32(next(&reader)),
          checksum: UInt32(next(&reader, limit: UInt64(UInt32.max)))))
      start += Int(blocks[blocks.count - 1].packed)
    }
    guard !cut, reader.atEnd, groups.blockCount <= blocks.count, blocks.allSatisfy({ $0.size <= blockLimit })
    else { throw .damaged(file: file, what: "the head is wrong") }
    return (count, groups, blocks)
  }

  /// Calls `body` with the row and the line of each of an account's events, in the log's order. A damaged block is
  /// found before the first call.
  public func forEachLine(of account: UInt32, _ body: (Int, Span<UInt8>) throws -> Void) throws {
    guard let group = groups.find(account) else { return }
    let block = blocks[group.block]
    let needed = group.offset + group.length
    guard needed <= Int(block.size) else { throw TimelineError.damaged(file: file, what: "a group is outside its block") }
    let packed = try Pack.read(descriptor, Int(block.packed), at: block.start, file)
    guard packed.withUnsafeBytes({ keshi_crc32c(0, $0.baseAddress, $0.count) }) == block.checksum else {
      throw TimelineError.damaged(file: file, what: "a block's checksum is wrong")
    }
    let lines = [UInt8](unsafeUninitializedCapacity: needed) { buffer, used in
      let got = packed.withUnsafeBytes { source in
        buffer.withMemoryRebound(to: CChar.self) {
          LZ4_decompress_safe_partial(source.baseAddress, $0.baseAddress, block.packed, Int32(needed), Int32(needed))
        }
      }
      used = max(0, Int(got))
    }
    guard lines.count >= needed else { throw TimelineError.damaged(file: file, what: "a block does not decode") }
    try walk(lines, from: group.offset, to: needed, body)
  }

  private func walk(
    _ lines: [UInt8], from start: Int, to end: Int, _ body: (Int, Span<UInt8>) throws -> Void
  ) throws {
    var position = start
    while position < end {
      var reader = ByteReader(lines.span.bytes.extracting(0..<end), at: position)
      guard let row = reader.varint(), let length = reader.varint(), row < count, length <= end - reader.position else {
        throw TimelineError.damaged(file: file, what: "a line is cut")
      }
      let line = reader.position..<reader.position + Int(length)
      try body(Int(row), lines.span.extracting(line))
      position = line.upperBound
    }
  }
}
