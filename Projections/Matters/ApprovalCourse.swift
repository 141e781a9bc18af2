public import CompanyRules
public import Events
public import Projection
public import Vocabulary
import Wire

/// A request for decisions as its steps, taken by business time, describe it.
public struct ApprovalCourse: Sendable {
  /// One decision that was asked for.
  public struct Step: Sendable {
    /// From 1.
    public let number: Int
    /// A name; `nil` where no role is asked for.
    public let role: Int64?
    /// The most that this role may decide about, in minor units.
    public let limit: Int64?
    /// The decision that counts: the last of those made at this step.
    public fileprivate(set) var decision: Decision?
    /// From when it could be decided: the request, or the decision before.
    public fileprivate(set) var began: Moment
  }
  public struct Decision: Sendable {
    public let moment: Moment
    public let step: Int?
    public let verdict: Approval.Verdict
    /// Names.
    public let by: Int64?
    public let role: Int64?
    public let onBehalfOf: Int64?
  }
  public let requested: Moment
  public let about: OwnSubject?
  /// Names: the type that waits, who asked, who benefits.
  public let eventType: Int64?
  public let by: Int64?
  public let beneficiary: Int64?
  public let amount: Int64?
  public let currency: Currency?
  public private(set) var steps: [Step]
  /// All decisions, by time.
  public private(set) var decisions: [Decision] = []
  public private(set) var withdrawn: Moment?

  /// - Parameter notes: of one approval, by business time; `nil` where nothing was asked for.
  public init?(_ notes: [Note]) {
    typealias Fact = Approval.Fact
    let notes = notes.of(Approval.self)
    guard let request = notes.first(where: { $0.type(in: Approval.self) == .requested }) else { return nil }
    requested = request.moment
    about = request.subject(Fact.about)
    eventType = request.number(Fact.eventType)
    (by, beneficiary) = (request.actor, request.number(Fact.beneficiary))
    (amount, currency) = (request.number(Fact.amount), request.currency(Fact.currency))
    let asked = request.records(Fact.steps)
    steps = asked.enumerated().map { place, step in
      Step(
        number: place + 1, role: step.number(Fact.role), limit: step.number(Fact.limit), decision: nil,
        began: request.moment)
    }
    for note in notes { take(note) }
    settleSteps()
  }

  private mutating func take(_ note: Note) {
    typealias Fact = Approval.Fact
    switch note.type(in: Approval.self) {
    case .decided:
      guard let verdict = note.code(Fact.verdict, of: Approval.Verdict.self) else { return }
      decisions.append(
        Decision(
          moment: note.moment, step: note.number(Fact.step).map { Int(clamping: $0) }, verdict: verdict, by: note.actor,
          role: note.role, onBehalfOf: note.number(Fact.delegatedFrom)))
    case .withdrawn: withdrawn = note.moment
    case .requested, nil: break
    }
  }

  /// A request without steps asks for one decision, by anybody.
  private mutating func settleSteps() {
    if steps.isEmpty { steps = [Step(number: 1, role: nil, limit: nil, decision: nil, began: requested)] }
    var began = requested
    for place in steps.indices {
      steps[place].began = began
      steps[place].decision = decisions.last { ($0.step ?? 1) == steps[place].number }
      if let decided = steps[place].decision?.moment { began = max(began, decided) }
    }
  }
}

extension ApprovalCourse {
  public var state: ApprovalState {
    if withdrawn != nil { return .withdrawn }
    if let last = steps.compactMap(\.decision).filter({ $0.verdict != .approve }).max(by: { $0.moment < $1.moment }) {
      return last.verdict == .reject ? .rejected : .returned
    }
    let approved = steps.count { $0.decision?.verdict == .approve }
    return approved == steps.count ? .approved : approved > 0 ? .partly : .asked
  }

  /// The step that is to be decided next; `nil` where none is.
  public var next: Step? {
    state == .asked || state == .partly ? steps.first { $0.decision == nil } : nil
  }

  /// The event that brought it into its state.
  public var stateBegan: Moment {
    withdrawn ?? steps.compactMap { $0.decision?.moment }.max() ?? requested
  }

  /// The clocks of the steps that were decided and of the one that is next, by the hours that the rule allows; those
  /// behind it wait for it.
  public func clocks(by rule: ApprovalRules) -> [(step: Step, clock: Clock)] {
    steps.filter { $0.decision != nil || $0.number == next?.number }.map { step in
      (step, Clock(start: step.began, limit: .minutes(rule.decideWithinHours * 60), stop: step.decision?.moment))
    }
  }
}

/// Where a request for decisions stands.
public enum ApprovalState: UInt8, CodeSet {
  case asked = 1
  case partly = 2
  case approved = 3
  case rejected = 4
  case returned = 5
  case withdrawn = 6
  /// Something took effect that nobody else decided about.
  case none = 7

  public var word: Word {
    switch self {
    case .asked: Word("asked", "Asked for", "待审批")
    case .partly: Word("partly", "Decided in part", "部分审批")
    case .approved: Word("approved", "Approved", "已同意")
    case .rejected: Word("rejected", "Rejected", "已驳回")
    case .returned: Word("returned", "Returned for rework", "已退回")
    case .withdrawn: Word("withdrawn", "Withdrawn", "已撤回")
    case .none: Word("none", "Never asked for", "未经审批")
    }
  }
}
