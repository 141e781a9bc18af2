import AccountHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// How healthy is the relation to this customer, and which signs say that they may leave?
public enum Churn: Gathering, Projection {
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

  public static func willJudge(_ facts: Facts, _ series: borrowing SeriesStore) {
    guard !facts.isBare else { return }
    facts.purchases.willRead(in: series)
    facts.contracts.willRead(in: series)
    series.willRead(facts.marks)
  }

  public static func conclude<Noting: Trace>(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<ChurnRules>, asOf now: Instant, trace: inout Noting
  ) -> ChurnRow? {
    // Most accounts are leads and the like: they can be told before anything is read.
    guard !facts.isBare else { return nil }
    let account = Account(facts, series, by: rule.body, asOf: now, isExplained: !Noting.isSilent)
    return judge(account, account.measurements, trace: &trace)
  }

  public static func concludeBoth(
    _ facts: Facts, _ series: borrowing SeriesStore, by old: Ruled<ChurnRules>, and new: Ruled<ChurnRules>, asOf now: Instant
  ) -> (old: ChurnRow?, new: ChurnRow?) {
    guard !facts.isBare else { return (nil, nil) }
    var trace = NoTrace()
    var account = Account(facts, series, by: old.body, asOf: now, isExplained: false)
    var measurements = account.measurements
    let first = judge(account, measurements, trace: &trace)
    if account.turn(to: new.body) {
      // What both rules measure alike is measured once.
      for place in measurements.indices where !old.body.measures(Account.signals[place], as: new.body) {
        measurements[place] = account.measure(Account.signals[place])
      }
    } else {
      account = Account(facts, series, by: new.body, asOf: now, isExplained: false)
      measurements = account.measurements
    }
    return (first, judge(account, measurements, trace: &trace))
  }

  /// - Parameter measurements: of each signal in the fixed order; `nil` where nothing is known that it could be judged by.
  private static func judge(_ account: Account, _ measurements: [Measured?], trace: inout some Trace) -> ChurnRow? {
    guard account.isCustomer else { return nil }
    var holding: [Measured] = []
    for case let measured? in measurements {
      trace.note(measured.finding)
      if measured.began != nil { holding.append(measured) }
    }
    return ChurnRow(holding, own: account.ownSignals(in: &trace), by: account.rules)
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
  /// The names of the company's own signals that hold, in the order of the rule.
  public let ownSignals: [String]
  /// The shipped signal that weighs most.
  public let topSignal: Signal?
  /// The name of the own signal that outweighs it.
  private let topOwnSignal: String?
  /// The instant at which the signals that still hold first made this level; `nil` without a warning.
  public let since: Instant?
  /// The event behind the signal that made it.
  public let because: Int64?

  public static let columns: [Column] = [
    Column("score", .integer, "Health (100 is healthy)", "健康度（100 为健康）"),
    .code("level", Level.self, "Warning", "预警级别"),
    Column("signals", .integer, "Signals", "信号数"),
    .code("topSignal", Signal.self, "Weightiest signal", "首要信号"),  // or the name of an own signal
    Column("flags", .text, "All signals", "全部信号"),
  ]

  /// The name of the one that weighs most of all.
  public var topName: String? { topOwnSignal ?? topSignal?.word.text }

  public var values: [Value] {
    [
      Value(score), Value(level), Value(signals.count + ownSignals.count), topName.map { .text($0) } ?? .null,
      .text((signals.map(\.word.text) + ownSignals).joined(separator: ",")),
    ]
  }

  public var outcome: Int? { Int(level.rawValue) - 1 }
  public static let conditions = Signal.allCases.map(\.word)
  public var holding: UInt64 { signals.reduce(0) { $0 | 1 << UInt64($1.rawValue - 1) } }

  init(_ holding: [Measured], own: [OwnMeasured] = [], by rules: ChurnRules) {
    signals = holding.map(\.signal)
    ownSignals = own.map(\.signal.condition.id)
    let ownHolding = own.map(\.signal)
    score = rules.score(signals, ownHolding)
    level = rules.level(signals, ownHolding)
    let top = signals.max { rules.weight(of: $0) < rules.weight(of: $1) }
    let ownTop = ownHolding.max { $0.weight < $1.weight }
    let outweighs = (ownTop?.weight ?? -1) > (top.map { rules.weight(of: $0) } ?? -1)
    topSignal = top
    topOwnSignal = outweighs ? ownTop?.condition.id : nil
    let decisive = level > .none ? ChurnRow.decisive(holding, own, level, by: rules) : nil
    since = decisive?.at
    because = decisive.flatMap { $0.seq < 0 ? nil : $0.seq }
  }

  /// The moment at which the signals that still hold first made this level.
  private static func decisive(
    _ holding: [Measured], _ own: [OwnMeasured], _ level: Level, by rules: ChurnRules
  ) -> Moment? {
    let moments = holding.map { $0.began ?? Measured.never } + own.map(\.began)
    var so: [Signal] = []
    var ownSo: [OwnSignal] = []
    for place in moments.indices.sorted(by: { moments[$0] < moments[$1] }) {
      if place < holding.count {
        so.append(holding[place].signal)
      } else {
        ownSo.append(own[place - holding.count].signal)
      }
      if rules.level(so, ownSo) >= level { return moments[place] }
    }
    return nil
  }
}
