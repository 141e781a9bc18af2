import CompanyHistory
import Events
import Projection
import Vocabulary
import Wire

/// A step on the way from a first interest to an order.
enum LeadStep: Int, CaseIterable {
  case created = 0
  case qualified = 1
  case converted = 2
  case opportunity = 3
  case ordered = 4

  var word: Word {
    switch self {
    case .created: Word("created", "Lead created", "线索创建")
    case .qualified: Word("qualified", "Found worth pursuing", "线索合格")
    case .converted: Word("converted", "Converted", "线索转化")
    case .opportunity: Word("opportunity", "Opportunity opened", "商机立项")
    case .ordered: Word("ordered", "Won or ordered", "赢单或下单")
    }
  }
}

/// How far a lead came, and when.
struct LeadCourse {
  let source: Int64?
  /// By step: when it was reached; `nil` where it was not, or is known from a later step alone.
  let moments: [Moment?]
  let furthest: LeadStep
  let isDisqualified: Bool

  /// Ordered means that its opportunity was won, or that the customer's first order came after the conversion.
  init(_ lead: LeadTrack, _ heard: CycleHearing) {
    source = lead.source
    isDisqualified = lead.verdict?.verdict == .disqualified
    let deal = lead.opportunity.flatMap { heard.deal($0) }
    var ordered = deal?.closed.flatMap { $0.outcome == .won ? $0.moment : nil }
    if let converted = lead.converted, let customer = lead.customer, let order = heard.firstOrder(of: customer),
      order >= converted
    {
      ordered = min(ordered ?? order, order)
    }
    let moments = [lead.created, lead.qualified, lead.converted, deal?.began, ordered]
    self.moments = moments
    furthest = LeadStep.allCases.last { moments[$0.rawValue] != nil } ?? .created
  }

  /// Days from one step to the next that is known; `nil` where it went no further.
  func days(from step: LeadStep) -> Int? {
    guard let start = moments[step.rawValue], step.rawValue < furthest.rawValue,
      let next = moments[(step.rawValue + 1)...].lazy.compactMap({ $0 }).first
    else { return nil }
    return next.at.day - start.at.day
  }
}
