import CompanyRules
import Events
public import Projection
public import Vocabulary
import Wire

/// Who did what for a customer, where one person must not do two things.
public enum DutyBook: Gathering {
  public static let key = Key.account
  public static let families: [any Family.Type] = [
    Opportunity.self, Order.self, Payment.self, Customer.self, Contract.self, Approval.self,
  ]
  public static let readsSubjects = true

  public struct Facts: BitwiseCopyable, Sendable {
    /// Who, and what they did, see `Deed`. What is about a contract or an approval has one more entry behind it, which
    /// says about which.
    var deeds = Series()
  }
  public static let initial = Facts()

  public static let looksThroughLists = true
  public static func willEvolve(_ facts: Facts, _ series: borrowing SeriesStore) { series.willAppend(to: facts.deeds) }

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let actor = event.actor, let duty = duty(of: event) else { return }
    let scoped = event.type.family == Contract.code || event.type.family == Approval.code
    series.append(event.moment, actor << 6 | (scoped ? 32 : 0) | Int64(duty.rawValue), to: &facts.deeds)
    guard scoped else { return }
    // A request says what it is about; a decision belongs to its request.
    series.append(event.moment, event.subject.packed, to: &facts.deeds)
    series.append(event.moment, event.number(Approval.Fact.about, in: Approval.self) ?? -1, to: &facts.deeds)
  }

  private static func duty(of event: borrowing Recorded) -> Duty? {
    if let type = event.type(in: Order.self) {
      switch type {
      case .placed: return .selling
      case .invoiced: return .invoicing
      case .changed, .delivered: return nil
      }
    }
    if let type = event.type(in: Payment.self) {
      switch type {
      case .received: return .collecting
      case .adjusted: return .writingOff
      case .failed, .refunded, .demanded: return nil
      }
    }
    if let type = event.type(in: Approval.self) {
      switch type {
      case .requested: return .requesting
      case .decided: return .approving
      case .withdrawn: return nil
      }
    }
    return rareDuty(of: event)
  }

  private static func rareDuty(of event: borrowing Recorded) -> Duty? {
    if let type = event.type(in: Opportunity.self) {
      switch type {
      case .quoteIssued: return .quoting
      case .opened, .progressed, .closed: return nil
      }
    }
    if let type = event.type(in: Contract.self) {
      switch type {
      case .drafted: return .drafting
      case .signed:
        // A signature of the other side is recorded by us and given by them.
        return event.code(Contract.Fact.party, of: Contract.Party.self) ?? .us == .us ? .signing : nil
      case .revised, .activated, .obligationMet, .breachRecorded, .amended, .renewed, .ended, .archived, .textFrozen:
        return nil
      }
    }
    guard let type = event.type(in: Customer.self) else { return nil }
    switch type {
    case .assessed: return event.code(Customer.Fact.assessment, of: Customer.Assessment.self) == .credit ? .crediting : nil
    case .registered, .updated, .merged, .statusChanged, .contactAdded, .contactUpdated, .consentRecorded: return nil
    }
  }
}

extension Recorded {
  /// A fact of an event of one family; `nil` of others, whose tags mean something else.
  fileprivate func number<F: Family>(_ fact: F.Fact, in _: F.Type) -> Int64? {
    type.family == F.code ? number(fact) : nil
  }
}

/// One thing that one person did.
struct Deed {
  let moment: Moment
  /// A name.
  let actor: Int64
  let duty: Duty
  /// The contract or the approval that it is about.
  let subject: OwnSubject?
  /// What an approval is about; known of requests.
  let about: OwnSubject?
}

extension DutyBook.Facts {
  /// What was done by `now`, by business time.
  func all(in series: borrowing SeriesStore, asOf now: Instant) -> [Deed] {
    let entries = series.array(deeds)
    var all: [Deed] = []
    var place = 0
    while place < entries.count {
      let entry = entries[place]
      let isScoped = entry.value & 32 != 0 && place + 2 < entries.count
      if let duty = Duty(rawValue: UInt8(entry.value & 31)), entry.moment.at <= now {
        all.append(
          Deed(
            moment: entry.moment, actor: entry.value >> 6, duty: duty,
            subject: isScoped ? OwnSubject(packed: entries[place + 1].value) : nil,
            about: isScoped ? OwnSubject(packed: entries[place + 2].value) : nil))
      }
      place += isScoped ? 3 : 1
    }
    return all.sorted { $0.moment < $1.moment }
  }
}
