import AccountHistory
public import CompanyRules
import Events
import Matters
public import Projection
public import Vocabulary
public import Wire

/// The open risks by likelihood and impact (风险矩阵): a row for each field of the map that holds one, and currency.
///
/// `company:all/L4×I5/CNY`; a risk without an amount counts in the row without a currency.
public enum RiskMap: Census {
  public typealias Source = RiskBook
  public typealias Rules = RiskRules
  public static let name = "risk-map"
  public static let shape = 1
  public static let title = Name("Risk map", "风险矩阵图")
  public static let ruleKind: String? = "risk"
  public static let shippedRules = RiskRules.shipped

  public struct Return: Sendable {
    let likelihood: Int
    let impact: Int
    let minor: Int64
    let currency: Currency?
    let seq: Int64
  }

  public static func report(
    _ facts: RiskBook.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<RiskRules>, asOf now: Instant,
    to returns: inout [Return]
  ) {
    guard let course = RiskCourse(facts.notes.all(in: series, asOf: now)), course.closed == nil,
      let likelihood = course.likelihood, let impact = course.impact
    else { return }
    returns.append(
      Return(
        likelihood: likelihood, impact: impact, minor: course.exposure?.minor ?? 0, currency: course.exposure?.currency,
        seq: course.measured?.seq ?? course.first.seq))
  }

  public static func conclude(
    _ returns: [Return], by rule: Ruled<RiskRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<RiskMapRow>] {
    func key(_ one: Return) -> (Int, Int, Int, Int64) {
      (one.likelihood, one.impact, one.currency.map { Int($0.number) } ?? -1, one.seq)
    }
    let sorted = returns.sorted { key($0) < key($1) }
    var rows: [CensusRow<RiskMapRow>] = []
    var start = 0
    for place in sorted.indices {
      let one = sorted[place]
      let isLast = place + 1 == sorted.count
      guard isLast || (sorted[place + 1].likelihood, sorted[place + 1].impact) != (one.likelihood, one.impact)
        || sorted[place + 1].currency != one.currency
      else { continue }
      let field = sorted[start...place]
      start = place + 1
      let level = rule.body.level(of: one.likelihood * one.impact)
      let currency = one.currency.map { "/\($0)" } ?? ""
      let subject = CensusSubject(.fixed("company:all"), part: "L\(one.likelihood)×I\(one.impact)\(currency)")
      trace.note(
        subject,
        Finding(
          "level", Name("Likelihood × impact", "可能性 × 影响"), value: "\(one.likelihood * one.impact)",
          threshold: "medium ≥ \(rule.body.mediumFrom), high ≥ \(rule.body.highFrom)", holds: level == .high,
          evidence: field.prefix(10).map(\.seq)))
      rows.append(
        CensusRow(
          subject,
          RiskMapRow(
            level: level, likelihood: one.likelihood, impact: one.impact, risks: field.count,
            exposureMinor: one.currency == nil ? nil : field.map(\.minor).moneySum,
            currency: one.currency)))
    }
    return rows
  }
}

public struct RiskMapRow: Row {
  public let level: RiskLevel
  public let likelihood: Int
  public let impact: Int
  public let risks: Int
  public let exposureMinor: Int64?
  public let currency: Currency?
  public var since: Instant? { nil }
  public var because: Int64? { nil }

  public static let columns: [Column] = [
    .code("level", RiskLevel.self, "Level", "等级"),
    Column("likelihood", .integer, "Likelihood, 1 to 5", "可能性（1–5）"),
    Column("impact", .integer, "Impact, 1 to 5", "影响（1–5）"),
    Column("risks", .integer, "Open risks", "未关闭风险数"),
    Column("exposureMinor", .money, "Exposure", "敞口"),
    Column("cur", .text, "Currency", "币种"),
  ]
  public var values: [Value] {
    [
      Value(level), Value(likelihood), Value(impact), Value(risks), Value(exposureMinor),
      currency.map { .text($0.description) } ?? .null,
    ]
  }
  public var outcome: Int? { Int(level.rawValue) - 1 }
}
