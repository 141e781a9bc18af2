public import Projection
public import Vocabulary
public import Wire

/// Until when a complaint must be answered and solved, by its severity, and in which calendar.
///
/// Steps after ISO 10002 clause 7. The clock pauses only while it is logged that the customer is waited for.
public struct TimeLimitRules: RuleBody {
  public static let title = Name("Time limits", "处理时限")

  public struct Limit: Hashable, Sendable {
    public let severity: SeverityWord
    /// Minutes on any clock: nights and weekends count.
    public let firstResponseMin: Int
    /// `nil` where no interim word is owed.
    public let feedbackWorkingDays: Int?
    public let solutionWorkingDays: Int?
    public let solutionMin: Int?
  }
  public let calendar: WorkCalendar
  /// One for each severity.
  public let limits: [Limit]
  public let pausesWhileWaiting: Bool
  /// A warning is due when so much of the time has passed.
  public let warnAtBp: Int
  public let escalateTo: String

  public static let fields: [Field] = [
    Field("calendar", .record(WorkCalendar.fields), "Working calendar", "工作日历"),
    .list(
      "limits",
      of: .record([
        .code("severity", SeverityWord.self, "Severity", "投诉级别"),
        .count("firstResponseMin", "First response within so many minutes", "首次响应时限（分钟）", 1...525_600, .minutes),
        .count("feedbackWorkingDays", "First feedback within so many working days", "首次反馈时限（工作日）", 1...365, .days)
          .optional,
        .count("solutionWorkingDays", "Solved within so many working days", "解决时限（工作日）", 1...365, .days).optional,
        .count("solutionMin", "Solved within so many minutes", "解决时限（分钟）", 1...525_600, .minutes).optional,
      ]), "Limits by severity", "各级别时限", limit: 3),
    .flag("pausesWhileWaiting", "The clock pauses while the customer is waited for", "等待客户期间暂停计时"),
    .basisPoints("warnAtBp", "Warns when so much of the time has passed", "时限用去多少时提醒", 1...10_000),
    .text("escalateTo", "A missed limit goes to this role", "超时上报的角色", limit: 100),
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    try WorkCalendar.check(values["calendar"]?.object ?? [:], at: "calendar")
    let limits = values.records("limits")
    try requireDistinct(limits.map { $0.text("severity") }) { "limits[\($0)].severity" }
    for severity in SeverityWord.allCases where !limits.contains(where: { $0.text("severity") == severity.word.text }) {
      throw RuleFault(
        "limits", Name("the limits of \"\(severity.word.text)\" are missing", "缺少“\(severity.word.title.zh)”的时限"))
    }
    for (place, limit) in limits.enumerated()
    where (limit["solutionMin"] == nil) == (limit["solutionWorkingDays"] == nil) {
      throw RuleFault(
        "limits[\(place)]",
        Name("allowed: either solutionWorkingDays or solutionMin", "solutionWorkingDays 与 solutionMin 必须且只能填一项"))
    }
  }

  public init(_ values: JSONObject) {
    calendar = WorkCalendar(values["calendar"]?.object ?? [:])
    limits = values.records("limits").map { limit in
      Limit(
        severity: SeverityWord(limit, "severity") ?? .general, firstResponseMin: limit.number("firstResponseMin"),
        feedbackWorkingDays: limit["feedbackWorkingDays"]?.int.map { Int($0) },
        solutionWorkingDays: limit["solutionWorkingDays"]?.int.map { Int($0) },
        solutionMin: limit["solutionMin"]?.int.map { Int($0) })
    }
    pausesWhileWaiting = values.flag("pausesWhileWaiting")
    warnAtBp = values.number("warnAtBp")
    escalateTo = values.text("escalateTo")
  }

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
      ])
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
