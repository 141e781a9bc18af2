/// Whole numbers of one fixed width, packed without gaps, least significant bit first.
///
/// A column of 65,536 account numbers below 2¹⁷ takes 17 bits each; unpacking is one unaligned load, a shift and a mask.
enum BitPacking {
  /// The widest number that one unaligned 64-bit load can always reach.
  static let widthLimit = 56
  /// Zero bytes behind the packed numbers, so that the last load stays inside.
  static let slack = 8

  /// Bits that `greatest` needs.
  static func width(for greatest: UInt64) -> Int { 64 - greatest.leadingZeroBitCount }

  /// Bytes of `count` packed numbers, slack included.
  static func byteCount(_ count: Int, width: Int) -> Int { (count * width + 7) / 8 + slack }

  /// - Precondition: every number fits `width`, which is at most `widthLimit`.
  static func pack(_ count: Int, width: Int, into bytes: inout [UInt8], _ number: (Int) -> UInt64) {
    precondition(width <= widthLimit)
    var writer = BitWriter()
    for place in 0..<count { writer.append(number(place), width: width) }
    bytes.append(contentsOf: writer.finish())
  }

  /// Number `place` of the packed `bytes`. The load is bounds-checked.
  @inline(__always)
  static func number(_ place: Int, width: Int, mask: UInt64, in bytes: RawSpan) -> UInt64 {
    let bit = place &* width
    let word = bytes.unsafeLoadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)
    return (UInt64(littleEndian: word) >> UInt64(bit & 7)) & mask
  }

  static func mask(_ width: Int) -> UInt64 { width == 0 ? 0 : ~0 >> UInt64(64 - width) }
}

/// Writes numbers of any widths one behind the other, least significant bit first.
struct BitWriter {
  private var bytes: [UInt8] = []
  private var buffer: UInt64 = 0
  private var held = 0

  /// - Precondition: `number` fits `width`, which is at most 64.
  mutating func append(_ number: UInt64, width: Int) {
    guard width <= BitPacking.widthLimit else {
      append(number & 0xFFFF_FFFF, width: 32)
      append(number >> 32, width: width - 32)
      return
    }
    buffer |= number << UInt64(held)
    held += width
    while held >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: buffer))
      buffer >>= 8
      held -= 8
    }
  }

  /// The bytes with the slack behind them.
  consuming func finish() -> [UInt8] {
    if held > 0 { bytes.append(UInt8(truncatingIfNeeded: buffer)) }
    bytes.append(contentsOf: repeatElement(0, count: BitPacking.slack))
    return bytes
  }
}
