import Answers
import ArgumentParser
import Engine
import Vocabulary

/// The two clocks of a view: what had happened, and what was known.
struct ClockOptions: ParsableArguments {
  @Option(
    help: help(
      "State at business time T: 2026-11-23T09:30:00Z, or a day, which means its end (UTC).",
      "业务时间 T 的状态：2026-11-23T09:30:00Z，或一个日期（指当日结束，UTC）。", value: "t"))
  var asOf: TimePoint?

  @Option(
    help: help(
      "As the log stood at time T, or right after event number SEQ.", "按日志在时间 T 的样子，或事件 SEQ 刚入账后的样子。", value: "t|seq"))
  var knownAt: LogPoint?

  var view: View { View(asOf: asOf, knownAt: knownAt) }
}

/// From where a reader looks: the options of `history`, `show` and `explain`.
struct ReaderOptions: ParsableArguments {
  @OptionGroup var clocks: ClockOptions

  @Option(
    help: help("Judge by another version of a rule; may be given again.", "按规则的另一版本判断；可多次给出。", value: "kind=version"))
  var rule: [RuleChoice] = []

  var view: View { View(asOf: clocks.asOf, knownAt: clocks.knownAt, rules: rule) }
}
