import Events
public import Projection
public import Vocabulary
import Wire

/// What stands between a customer and us at present: money, orders, contracts, complaints, opportunities, who answers for
/// them, and when we last spoke.
///
/// The file, the receivables, and the owners of customers are judged by it; it is gathered once for all of them.
public enum Dossier: Gathering {
  public static let key = Key.account
  public static let families: [any Family.Type] = [
    Customer.self, Owner.self, Visit.self, Opportunity.self, Order.self, Payment.self, Contract.self, Complaint.self,
    Churn.self,
  ]

  /// Late entries: `contact` is a maximum, series are sorted by business time when read.
  public struct Facts: BitwiseCopyable, Sendable {
    public var bills = Bills()
    public var orders = Orders()
    public var contracts = Series()
    public var opportunities = Series()
    public var complaints = OpenComplaints()
    public var holdings = Holdings()
    public var standing = Standing()
    /// The latest visit or talk; `seq` is −1 before there is one.
    private(set) public var contact = Moment(at: .distantPast, seq: -1)
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Visit.self) {
      facts.take(type, event)
    } else if let type = event.type(in: Order.self) {
      facts.orders.take(type, event, &series)
      facts.bills.take(type, event, &series)
    } else if let type = event.type(in: Payment.self) {
      facts.bills.take(type, event, &series)
    } else if let type = event.type(in: Opportunity.self) {
      facts.opportunities.take(type, event, &series, isMixed: true)
    } else if let type = event.type(in: Contract.self) {
      facts.contracts.take(type, event, &series, isMixed: true)
    } else if let type = event.type(in: Complaint.self) {
      facts.complaints.take(type, event, &series)
    } else if let type = event.type(in: Customer.self) {
      facts.standing.take(type, event, &series)
    } else if let type = event.type(in: Owner.self) {
      facts.holdings.take(type, event, &series)
    } else if let type = event.type(in: Churn.self) {
      facts.standing.take(type, event, &series)
    }
  }
}

extension Dossier.Facts {
  fileprivate mutating func take(_ type: Visit, _ event: borrowing Recorded) {
    if type.isContact(event) { contact = max(contact, event.moment) }
  }

  /// Somebody registered them, traded with them, or said something of their standing: not only of a lead.
  public var isCustomer: Bool { !standing.isEmpty || !bills.isEmpty || !orders.isEmpty || contracts.count > 0 }

  /// The latest visit or talk; `nil` before there is one.
  public var lastContact: Moment? { contact.seq < 0 ? nil : contact }
}
