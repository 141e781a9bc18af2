import Wire

/// What a row of one layout has in the stream: perhaps its subject's number, and its varying facts.
struct PayloadShape: Sendable, BitwiseCopyable {
  let hasSubject: Bool
  /// Numbers in all.
  let total: Int

  init(_ layout: SegmentFacts.Layout) {
    hasSubject = layout.kind != nil
    total = layout.varying + (layout.kind == nil ? 0 : 1)
  }
}

/// Walks over the stream row by row.
///
/// A varint ends at its first byte below 128, so eight bytes at once show where up to eight numbers end: most rows are
/// stepped over without looking at a byte of its own.
struct PayloadCursor: ~Escapable {
  private let bytes: RawSpan
  /// Where the next row's numbers begin.
  private(set) var position = 0

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan) { self.bytes = bytes }

  /// Steps over a row and gives where its facts begin.
  /// - Precondition: the stream holds the row; `SegmentFacts.check` has seen to it.
  @inline(__always)
  mutating func next(_ shape: PayloadShape) -> Int {
    guard position &+ 8 <= bytes.byteCount else { return nextBytewise(shape) }
    let word = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
    var ends = ~word & 0x8080_8080_8080_8080
    let facts = position &+ (shape.hasSubject ? (ends.trailingZeroBitCount &+ 1) >> 3 : 0)
    guard shape.total > 0 else { return facts }
    for _ in 1..<shape.total { ends &= ends &- 1 }
    guard ends != 0 else { return nextBytewise(shape) }
    position &+= (ends.trailingZeroBitCount &+ 1) >> 3
    return facts
  }

  private mutating func nextBytewise(_ shape: PayloadShape) -> Int {
    var reader = ByteReader(bytes, at: position)
    var facts = position
    for number in 0..<shape.total {
      _ = reader.varint()
      if number == 0, shape.hasSubject { facts = reader.position }
    }
    position = reader.position
    return facts
  }
}
