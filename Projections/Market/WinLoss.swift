import CompanyHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// Why do we win and lose, against whom, and what do sources and campaigns bring?
///
/// Rows by currency: `reason:price/CNY`, `competitor:Acme/CNY`, `source:fair/CNY`, `campaign:C-1/CNY`. An opportunity of
/// which no currency is known counts in none.
public enum WinLoss: Census {
  public typealias Source = Campaigns
  public typealias Rules = NoRules
  public static let name = "market"
  public static let shape = 1
  public static let title = Name("Wins, losses and where leads come from", "输赢与渠道")
  public static let about = "reason, competitor, source, campaign; currency"

  public static func report(
    _ facts: Campaigns.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<NoRules>, asOf now: Instant,
    to returns: inout MarketHearing
  ) {
    guard let campaign = Campaign(facts, asOf: now), let id = rule.names.id(.campaign, Int64(key)) else { return }
    returns.campaigns.append((id, campaign))
  }

  public static let witnesses: [Witness<WinLoss>] = [
    Witness(Insights.self) { facts, series, _, _, now, heard in
      for entry in series.inOrder(facts.competitors) where entry.moment.at <= now {
        heard.insights.append((entry.value, entry.moment))
      }
    },
    Witness(Selling.self) { facts, series, _, _, now, heard in
      guard !facts.isEmpty else { return }
      for deal in facts.deals(in: series, asOf: now) { heard.take(deal) }
      heard.leads += facts.leads(in: series, asOf: now)
    },
  ]

  public static func conclude(
    _ returns: MarketHearing, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<MarketRow>] {
    var book = MarketBook(returns, rule.names, keepsEvidence: !type(of: trace).isSilent)
    book.addDeals()
    book.addLeads()
    book.addCampaigns()
    book.addInsights()
    return book.tally.all.map { subject, sum in
      let row = MarketRow(sum)
      row.note(about: subject, sum, in: &trace)
      return CensusRow(subject, row)
    }
  }
}

/// An opportunity as the market counts it. Names are numbers.
struct Contest {
  let number: Int64
  let closed: (moment: Moment, outcome: Opportunity.Outcome)?
  let began: Moment
  let value: Int64
  let currency: Currency?
  let reasons: [Int64]
  /// Whom it was contested with, the winner among them.
  let rivals: [Int64]
  let winner: Int64?
}

public struct MarketHearing: Hearing {
  var campaigns: [(id: String, campaign: Campaign)] = []
  var insights: [(competitor: Int64, moment: Moment)] = []
  var contests: [Contest] = []
  var leads: [LeadTrack] = []

  public init(about subject: CensusSubject?) {}

  mutating func take(_ deal: Deal) {
    var rivals = deal.competitors
    if deal.isLost, let winner = deal.winner, !rivals.contains(winner) { rivals.append(winner) }
    contests.append(
      Contest(
        number: Int64(deal.subject.ordinal), closed: deal.closed, began: deal.began, value: deal.value ?? 0,
        currency: deal.currency, reasons: deal.reasons, rivals: rivals, winner: deal.isLost ? deal.winner : nil))
  }
}
