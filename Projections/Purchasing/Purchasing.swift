import AccountHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// How often and when has this customer bought, for how much, and is a contract in force?
///
/// What fits and backtests ask of every customer, as of one day. It judges nothing.
public enum Purchasing: Gathering, Projection {
  public static let name = "purchasing"
  public static let shape = 1
  public static let title = Name("Purchases by customer", "客户购买情况")
  public static let key = Key.account
  public static let families: [any Family.Type] = [Order.self, Payment.self, Contract.self]

  // MARK: Facts

  /// Late entries: both are series that are sorted by business time when read.
  public struct Facts: BitwiseCopyable, Sendable {
    var purchases = Purchases()
    var contracts = ContractSteps()
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Order.self) {
      facts.purchases.take(type, event, &series)
    } else if let type = event.type(in: Payment.self) {
      facts.purchases.take(type, event, &series)
    } else if let type = event.type(in: Contract.self) {
      facts.contracts.take(type, event, &series)
    }
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<PurchasingRules>, asOf now: Instant,
    trace: inout some Trace
  ) -> PurchasingRow? {
    let history = PurchaseHistory(facts.purchases, series, by: rule.body.purchaseEvents)
    let days = PurchaseDays(history, until: now.day)
    let terms = facts.contracts.terms(in: series, asOf: now)
    guard days != nil || !terms.isEmpty else { return nil }
    return PurchasingRow(days, history, terms, asOf: now)
  }
}

/// Which events count as purchases.
public struct PurchasingRules: RuleBody {
  public let purchaseEvents: PurchaseBasis

  public static let fields = [PurchaseBasis.field("purchaseEvents", "Events that count as purchases", "视为购买的事件")]

  public init(_ values: JSONObject) { purchaseEvents = PurchaseBasis(values, "purchaseEvents") }
}

// MARK: Row

public struct PurchasingRow: Row {
  /// Days with a purchase.
  public let days: Int
  public let firstOn: Day?
  public let lastOn: Day?
  /// Of the days behind the first, those with an amount above 0 in `currency`, and what they come to.
  public let paidDays: Int
  public let paidMinor: Int64
  /// Of the first purchase.
  public let currency: Currency?
  public let inForce: Bool
  /// When the contract that ended last did so; `nil` while none has.
  public let ended: Instant?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    Column("days", .integer, "Days with a purchase", "购买天数"), Column("firstOn", .day, "First purchase", "首次购买"),
    Column("lastOn", .day, "Latest purchase", "最近购买"),
    Column("paidDays", .integer, "Later days with an amount", "后续有金额的天数"),
    Column("paidMinor", .money, "Amount of those days", "后续金额"), Column("cur", .text, "Currency", "币种"),
    Column("inForce", .flag, "A contract is in force", "有在履合同"),
    Column("ended", .instant, "A contract ended", "合同终止时间"),
  ]

  public var values: [Value] {
    [
      Value(days), Value(firstOn), Value(lastOn), Value(paidDays), .integer(paidMinor),
      currency.map { .text($0.description) } ?? .null, .flag(inForce), Value(ended),
    ]
  }

  init(_ days: PurchaseDays?, _ history: PurchaseHistory, _ terms: [Term], asOf now: Instant) {
    let moments = days?.moments ?? []
    self.days = moments.count
    firstOn = moments.first?.at.day
    lastOn = moments.last?.at.day
    currency = history.purchases.first.map { Currency(number: $0.currency) }
    var amounts: [Day: Int64] = [:]
    for purchase in history.purchases where purchase.currency == currency?.number {
      let day = purchase.moment.at.day
      if let firstOn, day > firstOn, day <= now.day { amounts[day, default: 0] += purchase.amount }
    }
    let paid = amounts.values.filter { $0 > 0 }
    paidDays = paid.count
    paidMinor = paid.reduce(0, +)
    inForce = terms.contains { $0.isInForce(at: now) }
    ended = terms.compactMap(\.end).filter { $0.at <= now }.max()?.at
    since = moments.last?.at
    because = moments.last?.seq
  }
}
