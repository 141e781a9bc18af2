public import AccountHistory
public import CompanyRules
public import Projection
public import Vocabulary
public import Wire

/// Which grade has this customer among all by the money of twelve months, what was it before, and how do they buy?
///
/// Customers are ranked within their currency: that of most of their purchases of the window. `Grading` says how grades
/// come about, `SegmentRules` by which limits. A grade that a person gave stands in place of the computed one until it
/// expires; both are shown.
public enum Segments: Census {
  public typealias Source = Trade
  public static let name = "segments"
  public static let shape = 1
  public static let title = Name("Grades and segments", "客户分级")
  public static let ruleKind: String? = "segment"
  public static let shippedRules = SegmentRules.shipped

  public typealias Return = Turnover

  public static func report(
    _ facts: Trade.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<SegmentRules>, asOf now: Instant,
    to returns: inout [Turnover]
  ) {
    guard let turnover = Turnover(facts, series, of: key, by: rule.body, gradings: Grading.limit, asOf: now) else { return }
    returns.append(turnover)
  }

  public static func conclude(
    _ returns: [Turnover], by rule: Ruled<SegmentRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<SegmentRow>] {
    let graded = Grading.all(returns, by: rule.body)
    let scored = Scoring.all(returns, by: rule.body)
    return returns.indices.map { place in
      let row = SegmentRow(returns[place], graded[place], scored[place], by: rule.body, asOf: now)
      let subject = CensusSubject(.key(returns[place].key))
      row.note(about: subject, returns[place], graded[place], by: rule.body, in: &trace)
      return CensusRow(subject, row)
    }
  }
}
