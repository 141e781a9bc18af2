import AccountHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// How healthy is the relation to this customer, and which signs say that they may leave?
public enum Churn: Projection {
  public static let name = "churn"
  public static let shape = 1
  public static let title = Name("Health and churn warning", "健康度与流失预警")
  public static let key = Key.account
  public static let families: [any Family.Type] = [
    Customer.self, Visit.self, Order.self, Payment.self, Usage.self, Contract.self, Complaint.self, Survey.self, Rule.self,
  ]
  public static let ruleKind: String? = "churn"

  // MARK: Facts

  /// Late entries: `contact` is a maximum, series are sorted by business time when read.
  public struct Facts: BitwiseCopyable, Sendable {
    var purchases = Purchases()
    var contracts = ContractSteps()
    /// Everything else that a signal asks for, see `Mark`.
    var marks = Series()
    /// The latest visit or talk.
    var contact = Moment(at: .distantPast, seq: -1)

    /// Nothing was bought, agreed on or used: see `Account.isCustomer`.
    var isBare: Bool { purchases.isEmpty && contracts.isEmpty && marks.count == 0 }
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Order.self) {
      facts.purchases.take(type, event, &series)
      facts.mark(type, event, &series)
    } else if let type = event.type(in: Payment.self) {
      facts.purchases.take(type, event, &series)
    } else if let type = event.type(in: Usage.self) {
      facts.mark(type, event, &series)
    } else if let type = event.type(in: Visit.self) {
      switch type {
      case .logged, .interactionLogged: facts.contact = max(facts.contact, event.moment)
      }
    } else if let type = event.type(in: Contract.self) {
      facts.contracts.take(type, event, &series)
    } else if let type = event.type(in: Complaint.self) {
      facts.mark(type, event, &series)
    } else if let type = event.type(in: Customer.self) {
      facts.mark(type, event, &series)
    } else if let type = event.type(in: Survey.self) {
      facts.mark(type, event, &series)
    } else if let type = event.type(in: Rule.self) {
      facts.mark(type, event, &series)
    }
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<ChurnRules>, asOf now: Instant, trace: inout some Trace
  ) -> ChurnRow? {
    // Most accounts are leads and the like: they can be told before anything is read.
    guard !facts.isBare else { return nil }
    let account = Account(facts, series, by: rule.body, asOf: now)
    guard account.isCustomer else { return nil }
    var holding: [Measured] = []
    for signal in Signal.allCases {
      guard let measured = account.measure(signal) else { continue }  // nothing is known that this could be judged by
      trace.note(measured.finding)
      if measured.began != nil { holding.append(measured) }
    }
    return ChurnRow(holding, by: rule.body)
  }
}

// MARK: Row

/// How urgent a warning is. Each level is worse than the one before.
public enum Level: UInt8, CodeSet, Comparable {
  case none = 1
  case yellow = 2
  case orange = 3
  case red = 4

  public var word: Word {
    switch self {
    case .none: Word("none", "No warning", "无预警")
    case .yellow: Word("yellow", "Watch", "关注")
    case .orange: Word("orange", "Warning", "预警")
    case .red: Word("red", "Urgent", "紧急")
    }
  }

  public static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
}

public struct ChurnRow: Row {
  /// 100 is healthy.
  public let score: Int
  public let level: Level
  /// The signals that hold, in their fixed order.
  public let signals: [Signal]
  /// The one that weighs most.
  public let topSignal: Signal?
  /// The instant at which the signals that still hold first made this level; `nil` without a warning.
  public let since: Instant?
  /// The event behind the signal that made it.
  public let because: Int64?

  public static let columns: [Column] = [
    Column("score", .integer, "Health (100 is healthy)", "健康度（100 为健康）"),
    .code("level", Level.self, "Warning", "预警级别"),
    Column("signals", .integer, "Signals", "信号数"),
    .code("topSignal", Signal.self, "Weightiest signal", "首要信号"),
    Column("flags", .text, "All signals", "全部信号"),
  ]

  public var values: [Value] {
    [
      Value(score), Value(level), Value(signals.count), topSignal.map { Value($0) } ?? .null,
      .text(signals.map(\.word.text).joined(separator: ",")),
    ]
  }

  public var outcome: Int? { Int(level.rawValue) - 1 }
  public static let conditions = Signal.allCases.map(\.word)
  public var holding: UInt64 { signals.reduce(0) { $0 | 1 << UInt64($1.rawValue - 1) } }

  init(_ holding: [Measured], by rules: ChurnRules) {
    signals = holding.map(\.signal)
    score = rules.score(holding.map(\.signal))
    level = rules.level(holding.map(\.signal))
    topSignal = holding.max { rules.weight(of: $0.signal) < rules.weight(of: $1.signal) }?.signal
    var decisive: Moment?
    var so: [Signal] = []
    for measured in holding.sorted(by: { $0.began ?? Measured.never < $1.began ?? Measured.never }) where level > .none {
      so.append(measured.signal)
      guard rules.level(so) >= level else { continue }
      decisive = measured.began
      break
    }
    since = decisive?.at
    because = decisive.flatMap { $0.seq < 0 ? nil : $0.seq }
  }
}
