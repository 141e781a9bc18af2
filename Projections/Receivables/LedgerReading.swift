import AccountHistory
import Projection
import Statistics
import Vocabulary
import Wire

/// A ledger with what is to be said of it on a day.
struct LedgerReading {
  /// Days over which invoices, money and lateness are looked at.
  static let yearDays = 365

  let ledger: Ledger
  let ageing: AgedSums
  let advances: [Ledger.Advance]
  /// The limit of credit that holds, if it is for this currency.
  let limit: StandingReading.Limit?
  let today: Day
  /// Invoiced and collected within the year.
  let billed: Int64
  let collected: Int64

  /// `nil` where there is nothing to be said.
  init?(_ ledger: Ledger, _ standing: StandingReading, on today: Day) {
    self.ledger = ledger
    self.today = today
    // Who is never invoiced owes nothing, and what they pay is no advance unless it was recorded as one.
    advances = ledger.bills.isEmpty ? ledger.advances.filter(\.isDeclared) : ledger.advances
    if ledger.bills.isEmpty, advances.isEmpty { return nil }
    ageing = AgedSums(ledger, on: today)
    limit = standing.limit(on: today).flatMap { $0.currency ?? ledger.currency == ledger.currency ? $0 : nil }
    billed = ledger.bills.lazy.filter { today - $0.moment.at.day < LedgerReading.yearDays }.map(\.amount).moneySum
    collected = ledger.settlements.lazy.filter { today - $0.moment.at.day < LedgerReading.yearDays }.map(\.collected).moneySum
  }

  var advance: Int64 { advances.lazy.map(\.rest).moneySum }
  var balance: Int64 { ageing.open.plusMoney(-advance) }
  var open: [Ledger.Item] { ledger.items.filter(\.isOpen) }
  /// The open item that was due first.
  var oldest: Ledger.Item? { ledger.items.first(where: \.isOpen) }
  var worst: AgeBucket? { oldest.map { AgeBucket(daysPastDue: today - $0.due) } }
  var isOverLimit: Bool? { limit.map { balance > $0.amount } }

  /// Days sales outstanding: what is open ÷ what was invoiced within the year × its days, to the nearest day. Where the
  /// first invoice is younger than a year, the year begins with it. `nil` where nothing was invoiced.
  var salesOutstandingDays: Int? {
    guard let first = ledger.bills.lazy.map(\.moment.at.day).min() else { return nil }
    let days = min(LedgerReading.yearDays, today - first + 1)
    return daysSalesOutstanding(receivables: ageing.open, creditSales: billed, days: days).map { Int($0.rounded()) }
  }

  /// How late they pay at present: the open item that is late longest, else what was settled last. And the mean of what
  /// was settled before it within the year, to the nearest day.
  var lateness: (days: Int, item: Ledger.Item, mean: Int?, others: [Ledger.Item])? {
    var settled = ledger.items.filter { $0.daysLate != nil }
    settled.sort { ($0.settledOn ?? $0.due, $0.due, $0.moment) < ($1.settledOn ?? $1.due, $1.due, $1.moment) }
    let item: Ledger.Item
    let days: Int
    if let oldest, oldest.due < today {
      (item, days) = (oldest, today - oldest.due)
    } else if let last = settled.popLast(), let late = last.daysLate {
      (item, days) = (last, late)
    } else {
      return nil
    }
    let others = settled.filter { today - ($0.settledOn ?? $0.due) < LedgerReading.yearDays }
    let sum = others.reduce(0) { $0 + ($1.daysLate ?? 0) }
    return (days, item, others.isEmpty ? nil : (2 * sum + others.count) / (2 * others.count), others)
  }
}

extension Settlement {
  /// Money that came in, and with a minus sign money given back.
  fileprivate var collected: Int64 {
    switch kind {
    case .received, .advanced: amount
    case .refunded: -amount
    case .credited, .writtenOff, .reversed: 0
    }
  }
}

// MARK: Why

extension LedgerReading {
  /// Events that a finding names at most.
  private static let evidenceLimit = 10

  /// Notes each sum with the invoices and the money behind it.
  func note(about subject: CensusSubject, in trace: inout some CensusTrace) {
    func note(
      _ id: String, _ title: Name, _ value: String, _ threshold: String, _ holds: Bool, _ moments: some Sequence<Moment>
    ) {
      trace.note(
        subject,
        Finding(
          id, title, value: value, threshold: threshold, holds: holds,
          evidence: moments.prefix(LedgerReading.evidenceLimit).map(\.seq)))
    }
    for bucket in AgeBucket.allCases {
      let items = open.filter { AgeBucket(daysPastDue: today - $0.due) == bucket }
      note(bucket.word.text, bucket.word.title, "\(ageing[bucket])", "0", ageing[bucket] > 0, items.map(\.moment))
    }
    note(
      "advance", Name("Advances that settle nothing yet", "未核销预收款"), "\(advance)", "0", advance > 0, advances.map(\.moment))
    if let limit {
      note(
        "credit-limit", Name("Owed against the credit limit", "余额与信用额度"), "\(balance)", "\(limit.amount)",
        balance > limit.amount, [limit.moment])
    }
    if let lateness {
      note(
        "days-late", Name("Days late against the own mean of 12 months", "逾期天数与自身 12 个月均值"), "\(lateness.days)",
        lateness.mean.map { "\($0)" } ?? "–", lateness.mean.map { lateness.days > $0 } ?? false,
        [lateness.item.moment] + lateness.others.suffix(LedgerReading.evidenceLimit - 1).map(\.moment))
    }
    note(
      "dso", Name("Days sales outstanding (open ÷ invoiced of 12 months × days)", "应收账款周转天数（未收 ÷ 12 个月开票额 × 天数）"),
      salesOutstandingDays.map { "\($0)" } ?? "–", "–", false, ledger.bills.suffix(1).map(\.moment))
  }
}
