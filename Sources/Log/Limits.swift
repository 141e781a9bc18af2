/// Every bound of the log, by name. A bound is inclusive: the value itself is allowed, one more is refused.
public enum Limit {
  /// Longest line in bytes, LF not counted: a C2SP entry bundle stores a line's length in 16 bits.
  public static let lineBytes = 65_535
  /// Most events in one batch: a batch is kept or lost whole, so it must fit one commit group.
  public static let batchEvents = 65_536
  /// Most bytes of lines, LF counted, in one batch and in one commit group.
  public static let groupLineBytes = 32 << 20
  /// Most bytes of lines, LF counted, in one block of an active file.
  public static let blockLineBytes = 1 << 20
  /// Longest record that one event may have in the vault, in bytes.
  public static let vaultRecordBytes = 128 << 10
  /// Most bytes of vault records in one block of an active file, one record of the greatest length excepted.
  public static let blockVaultBytes = 1 << 20
  /// The aim for a block of a sealed file: the largest that an LZ4 frame holds as one block. The larger the block, the
  /// more of it has 64 KiB of its own past to refer to.
  public static let sealedBlockLineBytes = 4 << 20
  /// A sealed block holds a multiple of this many leaves, so that a C2SP entry bundle is a slice of one block.
  public static let bundleLeaves = 256
  /// Most bytes of lines that any block may claim: one bundle of the longest lines. More is a lie, not a block.
  public static let claimedLineBytes = bundleLeaves * (lineBytes + 1)
  /// Most bytes of an active file that one commit can leave torn: a group in the worst case of incompressible lines
  /// (`groupLineBytes` of lines and vault records in blocks that are each nearly full of the one or the other, and their
  /// page padding) plus the Tail after it.
  public static let tornBytes = groupLineBytes + (2 * groupLineBytes / (blockLineBytes - lineBytes - 1) + 2) * 3 * page
  /// Longest origin, in bytes of UTF-8.
  public static let originBytes = 256
  /// Longest `LOG.json` or head line that is read at all.
  public static let headBytes = 16_384
  /// Unit of a commit: every one starts on a multiple, so no acknowledged page is ever written again.
  public static let page = 4_096
  /// Leaves that evidence may claim: what every program reads as the same JSON number. More is a lie.
  public static let leaves: UInt64 = (1 << 53) - 1
  /// Bytes at the end of a file of receipts that opening looks at: some 7,000 receipts.
  public static let receiptBytes = 1 << 20
  /// Milliseconds of the years 0001 to 9999: what `recordedAt` can be written for. A block of another time is none.
  static let times = -62_135_596_800_000...(253_402_300_799_999 as Int64)
}
