import Engine
import Projection
import Statistics
import Vocabulary
import Wire

/// A fitted model of repeat buying, as an answer.
struct BuyingFit {
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

  func give(in session: Session) throws {
    var columns = [
      Column("model", .text, "Model", "模型"), Column("until", .day, "Fitted on purchases until", "拟合截止日"),
      Column("customers", .integer, "Customers who bought", "购买客户数"),
      Column("repeaters", .integer, "… again", "其中再次购买"),
    ]
    var cells: [Cell] = [
      .text(kind.rawValue), .day(until), .integer(Int64(fit.customers)), .integer(Int64(fit.repeaters)),
    ]
    for (place, name) in fit.names.enumerated() {
      columns.append(Column(name, .integer, "Parameter \(name)", "参数 \(name)"))
      cells.append(.decimal(fit.model.parameters[place], places: 6))
      columns.append(Column(name + "Error", .integer, "  ± standard error", "  ± 标准误"))
      cells.append(fit.standardErrors[place].map { .decimal($0, places: 6) } ?? .null)
    }
    columns.append(Column("logLikelihood", .integer, "Log-likelihood", "对数似然"))
    cells.append(.decimal(fit.logLikelihood, places: 4))
    columns.append(Column("expectedDays", .integer, "Purchases expected over so many days", "预期购买的天数"))
    cells.append(.integer(Int64(days)))
    columns.append(Column("expected", .integer, "Purchases expected of all of them", "全体预期购买次数"))
    cells.append(.decimal(buyers.reduce(0) { $0 + expected($1) }, places: 4))
    if holdout != nil {
      columns.append(Column("bought", .integer, "Purchases made", "实际购买次数"))
      cells.append(.integer(Int64(buyers.reduce(0) { $0 + ($1.bought ?? 0) })))
    }
    try finish(columns, cells, in: session)
    session.doubt(fit.names, fit.model.parameters, fit.standardErrors)
  }

  private func finish(_ columns: [Column], _ cells: [Cell], in session: Session) throws {
    switch session.format {
    case .json, .ndjson:
      try session.give(
        columns + [Column("rule", .text, "Rule", "规则")], cells + [.json(.object([kind.member: .object(fragment)]))])
    case .csv: try session.give(columns, cells)
    case .table:
      try session.give(columns, cells)
      let title = Name(
        "# For a churn rule: parameters in millionths; `atMost` in thousandths of a purchase.",
        "# 用于 churn 规则：参数以百万分之一计；`atMost` 以千分之一次计。")
      try session.console.output.write("\n" + title[session.language] + "\n" + yaml)
    }
  }

  /// What a rule lays down to be judged by this model. Few is less than one purchase in two, until somebody decides.
  private var fragment: JSONObject {
    var object: JSONObject = ["days": .int(Int64(horizonDays)), "atMost": 500]
    for (name, value) in zip(fit.names, fit.model.parameters) {
      object[name] = .int(Int64((value * 1_000_000).rounded()))
    }
    return object
  }

  private var yaml: String {
    let lines = (fit.names + ["days", "atMost"]).map { name in "  \(name): \(fragment.number(name))\n" }
    return "\(kind.member):\n" + lines.joined() + "expectationWeight: 25\n"
  }

  // MARK: Its customers

  static let customerColumns = [
    Column("subject", .text, "Subject", "主体"), Column("repeats", .integer, "Repeats (x)", "重复购买 (x)"),
    Column("recencyWeeks", .integer, "Last repeat (t_x, weeks)", "末次购买 (t_x，周)"),
    Column("ageWeeks", .integer, "Age (T, weeks)", "时长 (T，周)"),
    Column("alive", .integer, "P(alive)", "P(存活)"), Column("expectedDays", .integer, "Days ahead", "预期天数"),
    Column("expected", .integer, "Purchases expected", "预期购买"), Column("bought", .integer, "Purchases made", "实际购买"),
  ]

  func giveCustomers(of snapshot: Snapshot, in session: Session) throws {
    let rows = session.rows(BuyingFit.customerColumns)
    for buyer in buyers {
      try rows.write([
        .text(try snapshot.accountName(buyer.account)), .integer(Int64(buyer.pattern.repeats)),
        .decimal(buyer.pattern.recency, places: 4), .decimal(buyer.pattern.age, places: 4),
        .decimal(fit.model.probabilityAlive(buyer.pattern), places: 6), .integer(Int64(days)),
        .decimal(expected(buyer), places: 6), buyer.bought.map { .integer(Int64($0)) } ?? .absent,
      ])
    }
    try rows.finish()
  }
}

extension Session {
  /// Says which parameters the data hardly determine. Predictions may be sound all the same: several sets of parameters
  /// then tell nearly the same story.
  func doubt(_ names: [String], _ parameters: [Double], _ errors: [Double?]) {
    let doubtful = names.indices.filter { (errors[$0] ?? .infinity) >= parameters[$0] }.map { names[$0] }
    guard !doubtful.isEmpty else { return }
    let list = doubtful.joined(separator: ", ")
    console.remark(
      Name(
        "The data hardly determine \(list): the standard error is as great as the parameter, or unknown.",
        "数据难以确定 \(list)：标准误不小于参数本身，或无法得出。"))
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
