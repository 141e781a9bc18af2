import Projection
import Vocabulary
import Wire

/// Puts money against invoices, step by step as `Ledger` says.
struct Allocation {
  /// Money or an adjustment that lowers what is owed.
  private struct Credit {
    let moment: Moment
    let kind: Settlement.Kind
    var rest: Int64
    var isMoney: Bool { kind == .received || kind == .advanced }
  }
  /// A part of a credit that settles a part of an item. What settled the same item before lies below it.
  private struct Piece {
    let credit: Int
    var amount: Int64
    let below: Int
  }
  private static let none = -1

  private(set) var ledger: Ledger
  private var credits: [Credit] = []
  private var pieces: [Piece] = []
  /// By item: the topmost piece of money and that of adjustments.
  private var money: [Int]
  private var adjustments: [Int]
  /// By item: the credits that named it, by time.
  private var naming: [[Int]]
  /// Numbers of invoices with the places of their items, by number.
  private var places: [(number: Int64, item: Int)] = []
  /// By credit: whether it names no invoice that is known.
  private var isFree: [Bool] = []
  /// Refunds that name no invoice that is known, or more than came in for those that they name.
  private var refunds: [(moment: Moment, amount: Int64)] = []
  /// Adjustments that were reversed and could be taken from nowhere.
  private var reversed: [Ledger.Item] = []

  /// - Parameters:
  ///   - bills: of this currency, by due day and moment.
  ///   - settlements: of this currency, by moment.
  init(_ currency: Currency, _ bills: [Bill], _ settlements: [Settlement]) {
    let asking = bills.filter { $0.amount > 0 }
    ledger = Ledger(
      currency: currency, bills: bills, settlements: settlements,
      items: asking.map { Ledger.Item(invoice: $0.number, moment: $0.moment, due: $0.due, amount: $0.amount, open: $0.amount) })
    money = Array(repeating: Allocation.none, count: asking.count)
    adjustments = money
    naming = Array(repeating: [], count: asking.count)
    places = asking.enumerated().compactMap { place, bill in bill.number.map { ($0, place) } }
    places.sort { $0 < $1 }
    let credited = bills.filter { $0.amount < 0 }.map {
      Settlement(kind: .credited, moment: $0.moment, amount: -$0.amount, currency: currency)
    }
    for settlement in credited.isEmpty ? settlements : (settlements + credited).sorted(by: { $0.moment < $1.moment }) {
      take(settlement)
    }
    settleWhatReopened()
    addReversed()
    settleTheRest()
    finish()
  }
}

// MARK: What names invoices

extension Allocation {
  private mutating func take(_ settlement: Settlement) {
    let named = items(named: settlement.invoices)
    switch settlement.kind {
    case .received, .advanced, .credited, .writtenOff:
      credits.append(Credit(moment: settlement.moment, kind: settlement.kind, rest: settlement.amount))
      isFree.append(named.isEmpty)
      guard !named.isEmpty else { return }
      let credit = credits.count - 1
      for item in named {
        settle(item, by: credit)
        naming[item].append(credit)
      }
      if settlement.kind == .writtenOff { credits[credit].rest = 0 }
    case .refunded: giveBack(settlement, of: named, from: [.rests, .money])
    case .reversed: giveBack(settlement, of: named, from: [.adjustments, .rests, .money])
    }
  }

  /// The items of invoices, by their due days; each once.
  private func items(named numbers: [Int64]) -> [Int] {
    if numbers.count == 1 { return item(of: numbers[0]).map { [$0] } ?? [] }
    var items = numbers.compactMap { item(of: $0) }.sorted()
    for place in items.indices.dropFirst().reversed() where items[place] == items[place - 1] { items.remove(at: place) }
    return items
  }

  private func item(of number: Int64) -> Int? {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low < places.count && places[low].number == number ? places[low].item : nil
  }

  private mutating func settle(_ item: Int, by credit: Int) {
    let amount = min(ledger.items[item].open, credits[credit].rest)
    guard amount > 0 else { return }
    ledger.items[item].open -= amount
    credits[credit].rest -= amount
    let below = credits[credit].isMoney ? money[item] : adjustments[item]
    pieces.append(Piece(credit: credit, amount: amount, below: below))
    if credits[credit].isMoney { money[item] = pieces.count - 1 } else { adjustments[item] = pieces.count - 1 }
  }

  /// What a later reversal opened again is settled by what was left of money that had named it.
  private mutating func settleWhatReopened() {
    for item in ledger.items.indices where ledger.items[item].isOpen {
      for credit in naming[item] { settle(item, by: credit) }
    }
  }

  private enum Source { case rests, money, adjustments }

  /// Takes money back from what settled these items, the latest first.
  private mutating func giveBack(_ settlement: Settlement, of items: [Int], from sources: [Source]) {
    var owed = settlement.amount
    if !items.isEmpty {
      for source in sources where owed > 0 {
        switch source {
        case .rests: takeRests(of: items, &owed)
        case .money: takePieces(of: items, \.money, &owed)
        case .adjustments: takePieces(of: items, \.adjustments, &owed)
        }
      }
    }
    guard owed > 0 else { return }
    guard settlement.kind == .reversed else { return refunds.append((settlement.moment, owed)) }
    reversed.append(
      Ledger.Item(
        invoice: nil, moment: settlement.moment, due: settlement.moment.at.day, amount: owed, open: owed))
  }

  private mutating func takeRests(of items: [Int], _ owed: inout Int64) {
    while owed > 0 {
      // What has no rest has none for ever: each credit is looked at once for each item that it names.
      for item in items { while let last = naming[item].last, credits[last].rest == 0 { naming[item].removeLast() } }
      guard let credit = items.compactMap({ naming[$0].last }).max() else { return }
      let amount = min(owed, credits[credit].rest)
      credits[credit].rest -= amount
      owed -= amount
    }
  }

  private mutating func takePieces(of items: [Int], _ top: WritableKeyPath<Allocation, [Int]>, _ owed: inout Int64) {
    while owed > 0 {
      // Of a credit that settled several, what was due last was settled last.
      let topped = items.filter { self[keyPath: top][$0] != Allocation.none }
      guard let item = topped.max(by: { (credit(on: $0, top), $0) < (credit(on: $1, top), $1) }) else { return }
      let piece = self[keyPath: top][item]
      let amount = min(owed, pieces[piece].amount)
      pieces[piece].amount -= amount
      ledger.items[item].open += amount
      owed -= amount
      if pieces[piece].amount == 0 { self[keyPath: top][item] = pieces[piece].below }
    }
  }
}

extension Allocation {
  /// The credit whose piece lies on top of an item.
  private func credit(on item: Int, _ top: KeyPath<Allocation, [Int]>) -> Int { pieces[self[keyPath: top][item]].credit }
}

// MARK: The rest

extension Allocation {
  /// Puts what is owed again among the items, by its day.
  private mutating func addReversed() {
    guard !reversed.isEmpty else { return }
    let all = (ledger.items + reversed).enumerated()
      .sorted { ($0.element.due, $0.element.moment) < ($1.element.due, $1.element.moment) }
    let count = ledger.items.count
    ledger.items = all.map(\.element)
    let (oldMoney, oldAdjustments) = (money, adjustments)
    money = all.map { $0.offset < count ? oldMoney[$0.offset] : Allocation.none }
    adjustments = all.map { $0.offset < count ? oldAdjustments[$0.offset] : Allocation.none }
  }

  private enum Step {
    case item(Int)
    case credit(Int)
    case refund(Int64)
  }

  /// What names nothing, by business time: money settles what is open then, and what is left of it, like an advance, what
  /// is issued later.
  private mutating func settleTheRest() {
    var rest = Rest()
    for step in steps {
      switch step {
      case .item(let item): settleByAdvances(item, &rest)
      case .credit(let credit): settleWhatIsOpen(credit, &rest)
      case .refund(let amount): giveBackAdvances(amount, rest)
      }
    }
  }

  private var steps: [Step] {
    var steps: [(moment: Moment, step: Step)] = []
    for item in ledger.items.indices where ledger.items[item].isOpen { steps.append((ledger.items[item].moment, .item(item))) }
    for credit in credits.indices where credits[credit].rest > 0 { steps.append((credits[credit].moment, .credit(credit))) }
    for refund in refunds { steps.append((refund.moment, .refund(refund.amount))) }
    return steps.sorted { $0.moment < $1.moment }.map(\.step)
  }

  /// What is open at a time, and money that settles nothing yet.
  private struct Rest {
    /// The one that is due first last.
    var open: [Int] = []
    /// By time.
    var advances: [Int] = []
    /// Of these the first that may have something left.
    var next = 0
  }

  private mutating func settleByAdvances(_ item: Int, _ rest: inout Rest) {
    while ledger.items[item].isOpen, rest.next < rest.advances.count {
      settle(item, by: rest.advances[rest.next])
      if credits[rest.advances[rest.next]].rest == 0 { rest.next += 1 }
    }
    if ledger.items[item].isOpen { rest.open.insert(item, at: rest.open.place(of: item)) }
  }

  private mutating func settleWhatIsOpen(_ credit: Int, _ rest: inout Rest) {
    // What is left of money that names invoices, and what was recorded as an advance, is for what is to come.
    if isFree[credit], credits[credit].kind != .advanced {
      while credits[credit].rest > 0, let item = rest.open.last {
        settle(item, by: credit)
        if !ledger.items[item].isOpen { rest.open.removeLast() }
      }
    }
    if credits[credit].kind == .writtenOff { credits[credit].rest = 0 }
    if credits[credit].rest > 0 { rest.advances.append(credit) }
  }

  /// A refund gives back advances, the latest first. More than those is not owed again: who gave it back owed it.
  private mutating func giveBackAdvances(_ amount: Int64, _ rest: Rest) {
    var owed = amount
    for credit in rest.advances[rest.next...].reversed() {
      guard owed > 0 else { return }
      let part = min(owed, credits[credit].rest)
      credits[credit].rest -= part
      owed -= part
    }
  }

  /// Says when and by what each item was settled, and what is left of money.
  private mutating func finish() {
    for item in ledger.items.indices {
      ledger.items[item].isPaid = money[item] != Allocation.none
      for top in [money[item], adjustments[item]] {
        var piece = top
        while piece != Allocation.none {
          let moment = credits[pieces[piece].credit].moment
          if ledger.items[item].settledBy.map({ $0 < moment }) ?? true { ledger.items[item].settledBy = moment }
          piece = pieces[piece].below
        }
      }
      let issued = ledger.items[item].moment.at.day
      ledger.items[item].settledOn = ledger.items[item].settledBy.map { max($0.at.day, issued) }
    }
    ledger.advances = credits.filter { $0.rest > 0 }.map { Ledger.Advance(moment: $0.moment, rest: $0.rest, isDeclared: $0.kind == .advanced) }
  }
}

extension [Int] {
  /// Where a number goes in a list that falls.
  fileprivate func place(of number: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
