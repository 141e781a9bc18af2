import ArgumentParser
import Engine
import Projection
import ProjectionCatalogue
import Statistics
import Vocabulary
import Wire

/// A model that `fit` knows.
enum FitModel: String, CaseIterable, ExpressibleByArgument {
  case bgNbd = "bg-nbd"
  case paretoNbd = "pareto-nbd"
  case gammaGamma = "gamma-gamma"

  /// `nil` for the one of worth.
  var buying: BuyingModel? { BuyingModel(rawValue: rawValue) }
}

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
  var until: DayPoint

  @Option(help: help("Compare what is expected until this day with what was bought.", "将至此日的预期与实际购买对照。", value: "date"))
  var holdout: DayPoint?

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
    guard kind == "churn" else {
      throw Trouble.usage(
        Name("models of buying belong to the kind churn", "购买模型属于类别 churn"),
        remedy: Name("write `keshi rules fit churn --model bg-nbd …`", "请写 `keshi rules fit churn --model bg-nbd …`"))
    }
    if let holdout, holdout.day <= until.day {
      throw Trouble.usage(
        Name(
          "the hold-out ends on \(holdout.day), which is not later than \(until.day)",
          "对照期止于 \(holdout.day)，不晚于 \(until.day)"),
        remedy: Name("choose a later day for --holdout", "请为 --holdout 选择更晚的日期"))
    }
    try session.withStore(.read) { store in
      let snapshot = try store.snapshot()
      let buyers = try buyers(in: snapshot, session)
      if let buying = model.buying {
        let answer = try BuyingFit(buying, buyers, until: until.day, holdout: holdout?.day, horizonDays: horizon.days)
        try customers ? answer.giveCustomers(of: snapshot, in: session) : answer.give(in: session)
      } else {
        let answer = try WorthFit(buyers, in: session)
        try customers ? answer.giveCustomers(of: snapshot, in: session) : answer.give(until: until.day, in: session)
      }
    }
  }

  /// Every customer who had bought until the day, with what they bought until the end of the hold-out.
  private func buyers(in snapshot: Snapshot, _ session: Session) throws -> [FittedBuyer] {
    let book = try snapshot.ruleBook()
    let chosen = rule.first { $0.kind == kind }
    let version = try chosen.map { try book.version($0.version, of: kind) } ?? book.inForce(kind, at: until.day.last)
    let asked = Asked(ProjectionCatalogue.purchasing, by: .purchases(of: version.rule))
    let latest = try snapshot.businessDays()?.upperBound
    if let latest, until.day > latest {
      session.console.remark(
        Name("The log ends on \(latest); of the days after it nothing is known.", "日志止于 \(latest)，其后的情况未知。"))
    }
    if let holdout, let latest, holdout.day > latest {
      throw Trouble.usage(
        Name(
          "the hold-out ends on \(holdout.day), but the log ends on \(latest)", "对照期止于 \(holdout.day)，而日志止于 \(latest)"),
        remedy: Name("choose a day up to \(latest) for --holdout", "请为 --holdout 选择不晚于 \(latest) 的日期"))
    }
    let bar = ProgressBar(RebuildStep.folding.title, on: session.console)
    defer { bar.finish() }
    func each(_ day: Day, _ body: (Int, Buyer) -> Void) throws {
      var view = View()
      view.asOf = day.last
      try snapshot.judgeAccounts(by: [asked], view: view, progress: { bar.update($0, of: $1) }) { account, rows in
        if let row = rows[0] { body(account, Buyer(row)) }
      }
    }
    var buyers: [FittedBuyer] = []
    try each(until.day) { account, buyer in
      guard let pattern = buyer.pattern(on: until.day) else { return }
      buyers.append(FittedBuyer(account: account, buyer: buyer, pattern: pattern, bought: holdout == nil ? nil : 0))
    }
    if let holdout {
      var days: [Int: Int] = [:]
      try each(holdout.day) { account, buyer in days[account] = buyer.days }
      for place in buyers.indices {
        buyers[place].bought = max(0, (days[buyers[place].account] ?? 0) - buyers[place].buyer.days)
      }
    }
    return buyers.sorted { $0.account < $1.account }
  }
}

/// A customer as a fit takes them.
struct FittedBuyer {
  let account: Int
  let buyer: Buyer
  let pattern: PurchasePattern
  /// Days with a purchase in the hold-out; `nil` without one.
  var bought: Int?
}

extension Day {
  /// The last microsecond of the day: what "until a day" means.
  var last: Instant { Instant(microseconds: start.microseconds + Instant.microsecondsPerDay - 1) }
}
