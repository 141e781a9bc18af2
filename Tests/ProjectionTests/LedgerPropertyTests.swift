import AccountHistory
import Events
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

/// The rules of a ledger, coin by coin: slow, and without anything that the product's allocation has.
private struct Coins {
  struct Invoice {
    let name: String
    let at: Int
    let due: Int
    let amount: Int
  }
  struct Money {
    let kind: String
    let at: Int
    let amount: Int
    let names: [String]
    var isMoney: Bool { kind == "received" || kind == "advance" }
  }
  private var invoices: [Invoice]
  private let credits: [Money]
  private var rest: [Int] = []
  /// Coins that lie on invoices: from which credit, and on which invoice.
  private var coins: [(credit: Int, invoice: Int)] = []
  private(set) var back: [Invoice] = []

  /// - Parameter invoices: by due day, then by when they were issued.
  init(_ invoices: [Invoice], _ money: [Money]) {
    self.invoices = invoices
    credits = money.filter { !["refunded", "reversal"].contains($0.kind) }
    rest = credits.map { _ in 0 }
    for (place, one) in money.enumerated() {
      let credit = money[..<place].filter { !["refunded", "reversal"].contains($0.kind) }.count
      if one.kind == "refunded" || one.kind == "reversal" { giveBack(one, credit) } else { take(one, credit) }
    }
    again()
    free()
    advances()
  }

  private func open(_ invoice: Int) -> Int { invoices[invoice].amount - coins.count { $0.invoice == invoice } }
  private func named(_ money: Money) -> [Int] { invoices.indices.filter { money.names.contains(invoices[$0].name) } }

  private mutating func take(_ money: Money, _ credit: Int) {
    rest[credit] = money.amount
    for _ in 0..<money.amount {
      guard let invoice = named(money).first(where: { open($0) > 0 }) else { break }
      coins.append((credit, invoice))
      rest[credit] -= 1
    }
    if money.kind == "write-off", !named(money).isEmpty { rest[credit] = 0 }
  }

  private mutating func giveBack(_ money: Money, _ known: Int) {
    let invoices = named(money)
    for _ in 0..<money.amount {
      func last(_ isMoney: Bool) -> Int? {
        coins.indices.filter { invoices.contains(coins[$0].invoice) && credits[coins[$0].credit].isMoney == isMoney }
          .max { (coins[$0].credit, coins[$0].invoice) < (coins[$1].credit, coins[$1].invoice) }
      }
      let unused = (0..<known).last { rest[$0] > 0 && !Set(named(credits[$0])).isDisjoint(with: invoices) }
      if money.kind == "reversal", let coin = last(false) {
        coins.remove(at: coin)
      } else if let unused {
        rest[unused] -= 1
      } else if let coin = last(true) {
        coins.remove(at: coin)
      } else if let place = back.firstIndex(where: { $0.at == money.at }) {
        back[place] = Invoice(name: "back", at: money.at, due: money.at, amount: back[place].amount + 1)
      } else {
        back.append(Invoice(name: "back", at: money.at, due: money.at, amount: 1))
      }
    }
  }

  private mutating func again() {
    for invoice in invoices.indices {
      for credit in credits.indices where named(credits[credit]).contains(invoice) {
        while rest[credit] > 0, open(invoice) > 0 { move(credit, invoice) }
      }
    }
  }

  private mutating func move(_ credit: Int, _ invoice: Int) {
    coins.append((credit, invoice))
    rest[credit] -= 1
  }

  private mutating func free() {
    let all = (invoices + back).enumerated().sorted { ($0.element.due, $0.element.at) < ($1.element.due, $1.element.at) }
    coins = coins.map { coin in (coin.credit, all.firstIndex { $0.offset == coin.invoice } ?? 0) }
    let unnamed = credits.indices.filter { named(credits[$0]).isEmpty && credits[$0].kind != "advance" }
    invoices = all.map(\.element)
    for credit in unnamed.filter({ credits[$0].kind != "write-off" }) + unnamed.filter({ credits[$0].kind == "write-off" }) {
      for invoice in invoices.indices { while rest[credit] > 0, open(invoice) > 0 { move(credit, invoice) } }
      if credits[credit].kind == "write-off" { rest[credit] = 0 }
    }
  }

  private mutating func advances() {
    for credit in credits.indices.reversed() {
      for invoice in invoices.indices where credits[credit].at < invoices[invoice].at {
        while rest[credit] > 0, open(invoice) > 0 { move(credit, invoice) }
      }
    }
  }

  /// What is open of each, in the order of due days, and what is left of money.
  var outcome: [Int] { invoices.indices.map(open) + [rest.reduce(0, +)] }
}

/// A customer's invoices and money, drawn; every event on a day of its own.
private struct Drawn {
  var timeline = Timeline()
  var invoices: [Coins.Invoice] = []
  var money: [Coins.Money] = []

  init(_ seed: UInt64) {
    var dice = Dice(seed)
    for day in 0..<(4 + dice.roll(24)) {
      if dice.roll(5) < 2 {
        let name = "I\(invoices.count)"
        invoices.append(Coins.Invoice(name: name, at: day, due: day + dice.roll(12), amount: 1 + dice.roll(9)))
        timeline.bill(day, name, Int64(invoices[invoices.count - 1].amount), due: invoices[invoices.count - 1].due)
      } else {
        let kinds = ["received", "received", "received", "advance", "refunded", "credit-note", "write-off", "reversal"]
        let names = (0..<dice.roll(3)).map { _ in "I\(dice.roll(8))" }
        let one = Coins.Money(kind: kinds[dice.roll(kinds.count)], at: day, amount: 1 + dice.roll(12), names: names)
        money.append(one)
        timeline.settle(day, one.kind, Int64(one.amount), naming: names)
      }
    }
    invoices.sort { ($0.due, $0.at) < ($1.due, $1.at) }
  }
}

@Suite struct `A ledger of any customer` {
  @Test(arguments: UInt64(1)...400) func `is what its rules give coin by coin`(seed: UInt64) {
    let drawn = Drawn(seed)
    let ledger = drawn.timeline.ledger(60)
    let found = (ledger?.items.map { Int($0.open) } ?? []) + [Int(ledger?.advance ?? 0)]
    #expect(found == Coins(drawn.invoices, drawn.money).outcome, "seed \(seed)")
  }

  @Test(arguments: UInt64(1)...100) func `does not depend on the order of recording`(seed: UInt64) {
    let drawn = Drawn(seed)
    var dice = Dice(seed &+ 1_000)
    let shuffled = drawn.timeline.recorded(inOrder: Array(drawn.timeline.entries.indices).shuffled(using: &dice))
    for day in [5, 12, 60] {
      let (a, b) = (drawn.timeline.ledger(day), shuffled.ledger(day))
      #expect(a?.items == b?.items && a?.advances == b?.advances, "seed \(seed) day \(day)")
    }
  }

  @Test(arguments: UInt64(1)...100) func `loses no money`(seed: UInt64) {
    let drawn = Drawn(seed)
    guard !drawn.money.contains(where: { $0.kind == "write-off" }), let ledger = drawn.timeline.ledger(60) else { return }
    let owed = drawn.invoices.reduce(0) { $0 + $1.amount }
    let came = drawn.money.reduce(0) { $0 + (["refunded", "reversal"].contains($1.kind) ? -$1.amount : $1.amount) }
    #expect(Int(ledger.balance) == owed - came, "seed \(seed)")
  }
}
