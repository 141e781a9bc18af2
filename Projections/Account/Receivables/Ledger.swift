public import Projection
public import Vocabulary
public import Wire

/// What a customer owes in one currency: each invoice with what is still open of it, and money that settles none yet.
///
/// Money is put against invoices by these rules, of which every step is exact:
/// 1. What names invoices settles those, the one that is due first first, in the order of business time, whatever else
///    came. What is left of it is an advance.
/// 2. Money that names none, or none that is known, settles what is open when it comes, the one that is due first first.
///    What is left of it is an advance. Money that was recorded as an advance settles nothing that is open.
/// 3. An invoice is settled by the advances that there are when it is issued, the earliest first.
/// 4. A refund that names invoices takes back from what named them: first what was left of it, the latest first, then what
///    settled them last; they are open again. Any other refund gives back advances, the latest first. What is given back
///    beyond those is not owed again: who gives money back owed it, and the credit note is missing.
/// 5. A credit note is like money. A write-off settles no more than is open. A reversal takes back adjustments of what it
///    names, the latest first, then what was left of money, then money; what it cannot take from them is owed from that
///    day on, an open item without an invoice.
///
/// An invoice below zero is a credit note, money below zero a refund. Of two that are due on one day the earlier issued
/// comes first.
public struct Ledger: Sendable {
  /// An invoice, or an adjustment that was reversed.
  public struct Item: Hashable, Sendable {
    /// The number of the invoice; `nil` where none is known.
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
