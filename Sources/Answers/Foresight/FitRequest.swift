import Engine
import Projection
import ProjectionCatalogue
import Statistics
import Vocabulary
import Wire

/// A model that `fit` knows.
public enum FitModel: String, CaseIterable, Sendable {
  case bgNbd = "bg-nbd"
  case paretoNbd = "pareto-nbd"
  case gammaGamma = "gamma-gamma"

  /// `nil` for the one of worth.
  var buying: BuyingModel? { BuyingModel(rawValue: rawValue) }
}

/// Asks for the parameters of a model of repeat buying, fitted to what was bought.
public struct FitRequest {
  public let kind: String
  public let model: FitModel
  /// Fit on what was bought until the end of this day (UTC).
  public let until: Day
  /// Compare what is expected until this day with what was bought.
  public let holdout: Day?
  /// How far ahead purchases are expected, in the rule and where there is no hold-out.
  public var horizon = DaySpan(days: 90)
  /// Count as purchases what these versions do.
  public var rules: [RuleChoice] = []

  /// - Throws: `E-USAGE` for a kind without models, and for a hold-out that ends too early.
  public init(kind: String, _ model: FitModel, until: Day, holdout: Day? = nil) throws {
    guard kind == "churn" else {
      throw Trouble.usage(
        Name("models of buying belong to the kind churn", "购买模型属于类别 churn"),
        remedy: Name("write `keshi rules fit churn --model bg-nbd …`", "请写 `keshi rules fit churn --model bg-nbd …`"))
    }
    if let holdout, holdout <= until {
      throw Trouble.usage(
        Name(
          "the hold-out ends on \(holdout), which is not later than \(until)",
          "对照期止于 \(holdout)，不晚于 \(until)"),
        remedy: Name("choose a later day for --holdout", "请为 --holdout 选择更晚的日期"))
    }
    (self.kind, self.model, self.until, self.holdout) = (kind, model, until, holdout)
  }

  /// - Parameters:
  ///   - progress: of the folding, by events.
  ///   - tell: told what the answer leaves out.
  /// - Throws: `StatisticsError` where the data do not carry the model; `E-USAGE`, `EngineError`.
  public func run(
    in snapshot: Snapshot, progress: @escaping Progress = { _, _ in }, tell: (Name) -> Void = { _ in }
  ) throws -> any FitAnswer {
    let buyers = try buyers(in: snapshot, progress, tell)
    guard let buying = model.buying else { return try WorthFit(buyers, until: until, tell: tell) }
    return try BuyingFit(buying, buyers, until: until, holdout: holdout, horizonDays: horizon.days)
  }

  /// Every customer who had bought until the day, with what they bought until the end of the hold-out.
  private func buyers(in snapshot: Snapshot, _ progress: @escaping Progress, _ tell: (Name) -> Void) throws -> [FittedBuyer] {
    let book = try snapshot.ruleBook()
    let chosen = rules.first { $0.kind == kind }
    let version = try chosen.map { try book.version($0.version, of: kind) } ?? book.inForce(kind, at: until.last)
    let asked = Asked(ProjectionCatalogue.purchasing, by: .purchases(of: version.rule))
    let latest = try snapshot.businessDays()?.upperBound
    if let latest, until > latest {
      tell(
        Name("The log ends on \(latest); of the days after it nothing is known.", "日志止于 \(latest)，其后的情况未知。"))
    }
    if let holdout, let latest, holdout > latest {
      throw Trouble.usage(
        Name(
          "the hold-out ends on \(holdout), but the log ends on \(latest)", "对照期止于 \(holdout)，而日志止于 \(latest)"),
        remedy: Name("choose a day up to \(latest) for --holdout", "请为 --holdout 选择不晚于 \(latest) 的日期"))
    }
    func each(_ day: Day, _ body: (Int, Buyer) -> Void) throws {
      var view = View()
      view.asOf = day.last
      try snapshot.judgeAccounts(by: [asked], view: view, progress: progress) { account, rows in
        if let row = rows[0] { body(account, Buyer(row)) }
      }
    }
    var buyers: [FittedBuyer] = []
    try each(until) { account, buyer in
      guard let pattern = buyer.pattern(on: until) else { return }
      buyers.append(FittedBuyer(account: account, buyer: buyer, pattern: pattern, bought: holdout == nil ? nil : 0))
    }
    if let holdout {
      var days: [Int: Int] = [:]
      try each(holdout) { account, buyer in days[account] = buyer.days }
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
