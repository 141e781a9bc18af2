import CChecksum
import CLZ4
import Wire

/// Collects the lines of one stretch of the log and writes them sorted by account, in small compressed blocks.
///
/// The log keeps events in the order in which they came, so one customer's lines lie in as many places as there are
/// events. A pack is a second copy of a stretch's lines in which each account's stand together: reading a customer
/// costs one small block per stretch. It is derived and may be thrown away. `README.md` gives the bytes.
public struct PackWriter {
  /// Bytes of lines at which a block is closed. A larger account has a block of its own.
  public static let blockSize = 16 * 1024
  static let magic = Array("KPACK002".utf8)

  private let fingerprint: UInt64
  private var lines: [UInt8] = []
  private var ends: [Int] = []

  /// - Parameter fingerprint: names the numbering of the accounts; a pack of another numbering is not read.
  public init(fingerprint: UInt64) { self.fingerprint = fingerprint }

  public mutating func add(_ line: Span<UInt8>) {
    for place in line.indices { lines.append(line[place]) }
    ends.append(lines.count)
  }

  /// The file's bytes.
  /// - Parameter accounts: the account of each line added. Precondition: as many as lines.
  public func encoded(accounts: [UInt32]) -> [UInt8] {
    precondition(accounts.count == ends.count)
    var rows = Array(accounts.indices)
    rows.sort { (accounts[$0], $0) < (accounts[$1], $1) }
    var directory: [UInt8] = []
    var table: [UInt8] = []
    var body: [UInt8] = []
    var block: [UInt8] = []
    var (groups, blocks, previous) = (0, 0, 0)
    var start = 0
    while start < rows.count {
      let account = accounts[rows[start]]
      let end = rows[start...].firstIndex { accounts[$0] != account } ?? rows.count
      let offset = block.count
      for row in rows[start..<end] { append(row, to: &block) }
      directory.append(varint: UInt64(Int(account) - previous))
      directory.append(varint: UInt64(blocks))
      directory.append(varint: UInt64(offset))
      directory.append(varint: UInt64(block.count - offset))
      (groups, previous, start) = (groups + 1, Int(account), end)
      if block.count >= PackWriter.blockSize || end == rows.count {
        PackWriter.close(&block, &table, &body)
        blocks += 1
      }
    }
    return assemble(groups, directory, blocks, table, body)
  }

  private func append(_ row: Int, to block: inout [UInt8]) {
    let line = lines[(row == 0 ? 0 : ends[row - 1])..<ends[row]]
    block.append(varint: UInt64(row))
    block.append(varint: UInt64(line.count))
    block.append(contentsOf: line)
  }

  /// Compresses a block and notes its sizes.
  private static func close(_ block: inout [UInt8], _ table: inout [UInt8], _ body: inout [UInt8]) {
    let bound = Int(LZ4_compressBound(Int32(block.count)))
    let packed = [UInt8](unsafeUninitializedCapacity: bound) { target, count in
      count = block.withUnsafeBytes { source in
        target.withMemoryRebound(to: CChar.self) { target in
          Int(LZ4_compress_HC(
            source.baseAddress, target.baseAddress, Int32(block.count), Int32(bound), Int32(LZ4HC_CLEVEL_MIN)))
        }
      }
    }
    table.append(varint: UInt64(packed.count))
    table.append(varint: UInt64(block.count))
    table.append(varint: UInt64(packed.withUnsafeBytes { keshi_crc32c(0, $0.baseAddress, $0.count) }))
    body.append(contentsOf: packed)
    block.removeAll(keepingCapacity: true)
  }

  private func assemble(_ groups: Int, _ directory: [UInt8], _ blocks: Int, _ table: [UInt8], _ body: [UInt8]) -> [UInt8] {
    var head: [UInt8] = []
    head.append(varint: UInt64(ends.count))
    for (count, section) in [(groups, directory), (blocks, table)] {
      head.append(varint: UInt64(count))
      head.append(contentsOf: section)
    }
    var bytes = PackWriter.magic
    for number in [fingerprint, UInt64(head.count)] {
      bytes.append(contentsOf: withUnsafeBytes(of: number.littleEndian, Array.init))
    }
    let checksum = head.withUnsafeBytes { keshi_crc32c(0, $0.baseAddress, $0.count) }
    bytes.append(contentsOf: withUnsafeBytes(of: checksum.littleEndian, Array.init))
    return bytes + head + body
  }
}
