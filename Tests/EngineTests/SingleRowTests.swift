import Events
import Projection
import Testing
import Vocabulary
import Wire

@testable import Engine
@testable import Facts

/// Orders, visits of other lengths, and times that go forth and back by steps of other widths.
private func events(_ count: Int) -> [Event] {
  (0..<count).map { place in
    let time = Instant(microseconds: at("2026-01-01").microseconds + Int64((place * 7_919) % 1_009) * (place % 5 == 0 ? 86_400_000_000 : 1_000))
    if place % 3 == 2 { return Event(Visit.logged, subject("customer:\(place % 7)"), at: time, ["kind": "visit", "summary": "s"]) }
    return Event(
      Order.placed, subject("order:\(place % 21)"), at: time,
      ["customer": .string("\(place % 7)"), "totalMinor": .int(Int64(place * place)), "cur": place % 2 == 0 ? "CNY" : "EUR"])
  }
}

/// Everything that a batch says of an event.
private func told(_ batch: borrowing Batch, _ place: Int) -> [Int64] {
  batch.withEvent(at: place) { event in
    var all = [event.seq, event.at.microseconds, Int64(event.type.family), Int64(event.type.type), event.subject.packed]
    event.forEachFact { tag, number in all += [Int64(tag), number] }
    return all
  }
}

@Suite struct `A row taken by itself` {
  /// At a mark, at a group's end, and one beside, in the only stretch and over several.
  @Test(arguments: [1, 7, 8, 9, 31, 32, 33, 127, 128, 129, 136, 137, 500], [64 as Int64, 129, 65_536])
  func `says what it says among all`(count: Int, stretch: Int64) throws {
    let source = MemorySource(events(count))
    let store = try FactsStore.load(directory: "/nowhere", plans: LinePlans(.keshi), source: source, stretch: stretch, save: false)
    var all: [[Int64]] = []
    var whole = Batch()
    for facts in store.stretches {
      facts.unpack(into: &whole, partition: .whole, before: .max, subjects: store.table)
      all += (0..<whole.count).map { told(whole, $0) }
    }
    for (start, step) in [(0, 1), (0, 2), (1, 7), (7, 8), (8, 9), (1, 31), (32, 33), (0, 128), (127, 128), (count - 1, 1)] {
      let positions = Array(stride(from: start, to: count, by: step)).map(Int64.init)
      var some = Batch()
      for position in positions { store.rows[store.stretch(of: position)].add([position], as: 3, to: &some, store.table) }
      #expect((0..<some.count).map { told(some, $0) } == positions.map { all[Int($0)] }, "\(count) by \(stretch), \(start) + n × \(step)")
      #expect(some.rows.allSatisfy { $0.account == 3 })
      // Of two customers by turns, who were found to be one; and all of one.
      for customers in [[2, 5], [3]] as [[Int64]] {
        let own = positions.filter { customers.contains($0 % 7) }
        var together = Batch()
        let wanted = AccountPositions(own.map { ($0, UInt32($0 % 7)) }, covered: Int64(count))
        wanted.forEachRun(in: store) { $0.add($1, as: $2, to: &together, store.table) }
        #expect((0..<together.count).map { told(together, $0) } == own.map { all[Int($0)] })
        #expect(together.rows.map(\.account) == own.map { UInt32($0 % 7) })
      }
    }
  }

  @Test func `is found the latest of its family, in a file that was read as in one that was made`() throws {
    var table = SubjectTable(accountKind: .customer)
    table.prepareLookup()
    var deriver = SegmentDeriver(first: 0, plans: LinePlans(.keshi), table: table)
    try MemorySource(events(300)).forEachLine(in: 0..<300) { _, line in try deriver.add(line) }
    let made = deriver.finish(into: &table)
    let read = try #require(
      try SegmentFacts(decoding: made.encoded(fingerprint: 1), fingerprint: 1, table: SubjectTable(accountKind: .customer), file: "f"))
    var times: [Int64] = []
    made.unpackTimes(into: &times)
    for families in [[], [Order.code], [Visit.code], [Order.code, Visit.code]] as [Set<UInt8>] {
      let expected = times.indices.filter { !families.contains($0 % 3 == 2 ? Visit.code : Order.code) }.map { times[$0] }.max()
      #expect(made.latest(ofFirst: 300, besides: families) == expected && read.latest(ofFirst: 301, besides: families) == expected)
      #expect(made.latest(ofFirst: 299, besides: families) == times.indices.dropLast().filter { !families.contains($0 % 3 == 2 ? Visit.code : Order.code) }.map { times[$0] }.max())
    }
  }
}
