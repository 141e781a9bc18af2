/// Cuts a stream into lines, none longer than a bound, however long the stream's own lines are.
public struct LineReader {
  /// One line of the input, without its end.
  public struct Line: Equatable {
    /// From 1.
    public let number: Int
    /// The bytes; of a line beyond the bound only as many as the bound.
    public let bytes: [UInt8]
    /// Bytes that the line really has.
    public let length: Int
  }

  /// Bytes asked for at a time.
  public static let readBytes = 1 << 20

  /// Bytes that a line may have.
  public let limit: Int
  private var partial: [UInt8] = []
  private var partialLength = 0
  private var lastByte: UInt8 = 0
  private var number = 0
  public private(set) var isAtEnd = false

  public init(limit: Int) { self.limit = limit }

  /// The lines that one read completes; may be none. At the end of the input, a last line without an end counts too.
  public mutating func next(from source: any Source) throws(SourceError) -> [Line] {
    let chunk = try source.read(upTo: LineReader.readBytes)
    var lines: [Line] = []
    if chunk.isEmpty {
      isAtEnd = true
      if partialLength > 0 { lines.append(finish()) }
      return lines
    }
    var start = 0
    while let end = chunk[start...].firstIndex(of: UInt8(ascii: "\n")) {
      take(chunk[start..<end])
      lines.append(finish())
      start = end + 1
    }
    take(chunk[start...])
    return lines
  }

  /// Adds to the unfinished line, but never more than the bound (and one byte, which may be the CR of a CRLF).
  private mutating func take(_ bytes: ArraySlice<UInt8>) {
    partialLength += bytes.count
    if let last = bytes.last { lastByte = last }
    partial.append(contentsOf: bytes.prefix(max(0, limit + 1 - partial.count)))
  }

  private mutating func finish() -> Line {
    number += 1
    if partialLength > 0, lastByte == UInt8(ascii: "\r") {
      partialLength -= 1
      if partial.count > partialLength { partial.removeLast() }
    }
    let line = Line(number: number, bytes: Array(partial.prefix(limit)), length: partialLength)
    partial.removeAll(keepingCapacity: true)
    partialLength = 0
    lastByte = 0
    return line
  }
}
