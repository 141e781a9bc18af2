import AccountHistory
public import CompanyHistory
public import CompanyRules
import Events
public import Projection
public import Vocabulary
public import Wire

/// What commission is due to whom, what was posted, what is to be taken back, and which event is behind each cent?
///
/// A row for each person, month and currency: `employee:E-7/2026-10/CNY`; what was collected from customers whom nobody
/// led stands under `company:pool`. What each payment earns is fixed by the steps in the order of business time; a part is
/// due when the money comes, the rest in the month in which its invoice is collected in full.
public enum Commissions: Census {
  public typealias Source = Staff
  public typealias Rules = CommissionRules
  public static let name = "commissions"
  public static let shape = 1
  public static let title = Name("Commission", "提成")
  public static let about = "employee; month; currency"
  public static let ruleKind: String? = "commission"
  public static let shippedRules = CommissionRules.shipped

  public static func report(
    _ facts: Staff.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<CommissionRules>, asOf now: Instant,
    to returns: inout CommissionHearing
  ) {
    guard let person = rule.names.id(.employee, Int64(key)).flatMap({ rule.names.number($0) }) else { return }
    for posting in facts.career(in: series, asOf: now).postings { returns.postings.append((person, posting)) }
  }

  public static let witnesses: [Witness<Commissions>] = [
    Witness(Dossier.self) { facts, series, _, rule, now, heard in
      heard.take(facts, series, by: rule.body, asOf: now)
    }
  ]

  public static func conclude(
    _ returns: CommissionHearing, by rule: Ruled<CommissionRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<CommissionRow>] {
    var book = CommissionBook(by: rule.body)
    book.take(returns.sales)
    for (person, posting) in returns.postings { book.take(posting, of: person, rule.names) }
    return book.rows.map { statement in
      statement.note(in: &trace)
      return CensusRow(statement.subject, CommissionRow(statement))
    }
  }
}

/// What was sold to all customers, and what was posted.
public struct CommissionHearing: Hearing {
  var postings: [(person: Int64, posting: Career.Posting)] = []
  private(set) var sales: [Sale] = []

  public init(about subject: CensusSubject?) {}

  mutating func take(
    _ facts: Dossier.Facts, _ series: borrowing SeriesStore, by rule: CommissionRules, asOf now: Instant
  ) {
    var own: [Sale] = []
    if rule.revenueBasis == .ordered {
      own = facts.orders.all(in: series, asOf: now).compactMap { Sale($0) }
    } else if !facts.bills.isEmpty {
      let (bills, settlements) = facts.bills.read(in: series, asOf: now)
      for currency in CommissionHearing.currencies(bills, settlements) {
        let walk = SaleWalk(bills.filter { $0.currency == currency }, settlements.filter { $0.currency == currency })
        own += rule.revenueBasis == .invoiced ? walk.invoiced : walk.received
      }
    }
    if let only = rule.currency { own = own.filter { $0.currency == only } }
    guard !own.isEmpty else { return }
    let holdings = facts.holdings.all(in: series, asOf: now)
    for place in own.indices {
      let moment = rule.creditedTo == .invoiced ? own[place].invoice ?? own[place].moment : own[place].moment
      own[place].person = holdings.leader(at: moment.at)
    }
    sales += own
  }

  private static func currencies(_ bills: [Bill], _ settlements: [Settlement]) -> [Currency] {
    var all: [Currency] = []
    for currency in bills.map(\.currency) + settlements.map(\.currency) where !all.contains(currency) { all.append(currency) }
    return all.sorted { $0.number < $1.number }
  }
}

extension Sale {
  /// An order earns when it is placed, as it was changed since; where it is cancelled, all of it is given back.
  init?(_ order: OrderReading) {
    guard let placed = order.placed, let currency = order.currency, order.amount > 0 else { return nil }
    self.init(moment: placed, amount: order.amount, currency: currency, invoice: nil, full: placed)
    if let cancelled = order.cancelled { backs = [Back(moment: cancelled, amount: order.amount)] }
  }
}
