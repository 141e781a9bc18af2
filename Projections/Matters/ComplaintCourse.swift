public import CompanyRules
public import Events
public import Projection
public import Vocabulary
public import Wire

/// A complaint as its steps, taken by business time, describe it: the steps of ISO 10002 clause 7.
public struct ComplaintCourse: Sendable {
  /// A stretch from the filing, or a reopening, to the closing.
  public struct Round: Sendable {
    public let opened: Moment
    /// Named when it was reopened.
    public let dueAt: Instant?
    public fileprivate(set) var closed: Moment?
  }
  /// The filing; where it is not on record, the first that is.
  public private(set) var filed: Moment
  public private(set) var category: Int64?
  /// What it was found to be last.
  public private(set) var severity: (severity: Complaint.Severity, moment: Moment)?
  public private(set) var acknowledged: Moment?
  public private(set) var promise: (until: Instant, moment: Moment)?
  public private(set) var assessed: Moment?
  public private(set) var answers: [Moment] = []
  public private(set) var accepted: Bool?
  public private(set) var compensation: (minor: Int64, currency: Currency?)?
  public private(set) var rounds: [Round]
  public private(set) var waits: [Clock.Wait] = []
  public private(set) var escalations: [Moment] = []
  public private(set) var level: Int64?
  public private(set) var outcome: Complaint.Outcome?
  public private(set) var satisfaction: Int64?
  public private(set) var followUpOn: Day?
  /// Who acts next: whom it went to, or who dealt with it last. A name.
  public private(set) var owner: Int64?
  /// What the source says of the time to the first response, in minutes.
  private var firstResponseMin: Int64?

  /// - Parameter notes: of one complaint, by business time; `nil` where there are none.
  public init?(_ notes: [Note]) {
    let steps = notes.of(Complaint.self)
    guard let first = steps.first else { return nil }
    filed = first.moment
    rounds = [Round(opened: first.moment, dueAt: nil)]
    for note in steps { take(note) }
  }

  private mutating func take(_ note: Note) {
    typealias Fact = Complaint.Fact
    guard let step = note.type(in: Complaint.self) else { return }
    category = note.number(Fact.category) ?? category
    if let minor = note.number(Fact.compensation) { compensation = (minor, note.currency(Fact.currency)) }
    switch step {
    case .filed: firstResponseMin = note.number(Fact.firstResponseMin)
    case .acknowledged:
      acknowledged = acknowledged ?? note.moment
      if let until = note.instant(Fact.dueAt) { promise = (until, note.moment) }
    case .assessed:
      assessed = assessed ?? note.moment
      if let found = note.code(Fact.severity, of: Complaint.Severity.self) { severity = (found, note.moment) }
    case .escalated:
      escalations.append(note.moment)
      level = note.number(Fact.toLevel) ?? level
    case .responded:
      answers.append(note.moment)
      accepted = note.flag(Fact.accepted) ?? accepted
    case .closed: close(note)
    case .reopened:
      outcome = nil
      if rounds.last?.closed != nil { rounds.append(Round(opened: note.moment, dueAt: note.instant(Fact.dueAt))) }
    case .paused: if !isWaiting { waits.append(Clock.Wait(from: note.moment, until: nil)) }
    case .resumed: endWait(note.moment)
    }
    owner = note.number(Fact.to) ?? note.actor ?? owner
  }

  private mutating func close(_ note: Note) {
    typealias Fact = Complaint.Fact
    outcome = note.code(Fact.outcome, of: Complaint.Outcome.self)
    satisfaction = note.number(Fact.satisfaction) ?? satisfaction
    followUpOn = note.day(Fact.followUpOn)
    endWait(note.moment)
    if rounds[rounds.count - 1].closed == nil { rounds[rounds.count - 1].closed = note.moment }
  }

  private mutating func endWait(_ moment: Moment) {
    guard isWaiting, let wait = waits.last else { return }
    waits[waits.count - 1] = Clock.Wait(from: wait.from, until: moment)
  }

  /// It is logged that the customer is waited for.
  public var isWaiting: Bool { waits.last.map { $0.until == nil } ?? false }
  public var closed: Moment? { rounds.last?.closed }
  public var reopenings: Int { rounds.count - 1 }
}

extension ComplaintCourse {
  public var state: ComplaintState {
    if closed != nil { return .closed }
    if isWaiting { return .waiting }
    if reopenings > 0, (answers.last ?? filed) < rounds[rounds.count - 1].opened { return .reopened }
    if !answers.isEmpty { return .answered }
    if assessed != nil { return .assessed }
    return acknowledged == nil ? .received : .acknowledged
  }

  /// The event that brought it into its state.
  public var stateBegan: Moment {
    switch state {
    case .received: filed
    case .acknowledged: acknowledged ?? filed
    case .assessed: assessed ?? filed
    case .answered: answers.last ?? filed
    case .waiting: waits.last?.from ?? filed
    case .closed: closed ?? filed
    case .reopened: rounds[rounds.count - 1].opened
    }
  }

  /// Minutes on any clock in which the customer was waited for.
  public func waitedMinutes(asOf now: Instant) -> Int {
    let waited = waits.map { wait in (wait.until?.at ?? now).microseconds - wait.from.at.microseconds }
    return Int(waited.reduce(0, +) / 60_000_000)
  }

  /// What the customer heard of us first: an acknowledgement, an answer, the end, or what the source says of it.
  public func firstResponse(asOf now: Instant) -> Moment? {
    var first = [acknowledged, answers.first, rounds[0].closed].compactMap { $0 }.min()
    if let firstResponseMin {
      let told = Moment(at: filed.at + .seconds(firstResponseMin * 60), seq: filed.seq)
      if told.at <= now, first.map({ told < $0 }) ?? true { first = told }
    }
    return first
  }
}

/// Where a complaint stands.
public enum ComplaintState: UInt8, CodeSet {
  case received = 1
  case acknowledged = 2
  case assessed = 3
  case answered = 4
  case waiting = 5
  case closed = 6
  case reopened = 7

  public var word: Word {
    switch self {
    case .received: Word("received", "Received", "已受理")
    case .acknowledged: Word("acknowledged", "Acknowledged", "已确认")
    case .assessed: Word("assessed", "Assessed", "已分级")
    case .answered: Word("answered", "Answered", "已答复")
    case .waiting: Word("waiting", "Waiting for the customer", "等待客户")
    case .closed: Word("closed", "Closed", "已结案")
    case .reopened: Word("reopened", "Reopened", "已重开")
    }
  }
}
