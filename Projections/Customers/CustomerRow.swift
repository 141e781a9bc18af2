import AccountHistory
public import Events
public import Projection
public import Vocabulary
public import Wire

/// Money is in the currency of most dealings; what stands in others is named beside it. Counts are of all currencies.
public struct CustomerRow: NamingRow {
  private let dealings: Dealings?
  public let contracts: Int
  public let openOrders: Int
  public let openOpportunities: Int
  public let others: String?
  public let status: Customer.Status?
  /// A name; `nil` while nobody owns them.
  public let owner: Int64?
  public let openComplaints: Int
  public let gravest: Complaint.Severity?
  public let warning: Events.Churn.Level?
  public let lastContactOn: Day?
  public let lastPurchaseOn: Day?
  /// Details on file of all that should be, in whole percent, rounded down.
  public let filePercent: Int
  public let missing: [FileDetail]
  public let since: Instant?
  public let because: Int64?

  init(_ file: CustomerFile, _ latest: Moment) {
    let main = file.dealings.main
    dealings = main
    contracts = file.contracts.count
    openOrders = file.orders.count
    openOpportunities = file.opportunities.count
    let rest = file.dealings.filter { $0 != main }.map(\.text).filter { !$0.isEmpty }
    others = rest.isEmpty ? nil : rest.joined(separator: "; ")
    status = file.standing.status?.status
    owner = file.leading?.holder ?? nil
    openComplaints = file.complaints.count
    gravest = file.gravest
    warning = file.standing.warning?.level
    lastContactOn = file.lastContact?.at.day
    lastPurchaseOn = file.lastPurchase?.at.day
    filePercent = file.standing.details.percent
    missing = file.standing.details.missing
    (since, because) = (latest.at, latest.seq)
  }

  public static let columns: [Column] = [
    .code("status", Customer.Status.self, "Status", "状态"),
    Column("owner", .text, "Owner", "负责人"),
    Column("cur", .text, "Currency", "币种"),
    Column("contracts", .integer, "Contracts in force", "在履合同数"),
    Column("contractMinor", .money, "Contract value in force", "在履合同金额"),
    Column("orders", .integer, "Open orders", "未交付订单数"),
    Column("orderMinor", .money, "Orders to be delivered", "未交付订单金额"),
    Column("receivableMinor", .money, "Receivable", "应收余额"),
    Column("overdueMinor", .money, "Overdue", "逾期应收"),
    Column("advanceMinor", .money, "Unapplied advances", "未核销预收款"),
    Column("opportunities", .integer, "Open opportunities", "进行中商机数"),
    Column("opportunityMinor", .money, "Opportunities", "商机金额"),
    Column("weightedMinor", .money, "Opportunities, weighted", "商机加权金额"),
    Column("others", .text, "In other currencies, minor units", "其他币种（分）"),
    Column("openComplaints", .integer, "Open complaints", "未结投诉数"),
    .code("gravest", Complaint.Severity.self, "Gravest of them", "最高投诉等级"),
    .code("warning", Events.Churn.Level.self, "Open warning", "未处置的预警"),
    Column("lastContactOn", .day, "Last contact", "最近联络"),
    Column("lastPurchaseOn", .day, "Last purchase", "最近购买"),
    Column("filePercent", .integer, "File complete (%)", "档案完整度（%）"),
    Column("missing", .text, "Missing on file", "档案缺项"),
  ]

  public func values(_ names: any Names) -> [Value] {
    [
      status.map { Value($0) } ?? .null, Value(name: owner, names), dealings.map { .text($0.currency.description) } ?? .null,
      Value(contracts), Value(dealings?.contractMinor), Value(openOrders), Value(dealings?.orderMinor),
      Value(dealings?.receivableMinor), Value(dealings?.overdueMinor), Value(dealings?.advanceMinor),
      Value(openOpportunities), Value(dealings?.opportunityMinor), Value(dealings?.weightedMinor),
      others.map { .text($0) } ?? .null, Value(openComplaints), gravest.map { Value($0) } ?? .null,
      warning.map { Value($0) } ?? .null, Value(lastContactOn), Value(lastPurchaseOn), Value(filePercent),
      missing.isEmpty ? .null : .text(missing.map(\.word.text).joined(separator: ",")),
    ]
  }

  public var outcome: Int? { status.map { Int($0.rawValue) - 1 } }

  public static let owedToUs = Word("owedToUs", "Owed to us", "对方应付")
  public static let owedByUs = Word("owedByUs", "Owed by us: advances", "我方应付（预收）")
  public var amounts: [Amount] {
    guard let dealings else { return [] }
    return [
      Amount(CustomerRow.owedToUs, dealings.currency, dealings.receivableMinor),
      Amount(CustomerRow.owedByUs, dealings.currency, dealings.advanceMinor),
    ].filter { $0.minor != 0 }
  }
}
