public import Projection
public import Vocabulary
public import Wire

/// What a customer owes in one currency: each invoice with what is still open of it, and money that settles none yet.
///
/// Money is put against invoices in this order, of which every step is exact:
/// 1. What names invoices settles those, the one that is due first first, in the order of business time. A refund or a
///    reversal that names invoices takes back from them: first what was left of money that named them, then what settled
///    them last.
/// 2. Money that names none, or none that is known, settles what is open then, the one that is due first first.
/// 3. What is left of money is an advance. So is money that was recorded as one. An advance settles invoices that were
///    issued after it, never one that was open when it came.
///
/// What is given back and can be taken from nowhere is owed from that day on: an open item without an invoice. An invoice
/// below zero is a credit note. A write-off settles no more than is open. Of two that are due on one day the earlier
/// issued comes first.
public struct Ledger: Sendable {
  /// An invoice, or money given back that is owed again.
  public struct Item: Hashable, Sendable {
    /// The number of the invoice; `nil` of money given back.
    public let invoice: Int64?
    public let moment: Moment
    public let due: Day
    public let amount: Int64
    public internal(set) var open: Int64
    /// What last settled a part of it, not before it was issued; `nil` where nothing did.
    public internal(set) var settledOn: Day?
    /// The last money, or adjustment, that settled a part of it.
    public internal(set) var settledBy: Moment?
    /// Whether money settled a part of it: what was only credited or written off was not paid.
    public internal(set) var isPaid = false

    public var isOpen: Bool { open > 0 }
    /// Days after the due day at which it was settled, or 0; `nil` while it is open or where it was not paid.
    public var daysLate: Int? { isOpen || !isPaid ? nil : settledOn.map { max(0, $0 - due) } }
  }
  /// Money that settles nothing yet.
  public struct Advance: Hashable, Sendable {
    public let moment: Moment
    public internal(set) var rest: Int64
    /// It was recorded as an advance.
    public let isDeclared: Bool
  }

  public let currency: Currency
  /// Everything that was issued, by due day, and everything that came in, by business time.
  public let bills: [Bill]
  public let settlements: [Settlement]
  /// In the order of their due days.
  public internal(set) var items: [Item]
  /// By business time.
  public internal(set) var advances: [Advance] = []
}

extension Ledger {
  public var open: Int64 { items.lazy.map(\.open).moneySum }
  public var advance: Int64 { advances.lazy.map(\.rest).moneySum }
  /// What the customer owes, less what was paid in advance; below zero where we owe them.
  public var balance: Int64 { open.plusMoney(-advance) }
  /// Open items whose due day lies before `today`, the oldest first.
  public func overdue(on today: Day) -> some Collection<Item> { items.lazy.filter { $0.isOpen && $0.due < today } }
}

extension Bills {
  /// The ledgers of all currencies as of an instant, by the letters of the currency.
  /// Complexity: O(n log n) in the customer's invoices and payments.
  public func ledgers(in series: borrowing SeriesStore, asOf now: Instant) -> [Ledger] {
    guard !isEmpty else { return [] }
    var (bills, settlements) = read(in: series, asOf: now)
    bills.sort { ($0.due, $0.moment) < ($1.due, $1.moment) }
    settlements.sort { $0.moment < $1.moment }
    var currencies: [Currency] = []
    for currency in bills.map(\.currency) + settlements.map(\.currency) where !currencies.contains(currency) {
      currencies.append(currency)
    }
    currencies.sort { $0.number < $1.number }
    if currencies.count == 1 { return [Allocation(currencies[0], bills, settlements).ledger] }
    return currencies.map { currency in
      Allocation(currency, bills.filter { $0.currency == currency }, settlements.filter { $0.currency == currency }).ledger
    }
  }
}
