import Log

/// The log's reader as the engine's source of lines, up to a size that was fixed when the snapshot was taken.
struct LogSource: LineSource {
  private let reader: LogReader
  let size: Int64
  let name: String
  var identity: UInt64 { UInt64(reader.manifest.id.hex.prefix(16), radix: 16) ?? 0 }

  init(_ reader: LogReader) {
    let head = reader.head
    self.init(reader, size: Int64(head.size), name: String(head.root.hex.prefix(16)))
  }

  private init(_ reader: LogReader, size: Int64, name: String) {
    (self.reader, self.size, self.name) = (reader, size, name)
  }

  /// The same log as if it ended at the last multiple of `count`.
  func cut(toMultipleOf count: Int64) -> LogSource { LogSource(reader, size: size / count * count, name: name) }

  func vaultRecord(at position: Int64) throws -> [UInt8]? { try reader.vaultRecord(at: UInt64(position)) }

  func forEachLine(in range: Range<Int64>, _ body: (Int64, Span<UInt8>) throws -> Void) throws {
    try reader.forEachBlock(from: UInt64(range.lowerBound), upTo: UInt64(range.upperBound)) { block in
      for place in 0..<block.count {
        let line = block.line(place).bindMemory(to: UInt8.self)
        try body(Int64(block.first) + Int64(place), Span(_unsafeElements: line))
      }
    }
  }

  func forEachLine(at positions: [Int64], _ body: (Int64, Span<UInt8>) throws -> Void) throws {
    for position in positions {
      let line = try reader.line(at: UInt64(position))
      try body(position, line.span)
    }
  }
}
