public import AccountHistory
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

  /// One series of what the steps said, see `ContractReading`. It is sorted when read, so a late entry takes its place in
  /// time.
  public struct Facts: BitwiseCopyable, Sendable {
    var said = Series()
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Contract.self) else { return }
    facts.said.take(type, event, &series)
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some Trace
  ) -> ContractRow? {
    let reading = facts.said.contract(in: series, asOf: now)
    guard let judged = reading.state(on: now.day) else { return nil }
    reading.note(judged.state, on: now.day, in: &trace)
    return ContractRow(reading, judged.state, on: now.day, since: judged.since, because: judged.because)
  }
}

// MARK: Row

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
