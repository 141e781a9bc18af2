import Testing

@testable import Facts

@Suite struct `A table of names` {
  /// At three quarters of its slots, and one beside.
  @Test(arguments: [(1, 1024), (767, 1024), (768, 1024), (769, 2048), (1536, 2048), (1537, 4096)])
  func `finds each of them and no other, however they came`(count: Int, slots: Int) {
    #expect(NameTable.slotCount(for: count) == slots)
    func bytes(_ number: Int) -> [UInt8] { Array("name-\(number)".utf8) }
    var (one, late, part) = (NameTable(), NameTable(), NameTable())
    one.prepareLookup()
    for number in 0..<count {
      #expect(one.insert(bytes(number).span) == number)
      _ = number < count / 2 ? late.insert(bytes(number).span) : part.insert(bytes(number).span)
    }
    late.prepareLookup()
    late.append(contentsOf: part)
    var all = late
    all.append(contentsOf: NameTable())
    for number in 0..<count {
      #expect(one.find(bytes(number).span) == number && all.find(bytes(number).span) == number, "\(number) of \(count)")
    }
    #expect(one.find(bytes(count).span) == nil && all.find(bytes(count).span) == nil)
  }
}
