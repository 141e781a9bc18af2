public import AccountHistory
import Events
public import Matters
public import Projection
public import Vocabulary
public import Wire

public struct ContractRow: Row {
  public let phase: ContractPhase
  /// By the terms alone, without regard to texts and decisions.
  public let state: ContractState
  public let startOn: Day?
  /// The end by the terms, before any amendment or renewal.
  public let originalEndOn: Day?
  /// The end as it stands on record.
  public let endOn: Day?
  public let extensions: Int
  public let movedEarlier: Bool
  /// In force on the as-of day only because its end was moved.
  public let byExtension: Bool
  /// Of a contract in force.
  public let daysToEnd: Int?
  public let dueWithin90: Bool
  public let noticeDays: Int?
  public let autoRenew: Bool
  public let totalMinor: Int64?
  public let mrrMinor: Int64?
  public let currency: Currency?
  public let fulfilment: Fulfilment?
  public let obligations: Int
  public let overdue: Int
  public let nextObligationOn: Day?
  public let breaches: Int
  public let version: Int?
  public let newestVersion: Int?
  public let isProposed: Bool
  public let unproven: Int
  let missing: String?
  public let provenEndOn: Day?
  public let approvals: Int
  public let openApprovals: Int
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("state", ContractPhase.self, "State", "状态"),
    Column("startOn", .day, "Starts on", "起始日期"),
    Column("originalEndOn", .day, "Original end", "原到期日"),
    Column("endOn", .day, "Ends on", "到期日期"),
    Column("extensions", .integer, "Extensions", "延期次数"),
    Column("movedEarlier", .flag, "End moved earlier", "到期日提前"),
    Column("byExtension", .flag, "In force only by extension", "仅因延期而有效"),
    Column("daysToEnd", .integer, "Days to the end", "距到期天数"),
    Column("dueWithin90", .flag, "Due within 90 days", "90 天内到期"),
    Column("noticeDays", .integer, "Notice in days", "通知期（天）"),
    Column("autoRenew", .flag, "Renews by itself", "到期自动续约"),
    Column("totalMinor", .money, "Total", "总额"),
    Column("mrrMinor", .money, "Monthly recurring revenue", "月经常性收入"),
    Column("cur", .text, "Currency", "币种"),
    Column("inForce", .flag, "In force", "是否有效"),
    .code("fulfilment", Fulfilment.self, "Fulfilment", "履行状况"),
    Column("obligations", .integer, "Obligations", "履约义务数"),
    Column("obligationsOverdue", .integer, "Obligations overdue", "逾期义务数"),
    Column("nextObligationOn", .day, "Next obligation due on", "下一义务到期日"),
    Column("breaches", .integer, "Breaches recorded", "违约记录数"),
    Column("version", .integer, "Version in force", "现行版本"),
    Column("newestVersion", .integer, "Newest version on record", "最新版本"),
    Column("proposed", .flag, "A change is proposed, not effective", "有变更仅为提议"),
    Column("unproven", .integer, "Amendments without proof that all agreed", "缺少同意凭证的变更"),
    Column("missingAssent", .text, "Of whom no proof stands", "缺少凭证的当事方"),
    Column("provenEndOn", .day, "Ends on, by what is proven", "到期日期（仅计有凭证的变更）"),
    Column("approvals", .integer, "Decisions asked for", "审批数"),
    Column("openApprovals", .integer, "Decisions open", "未决审批"),
  ]

  public var values: [Value] {
    [
      Value(phase), Value(startOn), Value(originalEndOn), Value(endOn), Value(extensions), .flag(movedEarlier),
      .flag(byExtension), Value(daysToEnd.map { Int64($0) }), .flag(dueWithin90), Value(noticeDays.map { Int64($0) }),
      .flag(autoRenew), Value(totalMinor), Value(mrrMinor), currency.map { .text($0.description) } ?? .null,
      .flag(state == .inForce), fulfilment.map { Value($0) } ?? .null, Value(obligations), Value(overdue),
      Value(nextObligationOn), Value(breaches), Value(version.map { Int64($0) }), Value(newestVersion.map { Int64($0) }),
      .flag(isProposed), Value(unproven), missing.map { .text($0) } ?? .null, Value(provenEndOn), Value(approvals),
      Value(openApprovals),
    ]
  }
  public var outcome: Int? { Int(phase.rawValue) - 1 }

  public static let valueInForce = Word("contractsInForce", "Contracts in force", "在履合同金额")
  public var amounts: [Amount] {
    guard state == .inForce, let totalMinor, let currency else { return [] }
    return [Amount(ContractRow.valueInForce, currency, totalMinor)]
  }
}

extension ContractRow {
  /// The notice that a register gives of ends that come near.
  static let dueDays = 90

  init(
    _ standing: ContractStanding, _ papers: ContractPapers, _ approvals: [ApprovalCourse], provenEnd: Day?, on day: Day
  ) {
    let reading = standing.reading
    (phase, state) = (standing.phase, standing.state)
    startOn = reading.inForceFrom?.day ?? reading.start?.day
    originalEndOn = reading.originalEnd
    endOn = reading.inForceUntil?.day
    extensions = reading.extensions
    movedEarlier =
      reading.originalEnd.map { original in (reading.inForceUntil?.day).map { $0 < original } ?? false } ?? false
    byExtension = state == .inForce && (reading.originalEnd.map { $0 <= day } ?? false)
    daysToEnd = state == .inForce ? (reading.inForceUntil?.day).map { $0 - day } : nil
    dueWithin90 = daysToEnd.map { $0 <= ContractRow.dueDays } ?? false
    (noticeDays, autoRenew) = (reading.notice, reading.autoRenew)
    (totalMinor, mrrMinor, currency) = (reading.total, reading.monthly, reading.currency)
    fulfilment = papers.fulfilment(on: day)
    obligations = papers.obligations.count + papers.unfollowed
    overdue = papers.obligations.count { $0.fulfilment(on: day) == .lapsed }
    nextObligationOn = papers.obligations.filter { $0.met == nil }.compactMap(\.dueOn).min()
    breaches = papers.breaches.count
    (version, newestVersion) = (papers.version, papers.newestVersion)
    isProposed = papers.proposal != nil || !papers.unproven.isEmpty
    unproven = papers.unproven.count
    let parties = papers.unproven.flatMap(\.missing).reduce(into: [Contract.Party]()) { if !$0.contains($1) { $0.append($1) } }
    missing = parties.isEmpty ? nil : parties.map(\.word.text).joined(separator: ", ")
    provenEndOn = provenEnd
    self.approvals = approvals.count
    openApprovals = approvals.count { $0.next != nil }
    (since, because) = (standing.since, standing.because)
  }
}
