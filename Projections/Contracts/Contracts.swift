import Events
public import Projection
public import Vocabulary
public import Wire

/// Which contracts are in force on a day, until when, and which of them only because they were extended?
///
/// In force means start ≤ day < end. A contract that was activated, or signed with a known start, needs no event to run
/// out: the as-of day decides.
public enum Contracts: Gathering, Projection {
  public typealias Rules = NoRules
  public static let name = "contracts"
  public static let shape = 1
  public static let title = Name("Contract register", "合同台账")
  public static let key = Key.subject(.contract)
  public static let families: [any Family.Type] = [Contract.self]

  // MARK: Facts

  /// One series of what the steps said, see `Said`. It is sorted when read, so a late entry takes its place in time.
  public struct Facts: BitwiseCopyable, Sendable {
    var said = Series()
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Contract.self) else { return }
    switch type {
    case .drafted: facts.terms(.drafted, event, &series)
    case .signed: facts.terms(.signed, event, &series)
    case .activated: facts.terms(.activated, event, &series)
    case .amended:
      facts.money(event, &series)
      facts.say(.newEnd, event.number(Contract.Fact.endOn), event.moment, &series)
    case .renewed:
      facts.money(event, &series)
      facts.say(.newEnd, event.number(Contract.Fact.newEndOn), event.moment, &series)
    case .ended:
      let day = event.number(Contract.Fact.endedOn) ?? Int64(event.at.day.number)
      facts.say(.ended, day * 16 + (event.number(Contract.Fact.cause) ?? 0), event.moment, &series)
    case .revised, .textFrozen: break  // what is written or frozen binds nobody before it is signed
    case .obligationMet, .breachRecorded, .archived: break
    }
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some Trace
  ) -> ContractRow? {
    var reading = Reading()
    for entry in series.inOrder(facts.said) where entry.moment.at <= now { reading.take(entry) }
    guard let judged = reading.state(on: now.day) else { return nil }
    reading.note(judged.state, on: now.day, in: &trace)
    return ContractRow(reading, judged.state, on: now.day, since: judged.since, because: judged.because)
  }
}

// MARK: Row

public enum ContractState: UInt8, CodeSet {
  case draft = 1
  case signed = 2
  case inForce = 3
  case lapsed = 4
  case fulfilled = 5
  case expired = 6
  case rescinded = 7
  case terminated = 8
  case cancelled = 9

  public var word: Word {
    switch self {
    case .draft: Word("draft", "Draft", "起草")
    case .signed: Word("signed", "Signed, not yet in force", "已签未生效")
    case .inForce: Word("in-force", "In force", "履行中")
    case .lapsed: Word("lapsed", "Past its end, not closed", "到期未处理")
    case .fulfilled: Word("fulfilled", "Ended: fulfilled", "履行完毕")
    case .expired: Word("expired", "Ended: expired", "到期终止")
    case .rescinded: Word("rescinded", "Ended: rescinded", "解除")
    case .terminated: Word("terminated", "Ended: terminated", "终止")
    case .cancelled: Word("cancelled", "Ended: cancelled", "取消")
    }
  }
}

public struct ContractRow: Row {
  public let state: ContractState
  public let startOn: Day?
  /// The end by the terms, before any amendment or renewal.
  public let originalEndOn: Day?
  /// The end as it stands.
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
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("state", ContractState.self, "State", "状态"),
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
  ]

  public var values: [Value] {
    [
      Value(state), Value(startOn), Value(originalEndOn), Value(endOn), Value(extensions), .flag(movedEarlier),
      .flag(byExtension), Value(daysToEnd.map { Int64($0) }), .flag(dueWithin90), Value(noticeDays.map { Int64($0) }),
      .flag(autoRenew), Value(totalMinor), Value(mrrMinor), currency.map { .text($0.description) } ?? .null,
    ]
  }
  public var outcome: Int? { Int(state.rawValue) - 1 }

  public static let valueInForce = Word("contractsInForce", "Contracts in force", "在履合同金额")
  public var amounts: [Amount] {
    guard state == .inForce, let totalMinor, let currency else { return [] }
    return [Amount(ContractRow.valueInForce, currency, totalMinor)]
  }
}
