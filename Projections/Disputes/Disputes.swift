public import CompanyRules
import Events
import Matters
public import Projection
public import Vocabulary
public import Wire

/// Where does each dispute stand, what is at stake, which step comes next, and until when can our claim be brought?
public enum Disputes: Gathering, Register {
  public typealias Rules = TimeLimitRules
  public static let name = "disputes"
  public static let shape = 1
  public static let title = Name("Dispute docket", "纠纷台账")
  public static let about = "dispute"
  public static let ruleKind: String? = "sla"
  public static let shippedRules = TimeLimitRules.shipped
  public static let key = Key.account
  public static let families: [any Family.Type] = [Dispute.self, Contract.self, Payment.self, Privacy.self]
  public static let readsSubjects = true

  // MARK: Facts

  public struct Facts: BitwiseCopyable, Sendable {
    var disputes = Notes()
    /// Breaches and kinds of contracts, demands, legal holds.
    var others = Notes()
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Dispute.self) {
      switch type {
      case .opened, .stepTaken, .resolved: facts.disputes.take(event, &series)
      }
    } else if let type = event.type(in: Payment.self) {
      switch type {
      case .demanded: facts.others.take(event, &series)
      case .received, .failed, .refunded, .adjusted: break
      }
    } else if let type = event.type(in: Privacy.self) {
      switch type {
      case .holdPlaced, .holdReleased: facts.others.take(event, &series)
      case .requested, .fulfilled, .erasureRequested, .erasureApproved, .erasureExecuted: break
      }
    } else if let type = event.type(in: Contract.self) {
      switch type {
      case .breachRecorded: facts.others.take(event, &series)
      case .drafted, .signed, .activated, .renewed:
        if event.number(Contract.Fact.kind) != nil { facts.others.take(event, &series) }
      case .revised, .obligationMet, .amended, .ended, .archived, .textFrozen: break
      }
    }
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, of account: Int, by rule: Ruled<TimeLimitRules>, asOf now: Instant,
    trace: inout some CensusTrace
  ) -> [CensusRow<DisputeRow>] {
    guard !facts.disputes.isEmpty else { return [] }
    let others = facts.others.all(in: series, asOf: now)
    let holds = PersonalMatters(others).openHolds
    let holder = rule.names.holder(ofAccount: account)
    return facts.disputes.all(in: series, asOf: now).bySubject.compactMap { own, notes in
      guard let course = DisputeCourse(notes) else { return nil }
      let subject = CensusSubject(own.map { .own($0) } ?? .key(account))
      let contract = course.contract.flatMap { rule.names.subject(.contract, $0) }
      let limitation = course.limitation(others, by: rule.body, rule.names)
      let held = holds.first { $0.subject == own || $0.subject == contract || $0.subject == holder }
      let docket = Docket(course: course, contract: contract, limitation: limitation, hold: held?.placed)
      docket.note(subject, by: rule.body, asOf: now, in: &trace)
      return CensusRow(subject, DisputeRow(docket, by: rule.body, asOf: now))
    }
  }
}

/// A dispute with what stands beside it.
struct Docket {
  let course: DisputeCourse
  let contract: OwnSubject?
  let limitation: Limitation?
  /// A legal hold on the dispute, its contract or the customer.
  let hold: Moment?

  func note(
    _ subject: CensusSubject, by rule: TimeLimitRules, asOf now: Instant, in trace: inout some CensusTrace
  ) {
    if let next = course.nextStep(by: rule) {
      trace.note(
        subject,
        next.finding("next-step", Name("Next step", "下一步"), next.reading(asOf: now, in: rule.calendar)))
    }
    if let limitation {
      trace.note(
        subject,
        limitation.clock.finding(
          "limitation", Name("Can be brought", "诉讼时效"), limitation.clock.reading(asOf: now, in: rule.calendar)))
      trace.note(
        subject,
        Finding(
          "restart", Name("Counted anew", "时效重新起算"), value: limitation.restarted?.by.word.text ?? "–",
          threshold: rule.limitation?.restartedBy.map(\.word.text).joined(separator: ", ") ?? "–",
          holds: limitation.restarted != nil, evidence: [limitation.restarted?.moment.seq]))
    }
    trace.note(
      subject,
      Finding(
        "hold", Name("Kept for the court", "法律保全"), value: hold == nil ? "no" : "yes", threshold: "yes",
        holds: hold != nil, evidence: [hold?.seq]))
  }
}

/// Where a dispute stands.
public enum DisputeStage: UInt8, CodeSet {
  case opened = 1
  case negotiating = 2
  case mediation = 3
  case arbitration = 4
  case court = 5
  case enforcement = 6
  case resolved = 7

  public var word: Word {
    switch self {
    case .opened: Word("opened", "Opened", "已立案")
    case .negotiating: Word("negotiate", "Negotiation", "协商")
    case .mediation: Word("mediate", "Mediation", "调解")
    case .arbitration: Word("arbitrate", "Arbitration", "仲裁")
    case .court: Word("litigate", "Court", "诉讼")
    case .enforcement: Word("enforce", "Enforcement", "执行")
    case .resolved: Word("resolved", "Resolved", "已解决")
    }
  }

  init(_ course: DisputeCourse) {
    self =
      switch course.steps.last?.step {
      case _ where course.resolved != nil: .resolved
      case nil: .opened
      case .negotiate: .negotiating
      case .mediate: .mediation
      case .arbitrate: .arbitration
      case .litigate: .court
      case .enforce: .enforcement
      }
  }
}

public struct DisputeRow: NamingRow {
  public let stage: DisputeStage
  let contract: OwnSubject?
  public let side: Contract.Party?
  public let claimMinor: Int64?
  /// The claim while it is open: what may be won or lost.
  public let exposureMinor: Int64?
  public let currency: Currency?
  public let openedOn: Day
  public let ageDays: Int
  public let stepOn: Day?
  public let nextStep: ClockState?
  public let nextStepDueAt: Instant?
  public let limitation: ClockState?
  public let limitationOn: Day?
  public let daysToLimitation: Int?
  public let restartedBy: LimitationRestart?
  public let isHeld: Bool
  public let ending: Dispute.Outcome?
  public let paidMinor: Int64?
  public let receivedMinor: Int64?
  public let since: Instant?
  public let because: Int64?

  init(_ docket: Docket, by rule: TimeLimitRules, asOf now: Instant) {
    let course = docket.course
    stage = DisputeStage(course)
    (contract, side) = (docket.contract, course.side)
    (claimMinor, currency) = (course.claim?.minor, course.claim?.currency)
    exposureMinor = course.resolved == nil ? claimMinor : nil
    openedOn = course.opened.at.day
    ageDays = (course.resolved?.moment.at ?? now).day - openedOn
    stepOn = course.steps.last?.on
    let next = course.nextStep(by: rule)?.reading(asOf: now, in: rule.calendar)
    (nextStep, nextStepDueAt) = (next?.state, next?.dueAt)
    let limit = docket.limitation?.clock.reading(asOf: now, in: rule.calendar)
    limitation = limit?.state
    // The last whole day, by the company's clock.
    limitationOn = limit?.dueAt.map { rule.calendar.day(of: Instant(microseconds: $0.microseconds - 1)) }
    daysToLimitation =
      limit.map { $0.state == .running || $0.state == .overdue } ?? false
      ? limitationOn.map { $0 - rule.calendar.day(of: now) } : nil
    restartedBy = docket.limitation?.restarted?.by
    isHeld = docket.hold != nil
    ending = course.resolved?.outcome
    (paidMinor, receivedMinor) = (course.resolved?.paid, course.resolved?.received)
    let moment = course.resolved?.moment ?? course.steps.last?.moment ?? course.opened
    (since, because) = (moment.at, moment.seq)
  }

  public static let columns: [Column] = [
    .code("stage", DisputeStage.self, "Stage", "阶段"),
    Column("contract", .text, "Contract", "合同"),
    .code("side", Contract.Party.self, "Who claims", "主张方"),
    Column("claimMinor", .money, "Claim", "争议金额"),
    Column("exposureMinor", .money, "Open exposure", "未决敞口"),
    Column("cur", .text, "Currency", "币种"),
    Column("openedOn", .day, "Opened on", "立案日期"),
    Column("ageDays", .integer, "Days open", "持续天数"),
    Column("stepOn", .day, "Last step on", "最近一步日期"),
    .code("nextStep", ClockState.self, "Next step", "下一步"),
    Column("nextStepDueAt", .instant, "Next step due", "下一步时限"),
    .code("limitation", ClockState.self, "Limitation", "诉讼时效"),
    Column("limitationOn", .day, "Last day to bring the claim", "时效届满日"),
    Column("daysToLimitation", .integer, "Days to limitation", "距时效届满天数"),
    .code("restartedBy", LimitationRestart.self, "Counted anew from", "重新起算事由"),
    Column("held", .flag, "Under a legal hold", "已作法律保全"),
    .code("outcome", Dispute.Outcome.self, "Outcome", "结果"),
    Column("paidMinor", .money, "Paid by us", "我方支付"),
    Column("receivedMinor", .money, "Paid to us", "我方收到"),
  ]
  public func values(_ names: any Names) -> [Value] {
    [
      Value(stage), Value(contract, names), side.map { Value($0) } ?? .null, Value(claimMinor), Value(exposureMinor),
      currency.map { .text($0.description) } ?? .null, .day(openedOn), Value(ageDays), Value(stepOn),
      nextStep.map { Value($0) } ?? .null, Value(nextStepDueAt), limitation.map { Value($0) } ?? .null,
      Value(limitationOn), Value(daysToLimitation.map { Int64($0) }), restartedBy.map { Value($0) } ?? .null,
      .flag(isHeld), ending.map { Value($0) } ?? .null, Value(paidMinor), Value(receivedMinor),
    ]
  }
  /// A change of time limits moves a dispute between being in time and being late.
  public static var outcomes: [Word] { ClockState.allCases.map(\.word) }
  public var outcome: Int? { (limitation ?? nextStep).map { Int($0.rawValue) - 1 } }

  public static let exposure = Word("disputed", "Disputed", "争议金额")
  public var amounts: [Amount] {
    guard let exposureMinor, let currency else { return [] }
    return [Amount(DisputeRow.exposure, currency, exposureMinor)]
  }
}
