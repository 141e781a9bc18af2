/// A vault record: what one event has in the vault, and the event's number.
public struct VaultRecord: Equatable, Sendable {
  public let seq: UInt64
  /// Of no meaning to the log.
  public let bytes: [UInt8]

  public init(seq: UInt64, bytes: [UInt8]) { (self.seq, self.bytes) = (seq, bytes) }
}

/// The vault records of one block of an active file: a skippable frame between header and data frame, so that they
/// become durable with the lines by the same write and the same sync, and plain LZ4 tools never print them.
///
///     54 2A 4D 18 │ u32 length │ "EVV1" │ u32 records │ records × (u32 leaf in the block │ u32 length │ bytes) │ CRC-32C
enum VaultFrame {
  static let magic: UInt32 = 0x184D_2A54
  private static let mark: UInt32 = 0x3156_5645  // "EVV1"
  private static let headLength = 16
  private static let entryLength = 8
  /// Longest frame that a header may claim: records up to the limit, one more of the greatest length, and their heads.
  static let lengthMax =
    headLength + Limit.blockVaultBytes + Limit.vaultRecordBytes + 65_536 * entryLength + 4

  /// One record, lent: where its event stands in the block, and its bytes.
  typealias Entry = (leaf: Int, bytes: UnsafeRawBufferPointer)

  /// Gathers the records of the block under way.
  final class Builder {
    private let records = ByteBuffer()
    private var count: UInt32 = 0

    /// Whether another record should begin another block.
    var isFull: Bool { records.count >= Limit.blockVaultBytes }

    func add(_ bytes: [UInt8], leaf: Int) {
      let space = records.room(entryLength)
      space.put(UInt32(leaf), at: 0)
      space.put(UInt32(bytes.count), at: 4)
      records.count += entryLength
      records.append(bytes)
      count += 1
    }

    /// Appends the frame, if there is a record, and begins anew; gives its length.
    func finish(into buffer: ByteBuffer) -> Int {
      guard count > 0 else { return 0 }
      let start = buffer.count
      let length = headLength + records.count + 4
      let space = buffer.room(length)
      space.put(magic, at: 0)
      space.put(UInt32(length - 8), at: 4)
      space.put(mark, at: 8)
      space.put(count, at: 12)
      space.part(headLength, records.count).copyMemory(from: records.bytes)
      space.put(crc32c(UnsafeRawBufferPointer(space.part(0, length - 4))), at: length - 4)
      buffer.count += length
      (records.count, count) = (0, 0)
      return buffer.count - start
    }
  }

  /// The records of a frame, ascending; `nil` unless every byte is as a writer leaves it.
  static func records(_ frame: UnsafeRawBufferPointer, leaves: Int) -> [Entry]? {
    guard frame.count >= headLength + 4, frame.number(0) == magic, frame.number(4) == UInt32(frame.count - 8),
      frame.number(8) == mark, frame.number(frame.count - 4) == crc32c(frame.part(0, frame.count - 4))
    else { return nil }
    let count: UInt32 = frame.number(12)
    var entries: [Entry] = []
    var at = headLength
    while at + entryLength <= frame.count - 4 {
      let (leaf, length): (UInt32, UInt32) = (frame.number(at), frame.number(at + 4))
      guard Int(leaf) < leaves, Int(leaf) > entries.last?.leaf ?? -1, length > 0,
        Int(length) <= Limit.vaultRecordBytes, at + entryLength + Int(length) <= frame.count - 4
      else { return nil }
      entries.append((Int(leaf), frame.part(at + entryLength, Int(length))))
      at += entryLength + Int(length)
    }
    return at == frame.count - 4 && entries.count == Int(count) ? entries : nil
  }
}
