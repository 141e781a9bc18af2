public import Events
public import Projection
public import Wire

/// A lead as its steps, taken by business time, describe it: from the first interest to what it became.
public struct LeadTrack: Sendable {
  public let subject: OwnSubject
  public private(set) var created: Moment
  /// Names.
  public private(set) var source: Int64?
  public private(set) var campaign: Int64?
  /// The first time that it was found worth pursuing.
  public private(set) var qualified: Moment?
  /// The latest verdict.
  public private(set) var verdict: (verdict: Lead.Verdict, moment: Moment)?
  /// A name: why it was not.
  public private(set) var reason: Int64?
  public private(set) var converted: Moment?
  /// The number of the opportunity, and that of the customer, which it became.
  public private(set) var opportunity: Int64?
  public private(set) var customer: Int64?

  /// - Returns: `nil` where nothing was said of a lead.
  init?(_ subject: OwnSubject, _ said: [Saying<Said>]) {
    let steps = said.filter { [.created, .screened, .converted].contains($0.kind) }
    guard let start = steps.first else { return nil }
    self.subject = subject
    created = steps.first { $0.kind == .created }?.moment ?? start.moment
    for saying in said { take(saying) }
  }

  private mutating func take(_ saying: Saying<Said>) {
    switch saying.kind {
    case .source: source = saying.number
    case .campaign: campaign = saying.number
    case .screened:
      guard let verdict = Lead.Verdict(rawValue: UInt8(truncatingIfNeeded: saying.number)) else { return }
      self.verdict = (verdict, saying.moment)
      if verdict == .qualified { qualified = qualified ?? saying.moment }
    case .reason: reason = saying.number
    case .converted: converted = converted ?? saying.moment
    case .intoOpportunity: opportunity = saying.number
    case .intoCustomer: customer = saying.number
    case .whose, .owner, .opened, .progressed, .closed, .stage, .amount, .currency, .probability, .closeOn, .category,
      .final, .product, .region, .team, .competitor, .winner, .created:
      break
    }
  }
}

extension Selling.Facts {
  /// The leads as of an instant, in the order in which they were first recorded.
  public func leads(in series: borrowing SeriesStore, asOf now: Instant) -> [LeadTrack] {
    sayings(in: series, asOf: now).compactMap { LeadTrack($0.subject, $0.said) }
  }
}
