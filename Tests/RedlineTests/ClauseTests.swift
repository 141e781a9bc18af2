import Redline
import Testing

private let price = Clause(key: "1 Price", text: "The price is €1,200 a year, payable in advance.")
private let delivery = Clause(key: "2 Delivery", text: "Goods are delivered to the Buyer's works within ten days.")
private let warranty = Clause(key: "3 Warranty", text: "The Seller warrants the goods for two years from delivery.")
private let law = Clause(key: "4 Law", text: "The law of the seller's seat applies.")

/// `kind key (formerKey) moved` of each clause.
private func story(_ old: [Clause], _ new: [Clause]) -> [String] {
  ClauseComparison(from: old, to: new).changes.map { change in
    "\(change.kind.rawValue) \(change.key)" + (change.formerKey.map { " (was \($0))" } ?? "") + (change.isMoved ? " moved" : "")
  }
}

@Suite struct `Clauses` {
  @Test func `keep their names and places`() {
    let changed = Clause(key: price.key, text: "The price is €1,300 a year, payable in advance.")
    #expect(story([price, delivery, law], [changed, delivery, law]) == ["changed 1 Price", "same 2 Delivery", "same 4 Law"])
  }

  @Test func `that move are the same clause elsewhere`() {
    #expect(
      story([price, delivery, warranty, law], [warranty, price, delivery, law])
        == ["same 3 Warranty moved", "same 1 Price", "same 2 Delivery", "same 4 Law"])
  }

  @Test func `that are numbered anew are recognised by what they say`() {
    let renumbered = Clause(key: "5 Law", text: law.text)
    let reworded = Clause(key: "4 Guarantee", text: "The Seller warrants the goods for three years from delivery.")
    #expect(
      story([price, warranty, law], [price, reworded, renumbered])
        == ["same 1 Price", "changed 4 Guarantee (was 3 Warranty)", "same 5 Law (was 4 Law)"])
  }

  @Test func `that are removed stand where they stood`() {
    #expect(
      story([price, delivery, warranty, law], [delivery, law])
        == ["removed 1 Price", "same 2 Delivery", "removed 3 Warranty", "same 4 Law"])
    #expect(story([price], []) == ["removed 1 Price"])
    #expect(story([], [price]) == ["added 1 Price"])
    #expect(story([], []) == [])
  }

  @Test func `of the same name are paired in order`() {
    let (first, second) = (Clause(key: "x", text: "alpha beta gamma"), Clause(key: "x", text: "one two three"))
    #expect(story([first, second], [first, second]) == ["same x", "same x"])
    #expect(story([first, second], [first]) == ["same x", "removed x"])
  }

  @Test(arguments: [(ClauseComparison.searchedMax, "changed"), (ClauseComparison.searchedMax + 1, "added")])
  func `are searched under other names up to a limit`(count: Int, kind: String) {
    let old = (0..<count).map { Clause(key: "a\($0)", text: "the party number w\($0) pays the whole price at once") }
    let new = (0..<count).map { Clause(key: "b\($0)", text: "the party number w\($0) pays the whole price at twice") }
    #expect(ClauseComparison(from: old, to: new).changes.filter { $0.kind.rawValue == kind }.count == count)
  }
}
