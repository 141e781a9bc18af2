public import AccountHistory
public import Projection
import Events
import Vocabulary
import Wire

// What one customer brings.

extension Attainment {
  /// Takes a customer's visits and answers, and where they are. To be called before `take(money:)` of any account.
  public mutating func take(
    merits facts: Merits.Facts, _ series: borrowing SeriesStore, of account: Int, _ names: any Names
  ) {
    if asksWhere {
      wheres[account] = Place(region: facts.region, customer: names.id(.customer, facts.customer))
    }
    if wants(.visits) {
      for visit in facts.visits(in: series) where visit.moment.at <= now {
        add(.visits, at: visit.moment, visit.value < 0 ? nil : visit.value, account) { $0.visits += 1 }
      }
    }
    guard wants(.satisfaction) else { return }
    let answers = facts.answers(in: series).filter { $0.moment.at <= now }
    guard !answers.isEmpty else { return }
    let holdings = facts.holdings.all(in: series, asOf: now)
    for answer in answers {
      add(.satisfaction, at: answer.moment, holdings.leader(at: answer.moment.at), account) {
        $0.answers += 1
        $0.scores += answer.value
      }
    }
  }

  /// Takes a customer's orders, invoices and payments, and the completeness of their file.
  public mutating func take(
    money facts: Dossier.Facts, _ series: borrowing SeriesStore, of account: Int, _ names: any Names
  ) {
    let holdings = facts.holdings.all(in: series, asOf: now)
    let needsPurchases = wants(.newCustomers) || wants(.retention)
    let orders = wants(.ordered) || needsPurchases ? facts.orders.all(in: series, asOf: now) : []
    var purchases: [Moment] = orders.compactMap { $0.cancelled == nil ? $0.placed : nil }
    if wants(.ordered) { take(orders, holdings, account) }
    if wants(.collected) || wants(.invoiced) || (needsPurchases && purchases.isEmpty) {
      let (bills, settlements) = facts.bills.read(in: series, asOf: now)
      take(bills, settlements, holdings, account)
      if purchases.isEmpty {
        purchases = settlements.filter { $0.kind == .received || $0.kind == .advanced }.map(\.moment)
      }
    }
    purchases.sort()
    if wants(.newCustomers), let first = purchases.first {
      add(.newCustomers, at: first, holdings.leader(at: first.at), account) { $0.newCustomers += 1 }
    }
    if wants(.retention) { countKept(purchases, holdings, account) }
    if wants(.records), !holdings.isEmpty {
      countFile(facts.standing.reading(in: series, asOf: now, names).details, holdings, account)
    }
  }

  private mutating func take(_ orders: [OrderReading], _ holdings: [Holding], _ account: Int) {
    for order in orders where order.cancelled == nil {
      guard let placed = order.placed, let currency = order.currency else { continue }
      add(.ordered, at: placed, holdings.leader(at: placed.at), account) { $0.add(.ordered, order.amount, currency) }
    }
  }

  private mutating func take(
    _ bills: [Bill], _ settlements: [Settlement], _ holdings: [Holding], _ account: Int
  ) {
    if wants(.invoiced) {
      for bill in bills {
        add(.invoiced, at: bill.moment, holdings.leader(at: bill.moment.at), account) {
          $0.add(.invoiced, bill.amount, bill.currency)
        }
      }
    }
    guard wants(.collected) else { return }
    for settlement in settlements {
      let amount: Int64
      switch settlement.kind {
      case .received, .advanced: amount = settlement.amount
      case .refunded: amount = -settlement.amount
      case .credited, .writtenOff, .reversed: continue  // no money moved
      }
      add(.collected, at: settlement.moment, holdings.leader(at: settlement.moment.at), account) {
        $0.add(.collected, amount, settlement.currency)
      }
    }
  }

  /// Whether one of the purchases lies within the year before an instant.
  private static func isActive(_ purchases: [Moment], at instant: Instant) -> Bool {
    guard let last = purchases.last(where: { $0.at < instant }) else { return false }
    return instant <= last.at.adding(days: activeDays)
  }

  private mutating func countKept(_ purchases: [Moment], _ holdings: [Holding], _ account: Int) {
    guard let first = purchases.first else { return }
    for period in periods where period.first.start <= now && first.at < period.first.start {
      guard Attainment.isActive(purchases, at: period.first.start) else { continue }
      let isKept = Attainment.isActive(purchases, at: min(period.end.start, now))
      update(period, on: period.first, holdings.leader(at: period.first.start), account) {
        $0.active += 1
        if isKept { $0.kept += 1 }
      }
    }
  }

  private mutating func countFile(_ details: FileDetails, _ holdings: [Holding], _ account: Int) {
    for period in periods where period.first.start <= now {
      let end = min(period.end.start, now)
      guard let owner = holdings.leader(at: end) else { continue }
      let filed = FileDetail.allCases.count { detail in details.moment(of: detail).map { $0.at <= end } ?? false }
      update(period, on: min(period.last, now.day), owner, account) {
        $0.detailsAsked += FileDetail.allCases.count
        $0.detailsFiled += filed
      }
    }
  }
}
