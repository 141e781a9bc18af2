import ArgumentParser
import Backtest
import Engine
import Projection
import ProjectionCatalogue
import Vocabulary
import Wire

/// `keshi rules backtest churn FILE|VERSION`: what the warnings were worth.
struct RulesBacktestCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "backtest",
      abstract: Name(
        "Give the warnings as they would have been given on past days, against what happened then.",
        "按过去各日重放预警，并与其后实际发生的情况对照。")[
          Speech.language],
      discussion: Name(
        """
        Each day is judged by what had happened until its end (UTC). A horizon must have passed to be judged. Precision: \
        of those warned of, the share with the outcome. Recall: of those with the outcome, the share warned of. AUC: \
        the probability that one with the outcome had the worse health, ties by half. Lead: median days from the \
        first warning of an unbroken run to the outcome; for silence that is the end of the horizon. A customer judged \
        on twelve days counts twelve times in the total.


        """,
        """
        每一天按当日结束（UTC）以前发生的事判断；观察期须已全部过去。精确率：被预警者中出现结果的比例。\
        召回率：出现结果者中被预警的比例。AUC：出现结果者健康度更差的概率，相同各计一半。\
        提前天数：连续预警首日至结果之日的中位天数；结果为静默时取观察期末日。\
        同一客户在十二个日子被判断，合计中计十二次。


        """)[Speech.language]
        + example(
          """
          keshi rules backtest churn 1 --horizon 90d
          keshi rules backtest churn draft.json --from 2025-01-31 --to 2025-12-31 --format csv
          keshi rules backtest churn 1 --horizon 26w --outcome lost --scores
          """))
  }

  @Argument(help: help("The kind of rule: churn.", "规则类别：churn。", value: "kind"))
  var kind: String

  @Argument(
    help: help(
      "A version, or a file with a body; without it, the version in force on each day.", "版本，或规则内容文件；不写则用各日生效的版本。",
      value: "file|version"))
  var draft: String?

  @Option(help: help("How far ahead the outcome is looked for: 90d, 26w.", "向后观察多久：90d、26w。", value: "span"))
  var horizon = DaySpan(days: 90)

  @Option(help: help("First day; without it, twelve steps back from the last.", "第一个判断日；不写则自最后一日回溯十二步。", value: "date"))
  var from: DayPoint?

  @Option(
    help: help("Last day; without it, the last whose horizon has passed.", "最后一个判断日；不写则为观察期已过的最后一日。", value: "date"))
  var to: DayPoint?

  @Option(help: help("day, week, month, quarter, year, or 10d.", "day、week、month、quarter、year，或 10d。", value: "step"))
  var every = CadenceWord.month

  @Option(
    help: help(
      "What was to be foretold: silence (no purchase within the horizon), lost (lifecycle stage), ended (no contract any more).",
      "预警的对象：silence（观察期内未购买）、lost（生命周期阶段为流失）、ended（合同终止且未续）。", value: "outcome"))
  var outcome = ChurnOutcome.silence

  @Option(help: help("Warned of from this level on.", "从此级别起视为预警。", value: "level"))
  var level = WarningLevel.yellow

  @Flag(
    help: help("Judge by what the log knew on each day, not by what was entered later.", "按各日当时已入账的内容判断，不计后来补录的内容。"))
  var knownThen = false

  @Flag(
    help: help(
      "Compare with days of silence, BG/NBD and Pareto/NBD, fitted on each day.", "与静默天数及各日重新拟合的 BG/NBD、Pareto/NBD 比较。")
  )
  var scores = false

  @Option(
    help: help("Judge by another version of a rule; may be given again.", "按规则的另一版本判断；可多次给出。", value: "kind=version"))
  var rule: [RuleChoice] = []

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try session.withStore(.read) { store in
      let snapshot = try store.snapshot()
      let churn = try projection(in: snapshot)
      let days = try days(in: snapshot)
      let named = try draft.map { try RuleDraft.rule($0, of: kind, snapshot, in: session) }
      let basis = RuleVersion.purchases(of: try named ?? ruleInForce(on: days[days.count - 1], in: snapshot))
      var question = Question(
        .churn(Asked(churn, by: named), from: level), against: try outcome.outcome(basis, in: snapshot), on: days,
        horizonDays: horizon.days)
      question.asKnownThen = knownThen
      for choice in rule { question.rules[choice.kind] = choice.version }
      let comparison = BuyingScores()
      if scores {
        question.comparison = Comparison(Asked(ProjectionCatalogue.purchasing, by: basis)) { comparison.scores($0, $1) }
      }
      let bar = ProgressBar(Name("Judging", "判断"), on: session.console)
      defer { bar.finish() }
      let backtest = try Backtest(question, of: snapshot) { bar.update($0, of: $1) }
      bar.finish()
      try give(backtest, in: session)
      tell(comparison, in: session)
    }
  }

  private func projection(in snapshot: Snapshot) throws -> AnyProjection {
    guard kind == "churn" else {
      throw Trouble.usage(
        Name("a backtest needs a kind that warns; allowed: churn", "回测只适用于会发出预警的类别；可用：churn"),
        remedy: Name("write `keshi rules backtest churn 1`", "请写 `keshi rules backtest churn 1`"))
    }
    return try snapshot.projection(named: "churn")
  }

  private func ruleInForce(on day: Day, in snapshot: Snapshot) throws -> RuleVersion {
    let book = try snapshot.ruleBook()
    if let choice = rule.first(where: { $0.kind == kind }) { return try book.version(choice.version, of: kind).rule }
    return try book.inForce(kind, at: (day + 1).start).rule
  }
}

// Which days.
extension RulesBacktestCommand {
  /// Steps back where no first day is given.
  static let steps = 12

  private func days(in snapshot: Snapshot) throws -> [Day] {
    guard let known = try snapshot.businessDays() else {
      throw Trouble(
        .noInput, "E-LOG-EMPTY", Name("the log is empty", "日志为空"), unharmed: Unharmed.everything,
        remedy: Name("import or append events first", "请先导入或追加事件"))
    }
    let (earliest, latest) = (known.lowerBound, known.upperBound)
    let last = max(latest + -horizon.days, Instant.distantPast.day)
    let end = to?.day ?? every.cadence.lastEnd(notAfter: last)
    guard end <= last else {
      throw Trouble.usage(
        Name(
          "the horizon of \(end) ends on \(end + horizon.days), but the log ends on \(latest)",
          "\(end) 的观察期至 \(end + horizon.days)，而日志止于 \(latest)"),
        remedy: Name("choose days up to \(last), or a shorter horizon", "请选择不晚于 \(last) 的日期，或缩短观察期"))
    }
    let days =
      from.map { every.cadence.days(from: $0.day, through: end) }
      ?? every.cadence.days(back: RulesBacktestCommand.steps, to: end, notBefore: earliest)
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
