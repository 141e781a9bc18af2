public import Events
public import Projection
public import Vocabulary
public import Wire

/// A customer's orders one by one: what each is worth, and whether it was delivered or cancelled.
///
/// `Purchases` says what was bought; this says what is still to come. Late entries: the entries stand in the order of
/// recording and are sorted when read.
public struct Orders: BitwiseCopyable, Sendable {
  /// What the entries hold: the kind in the lowest four bits, a number above them.
  enum Said: Int64 {
    /// Which order the entries that follow are about: its number and 1 more.
    case whose = 0
    case placed = 1
    case changed = 2
    case cancelled = 3
    case accepted = 4
    case currency = 5
  }
  private var entries = Series()

  public init() {}

  public var isEmpty: Bool { entries.count == 0 }

  public mutating func take(_ type: Order, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Order.Fact
    switch type {
    case .placed: add(.placed, event.number(Fact.total), event, &series)
    case .changed:
      switch event.code(Fact.change, of: Order.Change.self) {
      case .cancel: add(.cancelled, event.number(Fact.delta), event, &series)
      case .change, .returned, nil: add(.changed, event.number(Fact.delta), event, &series)
      }
    case .delivered: add(.accepted, 0, event, &series)
    case .invoiced: break  // an invoice has a history of its own
    }
  }

  private mutating func add(
    _ said: Said, _ amount: Int64?, _ event: borrowing Recorded, _ series: inout SeriesStore
  ) {
    guard let amount else { return }
    say(.whose, (event.thing ?? -1) + 1, event.moment, &series)
    say(said, amount, event.moment, &series)
    // Every order says what it is in once.
    if said == .placed, let currency = event.number(Order.Fact.currency) { say(.currency, currency, event.moment, &series) }
  }

  private mutating func say(_ said: Said, _ number: Int64, _ moment: Moment, _ series: inout SeriesStore) {
    series.append(moment, number << 4 | said.rawValue, to: &entries)
  }
}

/// One order as its steps tell of it.
public struct OrderReading: Sendable {
  public private(set) var placed: Moment?
  /// The total with all changes, in minor units.
  public private(set) var amount: Int64 = 0
  public private(set) var currency: Currency?
  public private(set) var cancelled: Moment?
  public private(set) var accepted: Moment?

  /// Placed, and neither cancelled nor delivered: what is owed to the customer.
  public var isOpen: Bool { placed != nil && cancelled == nil && accepted == nil }

  fileprivate mutating func take(_ entry: SeriesStore.Entry) {
    let number = entry.value >> 4
    switch Orders.Said(rawValue: entry.value & 15) {
    case .placed:
      placed = placed ?? entry.moment
      amount = amount.plusMoney(number)
    case .changed: amount = amount.plusMoney(number)
    case .cancelled: cancelled = cancelled ?? entry.moment
    case .accepted: accepted = accepted ?? entry.moment
    case .currency: currency = Currency(number: UInt16(truncatingIfNeeded: number))
    case .whose, nil: break
    }
  }
}

extension Orders {
  /// All orders as of an instant, by their numbers. Complexity: O(n log n) in the steps.
  public func all(in series: borrowing SeriesStore, asOf now: Instant) -> [OrderReading] {
    series.things(in: entries, whose: Said.whose.rawValue, asOf: now).map { thing in
      var reading = OrderReading()
      for entry in thing.entries { reading.take(entry) }
      return reading
    }
  }
}
