public import Projection
public import Vocabulary
public import Wire

/// Which events count as purchases. A company that records orders and payments must not count both.
public enum PurchaseBasis: UInt8, CodeSet {
  case orders = 1
  case payments = 2
  case ordersFirst = 3
  case paymentsFirst = 4

  public var word: Word {
    switch self {
    case .orders: Word("orders", "Orders", "订单")
    case .payments: Word("payments", "Payments", "回款")
    case .ordersFirst: Word("orders-first", "Orders; payments of those who have no order", "订单优先，无订单者按回款")
    case .paymentsFirst: Word("payments-first", "Payments; orders of those who paid nothing", "回款优先，无回款者按订单")
    }
  }

  /// The field of a rule that chooses it.
  public static func field(_ name: String, _ en: String, _ zh: String) -> Field { .code(name, PurchaseBasis.self, en, zh) }

  public init(_ values: JSONObject, _ name: String) {
    let text = values.text(name)
    self = PurchaseBasis.allCases.first { $0.word.text == text } ?? .ordersFirst
  }
}

/// A customer's purchases by one basis, by business time.
///
/// A cancelled order is no purchase. Facts do not name orders, so a cancellation strikes out the latest order before it
/// whose total it takes back, and where there is none of that total, the latest order before it. Returns and changes
/// change amounts, not counts; a payment below zero is money given back and no purchase.
public struct PurchaseHistory: Sendable {
  /// What was bought, in any currency.
  public let purchases: [Movement]
  /// What changed the amount: the purchases, struck out ones too, with changes, returns, cancellations and refunds.
  public let movements: [Movement]

  public init(_ facts: Purchases, _ series: borrowing SeriesStore, by basis: PurchaseBasis) {
    guard !facts.isEmpty else {
      (purchases, movements) = ([], [])
      return
    }
    let all = facts.movements(in: series)
    let hasPayment = all.contains { $0.kind == .paid }
    let hasOrder = all.contains { $0.kind != .paid }
    let usesOrders =
      switch basis {
      case .orders: true
      case .payments: false
      case .ordersFirst: hasOrder
      case .paymentsFirst: !hasPayment
      }
    // Most customers have only the one or the other.
    movements = hasPayment && hasOrder || usesOrders == hasPayment ? all.filter { ($0.kind != .paid) == usesOrders } : all
    purchases = usesOrders ? PurchaseHistory.standing(movements) : movements.filter { $0.amount >= 0 }
  }

  /// The orders that were not cancelled.
  private static func standing(_ movements: [Movement]) -> [Movement] {
    var standing: [Movement] = []
    standing.reserveCapacity(movements.count)
    for movement in movements {
      switch movement.kind {
      case .placed: standing.append(movement)
      case .cancelled:
        let same = standing.lastIndex { $0.amount == -movement.amount && $0.currency == movement.currency }
        if let place = same ?? standing.indices.last { standing.remove(at: place) }
      case .changed, .paid: break
      }
    }
    return standing
  }

  /// The currency of the first purchase, in which a customer is judged where a rule names none.
  public var currency: Currency? { purchases.first.map { Currency(number: $0.currency) } }
}

/// The usual time between purchases. Purchases of one day count once.
public struct PurchaseRhythm: Sendable {
  /// Days between purchase days, smallest first.
  private var gaps: [Int32] = []
  private var last: Day?

  public init() {}

  public var count: Int { gaps.count }

  /// Takes the next purchase. Complexity: O(gaps), for the shift of a sorted list.
  /// - Precondition: not before the day taken last.
  public mutating func take(_ day: Day) {
    defer { last = day }
    guard let last, day > last else { return }
    let gap = Int32(day - last)
    var low = 0
    var high = gaps.count
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle] <= gap { low = middle + 1 } else { high = middle }
    }
    gaps.insert(gap, at: low)
  }

  /// Twice the median in days, so that the mean of the two in the middle stays whole.
  public var doubledMedian: Int? {
    guard !gaps.isEmpty else { return nil }
    return Int(gaps[(gaps.count - 1) / 2]) + Int(gaps[gaps.count / 2])
  }
}
