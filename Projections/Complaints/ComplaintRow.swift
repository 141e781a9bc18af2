public import CompanyRules
public import Events
public import Matters
public import Projection
public import Vocabulary
public import Wire

public struct ComplaintRow: NamingRow {
  /// The state of a step, and up to when it is in time.
  struct Step: Hashable, Sendable {
    let state: ClockState
    let dueAt: Instant?
  }
  public let state: ComplaintState
  public let punctuality: Punctuality
  public let severity: SeverityWord
  public let isAssessed: Bool
  /// Names.
  let category: Int64?
  let owner: Int64?
  let customer: OwnSubject?
  public let filedAt: Instant
  let firstResponse: Step?
  let feedback: Step?
  let solution: Step?
  /// Steps, promises included, that were or are late.
  public let breaches: Int
  /// Of what is still to be done, that which is due first.
  public let next: ComplaintStep?
  public let nextDueAt: Instant?
  public let isNear: Bool
  public let waitedMin: Int
  public let reopenings: Int
  public let escalations: Int
  public let level: Int?
  public let repeats: Int
  public let conclusion: Complaint.Outcome?
  public let compensationMinor: Int64?
  public let currency: Currency?
  public let accepted: Bool?
  public let satisfaction: Int?
  public let followUpOn: Day?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("state", ComplaintState.self, "State", "状态"),
    .code("limits", Punctuality.self, "Time limits", "时限"),
    .code("severity", SeverityWord.self, "Severity", "级别"),
    Column("assessed", .flag, "Assessed", "已分级"),
    Column("category", .text, "Category", "类别"),
    Column("customer", .text, "Customer", "客户"),
    Column("filedAt", .instant, "Filed at", "受理时间"),
    .code("firstResponse", ClockState.self, "First response", "首次响应"),
    Column("firstResponseDueAt", .instant, "First response due", "首次响应时限"),
    .code("feedback", ClockState.self, "First feedback", "首次反馈"),
    Column("feedbackDueAt", .instant, "First feedback due", "首次反馈时限"),
    .code("solution", ClockState.self, "Solution", "解决"),
    Column("solutionDueAt", .instant, "Solution due", "解决时限"),
    Column("breaches", .integer, "Steps late", "逾期步骤数"),
    .code("next", ComplaintStep.self, "Next step", "下一步"),
    Column("nextDueAt", .instant, "Next step due", "下一步时限"),
    Column("near", .flag, "Warning is due", "临近时限"),
    Column("owner", .text, "Who acts next", "下一步责任人"),
    Column("waitedMin", .integer, "Minutes waited for the customer", "等待客户（分钟）"),
    Column("reopened", .integer, "Times reopened", "重开次数"),
    Column("escalations", .integer, "Escalations", "升级次数"),
    Column("level", .integer, "Level", "升级级别"),
    Column("repeats", .integer, "Same before", "先前同类投诉"),
    .code("outcome", Complaint.Outcome.self, "Outcome", "结论"),
    Column("compensationMinor", .money, "Compensation", "赔偿"),
    Column("cur", .text, "Currency", "币种"),
    Column("accepted", .flag, "Accepted by the customer", "客户接受"),
    Column("satisfaction", .integer, "Satisfaction, 0 to 10", "满意度（0–10）"),
    Column("followUpOn", .day, "Follow-up on", "回访日期"),
  ]

  public func values(_ names: any Names) -> [Value] {
    var values: [Value] = [
      Value(state), Value(punctuality), Value(severity), .flag(isAssessed), Value(name: category, names),
      Value(customer, names), .instant(filedAt),
    ]
    for step in [firstResponse, feedback, solution] {
      values.append(step.map { Value($0.state) } ?? .null)
      values.append(Value(step?.dueAt))
    }
    values += [
      Value(breaches), next.map { Value($0) } ?? .null, Value(nextDueAt), .flag(isNear), Value(name: owner, names),
      Value(waitedMin), Value(reopenings), Value(escalations), Value(level.map { Int64($0) }), Value(repeats),
    ]
    values += [
      conclusion.map { Value($0) } ?? .null, Value(compensationMinor), currency.map { .text($0.description) } ?? .null,
      accepted.map { .flag($0) } ?? .null, Value(satisfaction.map { Int64($0) }), Value(followUpOn),
    ]
    return values
  }

  /// A change of time limits moves a complaint between being in time and being late.
  public static var outcomes: [Word] { Punctuality.allCases.map(\.word) }
  public var outcome: Int? { Int(punctuality.rawValue) - 1 }
}

extension ComplaintRow {
  init(_ course: ComplaintCourse, customer: OwnSubject?, repeats: Int, by rule: TimeLimitRules, asOf now: Instant) {
    let readings = course.readings(by: rule, asOf: now)
    func step(_ step: ComplaintStep) -> Step? {
      readings.last { $0.step == step }.map { Step(state: $0.reading.state, dueAt: $0.reading.dueAt) }
    }
    let open = course.closed == nil ? readings.filter { $0.reading.state.isOpen } : []
    let first = open.min { ($0.reading.dueAt ?? .distantFuture) < ($1.reading.dueAt ?? .distantFuture) }
    state = course.state
    breaches = readings.count { $0.reading.state.isBreach }
    punctuality =
      course.closed == nil ? (breaches > 0 ? .openLate : .openInTime) : (breaches > 0 ? .closedLate : .closedInTime)
    severity = course.severity(by: rule)
    isAssessed = course.severity != nil
    (category, self.customer, filedAt) = (course.category, customer, course.filed.at)
    owner = course.closed == nil ? course.owner : nil
    (firstResponse, feedback, solution) = (step(.firstResponse), step(.feedback), step(.solution))
    (next, nextDueAt) = (first?.step, first?.reading.dueAt)
    isNear = open.contains { $0.reading.isNear(rule) }
    waitedMin = course.waitedMinutes(asOf: now)
    (reopenings, escalations) = (course.reopenings, course.escalations.count)
    level = course.level.map { Int(clamping: $0) }
    self.repeats = repeats
    conclusion = course.outcome
    (compensationMinor, currency) = (course.compensation?.minor, course.compensation?.currency)
    (accepted, satisfaction) = (course.accepted, course.satisfaction.map { Int(clamping: $0) })
    followUpOn = course.followUpOn
    (since, because) = (course.stateBegan.at, course.stateBegan.seq)
  }
}
