public import AccountHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// What is owed to the company, by how long it is past due: all of it, and what each person answers for.
///
/// A row for the company and one for each owner, by currency: `company:all/CNY`, `employee:E-7/CNY`, and `company:pool/CNY`
/// for customers whom nobody owns.
public enum AgeingReport: Census {
  public typealias Source = Dossier
  public typealias Rules = NoRules
  public static let name = "ageing"
  public static let shape = 1
  public static let title = Name("Receivables by age", "账龄汇总")

  public struct Return: Sendable {
    let owner: Int64?
    let reading: LedgerReading
  }

  public static func report(
    _ facts: Dossier.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<NoRules>, asOf now: Instant,
    to returns: inout [Return]
  ) {
    guard !facts.bills.isEmpty else { return }
    let standing = facts.standing.reading(in: series, asOf: now, rule.names)
    let owner = facts.holdings.all(in: series, asOf: now).leading?.holder
    for ledger in facts.bills.ledgers(in: series, asOf: now) {
      guard let reading = LedgerReading(ledger, standing, on: now.day) else { continue }
      returns.append(Return(owner: owner, reading: reading))
    }
  }

  public static func conclude(
    _ returns: [Return], by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<AgeingRow>] {
    var sums = Tally<AgeingRow>()
    for one in returns {
      let currency = one.reading.ledger.currency
      let whose: CensusSubject.Base = one.owner.map { .named(.employee, $0) } ?? .fixed("company:pool")
      for base in [.fixed("company:all"), whose] {
        sums.update(CensusSubject(base, part: currency.description), from: AgeingRow(currency)) { $0.add(one.reading) }
      }
    }
    for (subject, row) in sums.all { row.note(about: subject, in: &trace) }
    return sums.all.map { CensusRow($0.subject, $0.sum) }
  }
}

public struct AgeingRow: Row {
  public let currency: Currency
  public private(set) var ageing = AgedSums()
  public private(set) var advanceMinor: Int64 = 0
  /// Those that have an invoice open.
  public private(set) var customers = 0
  public private(set) var overdueCustomers = 0
  public private(set) var overLimit = 0
  public private(set) var billedMinor: Int64 = 0
  public private(set) var collectedMinor: Int64 = 0
  /// The open item of each bucket that was due first.
  private var oldest = [Ledger.Item?](repeating: nil, count: AgeBucket.allCases.count)

  init(_ currency: Currency) { self.currency = currency }

  mutating func add(_ reading: LedgerReading) {
    ageing.add(reading.ageing)
    advanceMinor = advanceMinor.plusMoney(reading.advance)
    billedMinor = billedMinor.plusMoney(reading.billed)
    collectedMinor = collectedMinor.plusMoney(reading.collected)
    if reading.oldest != nil { customers += 1 }
    if reading.ageing.overdue > 0 { overdueCustomers += 1 }
    if reading.isOverLimit == true { overLimit += 1 }
    for item in reading.ledger.items where item.isOpen {
      let place = Int(AgeBucket(daysPastDue: reading.today - item.due).rawValue) - 1
      if oldest[place].map({ (item.due, item.moment) < ($0.due, $0.moment) }) ?? true { oldest[place] = item }
    }
  }

  private var oldestOfAll: Ledger.Item? { oldest.last { $0 != nil } ?? nil }
  public var since: Instant? { oldestOfAll?.due.start }
  public var because: Int64? { oldestOfAll?.moment.seq }
  /// What is overdue of what is open, in hundredths of a percent, rounded down; `nil` where nothing is open.
  public var overdueShareBp: Int64? {
    ageing.open > 0 ? Int64(Double(ageing.overdue) / Double(ageing.open) * 10_000) : nil
  }

  public static let columns: [Column] =
    [
      Column("cur", .text, "Currency", "币种"), Column("customers", .integer, "Customers with open invoices", "有未收款的客户数"),
    ] + AgedSums.columns + [
      Column("overdueShareBp", .integer, "Overdue of what is open (0.01 %)", "逾期占比（万分之一）"),
      Column("overdueCustomers", .integer, "Customers that are overdue", "逾期客户数"),
      Column("overLimit", .integer, "Customers over their limit", "超出额度客户数"),
      Column("advanceMinor", .money, "Unapplied advances", "未核销预收款"),
      Column("billed12mMinor", .money, "Invoiced in 12 months", "近 12 个月开票额"),
      Column("collected12mMinor", .money, "Collected in 12 months", "近 12 个月回款额"),
    ]

  public var values: [Value] {
    [.text(currency.description), Value(customers)] + ageing.values + [
      Value(overdueShareBp), Value(overdueCustomers), Value(overLimit), .integer(advanceMinor), .integer(billedMinor),
      .integer(collectedMinor),
    ]
  }

  public var outcome: Int? { nil }
  public var amounts: [Amount] { [Amount(ReceivableRow.openWord, currency, ageing.open)] }

  /// Notes each sum with the item in it that was due first.
  func note(about subject: CensusSubject, in trace: inout some CensusTrace) {
    for bucket in AgeBucket.allCases {
      trace.note(
        subject,
        Finding(
          bucket.word.text, bucket.word.title, value: "\(ageing[bucket])", threshold: "0", holds: ageing[bucket] > 0,
          evidence: [oldest[Int(bucket.rawValue) - 1]?.moment.seq]))
    }
  }
}
