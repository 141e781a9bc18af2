import Events
import Projection
import Testing
import Vocabulary
import Wire

@testable import Engine
@testable import Facts

/// A file of facts is derived, but it may have been edited by somebody who can compute a checksum.
@Suite struct `A file of facts that lies` {
  private static let plans = LinePlans(.keshi)

  private func facts() throws -> SegmentFacts {
    var table = SubjectTable(accountKind: Self.plans.accountKind)
    table.prepareLookup()
    var deriver = SegmentDeriver(first: 0, plans: Self.plans, table: table)
    let events = (0..<5).map { number in
      Event(
        Order.placed, subject("order:\(number)"), at: at("2026-01-01"),
        ["customer": .string("\(number % 2)"), "totalMinor": 1, "cur": "CNY"])
    }
    try MemorySource(events).forEachLine(in: 0..<5) { _, line in try deriver.add(line) }
    return deriver.finish(into: &table)
  }

  /// Writes what `change` made of honest facts, with a checksum that fits, and reads it.
  private func read(_ change: (inout SegmentFacts) -> Void) throws -> SegmentFacts? {
    var facts = try facts()
    change(&facts)
    return try SegmentFacts(
      decoding: facts.encoded(fingerprint: 1), fingerprint: 1, table: SubjectTable(accountKind: .customer), file: "f")
  }

  private func layout(_ old: SegmentFacts.Layout, kind: UInt8? = nil, base: Int64? = nil) -> SegmentFacts.Layout {
    let subject = old.subject.map { FactSlot(tag: 0, base: base ?? $0.base, bit: Int($0.bit), width: Int($0.width)) }
    return SegmentFacts.Layout(
      type: old.type, kind: kind ?? old.kind, subject: subject, slots: old.slots, bitCount: old.bitCount)
  }

  @Test func `honest facts are read`() throws { #expect(try read { _ in }?.count == 5) }

  @Test(arguments: [1 as Int64, 4_294_967_000, -1, .max])
  func `by a subject's number one or more past the last is refused`(_ base: Int64) throws {
    #expect(throws: FactsError.damaged(file: "f", what: "a number points nowhere")) {
      try read { $0.layouts = $0.layouts.map { layout($0, base: base) } }
    }
  }

  @Test(arguments: [2 as UInt8, 254])
  func `by a kind that there is not is refused`(_ kind: UInt8) throws {
    #expect(throws: FactsError.damaged(file: "f", what: "a number points nowhere")) {
      try read { $0.layouts = $0.layouts.map { layout($0, kind: kind) } }
    }
  }

  @Test(arguments: [(2, 0), (0, 2), (1 << 31, 0)])
  func `by a join of accounts that there are not is refused`(_ from: Int, _ to: Int) throws {
    #expect(throws: FactsError.damaged(file: "f", what: "a number points nowhere")) {
      try read { $0.joins = [SegmentFacts.Join(from: from, to: to)] }
    }
  }

  @Test(arguments: [(252, true), (253, false), (400, false)])
  func `by more kinds than a byte can number is refused`(_ more: Int, _ isTaken: Bool) throws {
    // Two kinds are there already; 254 is the most.
    let found = try? read { facts in
      var subjects = NewSubjects()
      for number in 0..<facts.newSubjects.accountCount { subjects.addAccount(facts.newSubjects.names.bytes(number).span) }
      for number in 0..<more { subjects.addAccount(Array("k\(String(number, radix: 36)):1".utf8).span) }
      for number in facts.newSubjects.accountCount..<facts.newSubjects.count {
        let owner = facts.newSubjects.owners[number - facts.newSubjects.accountCount]
        subjects.add(facts.newSubjects.names.bytes(number).span, ownedBy: Int(owner))
      }
      facts.newSubjects = subjects
      // The orders' kind now comes last.
      facts.layouts = facts.layouts.map { layout($0, kind: $0.kind.map { _ in UInt8(clamping: more + 1) }) }
    }
    #expect((found != nil) == isTaken)
  }
}
