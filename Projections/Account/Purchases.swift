public import Events
public import Projection
import Vocabulary
import Wire

/// What a customer ordered and paid: the part of the facts that several projections gather alike.
///
/// One customer nearly always uses one currency. Its entries lie bare in four series; an entry in another currency
/// takes two places in `foreign`. Late entries: every series stands in the order of recording and is sorted when read,
/// so the reading does not depend on the order in which events came.
public struct Purchases: BitwiseCopyable, Sendable {
  /// Orders placed, with their totals.
  var placed = Series()
  /// Differences by change and return.
  var changed = Series()
  /// Differences by cancellation.
  var cancelled = Series()
  /// Money received, and with a minus sign money given back.
  var paid = Series()
  /// Entries in another currency than `currency`: the amount, then the currency's number × 8 + what it was.
  var foreign = Series()
  /// The currency of the first entry recorded; `UInt16.max` before there is one.
  var currency: UInt16 = .max

  public init() {}

  /// Nothing was ordered or paid.
  public var isEmpty: Bool { placed.count == 0 && paid.count == 0 && changed.count == 0 && cancelled.count == 0 && foreign.count == 0 }

  public mutating func take(_ type: Order, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .placed: add(.placed, event.number(Order.Fact.total), event.number(Order.Fact.currency), event.moment, &series)
    case .changed:
      let kind: Movement.Kind =
        switch event.code(Order.Fact.change, of: Order.Change.self) {
        case .cancel: .cancelled
        case .change, .returned, nil: .changed
        }
      add(kind, event.number(Order.Fact.delta), event.number(Order.Fact.currency), event.moment, &series)
    case .delivered, .invoiced: break
    }
  }

  public mutating func take(_ type: Payment, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    let amount = event.number(Payment.Fact.amount)
    let currency = event.number(Payment.Fact.currency)
    switch type {
    case .received: add(.paid, amount, currency, event.moment, &series)
    // However the source signs it, money given back is money less.
    case .refunded: add(.paid, amount.map { -abs($0) }, currency, event.moment, &series)
    case .failed, .demanded, .adjusted: break
    }
  }

  /// Asks for what a judgement will read.
  public func willRead(in series: borrowing SeriesStore) {
    series.willRead(placed)
    series.willRead(paid)
  }

  private mutating func add(
    _ kind: Movement.Kind, _ amount: Int64?, _ number: Int64?, _ moment: Moment, _ series: inout SeriesStore
  ) {
    guard let amount, let number else { return }
    let currency = UInt16(truncatingIfNeeded: number)
    if self.currency == .max { self.currency = currency }
    guard currency == self.currency else {
      series.append(moment, amount, to: &foreign)
      series.append(moment, Int64(currency) * 8 + Int64(kind.rawValue), to: &foreign)
      return
    }
    switch kind {
    case .placed: series.append(moment, amount, to: &placed)
    case .changed: series.append(moment, amount, to: &changed)
    case .cancelled: series.append(moment, amount, to: &cancelled)
    case .paid: series.append(moment, amount, to: &paid)
    }
  }
}

/// One change of what a customer has bought.
public struct Movement: Hashable, Sendable {
  public enum Kind: UInt8, Sendable {
    case placed = 1
    case changed = 2
    case cancelled = 3
    case paid = 4
  }
  public let moment: Moment
  public let amount: Int64
  public let currency: UInt16
  public let kind: Kind
}

extension Purchases {
  /// Everything that was ordered, changed and paid, by business time.
  func movements(in series: borrowing SeriesStore) -> [Movement] {
    var all: [Movement] = []
    all.reserveCapacity(Int(placed.count + changed.count + cancelled.count + paid.count + foreign.count / 2))
    let own = currency
    series.forEach(in: placed) { all.append(Movement(moment: $0.moment, amount: $0.value, currency: own, kind: .placed)) }
    series.forEach(in: changed) { all.append(Movement(moment: $0.moment, amount: $0.value, currency: own, kind: .changed)) }
    series.forEach(in: cancelled) {
      all.append(Movement(moment: $0.moment, amount: $0.value, currency: own, kind: .cancelled))
    }
    series.forEach(in: paid) { all.append(Movement(moment: $0.moment, amount: $0.value, currency: own, kind: .paid)) }
    var amount: Int64?
    series.forEach(in: foreign) { entry in
      guard let first = amount else { return amount = entry.value }
      let kind = Movement.Kind(rawValue: UInt8(entry.value & 7)) ?? .changed
      all.append(Movement(moment: entry.moment, amount: first, currency: UInt16(entry.value >> 3), kind: kind))
      amount = nil
    }
    all.sort { $0.moment < $1.moment }
    return all
  }
}
