import AccountHistory
import Events
import Matters
public import Projection
public import Vocabulary
import Wire

/// What is gathered of everything that must be done by a time: complaints, tasks, approvals, contracts, invoices,
/// warnings, disputes, requests of persons; and who answers for the customer.
public enum ClockBook: Gathering {
  public static let key = Key.account
  public static let families: [any Family.Type] = [
    Complaint.self, Task.self, Approval.self, Contract.self, Order.self, Payment.self, Churn.self, Dispute.self,
    Privacy.self, Owner.self,
  ]
  public static let readsSubjects = true

  public struct Facts: BitwiseCopyable, Sendable {
    var complaints = Notes()
    var tasks = Notes()
    var approvals = Notes()
    /// Contracts, disputes, warnings and requests.
    var others = Notes()
    var terms = Series()
    var bills = Bills()
    /// Invoices that come from a contract, by their number, and the contract's; and demands.
    var claims = Notes()
    var holdings = Holdings()
  }
  public static let initial = Facts()

  /// What clocks of contracts do not ask: texts, and who agreed to what.
  private static let textTags: [UInt8] = [
    Contract.Fact.version, .fromVersion, .document, .parties, .assent, .assenting, .evidence, .agreedAt, .clauseChanges,
    .startOn, .endOn, .newEndOn, .noticeDays, .total, .currency, .monthly, .effectiveOn, .autoRenew, .endedOn,
  ].map(\.rawValue) + [EnvelopeFact.actor.rawValue, SharedFact.approval.rawValue]

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Order.self) {
      facts.bills.take(type, event, &series)
      switch type {
      case .invoiced: if event.reference(Order.Fact.contract) != nil { facts.claims.take(event, &series) }
      case .placed, .changed, .delivered: break
      }
    } else if let type = event.type(in: Payment.self) {
      facts.bills.take(type, event, &series)
      switch type {
      case .demanded: facts.claims.take(event, &series)
      case .received, .failed, .refunded, .adjusted: break
      }
    } else if let type = event.type(in: Contract.self) {
      facts.terms.take(type, event, &series, isMixed: true)
      facts.others.take(event, &series, without: textTags)
    } else if let type = event.type(in: Owner.self) {
      facts.holdings.take(type, event, &series)
    } else {
      takeRare(&facts, event, &series)
    }
  }

  private static func takeRare(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if event.type.family == Complaint.code {
      facts.complaints.take(event, &series)
    } else if event.type.family == Task.code {
      facts.tasks.take(event, &series)
    } else if event.type.family == Approval.code {
      facts.approvals.take(event, &series)
    } else {
      facts.others.take(event, &series)
    }
  }
}
