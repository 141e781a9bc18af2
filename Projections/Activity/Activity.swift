import AccountHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// What happened with this customer so far, from when to when, and how much of it was entered late or corrected?
///
/// The timeline in one row; `keshi history` has its long form, with the events of leads that became the customer too.
///
/// An entry is late where something that happened after it had been recorded before it. Which that is, the order of
/// recording says: it is the one thing here that another order would change.
public enum Activity: Gathering, Projection {
  public typealias Rules = NoRules
  public static let name = "activity"
  public static let shape = 1
  public static let title = Name("Customer timeline in short", "客户时间线摘要")
  public static let key = Key.account
  public static let families: [any Family.Type] = ActivityGroup.allCases.flatMap(\.families) + [Correction.self]

  // MARK: Facts

  /// Late entries: a minimum and two maxima; counts do not depend on the order.
  public struct Facts: BitwiseCopyable, Sendable {
    var first = Moment(at: .distantFuture, seq: -1)
    var last = Moment(at: .distantPast, seq: -1)
    /// The latest visit or talk.
    var contact = Moment(at: .distantPast, seq: -1)
    /// The late entry that was recorded last.
    var late = Moment(at: .distantPast, seq: -1)
    var correction = Moment(at: .distantPast, seq: -1)
    var lateCount: UInt32 = 0
    var correctionCount: UInt32 = 0
    var counts = Counts()
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    let moment = event.moment
    if let type = event.type(in: Correction.self) {
      switch type {
      case .corrected:
        facts.correctionCount &+= 1
        facts.correction = max(facts.correction, moment)
      }
      return  // what is corrected counts where it happened
    }
    if let type = event.type(in: Rule.self) {
      switch type {
      case .assessmentSet: break
      case .published, .proposed, .rejected: return  // about a rule
      }
    }
    guard facts.counts.add(event.type.family, isAboutAccount: event.thing == nil) else { return }
    if moment.at < facts.last.at, moment.seq > facts.last.seq {
      facts.lateCount &+= 1
      if moment.seq > facts.late.seq { facts.late = moment }
    }
    facts.first = min(facts.first, moment)
    facts.last = max(facts.last, moment)
    if let type = event.type(in: Visit.self), type.isContact(event) { facts.contact = max(facts.contact, moment) }
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some Trace
  ) -> ActivityRow? {
    guard facts.last.seq >= 0, facts.last.at <= now else { return nil }
    let row = ActivityRow(facts)
    // A hold may be placed on an employee too.
    guard row.events > facts.counts[.protection] else { return nil }
    row.note(facts, in: &trace)
    return row
  }
}
