import AccountHistory
import CompanyHistory
import Events
import Projection
import Vocabulary
import Wire

/// What a row of the market is about.
enum MarketMatter: UInt8, CodeSet {
  case reason = 1
  case competitor = 2
  case source = 3
  case campaign = 4

  var word: Word {
    switch self {
    case .reason: Word("reason", "Reason", "原因")
    case .competitor: Word("competitor", "Competitor", "竞争对手")
    case .source: Word("source", "Source of leads", "线索来源")
    case .campaign: Word("campaign", "Campaign", "营销活动")
    }
  }
}

/// Counts and money of one row, in one currency.
struct MarketSum {
  /// Positions that a finding names at most.
  static let evidenceLimit = 10

  let matter: MarketMatter
  let currency: Currency?
  let keepsEvidence: Bool
  var leads = 0
  var qualified = 0
  var converted = 0
  var open = 0
  var won = 0
  var lost = 0
  /// Of a competitor: lost to it, and not to another.
  var lostTo = 0
  var abandoned = 0
  var wonMinor: Int64 = 0
  var lostMinor: Int64 = 0
  var insights = 0
  var lastInsight: Moment?
  var campaign: Campaign?
  var last: Moment?
  private var evidence: [String: [Int64]] = [:]

  init(_ matter: MarketMatter, _ currency: Currency?, keepsEvidence: Bool) {
    (self.matter, self.currency, self.keepsEvidence) = (matter, currency, keepsEvidence)
  }

  mutating func note(_ what: String, _ moment: Moment) {
    last.advance(to: moment)
    if keepsEvidence { evidence[what, default: []].append(moment.seq) }
  }

  func newest(_ what: String) -> [Int64] { Array((evidence[what] ?? []).sorted().suffix(MarketSum.evidenceLimit)) }

  mutating func add(_ contest: Contest, against rival: Int64? = nil) {
    guard let closed = contest.closed else {
      open += 1
      return note("open", contest.began)
    }
    switch closed.outcome {
    case .won:
      won += 1
      wonMinor = wonMinor.plusMoney(contest.value)
      note("won", closed.moment)
    case .lost:
      lost += 1
      lostMinor = lostMinor.plusMoney(contest.value)
      if let rival, contest.winner == rival { lostTo += 1 }
      note("lost", closed.moment)
    case .abandoned:
      abandoned += 1
      note("abandoned", closed.moment)
    }
  }
}

/// The sums of all rows.
struct MarketBook {
  private(set) var tally = Tally<MarketSum>()
  private let heard: MarketHearing
  private let names: any Names
  private let keepsEvidence: Bool
  /// Places of the contests by the opportunity's number.
  private let places: [Int64: Int]

  init(_ heard: MarketHearing, _ names: any Names, keepsEvidence: Bool) {
    (self.heard, self.names, self.keepsEvidence) = (heard, names, keepsEvidence)
    var places: [Int64: Int] = [:]
    for (place, contest) in heard.contests.enumerated() { places[contest.number] = place }
    self.places = places
  }

  private mutating func update(_ matter: MarketMatter, _ name: String, _ currency: Currency?, _ change: (inout MarketSum) -> Void) {
    let subject = CensusSubject(.fixed("\(matter.word.text):\(name)"), part: currency?.description ?? "–")
    let sum = MarketSum(matter, currency, keepsEvidence: keepsEvidence)
    tally.update(subject, from: sum, change)
  }

  mutating func addDeals() {
    for contest in heard.contests {
      guard let currency = contest.currency else { continue }
      for reason in contest.reasons {
        update(.reason, names.text(reason) ?? "?", currency) { $0.add(contest) }
      }
      for rival in contest.rivals {
        update(.competitor, names.text(rival) ?? "?", currency) { $0.add(contest, against: rival) }
      }
    }
  }

  /// A lead counts in the currency of the opportunity that it became; one that became none, where its campaign counts, or
  /// in the currency in which most of its source's opportunities are.
  mutating func addLeads() {
    let usual = usualCurrencies
    for lead in heard.leads {
      let contest = lead.opportunity.flatMap { places[$0] }.map { heard.contests[$0] }
      if let source = lead.source.flatMap({ names.text($0) }) {
        let currency = contest?.currency ?? usual[source] ?? nil
        update(.source, source, currency) { $0.add(lead, contest) }
      }
      if let campaign = lead.campaign.flatMap({ names.text($0) }) {
        let own = heard.campaigns.first { $0.id == campaign }?.campaign.currency
        update(.campaign, campaign, contest?.currency ?? own) { $0.add(lead, contest) }
      }
    }
  }

  /// By source: the currency of most opportunities that came of it; of equals the first by its letters.
  private var usualCurrencies: [String: Currency?] {
    var counts: [String: [(currency: Currency, count: Int)]] = [:]
    for lead in heard.leads {
      guard let source = lead.source.flatMap({ names.text($0) }), let place = lead.opportunity.flatMap({ places[$0] }),
        let currency = heard.contests[place].currency
      else { continue }
      let at = counts[source]?.firstIndex { $0.currency == currency }
      if let at { counts[source]?[at].count += 1 } else { counts[source, default: []].append((currency, 1)) }
    }
    return counts.mapValues { list in
      list.min { ($1.count, $0.currency.number) < ($0.count, $1.currency.number) }?.currency
    }
  }

  mutating func addCampaigns() {
    for (id, campaign) in heard.campaigns {
      update(.campaign, id, campaign.currency) {
        $0.campaign = campaign
        $0.note("launched", campaign.launched)
      }
    }
  }

  /// What was learnt of a competitor counts in each of its rows; of one that was never met, in one without currency.
  mutating func addInsights() {
    for (competitor, moment) in heard.insights {
      let name = names.text(competitor) ?? "?"
      let met = tally.all.filter { $0.subject.base == .fixed("competitor:\(name)") }.map(\.sum.currency)
      for currency in met.isEmpty ? [nil] : met {
        update(.competitor, name, currency) {
          $0.insights += 1
          $0.lastInsight.advance(to: moment)
          $0.note("insight", moment)
        }
      }
    }
  }
}

extension MarketSum {
  fileprivate mutating func add(_ lead: LeadTrack, _ contest: Contest?) {
    leads += 1
    note("leads", lead.created)
    if lead.qualified != nil || lead.converted != nil { qualified += 1 }
    if lead.converted != nil { converted += 1 }
    if let contest { add(contest) }
  }
}
