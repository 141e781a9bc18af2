import Events
import EventsTestSupport
import Testing
import Vocabulary
import Wire

@testable import Import

/// What lets an import do without values as objects: each shortcut against what it stands for.
@Suite struct `A value that is said to fit` {
  /// Every field of the catalogue, at its limits and one step beyond.
  @Test(arguments: Catalogue.keshi.entries.map(\.declaration.name)) func `does so by the declaration, too`(type: String) throws {
    let declaration = try #require(Catalogue.keshi.entry(named: type)).declaration
    var sure = 0
    for kind in declaration.fields.flatMap({ leaves($0.kind) }) {
      for value in Sampler.atLimit(kind) + Sampler.pastLimit(kind) + [Sampler.value(kind, Name("x", "x"))] {
        // Numbers, days and the like are written by conversions of their own, which give no other value.
        guard wasConverted(value, to: kind), Fit(kind).holds(Array("xx".utf8) + JSON.bytes(value), from: 2) else { continue }
        sure += 1
        #expect(throws: Never.self, "\(type): \(value) as \(kind)") { try kind.check(value, at: "") }
      }
    }
    #expect(sure > 0 || declaration.fields.isEmpty, "no field of \(type) is ever sure")
  }

  private func leaves(_ kind: Field.Kind) -> [Field.Kind] {
    switch kind {
    case .record(let fields): fields.flatMap { leaves($0.kind) }
    case .list(let item, _): leaves(item)
    default: [kind]
    }
  }

  /// Whether an import could have written the value for a field of this kind at all.
  private func wasConverted(_ value: JSON, to kind: Field.Kind) -> Bool {
    switch kind {
    case .integer: value.int != nil
    case .flag: value.bool != nil
    case .day: value.string.flatMap { Day($0) } != nil
    case .instant: value.string.flatMap { Instant($0) } != nil
    case .decimal: value.string?.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) != nil
    default: value.string != nil
    }
  }

  @Test(arguments: [
    ("1", true), ("\u{E9}", true), ("客", true), ("", false), (" 1", false), ("1 ", false), ("a\u{7}", false), ("a\u{7F}", false),
    ("a\u{85}", false), ("\u{A3}", false), ("a\"b", false), (String(repeating: "x", count: 200), true),
    (String(repeating: "x", count: 201), false),
  ])
  func `is a plain identifier only where it surely is`(id: String, isPlain: Bool) {
    let written = JSON.bytes(.string(id))
    #expect(Fit(.reference(.customer)).holds(written, from: 0) == isPlain)
    if isPlain { #expect(Subject(kind: .customer, id: id) != nil) }
  }
}

extension JSON {
  fileprivate static func bytes(_ value: JSON) -> [UInt8] { Array(value.canonical.utf8) }
}

@Suite struct `Digests of ids` {
  @Test func `find what an id was given to, however many there are`() {
    var digests = Digests()
    let ids = (0..<20_000).map { Array("shop:S\($0)".utf8)[...] }
    for (number, id) in ids.enumerated() {
      #expect(digests.content(of: digests.digest(ofID: id)) == nil)
      digests.give(digests.digest(ofID: id), to: UInt64(number) + 1)
    }
    #expect(digests.count == ids.count)
    for (number, id) in ids.enumerated() { #expect(digests.content(of: digests.digest(ofID: id)) == UInt64(number) + 1) }
    digests.give(digests.digest(ofID: ids[7]), to: 99)
    #expect(digests.content(of: digests.digest(ofID: ids[7])) == 99 && digests.count == ids.count)
  }

  /// Lengths around the step of sixteen bytes, and texts that differ in one bit.
  @Test func `differ where texts do`() {
    let digests = Digests()
    var seen: Set<UInt64> = []
    for length in 0..<70 {
      let text = [UInt8](repeating: 0x61, count: length)
      seen.insert(digests.digest(ofContent: text[...]))
      for place in text.indices {
        var other = text
        other[place] ^= 2
        seen.insert(digests.digest(ofContent: other[...]))
      }
    }
    #expect(seen.count == 70 + 70 * 69 / 2)
  }
}

@Suite struct `Pages of written events` {
  private let entry = Catalogue.keshi.place(named: "order.placed") ?? 0
  private func event(_ number: Int) -> Event {
    var event = Event(
      Order.placed, Subject("order:\(number)")!, at: Instant(microseconds: Int64(number)),
      ["customer": "4", "totalMinor": .int(Int64(number)), "cur": "CNY"], id: number.isMultiple(of: 2) ? "o\(number)" : nil)
    event.about.role = "SR"
    return event
  }

  @Test func `give back what was put in, and forget what is dropped`() throws {
    var page = WrittenEvents()
    for number in 0..<10 { page.append(event(number), type: entry) }
    page.drop(from: 7)
    page.begin(type: entry, at: .distantPast)
    page.text.append("half of an event" as StaticString)
    page.drop(from: 7)
    page.append(event(7), type: entry)
    #expect(page.count == 8)
    for number in 0..<8 {
      #expect(try Event(of: page[number], by: .keshi) == event(number))
      let packed = page[number].packed
      #expect(try Event(of: WrittenEvent(parts: packed.parts, bytes: Array(packed.bytes)), by: .keshi) == event(number))
    }
  }
}
