import Events
import EventsTestSupport
import Testing
import Vocabulary
import Wire

/// Every type, whatever it is: recorded in good order, and refused for each reason that it declares.
@Suite struct WholeCatalogueTests {
  static let types = Catalogue.keshi.entries

  @Test(arguments: types) func isRecordedInGoodOrder(_ entry: Catalogue.Entry) throws {
    let order = GoodOrder(entry)
    for event in order.past + [order.wish] {
      try event.check(against: try #require(Catalogue.keshi.entry(named: event.type)).declaration)
    }
    expect(try Story(order.past).refusal(order.wish, now: "03-03"), nil)
    for consequence in try Story(order.past).consequences(order.wish, now: "03-03") {
      try consequence.check(against: try #require(Catalogue.keshi.entry(named: consequence.type)).declaration)
    }
  }

  @Test(arguments: types) func isRefusedForEachReasonThatItDeclares(_ entry: Catalogue.Entry) throws {
    let refusals = GoodOrder(entry).refusals
    #expect(refusals.count >= 4)
    for refused in refusals {
      guard refused.code.hasPrefix("E-GUARD-") else {
        let error = #expect(throws: EventError.self) { try refused.wish.check(against: entry.declaration) }
        #expect(error?.code == refused.code)
        #expect(error?.message(in: .zh).unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } == true)
        continue
      }
      let rule = refused.code.dropFirst("E-GUARD-".count).lowercased()
      expect(try Story(refused.past).refusal(refused.wish, now: "03-03"), rule, because: refused.causes)
    }
  }
}

extension Catalogue.Entry: CustomTestStringConvertible {
  public var testDescription: String { declaration.name }
}
