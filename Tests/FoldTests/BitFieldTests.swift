import Projection
import Testing
import Vocabulary
import Wire

@Suite struct `A field of bits is read where it stands` {
  private enum Tag: UInt8 { case first = 1, second = 2, third = 3 }

  @Test(arguments: 1...64)
  func `at any place and of any width`(width: Int) {
    var random = SystemRandomNumberGenerator()
    let bytes: [UInt8] = (0..<40).map { _ in random.next() }
    for place in 0..<128 {
      var expected: UInt64 = 0
      for bit in 0..<width where bytes[(place + bit) / 8] >> UInt8((place + bit) % 8) & 1 == 1 { expected |= 1 << UInt64(bit) }
      #expect(bytes.span.bytes.bits(at: place, width: width) == expected)
    }
  }

  @Test func `as its base and its bits, or as its base alone`() {
    let bytes: [UInt8] = [0b1011_0110, 0, 0, 0, 0, 0, 0, 0, 0]
    let slots = [
      FactSlot(tag: 1, base: -5, bit: 1, width: 3), FactSlot(tag: 2, value: 77),
      FactSlot(tag: 3, base: .min, bit: 4, width: 4),
    ]
    let event = Recorded(
      type: TypeCode(family: 1, type: 1), at: Instant(microseconds: 0), seq: 0, slots: slots.span,
      payload: bytes.span.bytes, start: 0)
    #expect(event.number(Tag.first) == -5 + 3)
    #expect(event.number(Tag.second) == 77)
    #expect(event.number(Tag.third) == Int64.min + 11)
  }
}
