import Answers
import ArgumentParser
import Engine
import Projection
import Vocabulary
import Wire

/// `keshi rules fit churn`: the parameters of a model of repeat buying, as a piece of a rule.
struct RulesFitCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "fit",
      abstract: Name(
        "Fit a model of repeat buying, and print it as a piece of a rule.", "拟合重复购买模型，并输出为规则片段。")[Speech.language],
      discussion: Name(
        """
        Purchases of one day count once; times are in weeks. By maximum likelihood, with standard errors from the \
        curvature. bg-nbd: Fader, Hardie & Lee 2005. pareto-nbd: Schmittlein, Morrison & Colombo 1987. gamma-gamma \
        (what a purchase is worth, in units of 100 minor units): Fader & Hardie 2013.


        """,
        """
        同一天的多次购买计一次；时间以周计。采用极大似然估计，标准误由似然曲率得出。\
        bg-nbd：Fader、Hardie 与 Lee 2005；pareto-nbd：Schmittlein、Morrison 与 Colombo 1987；\
        gamma-gamma（每次购买的金额，以 100 个最小货币单位为一）：Fader 与 Hardie 2013。


        """)[Speech.language]
        + example(
          """
          keshi rules fit churn --model bg-nbd --until 2026-06-30
          keshi rules fit churn --model pareto-nbd --until 2025-12-31 --holdout 2026-06-30
          keshi rules fit churn --model bg-nbd --until 2026-06-30 --customers --format csv
          """))
  }

  @Argument(help: help("The kind of rule: churn.", "规则类别：churn。", value: "kind"))
  var kind: String

  @Option(help: help("bg-nbd, pareto-nbd or gamma-gamma.", "bg-nbd、pareto-nbd 或 gamma-gamma。", value: "model"))
  var model: FitModel

  @Option(help: help("Fit on what was bought until the end of this day (UTC).", "以此日结束（UTC）以前的购买拟合。", value: "date"))
  var until: Day

  @Option(help: help("Compare what is expected until this day with what was bought.", "将至此日的预期与实际购买对照。", value: "date"))
  var holdout: Day?

  @Option(
    help: help(
      "How far ahead purchases are expected, in the rule and where there is no hold-out: 90d, 26w.",
      "预期购买的时长，用于规则及未给出 --holdout 时：90d、26w。", value: "span"))
  var horizon = DaySpan(days: 90)

  @Flag(help: help("A row for each customer.", "逐个客户列出。"))
  var customers = false

  @Option(
    help: help("Count as purchases what this version does: churn=2.", "按此规则版本认定购买：churn=2。", value: "kind=version"))
  var rule: [RuleChoice] = []

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    var request = try FitRequest(kind: kind, model, until: until, holdout: holdout)
    (request.horizon, request.rules) = (horizon, rule)
    try session.withStore(.read) { store in
      let snapshot = try store.snapshot()
      let bar = ProgressBar(RebuildStep.folding.title, on: session.console)
      defer { bar.finish() }
      let answer = try request.run(
        in: snapshot, progress: { bar.update($0, of: $1) },
        tell: { left in
          bar.finish()
          session.console.remark(left)
        })
      bar.finish()
      guard customers else { return try give(answer, in: session) }
      let rows = session.rows(answer.customerColumns)
      try answer.forEachCustomer(in: snapshot) { try rows.write($0) }
      try rows.finish()
    }
  }

  private func give(_ answer: any FitAnswer, in session: Session) throws {
    var (columns, cells) = (answer.columns, answer.cells)
    let yaml = session.format == .table ? answer.yaml(in: session.language) : nil
    if let rule = answer.rule, session.format == .json || session.format == .ndjson {
      columns.append(Column("rule", .text, "Rule", "规则"))
      cells.append(.json(.object(rule)))
    }
    try session.give(columns, cells)
    if let yaml { try session.console.output.write("\n" + yaml) }
    if let doubt = answer.doubt { session.console.remark(doubt) }
  }
}
