import Engine
import Projection
import Statistics
import Vocabulary
import Wire

/// A fitted model of what purchases are worth, as an answer.
///
/// Over the customers who bought again with an amount above 0, in the currency that most of them use: amounts of
/// different currencies are not added.
struct WorthFit: FitAnswer {
  private let fit: Fit<GammaGamma>
  private let buyers: [FittedBuyer]
  private let currency: String
  private let until: Day

  /// - Throws: `StatisticsError`.
  /// - Parameter tell: told how many customers were left out.
  init(_ all: [FittedBuyer], until: Day, tell: (Name) -> Void) throws(StatisticsError) {
    self.until = until
    let spending = all.filter { $0.buyer.spending != nil }
    let counts = Dictionary(grouping: spending) { $0.buyer.currency ?? "" }.mapValues(\.count)
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    currency = most
    buyers = spending.filter { $0.buyer.currency == most }
    fit = try GammaGamma.fit(buyers.compactMap(\.buyer.spending))
    let others = spending.count - buyers.count
    if others > 0 {
      tell(
        Name(
          "Left out: \(others) customers who pay in another currency than \(most).",
          "未计入：以 \(most) 以外货币付款的 \(others) 位客户。"))
    }
  }

  private var told: [(Column, Cell)] {
    [
      (Column("model", .text, "Model", "模型"), .text(GammaGamma.name)),
      (Column("until", .day, "Fitted on purchases until", "拟合截止日"), .day(until)),
      (Column("customers", .integer, "Customers who bought again", "再次购买的客户数"), .integer(Int64(fit.customers))),
      (Column("cur", .text, "Currency", "币种"), .text(currency)),
    ]
      + FitParameters.told(GammaGamma.parameterNames, fit.model.parameters, fit.standardErrors, fit.logLikelihood)
      + [
        (
          Column("mean", .integer, "Mean amount of a purchase (100 minor units)", "单次购买平均金额（100 个最小货币单位）"),
          fit.model.expectedMean(nil).map { .decimal($0, places: 4) } ?? .null
        )
      ]
  }

  var columns: [Column] { told.map(\.0) }
  var cells: [Cell] { told.map(\.1) }
  var doubt: Name? { FitParameters.doubt(GammaGamma.parameterNames, fit.model.parameters, fit.standardErrors) }
  var rule: JSONObject? { nil }
  func yaml(in language: Language) -> String? { nil }

  let customerColumns = [
    Column("subject", .text, "Subject", "主体"), Column("count", .integer, "Amounts", "金额笔数"),
    Column("mean", .integer, "Their mean", "其均值"), Column("expectedMean", .integer, "Mean to be expected", "预期均值"),
    Column("cur", .text, "Currency", "币种"),
  ]

  func forEachCustomer(in snapshot: Snapshot, _ body: ([Cell]) throws -> Void) throws {
    for buyer in buyers {
      guard let spending = buyer.buyer.spending else { continue }
      try body([
        .text(try snapshot.accountName(buyer.account)), .integer(Int64(spending.count)),
        .decimal(spending.mean, places: 4),
        fit.model.expectedMean(spending).map { .decimal($0, places: 4) } ?? .null, .text(currency),
      ])
    }
  }
}
