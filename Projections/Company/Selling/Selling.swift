public import AccountHistory
import Events
public import Projection
public import Vocabulary
import Wire

/// What is gathered of selling: a customer's leads and opportunities, who answered for them, and the first order.
///
/// The funnel, the cycle, forecasts and the market are judged by it; it is gathered once for all of them.
public enum Selling: Gathering {
  public static let key = Key.account
  public static let families: [any Family.Type] = [Customer.self, Lead.self, Owner.self, Opportunity.self, Order.self]
  public static let readsSubjects = true

  /// Late entries: minima by business time, and series that are sorted when read.
  public struct Facts: BitwiseCopyable, Sendable {
    /// What the steps of leads and opportunities said, see `Said`.
    var said = Sayings<Said>()
    /// Who answered for the customer. Of an opportunity that names no customer: who answered for it.
    public var holdings = Holdings()
    /// The number among customers; −1 of an account that is no customer.
    private(set) public var customer: Int64 = -1
    /// A name; −1 where the registration says none.
    private var regionName: Int64 = -1
    private var registered = Moment(at: .distantFuture, seq: -1)
    private var order = Moment(at: .distantFuture, seq: -1)
  }
  public static let initial = Facts()

  public static let looksThroughLists = true
  public static func willEvolve(_ facts: Facts, _ series: borrowing SeriesStore) { facts.said.willSay(in: series) }

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Order.self) {
      facts.take(type, event)
    } else if let type = event.type(in: Opportunity.self) {
      facts.take(type, event, &series)
    } else if let type = event.type(in: Lead.self) {
      facts.take(type, event, &series)
    } else if let type = event.type(in: Owner.self) {
      facts.take(type, event, &series)
    } else if let type = event.type(in: Customer.self) {
      facts.take(type, event)
    }
  }
}

extension Selling.Facts {
  /// The region that the customer was registered with: a name.
  public var region: Int64? { regionName < 0 ? nil : regionName }
  /// The customer's first order; `nil` before there is one.
  public var firstOrder: Moment? { order.seq < 0 ? nil : order }
  public var isEmpty: Bool { said.isEmpty }

  fileprivate mutating func take(_ type: Order, _ event: borrowing Recorded) {
    switch type {
    case .placed: if event.moment < order { order = event.moment }
    case .changed, .delivered, .invoiced: break
    }
  }

  fileprivate mutating func take(_ type: Customer, _ event: borrowing Recorded) {
    switch type {
    case .registered:
      customer = Int64(event.subject.ordinal)
      guard event.moment < registered else { return }
      registered = event.moment
      regionName = event.number(Customer.Fact.region) ?? -1
    case .updated, .assessed, .merged, .statusChanged, .contactAdded, .contactUpdated, .consentRecorded: break
    }
  }

  fileprivate mutating func take(_ type: Owner, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .changed:
      guard event.thing != nil else { return holdings.take(type, event, &series) }
      switch event.code(Owner.Fact.role, of: Owner.Role.self) {
      case .owner, .account: break
      case .solution, .fulfilment, .sponsor, nil: return
      }
      begin(event, &series)
      let isPool = event.flag(Owner.Fact.toPool) == true
      said.say(.owner, isPool ? -1 : event.number(Owner.Fact.to) ?? -1, event.moment, &series)
    }
  }

  fileprivate mutating func take(_ type: Lead, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Lead.Fact
    begin(event, &series)
    switch type {
    case .created:
      said.say(.created, 0, event.moment, &series)
      said.say(.source, event.number(Fact.source), event.moment, &series)
      said.say(.campaign, event.number(Fact.campaign), event.moment, &series)
    case .screened:
      said.say(.screened, event.number(Fact.verdict), event.moment, &series)
      said.say(.reason, event.number(Fact.reason), event.moment, &series)
    case .converted:
      said.say(.converted, 0, event.moment, &series)
      said.say(.intoOpportunity, event.reference(Fact.opportunity), event.moment, &series)
      said.say(.intoCustomer, event.reference(Fact.customer), event.moment, &series)
    }
  }

  fileprivate mutating func take(_ type: Opportunity, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Opportunity.Fact
    let moment = event.moment
    switch type {
    case .quoteIssued: return  // a quote has a history of its own
    case .opened:
      begin(event, &series)
      said.say(.opened, 0, moment, &series)
      said.say(.region, event.number(Fact.region), moment, &series)
      said.say(.team, event.number(Fact.team), moment, &series)
      event.forEach(Fact.competitors) { said.say(.competitor, $0, moment, &series) }
    case .progressed:
      begin(event, &series)
      said.say(.progressed, 0, moment, &series)
      said.say(.category, event.number(Fact.category), moment, &series)
    case .closed:
      begin(event, &series)
      said.say(.closed, event.number(Fact.outcome), moment, &series)
      said.say(.final, event.number(Fact.final), moment, &series)
      said.say(.winner, event.number(Fact.winner), moment, &series)
      event.forEach(Fact.reasons) { said.say(.reason, $0, moment, &series) }
    }
    said.say(.stage, event.number(Fact.stage), moment, &series)
    said.say(.amount, event.number(Fact.amount), moment, &series)
    said.say(.currency, event.number(Fact.currency), moment, &series)
    said.say(.probability, event.number(Fact.probability), moment, &series)
    said.say(.closeOn, event.number(Fact.closeOn), moment, &series)
    said.say(.product, event.number(Fact.product), moment, &series)
  }

  /// Says whose the entries that follow are, up to the next of its kind.
  private mutating func begin(_ event: borrowing Recorded, _ series: inout SeriesStore) {
    said.say(.whose, event.subject.packed, event.moment, &series)
  }
}
