import AccountHistory
public import Events
public import Projection
public import Vocabulary
public import Wire

/// Where does each opportunity stand, for how long, and what is it worth?
public enum Funnel: Gathering, Projection {
  public typealias Rules = NoRules
  public static let name = "funnel"
  public static let shape = 1
  public static let title = Name("Funnel", "销售漏斗")
  public static let key = Key.subject(.opportunity)
  public static let families: [any Family.Type] = [Opportunity.self]

  // MARK: Facts

  /// One series of what the steps said, see `OpportunityReading`. It is sorted when read, so a late entry takes its place
  /// in time.
  public struct Facts: BitwiseCopyable, Sendable {
    var said = Series()
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Opportunity.self) else { return }
    facts.said.take(type, event, &series)
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some Trace
  ) -> FunnelRow? {
    let reading = facts.said.opportunity(in: series, asOf: now)
    guard let row = FunnelRow(reading, on: now.day) else { return nil }
    trace.note(
      Finding(
        "state", Name("State", "状态"), value: row.state.word.text, threshold: "–", holds: true, evidence: [row.because]))
    return row
  }
}

// MARK: Row

public enum FunnelState: UInt8, CodeSet {
  case open = 1
  case won = 2
  case lost = 3
  case abandoned = 4

  public var word: Word {
    switch self {
    case .open: Word("open", "Open", "进行中")
    case .won: Word("won", "Won", "赢单")
    case .lost: Word("lost", "Lost", "输单")
    case .abandoned: Word("abandoned", "Abandoned", "放弃")
    }
  }
}

public struct FunnelRow: Row {
  public let state: FunnelState
  public let openedOn: Day?
  public let closedOn: Day?
  /// Expected while open, final once closed.
  public let amountMinor: Int64?
  public let currency: Currency?
  public let probabilityBp: Int64?
  /// Of an open one: amount × probability, rounded towards zero.
  public let weightedMinor: Int64?
  public let category: Opportunity.Category?
  public let expectedOn: Day?
  /// Of a closed one: days from opening to closing.
  public let cycleDays: Int?
  /// Of an open one: days since the opening.
  public let ageDays: Int?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("state", FunnelState.self, "State", "状态"),
    Column("openedOn", .day, "Opened on", "立项日期"),
    Column("closedOn", .day, "Closed on", "关闭日期"),
    Column("amountMinor", .money, "Amount", "金额"),
    Column("cur", .text, "Currency", "币种"),
    Column("probabilityBp", .integer, "Probability (0.01 %)", "赢单概率（万分之一）"),
    Column("weightedMinor", .money, "Weighted amount", "加权金额"),
    .code("category", Opportunity.Category.self, "Forecast category", "预测类别"),
    Column("expectedOn", .day, "Expected to close on", "预计成交日"),
    Column("cycleDays", .integer, "Cycle in days", "成交周期（天）"),
    Column("ageDays", .integer, "Age in days", "已持续天数"),
  ]

  public var values: [Value] {
    [
      Value(state), Value(openedOn), Value(closedOn), Value(amountMinor), currency.map { .text($0.description) } ?? .null,
      Value(probabilityBp), Value(weightedMinor), category.map { Value($0) } ?? .null, Value(expectedOn),
      Value(cycleDays.map { Int64($0) }), Value(ageDays.map { Int64($0) }),
    ]
  }
  public var outcome: Int? { Int(state.rawValue) - 1 }
}
