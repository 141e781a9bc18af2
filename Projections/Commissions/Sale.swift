import AccountHistory
import CompanyRules
import Projection
import Vocabulary
import Wire

/// Money that earns somebody commission: a payment, or the part of one that settles an invoice; or, where the rule says
/// so, an invoice or an order.
struct Sale {
  /// Money that was given back.
  struct Back: Hashable {
    let moment: Moment
    let amount: Int64
  }
  /// What earned it, and when.
  let moment: Moment
  /// In minor units.
  let amount: Int64
  let currency: Currency
  /// The invoice that it settles, and when that was issued.
  let invoice: Moment?
  /// When the invoice was collected in full; at once where there is none to wait for; `nil` while it is not.
  var full: Moment?
  var backs: [Back] = []
  /// Whose it is: a name; `nil` for nobody.
  var person: Int64?

  /// What was not given back.
  var rest: Int64 { backs.reduce(amount) { $0 - $1.amount } }
}

/// Walks through what a customer was invoiced and paid, in the order of business time, and says which money settled which
/// invoice at the time that it came.
///
/// Money settles the invoices that it names, then the open one that is due first; what is left of a payment waits for
/// nothing, and what is left of an advance waits for the next invoice. A refund takes back from the invoices that it
/// names, and then from the customer's latest money. A credit note lowers what an invoice asks for; a write-off does not
/// collect it.
struct SaleWalk {
  private struct Invoice {
    let bill: Bill
    var paid: Int64 = 0
    var credited: Int64 = 0
    var open: Int64 { max(0, bill.amount - paid - credited) }
  }
  private struct Part {
    var sale: Sale
    var invoice: Int?
    let isAdvance: Bool
  }
  private var invoices: [Invoice] = []
  private var places: [Int64: Int] = [:]
  private var parts: [Part] = []

  /// - Parameters: all of one currency.
  init(_ bills: [Bill], _ settlements: [Settlement]) {
    let bills = bills.sorted { ($0.moment, $0.due) < ($1.moment, $1.due) }
    var next = 0
    for settlement in settlements.sorted(by: { $0.moment < $1.moment }) {
      while next < bills.count, bills[next].moment < settlement.moment {
        issue(bills[next])
        next += 1
      }
      take(settlement)
    }
    for bill in bills[next...] { issue(bill) }
  }

  /// The money, by business time.
  var received: [Sale] { parts.map(\.sale).sorted { $0.moment < $1.moment } }

  /// The invoices, each with what was given back of its money.
  var invoiced: [Sale] {
    invoices.enumerated().filter { $0.element.bill.amount > 0 }.map { place, invoice in
      let own = parts.filter { $0.invoice == place }
      var sale = Sale(
        moment: invoice.bill.moment, amount: invoice.bill.amount, currency: invoice.bill.currency,
        invoice: invoice.bill.moment, full: invoice.open == 0 ? own.compactMap(\.sale.full).max() : nil)
      sale.backs = own.flatMap(\.sale.backs).sorted { $0.moment < $1.moment }
      return sale
    }
  }
}

extension SaleWalk {
  private mutating func issue(_ bill: Bill) {
    if let number = bill.number { places[number] = invoices.count }
    let place = invoices.count
    invoices.append(Invoice(bill: bill))
    guard bill.amount > 0 else { return creditOldest(-bill.amount, at: bill.moment) }
    for part in parts.indices where parts[part].isAdvance && parts[part].invoice == nil && parts[part].sale.rest > 0 {
      guard invoices[place].open > 0 else { return }
      assign(part, to: place, at: bill.moment)
    }
  }

  private mutating func take(_ settlement: Settlement) {
    switch settlement.kind {
    case .received, .advanced: receive(settlement)
    case .refunded: refund(settlement)
    case .credited:
      var rest = settlement.amount
      for place in named(by: settlement) { rest -= credit(rest, place, at: settlement.moment) }
      creditOldest(rest, at: settlement.moment)
    case .reversed:
      for place in named(by: settlement) { invoices[place].credited = max(0, invoices[place].credited - settlement.amount) }
    case .writtenOff: break  // it is not collected, and never will be
    }
  }

  private func named(by settlement: Settlement) -> [Int] { settlement.invoices.compactMap { places[$0] } }

  /// Places of the open invoices, the one that is due first first.
  private var openInvoices: [Int] {
    invoices.indices.filter { invoices[$0].open > 0 }
      .sorted { (invoices[$0].bill.due, $0) < (invoices[$1].bill.due, $1) }
  }

  private mutating func receive(_ settlement: Settlement) {
    var rest = settlement.amount
    for place in named(by: settlement) + (settlement.kind == .advanced ? [] : openInvoices) where rest > 0 {
      let amount = min(rest, invoices[place].open)
      guard amount > 0 else { continue }
      rest -= amount
      parts.append(
        Part(
          sale: Sale(moment: settlement.moment, amount: amount, currency: settlement.currency, invoice: invoices[place].bill.moment),
          invoice: place, isAdvance: false))
      pay(amount, place, at: settlement.moment)
    }
    guard rest > 0 else { return }
    let waits = settlement.kind == .advanced
    parts.append(
      Part(
        sale: Sale(
          moment: settlement.moment, amount: rest, currency: settlement.currency, invoice: nil,
          full: waits ? nil : settlement.moment),
        invoice: nil, isAdvance: waits))
  }

  /// Puts as much of an advance against an invoice as is open; what is left stays an advance.
  private mutating func assign(_ part: Int, to place: Int, at moment: Moment) {
    let sale = parts[part].sale
    let amount = min(sale.rest, invoices[place].open)
    if amount == sale.amount {
      parts[part].sale = Sale(
        moment: sale.moment, amount: amount, currency: sale.currency, invoice: invoices[place].bill.moment)
      parts[part].invoice = place
    } else {
      parts[part].sale = Sale(
        moment: sale.moment, amount: sale.amount - amount, currency: sale.currency, invoice: nil, backs: sale.backs)
      let own = Sale(moment: sale.moment, amount: amount, currency: sale.currency, invoice: invoices[place].bill.moment)
      parts.append(Part(sale: own, invoice: place, isAdvance: true))
    }
    pay(amount, place, at: moment)
  }

  private mutating func pay(_ amount: Int64, _ place: Int, at moment: Moment) {
    invoices[place].paid += amount
    completeIfFull(place, at: moment)
  }

  /// - Returns: how much of the amount was credited.
  private mutating func credit(_ amount: Int64, _ place: Int, at moment: Moment) -> Int64 {
    let credited = max(0, min(amount, invoices[place].open))
    invoices[place].credited += credited
    completeIfFull(place, at: moment)
    return credited
  }

  private mutating func creditOldest(_ amount: Int64, at moment: Moment) {
    var rest = amount
    for place in openInvoices where rest > 0 { rest -= credit(rest, place, at: moment) }
  }

  private mutating func completeIfFull(_ place: Int, at moment: Moment) {
    guard invoices[place].open == 0 else { return }
    for part in parts.indices where parts[part].invoice == place && parts[part].sale.full == nil && parts[part].sale.rest > 0 {
      parts[part].sale.full = moment
    }
  }

  private mutating func refund(_ settlement: Settlement) {
    var rest = settlement.amount
    let named = named(by: settlement)
    let own = parts.indices.reversed().filter { part in parts[part].invoice.map { named.contains($0) } ?? false }
    for part in own + parts.indices.reversed() where rest > 0 {
      let amount = min(rest, parts[part].sale.rest)
      guard amount > 0 else { continue }
      rest -= amount
      parts[part].sale.backs.append(Sale.Back(moment: settlement.moment, amount: amount))
      if let place = parts[part].invoice { invoices[place].paid -= amount }
    }
  }
}
