import AccountHistory
public import CompanyRules
import Events
import Matters
public import Projection
public import Vocabulary
public import Wire

/// What runs against a time limit now: what is due, overdue or waits for the customer, by when, and for whom?
///
/// A row for each thing that is still to be done, under what it is about: `complaint:7/solution`,
/// `contract:K-7/obligation/train`, `invoice:I-9/limitation`, `customer:4/warning`. What was done has no row here; how
/// punctual it was stands in the model of its kind.
public enum Clocks: Register {
  public typealias Source = ClockBook
  public typealias Rules = TimeLimitRules
  public static let name = "clocks"
  public static let shape = 1
  public static let about = "customer/clock"
  public static let title = Name("Time limits that run", "运行中的时限")
  public static let ruleKind: String? = "sla"
  public static let shippedRules = TimeLimitRules.shipped
  /// Decisions have their limit in the rule that says who decides.
  public static let kindsBeside = ["approval"]

  public static func conclude(
    _ facts: ClockBook.Facts, _ series: borrowing SeriesStore, of account: Int, by rule: Ruled<TimeLimitRules>,
    asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<ClockRow>] {
    let owner = facts.holdings.all(in: series, asOf: now).leading?.holder
    let holder = rule.names.holder(ofAccount: account)
    var rows: [CensusRow<ClockRow>] = []
    for running in facts.running(in: series, asOf: now, by: rule) {
      let reading = running.clock.reading(asOf: now, in: rule.body.calendar)
      guard reading.state.isOpen || reading.state == .notStarted else { continue }
      let subject = CensusSubject(running.subject.map { .own($0) } ?? .key(account), part: running.part)
      trace.note(subject, running.clock.finding(running.matter.word.text, running.matter.word.title, reading))
      rows.append(CensusRow(subject, ClockRow(running, reading, owner: owner, customer: holder, by: rule.body, asOf: now)))
    }
    return rows
  }
}

/// What runs.
public enum Matter: UInt8, CodeSet {
  case complaint = 1
  case task = 2
  case handoff = 3
  case approval = 4
  case obligation = 5
  case renewal = 6
  case payment = 7
  case limitation = 8
  case warning = 9
  case play = 10
  case dispute = 11
  case request = 12
  case erasure = 13

  public var word: Word {
    switch self {
    case .complaint: Word("complaint", "Step of a complaint", "投诉步骤")
    case .task: Word("task", "Task", "任务")
    case .handoff: Word("handoff", "Handover", "交接")
    case .approval: Word("approval", "Decision asked for", "待审批")
    case .obligation: Word("obligation", "Obligation of a contract", "合同义务")
    case .renewal: Word("renewal", "Notice of renewal", "续约通知")
    case .payment: Word("payment", "Invoice to be paid", "发票回款")
    case .limitation: Word("limitation", "Limitation of a claim", "诉讼时效")
    case .warning: Word("warning", "Warning to be decided on", "预警研判")
    case .play: Word("play", "Retention play", "挽留方案")
    case .dispute: Word("dispute", "Next step of a dispute", "纠纷下一步")
    case .request: Word("request", "Request of a person", "个人信息申请")
    case .erasure: Word("erasure", "Erasure asked for", "擦除申请")
    }
  }
}

/// One clock of an account.
struct Running {
  let matter: Matter
  /// What it is about; `nil`: the account.
  let subject: OwnSubject?
  let part: String?
  let clock: Clock
  /// Whom it is for, a name; `nil`: who answers for the customer.
  var person: Int64?
  /// In which role, a name.
  var role: Int64?
  var money: (minor: Int64, currency: Currency)?
}

public struct ClockRow: NamingRow {
  public let matter: Matter
  public let state: ClockState
  public let dueAt: Instant?
  /// Minutes until it is due, below zero of what is overdue.
  public let leftMin: Int64?
  public let usedBp: Int?
  public let isNear: Bool
  public let startedAt: Instant
  public let pausedSince: Instant?
  /// Names.
  let person: Int64?
  let role: Int64?
  let customer: OwnSubject?
  public let amountMinor: Int64?
  public let currency: Currency?
  public let since: Instant?
  public let because: Int64?

  init(
    _ running: Running, _ reading: ClockReading, owner: Int64?, customer: OwnSubject?, by rule: TimeLimitRules,
    asOf now: Instant
  ) {
    (matter, state, dueAt, usedBp) = (running.matter, reading.state, reading.dueAt, reading.usedBp)
    leftMin = reading.dueAt.map { ($0.microseconds - now.microseconds) / 60_000_000 }
    isNear = reading.isNear(rule)
    startedAt = running.clock.start.at
    pausedSince = reading.state == .paused ? reading.since : nil
    person = running.person ?? (running.role == nil ? owner : nil)
    role = running.role
    self.customer = customer
    (amountMinor, currency) = (running.money?.minor, running.money?.currency)
    (since, because) = (reading.since, reading.because)
  }

  public static let columns: [Column] = [
    .code("matter", Matter.self, "What", "事项"),
    .code("state", ClockState.self, "State", "状态"),
    Column("dueAt", .instant, "Due at", "到期时间"),
    Column("leftMin", .integer, "Minutes left", "剩余分钟"),
    Column("usedBp", .integer, "Time used, in hundredths of a percent", "已用时间（万分之一）"),
    Column("near", .flag, "Warning is due", "临近时限"),
    Column("startedAt", .instant, "Runs since", "起算时间"),
    Column("pausedSince", .instant, "Waits since", "等待起始"),
    Column("who", .text, "For whom", "责任人"),
    Column("role", .text, "In which role", "角色"),
    Column("customer", .text, "Customer", "客户"),
    Column("amountMinor", .money, "Amount", "金额"),
    Column("cur", .text, "Currency", "币种"),
  ]
  public func values(_ names: any Names) -> [Value] {
    [
      Value(matter), Value(state), Value(dueAt), Value(leftMin), Value(usedBp.map { Int64($0) }), .flag(isNear),
      .instant(startedAt), Value(pausedSince), Value(name: person, names), Value(name: role, names),
      Value(customer, names), Value(amountMinor), currency.map { .text($0.description) } ?? .null,
    ]
  }
  public static var outcomes: [Word] { ClockState.allCases.map(\.word) }
  public var outcome: Int? { Int(state.rawValue) - 1 }
}
