public import Events
public import Projection
public import Vocabulary
public import Wire

/// What a customer was invoiced, and the money and the adjustments that settle it.
///
/// One customer nearly always uses one currency; what is in another has an entry before it that says which. Late entries:
/// the entries stand in the order of recording and are sorted when read.
public struct Bills: BitwiseCopyable, Sendable {
  /// What the entries hold: the kind in the lowest four bits, a number above them.
  enum Said: Int64 {
    /// What the entries that follow, up to the next of its kind, are in.
    case currency = 0
    /// What an invoice asks for, with tax.
    case invoiced = 1
    /// Completes `invoiced`: the invoice's number and 1 more, above 24 bits of the due day.
    case terms = 2
    case received = 3
    /// Money for what is to come.
    case advanced = 4
    case refunded = 5
    case credited = 6
    case writtenOff = 7
    case reversed = 8
    /// Completes one of the five before: an invoice that it names, by its number and 1 more; 0 for one that is unknown.
    case named = 9
  }
  private var entries = Series()
  /// The currency of the first entry recorded; `UInt16.max` before there is one.
  private var currency: UInt16 = .max

  public init() {}

  public var isEmpty: Bool { entries.count == 0 }

  public mutating func take(_ type: Order, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .invoiced:
      typealias Fact = Order.Fact
      guard let net = event.number(Fact.net), let due = event.number(Fact.dueOn) else { return }
      guard begin(event.number(Fact.currency), event.moment, &series) else { return }
      say(.invoiced, net + (event.number(Fact.tax) ?? 0), event.moment, &series)
      say(.terms, ((event.thing ?? -1) + 1) << 24 | due & 0xFF_FFFF, event.moment, &series)
    case .placed, .changed, .delivered: break
    }
  }

  public mutating func take(_ type: Payment, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    let said: Said? =
      switch type {
      case .received: event.flag(Payment.Fact.advance) == true ? .advanced : .received
      case .refunded: .refunded
      case .adjusted:
        switch event.code(Payment.Fact.adjustment, of: Payment.Adjustment.self) {
        case .creditNote: .credited
        case .writeOff: .writtenOff
        case .reversal: .reversed
        case nil: nil
        }
      case .failed, .demanded: nil
      }
    guard let said, let amount = event.number(Payment.Fact.amount), amount != 0 else { return }
    guard begin(event.number(Payment.Fact.currency), event.moment, &series) else { return }
    // However the source signs it, money given back is money less.
    say(amount < 0 && (said == .received || said == .advanced) ? .refunded : said, abs(amount), event.moment, &series)
    let moment = event.moment
    event.forEach(Payment.Fact.invoices) { say(.named, $0 + 1, moment, &series) }
  }

  /// Says in which currency the next is, where it is not the usual one.
  private mutating func begin(_ number: Int64?, _ moment: Moment, _ series: inout SeriesStore) -> Bool {
    guard let number else { return false }
    let currency = UInt16(truncatingIfNeeded: number)
    if self.currency == .max { self.currency = currency }
    if self.currency != currency { say(.currency, Int64(currency), moment, &series) }
    return true
  }

  private mutating func say(_ said: Said, _ number: Int64, _ moment: Moment, _ series: inout SeriesStore) {
    series.append(moment, number << 4 | said.rawValue, to: &entries)
  }
}

/// An invoice as it was issued.
public struct Bill: Hashable, Sendable {
  /// Its number among the log's invoices; `nil` where it belongs to nobody else's history.
  public var number: Int64?
  public let moment: Moment
  /// With tax, in minor units.
  public let amount: Int64
  public var due: Day
  public let currency: Currency
}

/// Money, or an adjustment, as it was recorded.
public struct Settlement: Hashable, Sendable {
  public enum Kind: UInt8, Sendable {
    case received, advanced, refunded, credited, writtenOff, reversed
  }
  public let kind: Kind
  public let moment: Moment
  /// In minor units, never below zero.
  public let amount: Int64
  public let currency: Currency
  /// The invoices that it names, by their numbers; −1 for one that the log did not know then.
  public var invoices: [Int64] = []
}

extension Bills {
  /// What was recorded and happened by `now`, in the order of recording.
  public func read(in series: borrowing SeriesStore, asOf now: Instant) -> (bills: [Bill], settlements: [Settlement]) {
    var bills: [Bill] = []
    var settlements: [Settlement] = []
    var foreign: Currency?
    // By what the next of `terms` or `named` completes.
    var isBill = false
    series.forEach(in: entries) { entry in
      guard entry.moment.at <= now, let said = Said(rawValue: entry.value & 15) else { return }
      let number = entry.value >> 4
      func settle(_ kind: Settlement.Kind) {
        let currency = foreign ?? Currency(number: self.currency)
        settlements.append(Settlement(kind: kind, moment: entry.moment, amount: number, currency: currency))
        (foreign, isBill) = (nil, false)
      }
      switch said {
      case .currency: foreign = Currency(number: UInt16(truncatingIfNeeded: number))
      case .invoiced:
        let currency = foreign ?? Currency(number: self.currency)
        bills.append(Bill(number: nil, moment: entry.moment, amount: number, due: entry.moment.at.day, currency: currency))
        (foreign, isBill) = (nil, true)
      case .terms:
        guard isBill, !bills.isEmpty else { return }
        let invoice = number >> 24
        bills[bills.count - 1].number = invoice == 0 ? nil : invoice - 1
        bills[bills.count - 1].due = Day(number: (Int32(truncatingIfNeeded: number) << 8) >> 8)
      case .received: settle(.received)
      case .advanced: settle(.advanced)
      case .refunded: settle(.refunded)
      case .credited: settle(.credited)
      case .writtenOff: settle(.writtenOff)
      case .reversed: settle(.reversed)
      case .named:
        guard !isBill, !settlements.isEmpty else { return }
        settlements[settlements.count - 1].invoices.append(number - 1)
      }
    }
    return (bills, settlements)
  }
}
