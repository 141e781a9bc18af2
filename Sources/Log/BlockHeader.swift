/// Names a log among all logs: 16 random bytes, drawn when it is created. Stands in every block, so that a block from
/// elsewhere is never taken for one of ours.
public struct LogID: Hashable, Sendable {
  private var words: (UInt64, UInt64)
  static let length = 16

  init(_ bytes: UnsafeRawBufferPointer) {
    words = (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
  }

  /// From 32 lower-case hexadecimal digits; `nil` for anything else.
  public init?(hex: String) {
    guard let bytes = Hex.decode(hex.utf8), bytes.count == Self.length else { return nil }
    self = bytes.withUnsafeBytes { LogID($0) }
  }

  /// 32 lower-case hexadecimal digits.
  public var hex: String { withUnsafeBytes(of: words) { Hex.encode($0) } }

  func copy(to space: UnsafeMutableRawBufferPointer) { withUnsafeBytes(of: words) { space.copyMemory(from: $0) } }

  /// The id of an event whose line has none.
  func eventID(_ seq: UInt64) -> String { "\(hex.prefix(8))-\(seq)" }

  public static func == (a: LogID, b: LogID) -> Bool { a.words == b.words }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }
}

/// The 128 bytes before every data frame: a skippable LZ4 frame, so that plain LZ4 tools pass over it.
struct BlockHeader: Equatable {
  static let length = 128
  /// Skippable frame 3 of 16; LZ4 readers skip it.
  static let magic: UInt32 = 0x184D_2A53
  private static let mark: UInt32 = 0x3142_5645  // "EVB1"
  private static let version: UInt16 = 1

  struct Flags: OptionSet, Equatable {
    let rawValue: UInt16
    /// Holds no leaves: says after a silence, or at close, that everything before it is durable.
    static let marker = Flags(rawValue: 1)
    /// Lies in a sealed segment.
    static let sealed = Flags(rawValue: 2)
    /// Was copied to a new file after an unclean stop.
    static let rewritten = Flags(rawValue: 4)
    /// The commit group goes on in the next block: without that one, this one does not count.
    static let continues = Flags(rawValue: 8)
    static let known: Flags = [.marker, .sealed, .rewritten, .continues]
  }

  var flags: Flags = []
  var log: LogID
  /// Number of the first leaf.
  var first: UInt64
  /// Number of leaves.
  var count: UInt32 = 0
  /// Bytes of the lines, each with its LF.
  var lineBytes: UInt32 = 0
  /// Length of the data frame behind this header.
  var frameLength: UInt32 = 0
  var frameCRC: UInt32 = 0
  /// `recordedAt` of the first and of the last line, in milliseconds; in a marker, both that of the line before.
  var times: ClosedRange<Int64>
  /// Leaves that were known to be on stable storage when this block was written.
  var durable: UInt64
  /// Root of the tree after this block.
  var root: Hash
  /// Counts the commits of the log modulo 2^32; 0 in a sealed segment.
  var group: UInt32 = 0
  /// Length of the vault frame between header and data frame; 0 where there is none, as in every sealed segment.
  var vaultLength: UInt32 = 0

  /// Bytes from the header to the data frame.
  var frameOffset: Int { Self.length + Int(vaultLength) }
  /// Bytes of header, vault frame and data frame.
  var blockLength: Int { frameOffset + Int(frameLength) }

  /// Number of the leaf after the last.
  var end: UInt64 { first + UInt64(count) }

  /// Writes the 128 bytes into `space`.
  func write(to space: UnsafeMutableRawBufferPointer) {
    precondition(space.count == Self.length, "a block header has 128 bytes")
    space.clear()
    space.put(Self.magic, at: 0)
    space.put(UInt32(Self.length - 8), at: 4)
    space.put(Self.mark, at: 8)
    space.put(Self.version, at: 12)
    space.put(flags.rawValue, at: 14)
    log.copy(to: space.part(16, LogID.length))
    space.put(first, at: 32)
    space.put(count, at: 40)
    space.put(lineBytes, at: 44)
    space.put(frameLength, at: 48)
    space.put(frameCRC, at: 52)
    space.put(times.lowerBound, at: 56)
    space.put(times.upperBound, at: 64)
    space.put(durable, at: 72)
    root.withBytes { space.part(80, Hash.length).copyMemory(from: $0) }
    space.put(vaultLength, at: 112)
    space.put(group, at: 120)
    space.put(crc32c(UnsafeRawBufferPointer(space.part(0, 124))), at: 124)
  }

  /// Reads a header; `nil` unless every byte is as some writer of this format would have written it.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.length, bytes.number(0) == Self.magic, bytes.number(4) == UInt32(Self.length - 8),
      bytes.number(8) == Self.mark, bytes.number(12) == Self.version,
      bytes.number(124) == crc32c(bytes.part(0, 124))
    else { return nil }
    let earliest: Int64 = bytes.number(56)
    let latest: Int64 = bytes.number(64)
    flags = Flags(rawValue: bytes.number(14))
    log = LogID(bytes.part(16, LogID.length))
    (first, count, lineBytes) = (bytes.number(32), bytes.number(40), bytes.number(44))
    (frameLength, frameCRC) = (bytes.number(48), bytes.number(52))
    (durable, root, group) = (bytes.number(72), Hash(bytes.part(80, Hash.length)), bytes.number(120))
    vaultLength = bytes.number(112)
    let lengthOfColumns: UInt32 = bytes.number(116)  // none in this version
    guard earliest <= latest, Limit.times.contains(earliest), Limit.times.contains(latest), lengthOfColumns == 0
    else { return nil }
    times = earliest...latest
    guard isPossible else { return nil }
  }

  init(log: LogID, first: UInt64, times: ClosedRange<Int64>, durable: UInt64, root: Hash) {
    (self.log, self.first, self.times, self.durable, self.root) = (log, first, times, durable, root)
  }

  /// Whether the fields can stand together. Asked before any of them is used as a length.
  private var isPossible: Bool {
    guard flags.isSubset(of: .known), first < 1 << 62, durable < 1 << 62 else { return false }
    if flags.contains(.marker) { return count == 0 && lineBytes == 0 && frameLength == 0 && frameCRC == 0 && vaultLength == 0 }
    guard Int(vaultLength) <= VaultFrame.lengthMax, !flags.contains(.sealed) || vaultLength == 0 else { return false }
    return count > 0 && UInt64(lineBytes) >= 2 * UInt64(count) && Int(lineBytes) <= Limit.claimedLineBytes
      && Int(frameLength) <= DataFrame.bound(lineBytes: Int(lineBytes))
  }
}
