public import AccountHistory
public import CompanyRules
public import Projection
public import Vocabulary
public import Wire

/// Who answers for this customer on a day, since when, and when do they fall to the public pool (公海)?
public enum Owners: Projection {
  public typealias Source = Dossier
  public static let name = "owners"
  public static let shape = 1
  public static let title = Name("Owners and public pool", "客户归属与公海")
  public static let ruleKind: String? = "pool"
  public static let shippedRules = PoolRules.shipped

  public static func conclude(
    _ facts: Dossier.Facts, _ series: borrowing SeriesStore, by rule: Ruled<PoolRules>, asOf now: Instant,
    trace: inout some Trace
  ) -> OwnerRow? {
    guard let tenure = Tenure(facts, series, by: rule.body, asOf: now) else { return nil }
    tenure.note(in: &trace, rule.names)
    return OwnerRow(tenure)
  }
}

// MARK: Row

/// How firmly a customer is held.
public enum OwnerState: UInt8, CodeSet {
  case unowned = 1
  case pool = 2
  case held = 3
  case kept = 4
  case reminded = 5
  case due = 6

  public var word: Word {
    switch self {
    case .unowned: Word("unowned", "Never had an owner", "从未有负责人")
    case .pool: Word("pool", "In the public pool", "在公海")
    case .held: Word("held", "Held", "持有中")
    case .kept: Word("kept", "Kept by a contract", "有在履合同，保留")
    case .reminded: Word("reminded", "Held, release is near", "临近退回，已提醒")
    case .due: Word("due", "Due for release", "应退回公海")
    }
  }
}

/// Which time ran out, or will first.
public enum ReleaseCause: UInt8, CodeSet {
  case quiet = 1
  case noDeal = 2

  public var word: Word {
    switch self {
    case .quiet: Word("quiet", "Without follow-up", "未跟进")
    case .noDeal: Word("no-deal", "Without a deal", "未成交")
    }
  }
}

public struct OwnerRow: NamingRow {
  private let tenure: Tenure.Summary
  public var state: OwnerState { tenure.state }
  public let since: Instant?
  public let because: Int64?

  init(_ tenure: Tenure) {
    self.tenure = tenure.summary
    let cause = tenure.cause
    (since, because) = (cause?.at, cause?.seq)
  }

  public static let columns: [Column] = [
    .code("state", OwnerState.self, "State", "状态"),
    Column("owner", .text, "Owner", "负责人"),
    Column("ownedSince", .day, "Owner since", "归属起始"),
    .code("cause", ReleaseCause.self, "What ends first", "先到期的条件"),
    Column("quietDays", .integer, "Days without follow-up", "未跟进天数"),
    Column("daysWithoutDeal", .integer, "Days without a deal", "未成交天数"),
    Column("releaseOn", .day, "Falls to the pool on", "退回公海日期"),
    Column("daysToRelease", .integer, "Days to release", "距退回天数"),
    Column("nextReminderOn", .day, "Next reminder on", "下次提醒日期"),
    Column("protectedUntil", .day, "Protected until", "保护期至"),
    Column("barredOwner", .text, "May not claim them back", "暂不可领回者"),
    Column("barredUntil", .day, "Not before", "可领回日期"),
    Column("account", .text, "Account responsible", "客户责任人"),
    Column("solution", .text, "Solution responsible", "方案责任人"),
    Column("fulfilment", .text, "Fulfilment responsible", "交付责任人"),
    Column("sponsor", .text, "Executive sponsor", "高层对接人"),
  ]

  public func values(_ names: any Names) -> [Value] {
    [
      Value(state), Value(name: tenure.owner, names), Value(tenure.ownedSince), tenure.releaseCause.map { Value($0) } ?? .null,
      Value(tenure.quietDays.map { Int64($0) }), Value(tenure.daysWithoutDeal.map { Int64($0) }), Value(tenure.releaseOn),
      Value(tenure.daysToRelease.map { Int64($0) }), Value(tenure.nextReminderOn), Value(tenure.protectedUntil),
      Value(name: tenure.barredOwner, names), Value(tenure.barredUntil),
    ] + tenure.team.map { Value(name: $0, names) }
  }

  public var outcome: Int? { Int(state.rawValue) - 1 }
}
