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
    var amount: Int
  }
  struct Money {
    let kind: String
    let at: Int
    let amount: Int
    let names: [String]
    var isMoney: Bool { kind == "received" || kind == "advance" }
    var givesBack: Bool { kind == "refunded" || kind == "reversal" }
  }
  private var invoices: [Invoice]
  private let credits: [Money]
  private var rest: [Int]
  /// Coins that lie on invoices: from which credit, and on which invoice.
  private var coins: [(credit: Int, invoice: Int)] = []
  /// Refunds by day.
  private var refunds: [Int: Int] = [:]

  /// - Parameter invoices: by due day, then by when they were issued. No two things happen on one day.
  init(_ invoices: [Invoice], _ money: [Money]) {
    self.invoices = invoices
    credits = money.filter { !$0.givesBack }
    rest = credits.map { _ in 0 }
    var reversed: [Invoice] = []
    for (place, one) in money.enumerated() {
      let credit = money[..<place].count { !$0.givesBack }
      if !one.givesBack {
        take(one, credit)
      } else if one.kind == "refunded" {
        refunds[one.at] = giveBack(one, credit)
      } else {
        reversed.append(Invoice(name: "back", at: one.at, due: one.at, amount: giveBack(one, credit)))
      }
    }
    again()
    insert(reversed.filter { $0.amount > 0 })
    for day in 0..<100 { live(through: day) }
  }

  private func open(_ invoice: Int) -> Int { invoices[invoice].amount - coins.count { $0.invoice == invoice } }
  private func named(_ money: Money) -> [Int] { invoices.indices.filter { money.names.contains(invoices[$0].name) } }

  private mutating func move(_ credit: Int, _ invoice: Int) {
    coins.append((credit, invoice))
    rest[credit] -= 1
  }

  private mutating func take(_ money: Money, _ credit: Int) {
    rest[credit] = money.amount
    while rest[credit] > 0, let invoice = named(money).first(where: { open($0) > 0 }) { move(credit, invoice) }
    if money.kind == "write-off", !named(money).isEmpty { rest[credit] = 0 }
  }

  /// What could not be taken from what named the same invoices.
  private mutating func giveBack(_ money: Money, _ known: Int) -> Int {
    let invoices = named(money)
    for given in 0..<money.amount {
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
      } else {
        return money.amount - given
      }
    }
    return 0
  }

  private mutating func again() {
    for invoice in invoices.indices {
      for credit in credits.indices where named(credits[credit]).contains(invoice) {
        while rest[credit] > 0, open(invoice) > 0 { move(credit, invoice) }
      }
    }
  }

  private mutating func insert(_ more: [Invoice]) {
    let all = (invoices + more).enumerated().sorted { ($0.element.due, $0.element.at) < ($1.element.due, $1.element.at) }
    coins = coins.map { coin in (coin.credit, all.firstIndex { $0.offset == coin.invoice } ?? 0) }
    invoices = all.map(\.element)
  }

  private mutating func live(through day: Int) {
    for invoice in invoices.indices where invoices[invoice].at == day {
      for credit in credits.indices where credits[credit].at < day { while rest[credit] > 0, open(invoice) > 0 { move(credit, invoice) } }
    }
    for credit in credits.indices where credits[credit].at == day && named(credits[credit]).isEmpty && credits[credit].kind != "advance" {
      while rest[credit] > 0, let invoice = invoices.indices.first(where: { invoices[$0].at <= day && open($0) > 0 }) { move(credit, invoice) }
      if credits[credit].kind == "write-off" { rest[credit] = 0 }
    }
    for _ in 0..<(refunds[day] ?? 0) {
      guard let credit = credits.indices.last(where: { credits[$0].at < day && rest[$0] > 0 }) else { return }
      rest[credit] -= 1
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

  @Test(arguments: UInt64(1)...200) func `loses no money`(seed: UInt64) {
    let drawn = Drawn(seed)
    // A write-off may be void in part, and a refund may lack its credit note.
    guard !drawn.money.contains(where: { ["write-off", "refunded"].contains($0.kind) }), let ledger = drawn.timeline.ledger(60)
    else { return }
    let owed = drawn.invoices.reduce(0) { $0 + $1.amount }
    let came = drawn.money.reduce(0) { $0 + ($1.kind == "reversal" ? -$1.amount : $1.amount) }
    #expect(Int(ledger.balance) == owed - came, "seed \(seed)")
  }
}
