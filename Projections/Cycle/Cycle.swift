public import CompanyHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// How many opportunities and leads go on from each stage, how long it takes, how many are won, and at what pace.
///
/// Rows about the company, and by owner, team, region, product and source of the lead: `company:all`, `employee:E-7`,
/// `region:West`. A part says which opportunities: those opened in a period (`opened-2026Q3`: what became of this cohort),
/// those closed in it (`closed-2026Q3`), those that entered a stage (`stage-Proposal`), or a step of leads
/// (`lead-qualified`); without a part all of them.
public enum Cycle: Census {
  // People first: in whose team an opportunity was is known when it is heard.
  public typealias Source = Staff
  public typealias Rules = NoRules
  public static let name = "cycle"
  public static let shape = 1
  public static let title = Name("Conversion and cycle time", "转化与周期")
  public static let about = "company, employee, team, region, product, source; part"

  public static func report(
    _ facts: Staff.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<NoRules>, asOf now: Instant,
    to returns: inout CycleHearing
  ) {
    guard let id = rule.names.id(.employee, Int64(key)), let name = rule.names.number(id) else { return }
    returns.careers[name] = facts.career(in: series, asOf: now)
  }

  public static let witnesses: [Witness<Cycle>] = [
    Witness(Selling.self) { facts, series, _, _, now, heard in
      if let order = facts.firstOrder, facts.customer >= 0, order.at <= now { heard.note(order, of: facts.customer) }
      guard !facts.isEmpty else { return }
      for deal in facts.deals(in: series, asOf: now) { heard.take(deal, asOf: now) }
      for lead in facts.leads(in: series, asOf: now) { heard.leads.append(lead) }
    }
  ]

  public static func conclude(
    _ returns: CycleHearing, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<CycleRow>] {
    var sums = CycleSums(keepsEvidence: !type(of: trace).isSilent)
    let sources = returns.leadSources
    for deal in returns.deals { sums.add(deal, source: sources[deal.number] ?? nil, rule.names) }
    for lead in returns.leads { sums.add(LeadCourse(lead, returns), rule.names) }
    return sums.tally.all.map { subject, sum in
      let row = CycleRow(sum)
      row.note(about: subject, sum, in: &trace)
      return CensusRow(subject, row)
    }
  }
}

// MARK: What is heard

/// An opportunity as the cycle counts it.
struct DealLine {
  /// Its number among opportunities.
  let number: Int64
  let opened: Moment?
  let began: Moment
  let closed: (moment: Moment, outcome: Opportunity.Outcome)?
  let value: Int64?
  let weighted: Int64?
  let currency: Currency?
  let cycleDays: Int?
  let stays: [Deal.Stay]
  /// Names.
  let owner: Int64?
  let team: Int64?
  let region: Int64?
  let product: Int64?
}

/// Everyone's careers, and after them all opportunities, leads and first orders.
public struct CycleHearing: Hearing {
  /// By the number of the person's name.
  var careers: [Int64: Career] = [:]
  var deals: [DealLine] = []
  var leads: [LeadTrack] = []
  /// By the customer's number; `seq` −1 where none ordered.
  private var orders: [Moment] = []
  /// Places of deals, by their number.
  private var places: [Int64: Int] = [:]

  public init(about subject: CensusSubject?) {}

  mutating func note(_ order: Moment, of customer: Int64) {
    while orders.count <= Int(customer) { orders.append(Moment(at: .distantFuture, seq: -1)) }
    orders[Int(customer)] = order
  }

  mutating func take(_ deal: Deal, asOf now: Instant) {
    let owner = deal.owner(asOf: now)
    let day = (deal.closed?.moment.at ?? now).day
    places[Int64(deal.subject.ordinal)] = deals.count
    deals.append(
      DealLine(
        number: Int64(deal.subject.ordinal), opened: deal.opened, began: deal.began, closed: deal.closed,
        value: deal.value, weighted: deal.weighted, currency: deal.currency, cycleDays: deal.cycleDays, stays: deal.stays,
        owner: owner, team: deal.team ?? owner.flatMap { careers[$0]?.post(on: day)?.team }, region: deal.region,
        product: deal.product))
  }

  func deal(_ number: Int64) -> DealLine? { places[number].map { deals[$0] } }
  func firstOrder(of customer: Int64) -> Moment? {
    orders.indices.contains(Int(customer)) && orders[Int(customer)].seq >= 0 ? orders[Int(customer)] : nil
  }

  /// The source of the lead that became an opportunity, by the opportunity's number.
  var leadSources: [Int64: Int64?] {
    var sources: [Int64: Int64?] = [:]
    for lead in leads { if let number = lead.opportunity { sources[number] = lead.source } }
    return sources
  }
}
