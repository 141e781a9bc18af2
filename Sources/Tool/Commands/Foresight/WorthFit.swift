import Engine
import Projection
import Statistics
import Vocabulary
import Wire

/// A fitted model of what purchases are worth, as an answer.
///
/// Over the customers who bought again with an amount above 0, in the currency that most of them use: amounts of
/// different currencies are not added.
struct WorthFit {
  private let fit: Fit<GammaGamma>
  private let buyers: [FittedBuyer]
  private let currency: String

  /// - Throws: `StatisticsError`.
  init(_ all: [FittedBuyer], in session: Session) throws(StatisticsError) {
    let spending = all.filter { $0.buyer.spending != nil }
    let counts = Dictionary(grouping: spending) { $0.buyer.currency ?? "" }.mapValues(\.count)
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    currency = most
    buyers = spending.filter { $0.buyer.currency == most }
    fit = try GammaGamma.fit(buyers.compactMap(\.buyer.spending))
    let others = spending.count - buyers.count
    if others > 0 {
      session.console.remark(
        Name(
          "Left out: \(others) customers who pay in another currency than \(most).",
          "未计入：以 \(most) 以外货币付款的 \(others) 位客户。"))
    }
  }

  func give(until: Day, in session: Session) throws {
    var columns = [
      Column("model", .text, "Model", "模型"), Column("until", .day, "Fitted on purchases until", "拟合截止日"),
      Column("customers", .integer, "Customers who bought again", "再次购买的客户数"), Column("cur", .text, "Currency", "币种"),
    ]
    var cells: [Cell] = [.text(GammaGamma.name), .day(until), .integer(Int64(fit.customers)), .text(currency)]
    for (place, name) in GammaGamma.parameterNames.enumerated() {
      columns.append(Column(name, .integer, "Parameter \(name)", "参数 \(name)"))
      cells.append(.decimal(fit.model.parameters[place], places: 6))
      columns.append(Column(name + "Error", .integer, "  ± standard error", "  ± 标准误"))
      cells.append(fit.standardErrors[place].map { .decimal($0, places: 6) } ?? .null)
    }
    columns.append(Column("logLikelihood", .integer, "Log-likelihood", "对数似然"))
    cells.append(.decimal(fit.logLikelihood, places: 4))
    columns.append(Column("mean", .integer, "Mean amount of a purchase (100 minor units)", "单次购买平均金额（100 个最小货币单位）"))
    cells.append(fit.model.expectedMean(nil).map { .decimal($0, places: 4) } ?? .null)
    try session.give(columns, cells)
    session.doubt(GammaGamma.parameterNames, fit.model.parameters, fit.standardErrors)
  }

  static let customerColumns = [
    Column("subject", .text, "Subject", "主体"), Column("count", .integer, "Amounts", "金额笔数"),
    Column("mean", .integer, "Their mean", "其均值"), Column("expectedMean", .integer, "Mean to be expected", "预期均值"),
    Column("cur", .text, "Currency", "币种"),
  ]

  func giveCustomers(of snapshot: Snapshot, in session: Session) throws {
    let rows = session.rows(WorthFit.customerColumns)
    for buyer in buyers {
      guard let spending = buyer.buyer.spending else { continue }
      try rows.write([
        .text(try snapshot.accountName(buyer.account)), .integer(Int64(spending.count)),
        .decimal(spending.mean, places: 4),
        fit.model.expectedMean(spending).map { .decimal($0, places: 4) } ?? .null, .text(currency),
      ])
    }
    try rows.finish()
  }
}
