public import Projection
public import Vocabulary
public import Wire

/// Until when a complaint must be answered and solved, by its severity, and in which calendar; and until when everything
/// else that nobody names a day for.
///
/// Steps after ISO 10002 clause 7. The clock pauses only while it is logged that the customer is waited for.
public struct TimeLimitRules: RuleBody {
  public static let title = Name("Time limits", "处理时限")

  public struct Limit: Hashable, Sendable {
    public let severity: SeverityWord
    /// Minutes on any clock: nights and weekends count.
    public let firstResponseMin: Int
    /// `nil` where an assessment is not owed by a time.
    public let assessmentMin: Int?
    /// `nil` where no interim word is owed.
    public let feedbackWorkingDays: Int?
    public let solutionWorkingDays: Int?
    public let solutionMin: Int?

    /// How long it may take until the complaint is solved.
    public var solution: TimeLimit? {
      solutionMin.map { .minutes($0) } ?? solutionWorkingDays.map { .workingDays($0) }
    }
  }
  public let calendar: WorkCalendar
  /// One for each severity.
  public let limits: [Limit]
  public let pausesWhileWaiting: Bool
  /// A warning is due when so much of the time has passed.
  public let warnAtBp: Int
  public let escalateTo: String
  /// Whose limits hold until a complaint is assessed; `nil`: those of a general one.
  public let untilAssessed: SeverityWord?
  /// The same customer with the same category within so many days is a repetition; `nil`: none is looked for.
  public let repeatDays: Int?
  /// What nobody names a day for.
  public let others: [OtherLimit]
  /// A notice before a contract's end is asked for so many days before it is due; `nil`: it is not asked for.
  public let renewalLeadDays: Int?
  /// `nil` where no claim is followed.
  public let limitation: LimitationRule?
  /// Hours in which a step of an approval is decided, by the approval rule; `nil` where that is not handed beside.
  public let decideWithinHours: Int?

  public static let fields: [Field] = [
    Field("calendar", .record(WorkCalendar.fields), "Working calendar", "工作日历"),
    .list(
      "limits",
      of: .record([
        .code("severity", SeverityWord.self, "Severity", "投诉级别"),
        .count("firstResponseMin", "First response within so many minutes", "首次响应时限（分钟）", 1...525_600, .minutes),
        .count("feedbackWorkingDays", "First feedback within so many working days", "首次反馈时限（工作日）", 1...365, .days)
          .optional,
        .count("assessmentMin", "Assessed within so many minutes", "分级时限（分钟）", 1...525_600, .minutes).optional,
        .count("solutionWorkingDays", "Solved within so many working days", "解决时限（工作日）", 1...365, .days).optional,
        .count("solutionMin", "Solved within so many minutes", "解决时限（分钟）", 1...525_600, .minutes).optional,
      ]), "Limits by severity", "各级别时限", limit: 3),
    .flag("pausesWhileWaiting", "The clock pauses while the customer is waited for", "等待客户期间暂停计时"),
    .basisPoints("warnAtBp", "Warns when so much of the time has passed", "时限用去多少时提醒", 1...10_000),
    .text("escalateTo", "A missed limit goes to this role", "超时上报的角色", limit: 100),
    .code("untilAssessed", SeverityWord.self, "These limits hold until it is assessed", "分级之前适用的级别").optional,
    .count(
      "repeatDays", "The same customer and category within so many days is a repetition", "同一客户同一类别在多少天内再次投诉视为重复", 1...3_650,
      .days
    ).optional,
    .list("others", of: OtherLimit.field, "Limits of other matters", "其他事项时限", limit: TimeMatter.allCases.count).optional,
    .count(
      "renewalLeadDays", "A notice of renewal is asked for so many days before it is due", "续约通知到期前多少天开始提示", 0...730, .days
    ).optional,
    Field("limitation", .record(LimitationRule.fields), "Limitation of claims", "诉讼时效").optional,
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    try WorkCalendar.check(values["calendar"]?.object ?? [:], at: "calendar")
    let limits = values.records("limits")
    try requireDistinct(limits.map { $0.text("severity") }) { "limits[\($0)].severity" }
    for severity in SeverityWord.allCases where !limits.contains(where: { $0.text("severity") == severity.word.text }) {
      throw RuleFault(
        "limits", Name("the limits of \"\(severity.word.text)\" are missing", "缺少“\(severity.word.title.zh)”的时限"))
    }
    for (place, limit) in limits.enumerated() {
      try requireOne(of: "solutionWorkingDays", "solutionMin", in: limit, at: "limits[\(place)]")
    }
    try OtherLimit.check(values.records("others"))
    if let limitation = values["limitation"]?.object { try LimitationRule.check(limitation) }
  }

  public init(_ values: JSONObject) {
    calendar = WorkCalendar(values["calendar"]?.object ?? [:])
    limits = values.records("limits").map { limit in
      Limit(
        severity: SeverityWord(limit, "severity") ?? .general, firstResponseMin: limit.number("firstResponseMin"),
        assessmentMin: limit["assessmentMin"]?.int.map { Int($0) },
        feedbackWorkingDays: limit["feedbackWorkingDays"]?.int.map { Int($0) },
        solutionWorkingDays: limit["solutionWorkingDays"]?.int.map { Int($0) },
        solutionMin: limit["solutionMin"]?.int.map { Int($0) })
    }
    pausesWhileWaiting = values.flag("pausesWhileWaiting")
    warnAtBp = values.number("warnAtBp")
    escalateTo = values.text("escalateTo")
    untilAssessed = SeverityWord(values, "untilAssessed")
    repeatDays = values["repeatDays"]?.int.map { Int($0) }
    others = values.records("others").compactMap { OtherLimit($0) }
    renewalLeadDays = values["renewalLeadDays"]?.int.map { Int($0) }
    limitation = values["limitation"]?.object.map { LimitationRule($0) }
    decideWithinHours = values[RuleVersion.beside("approval")]?.object.map { ApprovalRules($0).decideWithinHours }
  }

  /// The limits of a severity.
  public func limit(of severity: SeverityWord) -> Limit? { limits.first { $0.severity == severity } }
  /// How long a matter may take for which nobody names a day; `nil` where the rule does not say.
  public func limit(of matter: TimeMatter) -> TimeLimit? { others.first { $0.about == matter }?.limit }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: CompanyRules.firstGuess,
      [
        "calendar": [
          "offsetMin": 480, "weekdays": ["mon", "tue", "wed", "thu", "fri"], "opensAtMin": 540, "closesAtMin": 1_080,
        ],
        "limits": [
          ["severity": "general", "firstResponseMin": 1_440, "solutionWorkingDays": 3],
          ["severity": "major", "firstResponseMin": 720, "feedbackWorkingDays": 2, "solutionWorkingDays": 5],
          ["severity": "urgent", "firstResponseMin": 120, "solutionMin": 1_440],
        ],
        "pausesWhileWaiting": true, "warnAtBp": 8_000, "escalateTo": "sales manager",
      ]),
    RuleVersion(
      2, why: Name("Time limits of all matters, repetitions, limitation of claims", "其他事项时限、重复投诉与诉讼时效"),
      [
        "calendar": [
          "offsetMin": 480, "weekdays": ["mon", "tue", "wed", "thu", "fri"], "opensAtMin": 540, "closesAtMin": 1_080,
        ],
        "limits": [
          ["severity": "general", "firstResponseMin": 1_440, "solutionWorkingDays": 3],
          ["severity": "major", "firstResponseMin": 720, "feedbackWorkingDays": 2, "solutionWorkingDays": 5],
          ["severity": "urgent", "firstResponseMin": 120, "solutionMin": 1_440],
        ],
        "pausesWhileWaiting": true, "warnAtBp": 8_000, "escalateTo": "sales manager", "untilAssessed": "general",
        "repeatDays": 90,
        "others": [
          ["about": "privacy-request", "workingDays": 15], ["about": "erasure", "workingDays": 15],
          ["about": "warning", "workingDays": 2], ["about": "handoff", "workingDays": 2],
          ["about": "dispute-step", "workingDays": 30],
        ],
        "renewalLeadDays": 60,
        "limitation": [
          "years": 3, "restartedBy": ["demand", "part-payment", "proceedings"], "internationalYears": 4,
          "internationalKinds": ["international-sale", "国际货物买卖"],
        ],
      ]),
  ]
}

/// How grave a complaint is.
public enum SeverityWord: UInt8, CodeSet {
  case general = 1
  case major = 2
  case urgent = 3

  public var word: Word {
    switch self {
    case .general: Word("general", "General", "一般投诉")
    case .major: Word("major", "Major", "重大投诉")
    case .urgent: Word("urgent", "Urgent", "紧急投诉")
    }
  }
}
