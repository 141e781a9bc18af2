import Engine
import Projection
import Statistics
import Vocabulary
import Wire

/// A fitted model of repeat buying, as an answer.
struct BuyingFit: FitAnswer {
  private let kind: BuyingModel
  private let fit: AnyFit
  private let buyers: [FittedBuyer]
  private let until: Day
  private let holdout: Day?
  private let horizonDays: Int

  /// - Throws: `StatisticsError`.
  init(
    _ kind: BuyingModel, _ buyers: [FittedBuyer], until: Day, holdout: Day?, horizonDays: Int
  ) throws(StatisticsError) {
    (self.kind, self.buyers, self.until) = (kind, buyers, until)
    (self.holdout, self.horizonDays) = (holdout, horizonDays)
    fit = try kind.type.anyFit(try PurchasePatterns(buyers.map(\.pattern)))
  }

  /// Days for which purchases are expected in the answer.
  private var days: Int { holdout.map { $0 - until } ?? horizonDays }

  private func expected(_ buyer: FittedBuyer) -> Double {
    fit.model.expectedPurchases(in: Double(days) / 7, buyer.pattern)
  }

  // MARK: The model

  private var told: [(Column, Cell)] {
    var told: [(Column, Cell)] = [
      (Column("model", .text, "Model", "模型"), .text(kind.rawValue)),
      (Column("until", .day, "Fitted on purchases until", "拟合截止日"), .day(until)),
      (Column("customers", .integer, "Customers who bought", "购买客户数"), .integer(Int64(fit.customers))),
      (Column("repeaters", .integer, "… again", "其中再次购买"), .integer(Int64(fit.repeaters))),
    ]
    told += FitParameters.told(fit.names, fit.model.parameters, fit.standardErrors, fit.logLikelihood)
    told += [
      (Column("expectedDays", .integer, "Purchases expected over so many days", "预期购买的天数"), .integer(Int64(days))),
      (
        Column("expected", .integer, "Purchases expected of all of them", "全体预期购买次数"),
        .decimal(buyers.reduce(0) { $0 + expected($1) }, places: 4)
      ),
    ]
    guard holdout != nil else { return told }
    let bought = buyers.reduce(0) { $0 + ($1.bought ?? 0) }
    return told + [(Column("bought", .integer, "Purchases made", "实际购买次数"), .integer(Int64(bought)))]
  }

  var columns: [Column] { told.map(\.0) }
  var cells: [Cell] { told.map(\.1) }
  var doubt: Name? { FitParameters.doubt(fit.names, fit.model.parameters, fit.standardErrors) }
  var rule: JSONObject? { [kind.member: .object(fragment)] }

  /// What a rule lays down to be judged by this model. Few is less than one purchase in two, until somebody decides.
  private var fragment: JSONObject {
    var object: JSONObject = ["days": .int(Int64(horizonDays)), "atMost": 500]
    for (name, value) in zip(fit.names, fit.model.parameters) {
      object[name] = .int(Int64((value * 1_000_000).rounded()))
    }
    return object
  }

  func yaml(in language: Language) -> String? {
    let title = Name(
      "# For a churn rule: parameters in millionths; `atMost` in thousandths of a purchase.",
      "# 用于 churn 规则：参数以百万分之一计；`atMost` 以千分之一次计。")
    let lines = (fit.names + ["days", "atMost"]).map { name in "  \(name): \(fragment.number(name))\n" }
    return title[language] + "\n\(kind.member):\n" + lines.joined() + "expectationWeight: 25\n"
  }

  // MARK: Its customers

  let customerColumns = [
    Column("subject", .text, "Subject", "主体"), Column("repeats", .integer, "Repeats (x)", "重复购买 (x)"),
    Column("recencyWeeks", .integer, "Last repeat (t_x, weeks)", "末次购买 (t_x，周)"),
    Column("ageWeeks", .integer, "Age (T, weeks)", "时长 (T，周)"),
    Column("alive", .integer, "P(alive)", "P(存活)"), Column("expectedDays", .integer, "Days ahead", "预期天数"),
    Column("expected", .integer, "Purchases expected", "预期购买"), Column("bought", .integer, "Purchases made", "实际购买"),
  ]

  func forEachCustomer(in snapshot: Snapshot, _ body: ([Cell]) throws -> Void) throws {
    for buyer in buyers {
      try body([
        .text(try snapshot.accountName(buyer.account)), .integer(Int64(buyer.pattern.repeats)),
        .decimal(buyer.pattern.recency, places: 4), .decimal(buyer.pattern.age, places: 4),
        .decimal(fit.model.probabilityAlive(buyer.pattern), places: 6), .integer(Int64(days)),
        .decimal(expected(buyer), places: 6), buyer.bought.map { .integer(Int64($0)) } ?? .absent,
      ])
    }
  }
}

/// A fit without its model's type.
struct AnyFit {
  let model: any PurchaseModel
  let names: [String]
  let logLikelihood: Double
  let standardErrors: [Double?]
  let customers: Int
  let repeaters: Int
}

extension PurchaseModel {
  static func anyFit(_ patterns: PurchasePatterns) throws(StatisticsError) -> AnyFit {
    let fit = try fit(patterns)
    return AnyFit(
      model: fit.model, names: parameterNames, logLikelihood: fit.logLikelihood, standardErrors: fit.standardErrors,
      customers: fit.customers, repeaters: fit.repeaters)
  }
}
