import Answers
import ArgumentParser
import Backtest
import Engine
import Projection
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
  var from: Day?

  @Option(
    help: help("Last day; without it, the last whose horizon has passed.", "最后一个判断日；不写则为观察期已过的最后一日。", value: "date"))
  var to: Day?

  @Option(help: help("day, week, month, quarter, year, or 10d.", "day、week、month、quarter、year，或 10d。", value: "step"))
  var every = Cadence.months(1)

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
      var request = try BacktestRequest(kind: kind)
      request.rule = try draft.map { (try session.rule($0, of: kind, in: snapshot), $0) }
      (request.horizon, request.from, request.to, request.every) = (horizon, from, to, every)
      (request.outcome, request.level, request.asKnownThen, request.scores) = (outcome, level, knownThen, scores)
      request.rules = rule
      let bar = ProgressBar(Name("Judging", "判断"), on: session.console)
      defer { bar.finish() }
      let answer = try request.run(in: snapshot) { bar.update($0, of: $1) }
      bar.finish()
      try session.rows(BacktestAnswer.columns).give(answer.rows)
      for note in answer.notes { session.console.remark(note) }
    }
  }
}

extension Session {
  /// A rule as a person names it: the number of a version, or a file.
  fileprivate func rule(_ name: String, of kind: String, in snapshot: Snapshot) throws -> RuleVersion {
    let book = try snapshot.ruleBook()
    if let number = Int(name) { return try book.version(number, of: kind).rule }
    return try draft(name, of: kind, after: book, in: snapshot).rule
  }
}
