import Events
import AccountHistory
public import Projection
public import Vocabulary
public import Wire

public struct ReceivableRow: NamingRow {
  public let currency: Currency
  /// Of the open item that was due first.
  public let worst: AgeBucket?
  public let ageing: AgedSums
  public let advanceMinor: Int64
  /// What is open less advances; below zero where we owe them.
  public let balanceMinor: Int64
  public let openInvoices: Int
  public let oldestDueOn: Day?
  /// The number of the invoice that was due first of those that are open.
  public let oldestInvoice: Int64?
  public let creditLimitMinor: Int64?
  public let isOverLimit: Bool?
  public let daysLate: Int?
  public let meanDaysLate: Int?
  public let billedMinor: Int64
  public let collectedMinor: Int64
  public let salesOutstandingDays: Int?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] =
    [Column("cur", .text, "Currency", "币种"), .code("worst", AgeBucket.self, "Oldest open", "最早未收")]
    + AgedSums.columns + [
      Column("advanceMinor", .money, "Unapplied advances", "未核销预收款"),
      Column("balanceMinor", .money, "Balance", "应收净额"),
      Column("openInvoices", .integer, "Open invoices", "未结清发票数"),
      Column("oldestDueOn", .day, "Oldest due on", "最早到期日"),
      Column("oldestInvoice", .text, "Oldest open invoice", "最早未结清发票"),
      Column("creditLimitMinor", .money, "Credit limit in force", "有效信用额度"),
      Column("overLimit", .flag, "Over the limit", "超出额度"),
      Column("daysLate", .integer, "Days late", "逾期天数"),
      Column("meanDaysLate", .integer, "Mean days late of 12 months", "近 12 个月平均逾期天数"),
      Column("billed12mMinor", .money, "Invoiced in 12 months", "近 12 个月开票额"),
      Column("collected12mMinor", .money, "Collected in 12 months", "近 12 个月回款额"),
      Column("dsoDays", .integer, "Days sales outstanding", "应收账款周转天数"),
    ]

  public func values(_ names: any Names) -> [Value] {
    [.text(currency.description), worst.map { Value($0) } ?? .null] + ageing.values + [
      .integer(advanceMinor), .integer(balanceMinor), Value(openInvoices), Value(oldestDueOn),
      Value(.invoice, oldestInvoice, names), Value(creditLimitMinor), isOverLimit.map { .flag($0) } ?? .null,
      Value(daysLate.map { Int64($0) }), Value(meanDaysLate.map { Int64($0) }), .integer(billedMinor),
      .integer(collectedMinor), Value(salesOutstandingDays.map { Int64($0) }),
    ]
  }

  public var outcome: Int? { worst.map { Int($0.rawValue) - 1 } }

  public static let openWord = Word("receivable", "Receivable", "应收余额")
  public static let overdueWord = Word("overdue", "Overdue", "逾期应收")
  public var amounts: [Amount] {
    [
      Amount(ReceivableRow.openWord, currency, ageing.open), Amount(ReceivableRow.overdueWord, currency, ageing.overdue),
    ].filter { $0.minor != 0 }
  }
}

extension ReceivableRow {
  init(_ reading: LedgerReading) {
    currency = reading.ledger.currency
    worst = reading.worst
    ageing = reading.ageing
    advanceMinor = reading.advance
    balanceMinor = reading.balance
    openInvoices = reading.ledger.items.count { $0.isOpen && $0.invoice != nil }
    oldestDueOn = reading.oldest?.due
    oldestInvoice = reading.oldest?.invoice
    creditLimitMinor = reading.limit?.amount
    isOverLimit = reading.isOverLimit
    daysLate = reading.lateness?.days
    meanDaysLate = reading.lateness?.mean
    billedMinor = reading.billed
    collectedMinor = reading.collected
    salesOutstandingDays = reading.salesOutstandingDays
    let cause = reading.cause
    since = cause?.at
    because = cause?.seq
  }
}

extension LedgerReading {
  /// What made the row what it is in the main: the oldest open item since it came into its bucket, else what settled last.
  var cause: Moment? {
    if let oldest, let worst {
      let began = worst.firstDay.map { (oldest.due + $0).start } ?? oldest.moment.at
      return Moment(at: max(began, oldest.moment.at), seq: oldest.moment.seq)
    }
    return ledger.items.compactMap(\.settledBy).max() ?? advances.last?.moment ?? ledger.bills.last?.moment
  }
}

extension AgeBucket {
  /// The first day past due that lies in it; `nil` before.
  var firstDay: Int? {
    switch self {
    case .notDue: nil
    case .to30: 1
    case .to60: 31
    case .to90: 61
    case .over90: 91
    }
  }
}
