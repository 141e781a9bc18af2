import AccountHistory
import Events
import Matters
public import Projection
public import Vocabulary
public import Wire

/// Where does each contract stand between its draft and the archive, is it in force and until when, what of it is
/// fulfilled, and which changes prove that all agreed?
///
/// In force means start ≤ day < end. A contract that was activated, or signed with a known start, needs no event to run
/// out: the as-of day decides. Its terms are as they are recorded; beside them stands what of them is proven.
public enum Contracts: Gathering, Register {
  public typealias Rules = NoRules
  public static let name = "contracts"
  public static let shape = 2
  public static let title = Name("Contract register", "合同台账")
  public static let about = "contract"
  public static let key = Key.account
  public static let families: [any Family.Type] = [Contract.self, Approval.self]
  public static let readsSubjects = true

  // MARK: Facts

  /// Late entries: all is sorted when read, so each takes its place in time.
  public struct Facts: BitwiseCopyable, Sendable {
    /// What the steps of all contracts said of their terms, see `ContractReading`.
    var terms = Series()
    /// What they said of texts, signatures, assent and obligations.
    var papers = Notes()
    /// What was asked and decided, whatever it was about.
    var approvals = Notes()
  }
  public static let initial = Facts()

  /// Facts that stand among the terms.
  private static let termTags: [UInt8] = [
    Contract.Fact.startOn, .endOn, .newEndOn, .noticeDays, .total, .currency, .monthly, .effectiveOn, .autoRenew, .cause,
    .endedOn, .settlement, .kind, .claim,
  ].map(\.rawValue) + [EnvelopeFact.actor.rawValue, SharedFact.approval.rawValue]

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Contract.self) {
      facts.terms.take(type, event, &series, isMixed: true)
      facts.papers.take(event, &series, without: termTags)
    } else if let type = event.type(in: Approval.self) {
      switch type {
      case .requested, .decided, .withdrawn: facts.approvals.take(event, &series)
      }
    }
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, of account: Int, by rule: Ruled<NoRules>, asOf now: Instant,
    trace: inout some CensusTrace
  ) -> [CensusRow<ContractRow>] {
    guard !facts.papers.isEmpty else { return [] }
    let approvals = facts.approvals.all(in: series, asOf: now).bySubject.compactMap { ApprovalCourse($1) }
    let holder = rule.names.holder(ofAccount: account)
    let contracts = facts.papers.all(in: series, asOf: now).bySubject.map { ($0, ContractPapers($1)) }
    let readings = facts.terms.numberedContracts(in: series, asOf: now)
    let unproven = contracts.flatMap(\.1.unproven).map(\.moment.seq)
    let proven = unproven.isEmpty ? readings : facts.terms.numberedContracts(in: series, asOf: now, without: unproven)
    return contracts.compactMap { own, papers in
      // Of a contract that is an account of its own, the terms have no number.
      func same(_ number: Int64?) -> Bool { number == own.map { Int64($0.ordinal) } || number == nil && own == holder }
      guard let reading = readings.first(where: { same($0.number) })?.reading else { return nil }
      let about = approvals.filter { $0.about == own && own != nil }
      let standing = ContractStanding(reading, papers, about, on: now.day)
      guard let standing else { return nil }
      let subject = CensusSubject(own.map { .own($0) } ?? .key(account))
      reading.note(standing.state, on: now.day, subject, in: &trace)
      papers.note(about, on: now.day, rule.names, subject, in: &trace)
      return CensusRow(
        subject,
        ContractRow(
          standing, papers, about, provenEnd: proven.first { same($0.number) }?.reading.inForceUntil?.day, on: now.day))
    }
  }
}
