import Log

/// The log's reader as the engine's source of lines, up to a size that was fixed when the snapshot was taken.
struct LogSource: LineSource {
  private let reader: LogReader
  /// Where lines that cannot be read are noted; `nil` makes them an error.
  private let losses: Losses?
  let size: Int64
  let name: String
  var identity: UInt64 { UInt64(reader.manifest.id.hex.prefix(16), radix: 16) ?? 0 }
  var isWhole: Bool { losses?.isEmpty ?? true }

  init(_ reader: LogReader, losses: Losses? = nil) {
    let head = reader.head
    self.init(reader, losses, size: Int64(head.size), name: String(head.root.hex.prefix(16)))
  }

  private init(_ reader: LogReader, _ losses: Losses?, size: Int64, name: String) {
    (self.reader, self.losses, self.size, self.name) = (reader, losses, size, name)
  }

  /// The same log as if it ended at the last multiple of `count`.
  func cut(toMultipleOf count: Int64) -> LogSource { LogSource(reader, losses, size: size / count * count, name: name) }

  /// The same log as if it had ended with its first `count` events.
  func cut(to count: Int64) -> LogSource { LogSource(reader, losses, size: count, name: name) }

  func vaultRecord(at position: Int64) throws -> [UInt8]? { try reader.vaultRecord(at: UInt64(position)) }

  func forEachLine(in range: Range<Int64>, _ body: (Int64, Span<UInt8>) throws -> Void) throws {
    let (start, end) = (UInt64(range.lowerBound), UInt64(range.upperBound))
    let give = { (block: LineBlock) in
      for place in 0..<block.count {
        let line = block.line(place).bindMemory(to: UInt8.self)
        try body(Int64(block.first) + Int64(place), Span(_unsafeElements: line))
      }
    }
    guard let losses else { return try reader.forEachBlock(from: start, upTo: end, give) }
    try reader.forEachBlock(from: start, upTo: end, lost: { leaves, damage in
      losses.note(leaves, damage)
      for seq in leaves {
        let line = LostLine.bytes(seq, reader)
        try body(Int64(seq), line.span)
      }
    }, give)
  }

  func forEachLine(at positions: [Int64], _ body: (Int64, Span<UInt8>) throws -> Void) throws {
    for position in positions {
      let line = try line(at: UInt64(position))
      try body(position, line.span)
    }
  }

  private func line(at seq: UInt64) throws -> [UInt8] {
    do throws(LogError) {
      return try reader.line(at: seq)
    } catch .damaged(let damage) {
      guard let losses else { throw LogError.damaged(damage) }
      losses.note(damage.leaves.contains(seq) ? damage.leaves : seq..<seq + 1, damage)
      return LostLine.bytes(seq, reader)
    }
  }
}
