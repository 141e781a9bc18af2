import Backtest
import Engine
import Projection
import ProjectionCatalogue
import Vocabulary
import Wire

/// Asks what the warnings of a rule were worth: given as they would have been on past days, against what happened then.
public struct BacktestRequest {
  public let kind: String
  /// The rule to judge by, and how it is called in the answer; without it the version in force on each day.
  public var rule: (version: RuleVersion, name: String)?
  /// How far ahead the outcome is looked for.
  public var horizon = DaySpan(days: 90)
  /// Without it, `steps` steps back from the last day.
  public var from: Day?
  /// Without it, the last step whose horizon has passed.
  public var to: Day?
  public var every = Cadence.months(1)
  public var outcome = ChurnOutcome.silence
  /// Warned of from this level on.
  public var level = WarningLevel.yellow
  /// Judge by what the log knew on each day.
  public var asKnownThen = false
  /// Compare with other scores, fitted on each day.
  public var scores = false
  /// Other versions to judge by, as in a view.
  public var rules: [RuleChoice] = []

  /// - Throws: `E-USAGE` for a kind that gives no warning.
  public init(kind: String) throws {
    guard kind == "churn" else {
      throw Trouble.usage(
        Name("a backtest needs a kind that warns; allowed: churn", "回测只适用于会发出预警的类别；可用：churn"),
        remedy: Name("write `keshi rules backtest churn 1`", "请写 `keshi rules backtest churn 1`"))
    }
    self.kind = kind
  }

  /// - Parameter progress: of the judging, by events.
  /// - Throws: `E-USAGE` for days that cannot be judged, `E-LOG-EMPTY`, `EngineError`.
  public func run(in snapshot: Snapshot, progress: @escaping Progress = { _, _ in }) throws -> BacktestAnswer {
    let churn = try snapshot.projection(kind)
    let days = try days(in: snapshot)
    let basis = RuleVersion.purchases(of: try rule?.version ?? ruleInForce(on: days[days.count - 1], in: snapshot))
    var question = Question(
      .churn(Asked(churn, by: rule?.version), from: level), against: try outcome.outcome(basis, in: snapshot), on: days,
      horizonDays: horizon.days)
    question.asKnownThen = asKnownThen
    for choice in rules { question.rules[choice.kind] = choice.version }
    let comparison = BuyingScores()
    if scores {
      question.comparison = Comparison(Asked(ProjectionCatalogue.purchasing, by: basis)) { comparison.scores($0, $1) }
    }
    let backtest = try Backtest(question, of: snapshot, progress: progress)
    return BacktestAnswer(backtest, self, failed: comparison.failed)
  }

  private func ruleInForce(on day: Day, in snapshot: Snapshot) throws -> RuleVersion {
    let book = try snapshot.ruleBook()
    if let choice = rules.first(where: { $0.kind == kind }) { return try book.version(choice.version, of: kind).rule }
    return try book.inForce(kind, at: (day + 1).start).rule
  }

  var ruleLabel: String {
    if let rule { return "\(kind)@\(rule.name)" }
    return rules.first { $0.kind == kind }.map { "\(kind)@\($0.version)" } ?? kind
  }
}

// Which days.
extension BacktestRequest {
  /// Steps back where no first day is given.
  public static let steps = 12

  private func days(in snapshot: Snapshot) throws -> [Day] {
    guard let known = try snapshot.businessDays() else {
      throw Trouble(
        .absent, "E-LOG-EMPTY", Name("the log is empty", "日志为空"), unharmed: Unharmed.everything,
        remedy: Name("import or append events first", "请先导入或追加事件"))
    }
    let (earliest, latest) = (known.lowerBound, known.upperBound)
    let last = max(latest + -horizon.days, Instant.distantPast.day)
    let end = to ?? every.lastEnd(notAfter: last)
    guard end <= last else {
      throw Trouble.usage(
        Name(
          "the horizon of \(end) ends on \(end + horizon.days), but the log ends on \(latest)",
          "\(end) 的观察期至 \(end + horizon.days)，而日志止于 \(latest)"),
        remedy: Name("choose days up to \(last), or a shorter horizon", "请选择不晚于 \(last) 的日期，或缩短观察期"))
    }
    let days =
      from.map { every.days(from: $0, through: end) }
      ?? every.days(back: BacktestRequest.steps, to: end, notBefore: earliest)
    guard !days.isEmpty else {
      throw Trouble.usage(
        Name("no day to judge: the log reaches from \(earliest) to \(latest)", "没有可判断的日期：日志自 \(earliest) 至 \(latest)"),
        remedy: Name("choose days up to \(last), or a shorter horizon", "请选择不晚于 \(last) 的日期，或缩短观察期"))
    }
    guard let day = days.last, days.count < Cadence.limit || day == end else {
      throw Trouble.usage(
        Name("more than \(Cadence.limit) days to judge", "要判断的日期超过 \(Cadence.limit) 个"),
        remedy: Name("choose a longer step or a shorter stretch", "请加大步长或缩短区间"))
    }
    return days
  }
}
