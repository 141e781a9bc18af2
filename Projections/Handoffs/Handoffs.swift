import Events
public import Projection
import Statistics
public import Vocabulary
public import Wire

/// What was handed over to whom, was it accepted in time, late, or refused, and how punctual is everybody?
///
/// A row for each handover, one for each person who was asked to take something over, and one for the company.
public enum Handoffs: Census {
  public typealias Source = Tasks
  public typealias Rules = NoRules
  public static let name = "handoffs"
  public static let shape = 1
  public static let title = Name("Handovers", "交接")
  public static let about = "task, employee, company"

  public static func report(
    _ facts: Tasks.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<NoRules>, asOf now: Instant,
    to returns: inout [Handover]
  ) {
    if let handover = Handover(facts, key, asOf: now) { returns.append(handover) }
  }

  public static func conclude(
    _ returns: [Handover], by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<HandoffRow>] {
    var tally = Tally<Punctuality>()
    var rows: [CensusRow<HandoffRow>] = []
    for handover in returns {
      let subject = CensusSubject(.key(handover.key))
      handover.note(about: subject, in: &trace)
      rows.append(CensusRow(subject, HandoffRow(handover)))
      let person: CensusSubject.Base = handover.to.map { .named(.employee, $0) } ?? .fixed("company:nobody")
      for base in [person, .fixed("company:all")] {
        tally.update(CensusSubject(base), from: Punctuality()) { $0.take(handover) }
      }
    }
    for (subject, sum) in tally.all {
      sum.note(about: subject, in: &trace)
      rows.append(CensusRow(subject, HandoffRow(sum)))
    }
    return rows
  }
}

enum HandoffState: UInt8, CodeSet {
  case waiting = 1
  case overdue = 2
  case accepted = 3
  case acceptedLate = 4
  case refused = 5

  var word: Word {
    switch self {
    case .waiting: Word("waiting", "Waits to be accepted", "待接收")
    case .overdue: Word("overdue", "Overdue", "逾期未接收")
    case .accepted: Word("accepted", "Accepted", "已接收")
    case .acceptedLate: Word("accepted-late", "Accepted late", "逾期接收")
    case .refused: Word("refused", "Refused", "已拒收")
    }
  }
}

/// One handover.
public struct Handover: Sendable {
  let key: Int
  let given: Moment
  let done: Moment?
  let due: Instant?
  /// Names.
  let from: Int64?
  let to: Int64?
  let state: HandoffState

  /// - Returns: `nil` of another kind of task, and before it was given.
  init?(_ facts: Tasks.Facts, _ key: Int, asOf now: Instant) {
    guard facts.kind == Task.Kind.handoff.rawValue, facts.assigned.seq >= 0, facts.assigned.at <= now else { return nil }
    self.key = key
    given = facts.assigned
    let done = facts.completed.seq >= 0 && facts.completed.at <= now ? facts.completed : nil
    let due = facts.due == .max ? nil : Instant(microseconds: facts.due)
    (self.done, self.due) = (done, due)
    from = facts.from < 0 ? nil : Int64(facts.from)
    to = facts.to < 0 ? nil : Int64(facts.to)
    let isLate = due.map { (done?.at ?? now) > $0 } ?? false
    if done == nil {
      state = isLate ? .overdue : .waiting
    } else if facts.result == Task.Result.rejected.rawValue {
      state = .refused
    } else {
      state = isLate ? .acceptedLate : .accepted
    }
  }

  /// From giving to accepting or refusing.
  var hours: Double? { done.map { Double($0.at.microseconds - given.at.microseconds) / 3_600_000_000 } }

  func note(about subject: CensusSubject, in trace: inout some CensusTrace) {
    trace.note(
      subject,
      Finding(
        "state", Name("State", "状态"), value: done.map { "\($0.at)" } ?? state.word.text,
        threshold: due.map { "\($0)" } ?? "–", holds: state == .accepted || state == .waiting,
        evidence: [given.seq, done?.seq]))
  }
}

/// How punctual somebody is with what was handed over to them.
struct Punctuality {
  private(set) var counts = [Int](repeating: 0, count: HandoffState.allCases.count)
  private(set) var hours: [Double] = []
  private(set) var last: Moment?
  private var late: [Moment] = []

  mutating func take(_ handover: Handover) {
    counts[Int(handover.state.rawValue) - 1] += 1
    if let taken = handover.hours, handover.state != .refused { hours.append(taken) }
    last.advance(to: handover.done ?? handover.given)
    if handover.state == .overdue || handover.state == .acceptedLate || handover.state == .refused {
      late.append(handover.done ?? handover.given)
    }
  }

  subscript(_ state: HandoffState) -> Int { counts[Int(state.rawValue) - 1] }
  var all: Int { counts.reduce(0, +) }
  /// Accepted in time, of all whose fate or lateness is known.
  var onTime: Proportion? { Proportion(self[.accepted], of: all - self[.waiting]) }

  func note(about subject: CensusSubject, in trace: inout some CensusTrace) {
    trace.note(
      subject,
      Finding(
        "not-in-time", Name("Late, overdue or refused", "逾期或拒收"), value: "\(late.count)", threshold: "of \(all)",
        holds: !late.isEmpty, evidence: late.sorted().suffix(10).map(\.seq)))
  }
}
