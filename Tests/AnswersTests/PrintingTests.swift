import Testing

@testable import Answers

@Suite struct `A page that was printed` {
  private func page(_ time: String, _ ids: [String]) -> [UInt8] {
    Array(("<</CreationDate (D:\(time)+00'00')>> " + ids.map { "/ID (node\($0))" }.joined(separator: " ") + " (node) (node12)").utf8)
  }

  @Test func `is the same whenever and however it was printed`() {
    let one = page("20261127104337", ["00000027", "00000031", "00000027"])
    let other = page("20261127104338", ["00000028", "00000032", "00000028"])
    let expected = page("19800101000000", ["00000001", "00000002", "00000001"])
    #expect(Printing.withoutChance(one) == expected && Printing.withoutChance(other) == expected)
  }

  @Test func `keeps its length and everything else`() {
    let other = page("2026112710433x", ["0000002x", "99999999"])
    #expect(Printing.withoutChance(other) == page("2026112710433x", ["0000002x", "00000001"]))
    #expect(Printing.withoutChance(Array("(node1".utf8)) == Array("(node1".utf8) && Printing.withoutChance([]).isEmpty)
  }
}
