public import CompanyRules
public import Events
public import Projection
public import Vocabulary
public import Wire

/// A dispute as its steps, taken by business time, describe it.
public struct DisputeCourse: Sendable {
  public struct Step: Sendable {
    public let step: Dispute.Step
    public let on: Day
    public let moment: Moment
  }
  public let opened: Moment
  /// The contract's number; `nil` for one that the log does not know.
  public let contract: Int64?
  public let claim: (minor: Int64, currency: Currency?)?
  public let side: Contract.Party?
  public let limitationOn: Day?
  public private(set) var steps: [Step] = []
  public private(set) var resolved: (moment: Moment, outcome: Dispute.Outcome?, paid: Int64?, received: Int64?)?

  /// - Parameter notes: of one dispute, by business time; `nil` where it was never opened.
  public init?(_ notes: [Note]) {
    typealias Fact = Dispute.Fact
    let notes = notes.of(Dispute.self)
    guard let opening = notes.first(where: { $0.type(in: Dispute.self) == .opened }) else { return nil }
    opened = opening.moment
    contract = opening.reference(Fact.contract)
    claim = opening.number(Fact.claim).map { ($0, opening.currency(Fact.currency)) }
    side = opening.code(Fact.side, of: Contract.Party.self)
    limitationOn = opening.day(Fact.limitationOn)
    for note in notes { take(note) }
    steps.sort { ($0.on, $0.moment) < ($1.on, $1.moment) }
  }

  private mutating func take(_ note: Note) {
    typealias Fact = Dispute.Fact
    switch note.type(in: Dispute.self) {
    case .stepTaken:
      guard let step = note.code(Fact.step, of: Dispute.Step.self) else { return }
      steps.append(Step(step: step, on: note.day(Fact.on) ?? note.moment.at.day, moment: note.moment))
    case .resolved:
      resolved = (
        note.moment, note.code(Fact.outcome, of: Dispute.Outcome.self), note.number(Fact.paid), note.number(Fact.received)
      )
    case .opened, nil: break
    }
  }
}

extension DisputeCourse {
  /// When it came before an arbitrator or a court.
  public var proceedings: Moment? {
    steps.first { $0.step == .arbitrate || $0.step == .litigate || $0.step == .enforce }
      .map { Moment(at: $0.on.start, seq: $0.moment.seq) }
  }

  /// The clock of the step that is owed next: from the last step, or from the opening.
  public func nextStep(by rule: TimeLimitRules) -> Clock? {
    guard resolved == nil else { return nil }
    return Clock(start: steps.map(\.moment).max() ?? opened, limit: rule.limit(of: .disputeStep))
  }

  /// Until when our claim can be brought; `nil` where the other side claims, or the rule follows no claims.
  ///
  /// Known since the first breach by the other side that was recorded of the contract before the dispute, else since the
  /// dispute was opened.
  /// - Parameters:
  ///   - notes: of the account's contracts and demands.
  ///   - names: the texts of kinds.
  public func limitation(_ notes: [Note], by rule: TimeLimitRules, _ names: any Names) -> Limitation? {
    guard let limitation = rule.limitation, side != .them else { return nil }
    let own = notes.of(Contract.self).filter { $0.subject.map { Int64($0.ordinal) == contract } ?? false }
    let breach = own.first {
      $0.type(in: Contract.self) == .breachRecorded && $0.code(Contract.Fact.party, of: Contract.Party.self) == .them
    }
    let kind = own.last { $0.number(Contract.Fact.kind) != nil }?.number(Contract.Fact.kind).flatMap { names.text($0) }
    var events = notes.demands.map { (by: LimitationRestart.demand, moment: $0.delivered) }
    if let proceedings { events.append((.proceedings, proceedings)) }
    return Limitation(
      known: [breach?.moment, opened].compactMap { $0 }.min() ?? opened, named: limitationOn, kind: kind, events: events,
      over: resolved?.moment, by: limitation, in: rule.calendar)
  }
}

/// A demand of payment that reached who owes.
public struct DeliveredDemand: Sendable {
  /// The day on which it was delivered, by the position of its event.
  public let delivered: Moment
  /// The invoices that it names; empty: whatever was owed then.
  public let invoices: [Int64]
}

extension [Note] {
  /// Demands of which it is on record that they were delivered; others count nothing anew.
  public var demands: [DeliveredDemand] {
    of(Payment.self).compactMap { note in
      guard note.type(in: Payment.self) == .demanded, let day = note.day(Payment.Fact.deliveredOn) else { return nil }
      return DeliveredDemand(
        delivered: Moment(at: Swift.max(day.start, .distantPast), seq: note.seq),
        invoices: note.numbers(Payment.Fact.invoices).filter { $0 >= 0 })
    }
  }
}
