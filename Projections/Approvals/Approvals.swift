public import CompanyRules
import Events
import Matters
public import Projection
public import Vocabulary
public import Wire

/// Who was asked to decide about what, who decided in which role and after how long; and what took effect without the
/// decision that the rule asks for?
///
/// A row for each approval, and one for each event that went past the rule, under what it is about:
/// `contract:K-7/event-812`. Guards refuse such events where they are asked; this finds what history shows, whatever
/// recorded it.
public enum Approvals: Register {
  public typealias Source = DecisionBook
  public typealias Rules = ApprovalRules
  public static let name = "approvals"
  public static let shape = 1
  public static let title = Name("Approvals", "审批")
  public static let ruleKind: String? = "approval"
  public static let shippedRules = ApprovalRules.shipped

  public static func conclude(
    _ facts: DecisionBook.Facts, _ series: borrowing SeriesStore, of account: Int, by rule: Ruled<ApprovalRules>,
    asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<ApprovalRow>] {
    guard !facts.approvals.isEmpty || !facts.effects.isEmpty else { return [] }
    let found = Examination(facts, series, by: rule.body, asOf: now, rule.names)
    let files = found.files.map { file in
      let subject = CensusSubject(file.subject.map { .own($0) } ?? .key(account))
      let flaws = found.objections(to: file.course, asOf: now)
      note(file, found, flaws, subject, rule.body, now, &trace)
      return CensusRow(subject, ApprovalRow(file, found, flaws, asOf: now))
    }
    let bypasses = found.bypasses.map { bypass in
      let effect = bypass.effect
      let subject = CensusSubject(
        effect.subject.map { .own($0) } ?? .key(account), part: "event-\(effect.note.seq)")
      for flaw in bypass.objections { trace.note(subject, flaw.finding) }
      return CensusRow(subject, ApprovalRow(bypass))
    }
    return files + bypasses
  }

  private static func note(
    _ file: Examination.File, _ found: Examination, _ flaws: [Flaw], _ subject: CensusSubject, _ rule: ApprovalRules,
    _ now: Instant, _ trace: inout some CensusTrace
  ) {
    for (step, clock) in file.course.clocks(by: rule) {
      let role = step.role.flatMap { found.names.text($0) } ?? "–"
      let title = Name("Step \(step.number), by \(role)", "第 \(step.number) 步，\(role)")
      trace.note(subject, clock.finding("step-\(step.number)", title, clock.reading(asOf: now, in: .always)))
    }
    for flaw in flaws { trace.note(subject, flaw.finding) }
    for use in file.uses {
      trace.note(
        subject,
        Finding(
          "used", Name("Took effect by it", "据此生效"), value: SecondPerson.name(of: use.note.type) ?? "?", threshold: "–",
          holds: true, evidence: [use.note.seq]))
    }
  }
}

/// Whether nothing is wrong with a decision.
public enum Soundness: UInt8, CodeSet {
  case sound = 1
  case open = 2
  case flawed = 3

  public var word: Word {
    switch self {
    case .sound: Word("sound", "In order", "合规")
    case .open: Word("open", "Not decided yet", "未决")
    case .flawed: Word("flawed", "Not in order", "不合规")
    }
  }
}

public struct ApprovalRow: NamingRow {
  public let soundness: Soundness
  public let state: ApprovalState
  /// The type that waits or took effect; a name where it was asked for.
  let eventType: Int64?
  let effect: String?
  let about: OwnSubject?
  let by: Int64?
  let beneficiary: Int64?
  public let amountMinor: Int64?
  public let currency: Currency?
  public let steps: Int?
  public let decided: Int?
  let deciders: String?
  let next: Int64?
  /// Hours on any clock from the request to the last decision, or until now.
  public let hours: Int64?
  /// Of the step that took longest.
  public let slowestHours: Int64?
  /// The event that took effect by it.
  public let usedBy: Int64?
  let objections: [Objection]
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("order", Soundness.self, "In order", "是否合规"),
    .code("state", ApprovalState.self, "State", "状态"),
    Column("eventType", .text, "Event that waits or took effect", "待生效或已生效的事件"),
    Column("about", .text, "About", "审批对象"),
    Column("askedBy", .text, "Asked by", "申请人"),
    Column("beneficiary", .text, "Who benefits", "受益人"),
    Column("amountMinor", .money, "Amount", "金额"),
    Column("cur", .text, "Currency", "币种"),
    Column("steps", .integer, "Steps", "步骤数"),
    Column("decided", .integer, "Steps decided", "已决定步骤数"),
    Column("deciders", .text, "Decided by, with the role", "审批人及角色"),
    Column("nextRole", .text, "Next to decide", "下一步角色"),
    Column("hours", .integer, "Hours to the last decision, or until now", "至最后决定或至今的小时数"),
    Column("slowestHours", .integer, "Hours of the slowest step", "最慢步骤的小时数"),
    Column("usedBy", .position, "Took effect by event", "据此生效的事件"),
    Column("objections", .text, "What is wrong", "问题"),
  ]

  public func values(_ names: any Names) -> [Value] {
    [
      Value(soundness), Value(state), effect.map { .text($0) } ?? Value(name: eventType, names), Value(about, names),
      Value(name: by, names), Value(name: beneficiary, names), Value(amountMinor),
      currency.map { .text($0.description) } ?? .null, Value(steps.map { Int64($0) }), Value(decided.map { Int64($0) }),
      deciders.map { .text($0) } ?? .null, Value(name: next, names), Value(hours), Value(slowestHours), Value(usedBy),
      objections.isEmpty ? .null : .text(objections.map(\.word.text).joined(separator: ", ")),
    ]
  }
  public var outcome: Int? { Int(soundness.rawValue) - 1 }
  public static let conditions: [Word] = Objection.allCases.map(\.word)
  public var holding: UInt64 { objections.reduce(0) { $0 | $1.bit } }
}

extension ApprovalRow {
  init(_ file: Examination.File, _ found: Examination, _ flaws: [Flaw], asOf now: Instant) {
    let course = file.course
    let clocks = course.clocks(by: found.rule)
    func hours(_ from: Moment, _ until: Moment?) -> Int64 {
      ((until?.at ?? now).microseconds - from.at.microseconds) / 3_600_000_000
    }
    objections = flaws.map(\.objection).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    soundness = !flaws.isEmpty ? .flawed : course.next == nil ? .sound : .open
    (state, eventType, effect, about) = (course.state, course.eventType, nil, course.about)
    (by, beneficiary) = (course.by, course.beneficiary)
    (amountMinor, currency) = (course.amount, course.currency)
    (steps, decided) = (course.steps.count, course.steps.count { $0.decision != nil })
    deciders = course.decisions.isEmpty ? nil : found.people(course.decisions)
    next = course.next?.role
    self.hours = hours(course.requested, course.next == nil ? course.stateBegan : nil)
    slowestHours = clocks.map { hours($0.clock.start, $0.clock.stop) }.max()
    usedBy = file.uses.first?.note.seq
    (since, because) = (course.stateBegan.at, course.stateBegan.seq)
  }

  init(_ bypass: Examination.Bypass) {
    let note = bypass.effect.note
    objections = bypass.objections.map(\.objection)
    (soundness, state) = (.flawed, .none)
    (eventType, effect, about) = (nil, SecondPerson.name(of: note.type), note.subject)
    (by, beneficiary, next) = (note.actor, nil, nil)
    (amountMinor, currency) = (bypass.effect.amount, bypass.effect.currency)
    (steps, decided, deciders, hours, slowestHours) = (nil, nil, nil, nil, nil)
    usedBy = note.seq
    (since, because) = (note.moment.at, note.seq)
  }
}
