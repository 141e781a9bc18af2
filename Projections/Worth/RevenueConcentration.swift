import AccountHistory
public import CompanyRules
import Events
public import Projection
import Statistics
public import Vocabulary
public import Wire

/// How much of the revenue of twelve months do a few customers bring?
///
/// A row for each currency, `company:all/CNY`. The index is Herfindahl's and Hirschman's: the sum of the squared shares, in
/// points from 0 to 10,000. Customers who brought nothing are left out.
public enum RevenueConcentration: Census {
  public typealias Source = Worth
  public typealias Rules = RiskRules
  public static let name = "concentration"
  public static let shape = 1
  public static let title = Name("Concentration of revenue", "收入集中度")
  public static let ruleKind: String? = "risk"
  public static let shippedRules = RiskRules.shipped

  public struct Return: Sendable {
    let currency: Currency
    let minor: Int64
    /// The latest movement of money.
    let seq: Int64
  }

  public static func report(
    _ facts: Worth.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<RiskRules>, asOf now: Instant,
    to returns: inout [Return]
  ) {
    let revenue = Worth.revenue(facts, series, asOf: now)
    guard let last = revenue.recent.last?.moment else { return }
    for amount in revenue.amounts where amount.minor > 0 {
      returns.append(Return(currency: amount.currency, minor: amount.minor, seq: last.seq))
    }
  }

  public static func conclude(
    _ returns: [Return], by rule: Ruled<RiskRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<ConcentrationRow>] {
    let sorted = returns.sorted { ($0.currency.number, $1.minor, $0.seq) < ($1.currency.number, $0.minor, $1.seq) }
    var rows: [CensusRow<ConcentrationRow>] = []
    var start = 0
    for place in sorted.indices where place + 1 == sorted.count || sorted[place + 1].currency != sorted[place].currency {
      let own = sorted[start...place]
      start = place + 1
      guard let found = try? Concentration(own.map(\.minor)) else { continue }
      let row = ConcentrationRow(found, own[own.startIndex].currency, by: rule.body)
      let subject = CensusSubject(.fixed("company:all"), part: "\(row.currency)")
      trace.note(
        subject,
        Finding(
          "hhi", Name("Herfindahl-Hirschman index", "赫芬达尔指数"), value: row.hhi.map { "\($0)" } ?? "–",
          threshold: "moderate ≥ \(rule.body.moderateFrom), high ≥ \(rule.body.concentratedFrom)",
          holds: row.level == .high, evidence: own.prefix(rule.body.top).prefix(10).map(\.seq)))
      rows.append(CensusRow(subject, row))
    }
    return rows
  }
}

/// How concentrated revenue is.
public enum ConcentrationLevel: UInt8, CodeSet {
  case low = 1
  case moderate = 2
  case high = 3

  public var word: Word {
    switch self {
    case .low: Word("low", "Not concentrated", "分散")
    case .moderate: Word("moderate", "Moderately concentrated", "中度集中")
    case .high: Word("high", "Highly concentrated", "高度集中")
    }
  }
}

public struct ConcentrationRow: Row {
  public let level: ConcentrationLevel
  public let currency: Currency
  public let customers: Int
  public let totalMinor: Int64
  public let top: Int
  public let topBp: Int64?
  public let largestBp: Int64?
  public let hhi: Int64?
  public let effective: Int64?
  public var since: Instant? { nil }
  public var because: Int64? { nil }

  init(_ found: Concentration, _ currency: Currency, by rule: RiskRules) {
    func rounded(_ value: Double?, times factor: Double) -> Int64? { value.map { Int64(($0 * factor).rounded()) } }
    (self.currency, customers, totalMinor, top) = (currency, found.count, found.total, rule.top)
    topBp = rounded(found.share(ofTop: rule.top), times: 10_000)
    largestBp = rounded(found.share(ofTop: 1), times: 10_000)
    hhi = rounded(found.herfindahlPoints, times: 1)
    effective = rounded(found.effectiveNumber, times: 100)
    let points = found.herfindahlPoints ?? 0
    level = points >= Double(rule.concentratedFrom) ? .high : points >= Double(rule.moderateFrom) ? .moderate : .low
  }

  public static let columns: [Column] = [
    .code("level", ConcentrationLevel.self, "Level", "集中程度"),
    Column("cur", .text, "Currency", "币种"),
    Column("customers", .integer, "Customers with revenue", "有收入的客户数"),
    Column("totalMinor", .money, "Revenue of 12 months", "近 12 个月收入"),
    Column("top", .integer, "So many largest customers", "前几大客户"),
    Column("topBp", .integer, "… have this share, in hundredths of a percent", "前几大客户占比（万分之一）"),
    Column("largestBp", .integer, "Share of the largest, in hundredths of a percent", "最大客户占比（万分之一）"),
    Column("hhi", .integer, "Herfindahl-Hirschman index, 0 to 10,000", "赫芬达尔指数 HHI（0–10000）"),
    Column("effective", .integer, "As many alike would be as concentrated, in hundredths", "等效客户数（百分之一）"),
  ]
  public var values: [Value] {
    [
      Value(level), .text(currency.description), Value(customers), Value(totalMinor), Value(top), Value(topBp),
      Value(largestBp), Value(hhi), Value(effective),
    ]
  }
  public var outcome: Int? { Int(level.rawValue) - 1 }
}
