/// How the records of a file are written.
public struct Format: Hashable, Sendable {
  public enum Delimiter: Hashable, Sendable {
    case byte(UInt8)
    /// Runs of blanks and tabs; those before the first cell count for nothing.
    case blanks
  }

  /// Bytes that a record may have where the mapping names no limit, and the most that it may name.
  public static let recordLimit = 65_536
  public static let greatestRecordLimit = 16_777_216

  public var delimiter = Delimiter.byte(UInt8(ascii: ","))
  /// `nil`: no byte is a quote.
  public var quote: UInt8? = UInt8(ascii: "\"")
  public var encoding = Encoding.utf8
  public var hasHeader = true
  /// The columns' names, where the mapping gives them. They then count, not those of a header row.
  public var columns: [String]?
  /// Lines before the header that are passed over.
  public var skippedLines = 0
  /// Blanks around a cell belong to it.
  public var keepsBlanks = false
  /// Words that stand for "blank", such as NULL.
  public var nulls: [String] = []
  public var recordLimit = Format.recordLimit

  public init() {}
}
