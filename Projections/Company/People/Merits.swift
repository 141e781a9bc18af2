public import AccountHistory
import Events
public import Projection
public import Vocabulary
import Wire

/// What is gathered of a customer for the scores of those who answer for them: visits and by whom, what the customer said
/// of us, who answered for them, and where they are.
public enum Merits: Gathering {
  public static let key = Key.account
  public static let families: [any Family.Type] = [Customer.self, Owner.self, Visit.self, Survey.self]
  public static let readsSubjects = true

  /// Late entries: minima by business time, and series that are sorted when read.
  public struct Facts: BitwiseCopyable, Sendable {
    /// Who visited: names; −1 where the record does not say.
    var visits = Series()
    /// Answers on satisfaction, 0 to 100.
    var answers = Series()
    public var holdings = Holdings()
    /// The number among customers; −1 of an account that is no customer.
    private(set) public var customer: Int64 = -1
    private var regionName: Int64 = -1
    private var registered = Moment(at: .distantFuture, seq: -1)
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Visit.self) {
      switch type {
      case .logged: series.append(event.moment, event.actor ?? -1, to: &facts.visits)
      case .interactionLogged: break  // no visit
      }
    } else if let type = event.type(in: Survey.self) {
      switch type {
      case .answered: facts.hear(event, &series)
      }
    } else if let type = event.type(in: Owner.self) {
      facts.holdings.take(type, event, &series)
    } else if let type = event.type(in: Customer.self) {
      facts.take(type, event)
    }
  }
}

extension Merits.Facts {
  /// The region that the customer was registered with: a name.
  public var region: Int64? { regionName < 0 ? nil : regionName }

  fileprivate mutating func hear(_ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch event.code(Survey.Fact.kind, of: Survey.Kind.self) {
    case .csi: series.append(event.moment, event.number(Survey.Fact.score) ?? 0, to: &answers)
    case .csat:
      // Satisfaction is asked for on two scales, 1 to 5 and 0 to 100; up to 5 it is the first.
      let score = event.number(Survey.Fact.score) ?? 0
      series.append(event.moment, score <= 5 ? score * 20 : score, to: &answers)
    // Whether somebody would recommend us, and how much effort it was, are other questions; a pulse is not a customer's.
    case .nps, .ces, .pulse, nil: break
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

  /// Visits by business time, each with the name of who made it.
  public func visits(in series: borrowing SeriesStore) -> [SeriesStore.Entry] { series.inOrder(visits) }
  /// Answers on satisfaction by business time, 0 to 100.
  public func answers(in series: borrowing SeriesStore) -> [SeriesStore.Entry] { series.inOrder(answers) }
}
