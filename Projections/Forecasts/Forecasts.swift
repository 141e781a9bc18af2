import CompanyHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// How well was foretold what would be sold, by whom, and what lies in the pipeline?
///
/// A row for each person, period and currency in which they submitted a forecast (`employee:E-7/2026Q3/CNY`), one for the
/// company in it (`company:all/2026Q3/CNY`), and one for each who submitted or sells, over all periods
/// (`employee:E-7/CNY`): how far they missed, and their open opportunities.
public enum Forecasts: Census {
  public typealias Source = Submissions
  public typealias Rules = NoRules
  public static let name = "forecasts"
  public static let shape = 1
  public static let title = Name("Forecasts and their accuracy", "预测与准确度")
  public static let about = "employee, company; period; currency"

  public static func report(
    _ facts: Submissions.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<NoRules>, asOf now: Instant,
    to returns: inout ForecastHearing
  ) {
    returns.submissions += facts.all(in: series, asOf: now, rule.names)
  }

  public static let witnesses: [Witness<Forecasts>] = [
    Witness(Selling.self) { facts, series, _, _, now, heard in
      guard !facts.isEmpty else { return }
      for deal in facts.deals(in: series, asOf: now) { heard.take(deal, asOf: now) }
    }
  ]

  public static func conclude(
    _ returns: ForecastHearing, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<ForecastRow>] {
    var book = ForecastBook(asOf: now)
    for submission in returns.submissions.sorted(by: { $0.moment < $1.moment }) { book.take(submission) }
    for sale in returns.sales { book.take(sale) }
    return book.rows.map { subject, row in
      row.note(about: subject, in: &trace)
      return CensusRow(subject, row)
    }
  }
}

/// An opportunity as forecasts count it.
struct Sale {
  let owner: Int64?
  let currency: Currency
  let value: Int64
  let weighted: Int64
  /// Of a won one; `nil` of an open one.
  let won: Moment?
  /// Of an open one: when it is expected to close.
  let expected: Day?
  let category: Opportunity.Category?
}

public struct ForecastHearing: Hearing {
  var submissions: [Submission] = []
  var sales: [Sale] = []

  public init(about subject: CensusSubject?) {}

  mutating func take(_ deal: Deal, asOf now: Instant) {
    guard deal.isOpen || deal.isWon, let currency = deal.currency else { return }
    sales.append(
      Sale(
        owner: deal.owner(asOf: now), currency: currency, value: deal.value ?? 0, weighted: deal.weighted ?? 0,
        won: deal.closed?.moment, expected: deal.closeOn, category: deal.category))
  }
}
