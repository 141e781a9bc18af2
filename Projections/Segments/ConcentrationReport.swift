import AccountHistory
public import CompanyRules
public import Projection
import Statistics
public import Vocabulary
public import Wire

/// How much of the money comes from a few customers?
///
/// A row for each currency, `company:all/CNY`: of the customers who brought money within the window of the segment rule.
/// Shares of the largest, the Herfindahl-Hirschman index (`Statistics.Concentration`), and how many customers of equal
/// size would be as concentrated.
public enum ConcentrationReport: Census {
  public typealias Source = Trade
  public static let name = "concentration"
  public static let shape = 1
  public static let title = Name("Concentration of revenue", "客户集中度")
  public static let ruleKind: String? = "segment"
  public static let shippedRules = SegmentRules.shipped

  public typealias Return = Turnover

  public static func report(
    _ facts: Trade.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<SegmentRules>, asOf now: Instant,
    to returns: inout [Turnover]
  ) {
    guard let turnover = Turnover(facts, series, of: key, by: rule.body, gradings: 0, asOf: now), (turnover.money.first ?? 0) > 0
    else { return }
    returns.append(turnover)
  }

  public static func conclude(
    _ returns: [Turnover], by rule: Ruled<SegmentRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<ConcentrationRow>] {
    returns.byCurrency.compactMap { currency, places in
      guard let row = ConcentrationRow(currency, places.map { returns[$0] }) else { return nil }
      let subject = CensusSubject(.fixed("company:all"), part: currency.description)
      row.note(about: subject, in: &trace)
      return CensusRow(subject, row)
    }
  }
}

public struct ConcentrationRow: Row {
  public let currency: Currency
  public let customers: Int
  public let revenueMinor: Int64
  /// In hundredths of a percent, rounded down.
  public let topBp: [Int64?]
  public let topFifthBp: Int64?
  /// In points, 0…10,000, to the nearest.
  public let herfindahl: Int64?
  public let effectiveNumber: Int64?
  public let giniBp: Int64?
  /// Of the ten largest the latest event of each.
  private let largest: [Moment]

  static let tops = [1, 5, 10]

  /// `nil` where the sum is beyond 64 bits.
  init?(_ currency: Currency, _ customers: [Turnover]) {
    let money = customers.map { $0.money.first ?? 0 }
    guard let concentration = try? Concentration(money) else { return nil }
    self.currency = currency
    self.customers = customers.count
    revenueMinor = concentration.total
    topBp = ConcentrationRow.tops.map { concentration.share(ofTop: $0).map { Int64($0 * 10_000) } }
    topFifthBp = concentration.share(ofTop: (customers.count + 4) / 5).map { Int64($0 * 10_000) }
    herfindahl = concentration.herfindahlPoints.map { Int64($0.rounded()) }
    effectiveNumber = concentration.effectiveNumber.map { Int64($0.rounded()) }
    giniBp = concentration.gini.map { Int64(($0 * 10_000).rounded()) }
    let order = money.indices.sorted { money[$0] != money[$1] ? money[$0] > money[$1] : $0 < $1 }
    largest = order.prefix(10).compactMap { customers[$0].last }
  }

  public var since: Instant? { largest.first?.at }
  public var because: Int64? { largest.first?.seq }

  public static let columns: [Column] = [
    Column("cur", .text, "Currency", "币种"), Column("customers", .integer, "Customers with revenue", "有收入的客户数"),
    Column("revenueMinor", .money, "Revenue of the window", "统计期收入"),
    Column("top1Bp", .integer, "Share of the largest (0.01 %)", "最大客户占比（万分之一）"),
    Column("top5Bp", .integer, "Share of the 5 largest (0.01 %)", "前 5 大客户占比（万分之一）"),
    Column("top10Bp", .integer, "Share of the 10 largest (0.01 %)", "前 10 大客户占比（万分之一）"),
    Column("topFifthBp", .integer, "Share of the largest fifth (0.01 %)", "前 20% 客户占比（万分之一）"),
    Column("hhi", .integer, "Herfindahl-Hirschman index (0–10,000)", "赫芬达尔指数（0–10,000）"),
    Column("effectiveNumber", .integer, "As concentrated as so many alike", "等效客户数"),
    Column("giniBp", .integer, "Gini coefficient (0.01 %)", "基尼系数（万分之一）"),
  ]

  public var values: [Value] {
    [.text(currency.description), Value(customers), .integer(revenueMinor)] + topBp.map { Value($0) } + [
      Value(topFifthBp), Value(herfindahl), Value(effectiveNumber), Value(giniBp),
    ]
  }
  public var outcome: Int? { nil }

  func note(about subject: CensusSubject, in trace: inout some CensusTrace) {
    for (top, share) in zip(ConcentrationRow.tops, topBp) {
      trace.note(
        subject,
        Finding(
          "top-\(top)", Name("Share of the \(top) largest (0.01 %)", "前 \(top) 大客户占比（万分之一）"), value: share.map { "\($0)" } ?? "–",
          threshold: "10000", holds: share != nil, evidence: largest.prefix(top).map(\.seq)))
    }
    trace.note(
      subject,
      Finding(
        "hhi", Name("Herfindahl-Hirschman index", "赫芬达尔指数"), value: herfindahl.map { "\($0)" } ?? "–", threshold: "10000",
        holds: herfindahl != nil, evidence: largest.map(\.seq)))
  }
}
