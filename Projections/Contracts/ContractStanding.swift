import AccountHistory
import Events
import Matters
import Projection
public import Vocabulary
import Wire

/// Where a contract stands between its draft and the archive.
///
/// States and transitions follow the Salesforce contract lifecycle; that a contract which is being changed stays in force
/// follows Conga's status categories.
public enum ContractPhase: UInt8, CodeSet {
  case draft = 1
  case signed = 2
  case inForce = 3
  case lapsed = 4
  case fulfilled = 5
  case expired = 6
  case rescinded = 7
  case terminated = 8
  case cancelled = 9
  case inApproval = 10
  case rejected = 11
  case negotiating = 12
  case awaitingSignature = 13
  case beingAmended = 14
  case archived = 15

  public var word: Word {
    switch self {
    case .draft: ContractState.draft.word
    case .signed: ContractState.signed.word
    case .inForce: ContractState.inForce.word
    case .lapsed: ContractState.lapsed.word
    case .fulfilled: ContractState.fulfilled.word
    case .expired: ContractState.expired.word
    case .rescinded: ContractState.rescinded.word
    case .terminated: ContractState.terminated.word
    case .cancelled: ContractState.cancelled.word
    case .inApproval: Word("in-approval", "In approval", "评审中")
    case .rejected: Word("rejected", "Rejected", "驳回")
    case .negotiating: Word("negotiating", "Negotiating", "谈判中")
    case .awaitingSignature: Word("awaiting-signature", "Awaiting signature", "待签")
    case .beingAmended: Word("being-amended", "In force, being amended", "变更中")
    case .archived: Word("archived", "Archived", "已归档")
    }
  }
}

/// A contract on one day: its terms, and what its papers and the decisions about it make of them.
struct ContractStanding {
  let reading: ContractReading
  /// By the terms alone.
  let state: ContractState
  let phase: ContractPhase
  let since: Instant
  let because: Int64

  /// - Parameter approvals: about this contract.
  init?(_ reading: ContractReading, _ papers: ContractPapers, _ approvals: [ApprovalCourse], on day: Day) {
    self.reading = reading
    let byTerms = reading.state(on: day)
    guard let first = byTerms.map({ ($0.state, $0.since, $0.because) }) ?? papers.first.map({ (.draft, $0.at, $0.seq) })
    else { return nil }
    state = first.0
    func moved(_ phase: ContractPhase, _ moment: Moment?) -> (ContractPhase, Instant, Int64) {
      (phase, moment?.at ?? first.1, moment?.seq ?? first.2)
    }
    let found: (ContractPhase, Instant, Int64) =
      switch first.0 {
      case _ where papers.archived != nil && first.0 != .inForce: moved(.archived, papers.archived)
      case .inForce: papers.proposal.map { moved(.beingAmended, $0) } ?? moved(.inForce, nil)
      case .lapsed: moved(.lapsed, nil)
      case .fulfilled: moved(.fulfilled, nil)
      case .expired: moved(.expired, nil)
      case .rescinded: moved(.rescinded, nil)
      case .terminated: moved(.terminated, nil)
      case .cancelled: moved(.cancelled, nil)
      case .signed where papers.lacksSignatures: moved(.awaitingSignature, papers.frozen?.moment)
      case .signed: moved(.signed, nil)
      case .draft: ContractStanding.beforeSigning(papers, approvals, first.1, first.2)
      }
    (phase, since, because) = found
  }

  /// A frozen text awaits signatures; before that the last of draft, revision and decision counts.
  private static func beforeSigning(
    _ papers: ContractPapers, _ approvals: [ApprovalCourse], _ since: Instant, _ because: Int64
  ) -> (ContractPhase, Instant, Int64) {
    if let frozen = papers.frozen, frozen.thawed == nil { return (.awaitingSignature, frozen.moment.at, frozen.moment.seq) }
    if let open = approvals.last(where: { $0.next != nil }) { return (.inApproval, open.requested.at, open.requested.seq) }
    let written = [papers.drafted, papers.revised?.moment].compactMap { $0 }.max()
    let decided = approvals.filter { $0.state != .withdrawn }.max { $0.stateBegan < $1.stateBegan }
    if let decided, written.map({ $0 < decided.stateBegan }) ?? true {
      let phase: ContractPhase = decided.state == .approved ? .negotiating : .rejected
      return (phase, decided.stateBegan.at, decided.stateBegan.seq)
    }
    if let revised = papers.revised { return (.negotiating, revised.moment.at, revised.moment.seq) }
    return (.draft, since, because)
  }
}

extension ContractPapers {
  /// The first step on record.
  var first: Moment? {
    [drafted, revised?.moment, frozen?.moment, signatures.first?.moment, activated].compactMap { $0 }.min()
  }

  /// Some party has not signed the text that was frozen, or it was changed since.
  var lacksSignatures: Bool { frozen.map { !$0.missing.isEmpty && activated == nil } ?? false }
}

extension ContractReading {
  /// Notes why the contract is, or is not, in force on that day.
  func note(_ state: ContractState, on day: Day, _ subject: CensusSubject, in trace: inout some CensusTrace) {
    trace.note(
      subject,
      Finding(
        "start", Name("First day in force", "生效首日"), value: inForceFrom?.day.description ?? "–",
        threshold: "≤ \(day)", holds: inForceFrom.map { $0.day <= day } ?? false, evidence: [inForceFrom?.seq]))
    trace.note(
      subject,
      Finding(
        "end", Name("First day no longer in force", "失效首日"), value: inForceUntil?.day.description ?? "–",
        threshold: "> \(day)", holds: inForceUntil.map { $0.day > day } ?? true, evidence: [inForceUntil?.seq]))
    trace.note(
      subject,
      Finding(
        "extension", Name("Original end", "原到期日"), value: originalEnd?.description ?? "–", threshold: "≤ \(day)",
        holds: state == .inForce && (originalEnd.map { $0 <= day } ?? false), evidence: [end?.seq]))
  }
}

extension ContractPapers {
  /// Notes who signed and agreed, what is fulfilled and what was decided.
  func note(
    _ approvals: [ApprovalCourse], on day: Day, _ names: any Names, _ subject: CensusSubject,
    in trace: inout some CensusTrace
  ) {
    if let frozen {
      trace.note(
        subject,
        Finding(
          "signatures", Name("Signed by all", "各方签署"), value: list(frozen.signed.map(\.party)),
          threshold: list(frozen.parties), holds: frozen.missing.isEmpty,
          evidence: [frozen.moment.seq] + frozen.signed.map(\.moment.seq) + [frozen.thawed?.seq]))
    }
    for amendment in amendments {
      trace.note(
        subject,
        Finding(
          "assent", Name("All agreed to a change, clause by clause; else it is proposed", "变更经各方同意并逐条列明，否则只是提议"),
          value: "\(amendment.clauses) clauses, no proof of \(list(amendment.missing))", threshold: "≥ 1 clause, none missing",
          holds: amendment.isProven, evidence: [amendment.moment.seq]))
    }
    for obligation in obligations {
      let state = obligation.fulfilment(on: day)
      trace.note(
        subject,
        Finding(
          "obligation", Name("Obligation \(names.text(obligation.id) ?? "?")", "履约义务 \(names.text(obligation.id) ?? "?")"),
          value: state.word.text, threshold: obligation.dueOn.map { "≤ \($0)" } ?? "–", holds: state != .lapsed,
          evidence: [obligation.moment.seq, obligation.inPart?.seq, obligation.met?.seq, obligation.breach?.seq]))
    }
    for approval in approvals {
      trace.note(
        subject,
        Finding(
          "approval", Name("Decision", "审批"), value: approval.state.word.text, threshold: "approved",
          holds: approval.state == .approved, evidence: [approval.requested.seq] + approval.decisions.map(\.moment.seq)))
    }
  }

  private func list(_ parties: [Contract.Party]) -> String {
    parties.isEmpty ? "–" : parties.map(\.word.text).joined(separator: ", ")
  }
}
