public import CompanyHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// Where does each opportunity stand, whose is it, through which stages did it go, and what is it worth?
public enum Funnel: Register {
  public typealias Source = Selling
  public typealias Rules = NoRules
  public static let name = "funnel"
  public static let shape = 2
  public static let title = Name("Funnel", "销售漏斗")
  public static let about = "opportunity"

  public static func conclude(
    _ facts: Selling.Facts, _ series: borrowing SeriesStore, of account: Int, by rule: Ruled<NoRules>, asOf now: Instant,
    trace: inout some CensusTrace
  ) -> [CensusRow<FunnelRow>] {
    guard !facts.isEmpty else { return [] }
    var rows: [CensusRow<FunnelRow>] = []
    for deal in facts.deals(in: series, asOf: now) {
      let row = FunnelRow(deal, asOf: now)
      let subject = CensusSubject(.own(deal.subject))
      row.note(about: subject, deal, rule.names, in: &trace)
      rows.append(CensusRow(subject, row))
    }
    return rows
  }
}

// MARK: Findings

extension FunnelRow {
  /// The state, then each stage with the days in it, then what the amount and the owner rest on.
  fileprivate func note(
    about subject: CensusSubject, _ deal: Deal, _ names: any Names, in trace: inout some CensusTrace
  ) {
    trace.note(
      subject,
      Finding(
        "state", Name("State", "状态"), value: state.word.text, threshold: "–", holds: true, evidence: [because]))
    for stay in deal.stays {
      trace.note(subject, FunnelRow.finding(of: stay, since: stay.since.at.day, days: days(in: stay), names))
    }
    trace.note(
      subject,
      Finding(
        "postponed", Name("Expected day moved later", "预计成交日推迟次数"), value: "\(postponements)", threshold: "0",
        holds: postponements > 0))
  }

  private static func finding(of stay: Deal.Stay, since day: Day, days: Int, _ names: any Names) -> Finding {
    let stage = names.text(stay.stage) ?? "?"
    return Finding(
      "stage", Name("In \(stage) since \(day)", "自 \(day) 处于 \(stage)"), value: "\(days) d", threshold: "–",
      holds: stay.until == nil, evidence: [stay.since.seq, stay.until?.seq])
  }
}
