import Testing
import Wire

@Suite struct VarintTests {
  static let edges: [UInt64] = [0, 1, 127, 128, 16_383, 16_384, 1 << 32, 1 << 56, (1 << 63) - 1, 1 << 63, .max]

  /// The number that comes first, and whether the reader is at its end behind it.
  private func read(_ bytes: [UInt8]) -> (value: UInt64?, atEnd: Bool) {
    var reader = ByteReader(bytes.span.bytes)
    let value = reader.varint()
    return (value, reader.atEnd)
  }

  @Test(arguments: edges) func unsignedRoundTrip(_ value: UInt64) {
    var bytes: [UInt8] = []
    bytes.append(varint: value)
    #expect(bytes.count == max(1, (64 - value.leadingZeroBitCount + 6) / 7))
    #expect(read(bytes) == (value, true))
  }

  @Test(arguments: [0, -1, 1, 63, -64, 64, -65, 9_007_199_254_740_991, -9_007_199_254_740_991, .max, .min] as [Int64])
  func zigzagRoundTrip(_ value: Int64) {
    var bytes: [UInt8] = []
    bytes.append(zigzag: value)
    var reader = ByteReader(bytes.span.bytes)
    let back = reader.zigzag()
    #expect(back == value)
    if (-64...63).contains(value) { #expect(bytes.count == 1) }
  }

  /// Cut anywhere, a number is none, and the reader is at its end.
  @Test(arguments: edges) func truncated(_ value: UInt64) {
    var bytes: [UInt8] = []
    bytes.append(varint: value)
    for length in 0..<bytes.count { #expect(read(Array(bytes[..<length])) == (nil, true)) }
  }

  @Test(arguments: [
    [UInt8](repeating: 0x80, count: 10) + [1],
    [UInt8](repeating: 0xFF, count: 9) + [2],
    [UInt8](repeating: 0xFF, count: 10),
  ])
  func moreThan64Bits(_ bytes: [UInt8]) { #expect(read(bytes) == (nil, true)) }

  @Test func littleEndian() {
    let bytes: [UInt8] = [0x34, 0x12, 0xFF]
    var reader = ByteReader(bytes.span.bytes)
    let whole = reader.uint16()
    let half = reader.uint16()
    let atEnd = reader.atEnd
    #expect(whole == 0x1234)
    #expect(half == nil)
    #expect(atEnd)
  }
}
