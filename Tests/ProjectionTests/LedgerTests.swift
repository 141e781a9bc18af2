import AccountHistory
import Events
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

extension Timeline {
  mutating func bill(_ day: Int, _ id: String, _ amount: Int64, due: Int, cur: String = "CNY", tax: Int64? = nil) {
    subject = "invoice:" + id
    var data: JSONObject = ["customer": "c", "netMinor": .int(amount), "cur": .string(cur), "dueOn": .day(due)]
    if let tax { data["taxMinor"] = .int(tax) }
    add(day, Order.invoiced, data)
    subject = nil
  }
  /// Money or an adjustment: `received`, `advance`, `refunded`, `credit-note`, `write-off`, `reversal`.
  mutating func settle(_ day: Int, _ kind: String, _ amount: Int64, _ invoices: String..., cur: String = "CNY") {
    settle(day, kind, amount, naming: invoices, cur: cur)
  }
  mutating func settle(_ day: Int, _ kind: String, _ amount: Int64, naming invoices: [String], cur: String = "CNY") {
    var data: JSONObject = ["amountMinor": .int(amount), "cur": .string(cur)]
    if !invoices.isEmpty { data["invoices"] = .array(invoices.map { .string($0) }) }
    switch kind {
    case "received": add(day, Payment.received, data)
    case "advance": add(day, Payment.received, data + ("advance", true))
    case "refunded": add(day, Payment.refunded, data)
    default: add(day, Payment.adjusted, data + ("kind", .string(kind)))
    }
  }

  func ledger(_ day: Int, cur: String = "CNY") -> Ledger? {
    let (facts, series) = fold(Dossier.self)
    return facts.bills.ledgers(in: series, asOf: .day(day)).first { $0.currency.description == cur }
  }
}

extension JSONObject {
  static func + (object: JSONObject, member: (String, JSON)) -> JSONObject {
    var object = object
    object[member.0] = member.1
    return object
  }
}

extension Ledger {
  /// The name of an invoice → what is open of it; money given back that is owed again is called "back".
  var openByName: [String: Int64] {
    Dictionary(items.map { (name($0), $0.open) }, uniquingKeysWith: +)
  }
  func name(_ item: Item) -> String { item.invoice.flatMap { TimelineNames.shared.id(.invoice, $0) } ?? "back" }
  subscript(_ name: String) -> Item? { items.first { self.name($0) == name } }
}

/// Invoices A (due on day 30), B (due on day 20) and C (due on day 40), each of 100, issued on days 0, 1 and 10.
private func given(_ record: (inout Timeline) -> Void) -> Timeline {
  var timeline = Timeline()
  timeline.bill(0, "A", 100, due: 30)
  timeline.bill(1, "B", 100, due: 20)
  timeline.bill(10, "C", 100, due: 40)
  record(&timeline)
  return timeline
}

@Suite struct `Money settles invoices` {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let record: @Sendable (inout Timeline) -> Void
    /// What is left open of A, B and C, what was reversed, and what is left of money.
    let left: [Int64]

    init(_ name: String, _ left: [Int64], _ record: @escaping @Sendable (inout Timeline) -> Void) {
      (testDescription, self.left, self.record) = (name, left, record)
    }
  }

  static let cases: [Case] = [
    Case("nothing came", [100, 100, 100, 0, 0]) { _ in },
    Case("a named invoice is settled though another was due first", [0, 100, 100, 0, 0]) { $0.settle(12, "received", 100, "A") },
    Case("of two named the one that is due first", [80, 0, 100, 0, 0]) { $0.settle(12, "received", 120, "A", "B") },
    Case("twice named counts once", [40, 100, 100, 0, 0]) { $0.settle(12, "received", 60, "A", "A") },
    Case("the rest of named money is an advance and settles nothing that was open", [0, 100, 100, 0, 50]) {
      $0.settle(12, "received", 150, "A")
    },
    Case("money without a name settles what is due first", [80, 0, 100, 0, 0]) { $0.settle(12, "received", 120) },
    Case("names come before money without one, whenever it came", [50, 0, 100, 0, 0]) {
      $0.settle(12, "received", 50)
      $0.settle(15, "received", 100, "B")
    },
    Case("an unknown name is none", [100, 0, 100, 0, 0]) { $0.settle(12, "received", 100, "X") },
    Case("a declared advance settles nothing that was open", [100, 100, 100, 0, 70]) { $0.settle(12, "advance", 70) },
    Case("an advance settles what was issued after it", [100, 100, 30, 0, 0]) { $0.settle(5, "advance", 70) },
    Case("not what was issued with it", [100, 100, 100, 0, 70]) { $0.settle(10, "advance", 70) },
    Case("money before its invoice waits for it", [100, 100, 0, 0, 0]) { $0.settle(5, "received", 100, "C") },
    Case("money above everything is an advance", [0, 0, 0, 0, 5]) { $0.settle(12, "received", 305) },
    Case("a refund without a name is not owed again", [100, 0, 100, 0, 0]) {
      $0.settle(12, "received", 100, "B")
      $0.settle(15, "refunded", 40)
    },
    Case("it gives back advances, the latest first", [100, 100, 100, 0, 65]) {
      $0.settle(12, "advance", 60)
      $0.settle(13, "advance", 45)
      $0.settle(15, "refunded", 40)
    },
    Case("before the next invoice takes them", [100, 100, 100, 0, 0]) {
      $0.settle(5, "advance", 60)
      $0.settle(6, "refunded", 60)
    },
    Case("not those that came after it", [100, 100, 100, 0, 60]) {
      $0.settle(15, "refunded", 60)
      $0.settle(16, "advance", 60)
    },
    Case("what was left of money and given back settles no later invoice", [0, 0, 100, 0, 0]) {
      $0.settle(0, "received", 300)
      $0.settle(4, "refunded", 200)
    },
    Case("a named refund takes the rest of money first", [0, 100, 100, 0, 10]) {
      $0.settle(12, "received", 150, "A")
      $0.settle(15, "refunded", 40, "A")
    },
    Case("then what settled last", [40, 100, 100, 0, 0]) {
      $0.settle(12, "received", 120, "A")
      $0.settle(15, "refunded", 60, "A")
    },
    Case("and no more", [100, 100, 100, 0, 0]) {
      $0.settle(12, "received", 100, "A")
      $0.settle(15, "refunded", 130, "A")
    },
    Case("a credit note is like money", [0, 100, 100, 0, 0]) {
      $0.settle(12, "credit-note", 30, "A")
      $0.settle(13, "received", 70, "A")
    },
    Case("a write-off settles no more than is open", [0, 100, 100, 0, 0]) { $0.settle(12, "write-off", 900, "A") },
    Case("a write-off without a name comes last", [0, 0, 0, 0, 0]) {
      $0.settle(12, "write-off", 900)
      $0.settle(13, "received", 100, "B")
    },
    Case("a reversal opens again what was written off", [60, 100, 100, 0, 0]) {
      $0.settle(12, "write-off", 100, "A")
      $0.settle(15, "reversal", 60, "A")
    },
    Case("what opened again is settled by what was left of money that named it", [0, 100, 100, 0, 0]) {
      $0.settle(12, "credit-note", 100, "A")
      $0.settle(13, "received", 100, "A")
      $0.settle(15, "reversal", 100, "A")
    },
    Case("a reversal of more than was adjusted takes money", [50, 100, 100, 0, 0]) {
      $0.settle(12, "credit-note", 30, "A")
      $0.settle(13, "received", 70, "A")
      $0.settle(15, "reversal", 50, "A")
    },
    Case("an invoice below zero is a credit note", [100, 70, 100, 0, 0]) { $0.bill(12, "N", -30, due: 12) },
    Case("an invoice of nothing is none", [100, 100, 100, 0, 0]) { $0.bill(12, "N", 0, due: 12) },
    Case("money below zero is money given back", [100, 100, 100, 0, 5]) {
      $0.settle(12, "advance", 30)
      $0.settle(13, "received", -25)
    },
    Case("a reversal of nothing is owed from that day on", [100, 100, 100, 25, 0]) { $0.settle(12, "reversal", 25) },
    Case("and settled by what comes", [25, 0, 100, 0, 0]) {
      $0.settle(12, "reversal", 25)
      $0.settle(13, "received", 200)
    },
    Case("money in another currency settles nothing here", [100, 100, 100, 0, 0]) {
      $0.settle(12, "received", 100, "A", cur: "USD")
    },
    Case("what will come is not counted", [100, 100, 100, 0, 0]) { $0.settle(51, "received", 100, "A") },
  ]

  @Test(arguments: cases) func `in the stated order`(story: Case) throws {
    let ledger = try #require(given(story.record).ledger(50))
    let open = ledger.openByName
    #expect([open["A"], open["B"], open["C"], open["back"] ?? 0, ledger.advance] == story.left)
    #expect(ledger.balance == story.left[..<4].reduce(0, +) - story.left[4])
  }

  @Test func `tax is owed too, and an invoice that was only credited was not paid`() throws {
    var timeline = Timeline()
    timeline.bill(0, "A", 100, due: 30, tax: 13)
    timeline.settle(40, "credit-note", 113, "A")
    #expect(timeline.ledger(39)?.open == 113)
    let item = try #require(timeline.ledger(40)?["A"])
    #expect(!item.isOpen && !item.isPaid && item.daysLate == nil && item.settledOn == Day.of(40))
  }

  @Test(arguments: [(30, 0), (31, 1), (12, 0), (90, 60)]) func `days late count from the due day`(paid: Int, late: Int) {
    let item = given { $0.settle(paid, "received", 100, "A") }.ledger(100)?["A"]
    #expect(item?.daysLate == late && item?.settledOn == Day.of(paid))
  }

  @Test func `money that came before its invoice settles it on the day it was issued`() {
    #expect(given { $0.settle(5, "received", 100, "C") }.ledger(50)?["C"]?.settledOn == Day.of(10))
  }

  @Test func `each currency by itself, by its letters`() {
    let timeline = given {
      $0.bill(0, "U", 7, due: 5, cur: "USD")
      $0.settle(8, "received", 3, cur: "USD")
    }
    let (facts, series) = timeline.fold(Dossier.self)
    let ledgers = facts.bills.ledgers(in: series, asOf: .day(50))
    #expect(ledgers.map(\.currency.description) == ["CNY", "USD"] && ledgers.map(\.open) == [300, 4])
  }

  @Test func `sums stay within what JSON holds`() {
    var timeline = Timeline()
    for number in 0..<3 { timeline.bill(number, "A\(number)", JSON.greatestInteger, due: 30) }
    #expect(timeline.ledger(50)?.open == JSON.greatestInteger)
  }
}
