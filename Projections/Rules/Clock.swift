public import Projection
public import Vocabulary
public import Wire

/// A time limit that runs: since when, how long it may run, while what it rests, and when it was stopped.
///
/// The one idea of time limits in the house: complaints, tasks, approvals, obligations, requests of persons and claims
/// are reckoned by it. It rests only while it is logged that the customer is waited for: minutes of any clock then grow
/// by the time that was waited, working days by the working time. What is already late does not come back into time by
/// waiting.
public struct Clock: Hashable, Sendable {
  /// A stretch in which the customer is waited for.
  public struct Wait: Hashable, Sendable {
    public let from: Moment
    /// `nil` while it lasts.
    public let until: Moment?

    public init(from: Moment, until: Moment?) { (self.from, self.until) = (from, until) }
  }
  public let start: Moment
  /// `nil` where no limit is laid down: it runs and is never late.
  public let limit: TimeLimit?
  /// By time; they do not overlap.
  public let waits: [Wait]
  public let stop: Moment?

  public init(start: Moment, limit: TimeLimit?, waits: [Wait] = [], stop: Moment? = nil) {
    (self.start, self.limit, self.waits, self.stop) = (start, limit, waits, stop)
  }
}

/// How a clock stands.
public enum ClockState: UInt8, CodeSet {
  case notStarted = 1
  case running = 2
  case paused = 3
  case met = 4
  case metLate = 5
  case overdue = 6

  public var word: Word {
    switch self {
    case .notStarted: Word("not-started", "Not begun", "未开始")
    case .running: Word("running", "Running", "计时中")
    case .paused: Word("paused", "Waiting for the customer", "等待客户")
    case .met: Word("met", "Done in time", "按时完成")
    case .metLate: Word("met-late", "Done late", "逾期完成")
    case .overdue: Word("overdue", "Overdue", "已逾期")
    }
  }

  /// Whether something is still to be done.
  public var isOpen: Bool { self == .running || self == .paused || self == .overdue }
  /// Whether it was, or is, late.
  public var isBreach: Bool { self == .metLate || self == .overdue }
}

/// What a clock shows at a time.
public struct ClockReading: Hashable, Sendable {
  public let state: ClockState
  /// Up to when it is in time; from the next microsecond on it is overdue. `nil` where there is no limit, where it rests,
  /// since it then moves on with every moment, and beyond the calendar's horizon.
  public let dueAt: Instant?
  /// Since when it has been in this state.
  public let since: Instant
  /// The event that made it so.
  public let because: Int64
  /// Time that does not count because the customer was waited for, in microseconds on any clock.
  public let waited: Int64
  /// How much of the time has passed; `nil` where there is no limit.
  public let usedBp: Int?
}

extension Clock {
  /// What it shows at a time. Events that happened later must not be among its moments.
  /// Complexity: O(waits × days walked).
  public func reading(asOf now: Instant, in calendar: WorkCalendar) -> ClockReading {
    guard start.at <= now else {
      return ClockReading(
        state: .notStarted, dueAt: due(asOf: start.at, calendar).at, since: start.at, because: start.seq, waited: 0,
        usedBp: nil)
    }
    let end = stop?.at ?? now
    let due = due(asOf: end, calendar)
    let (state, since, because) = state(asOf: now, due)
    return ClockReading(
      state: state, dueAt: state == .paused ? nil : due.at, since: since, because: because, waited: due.waited,
      usedBp: due.at.map { used(until: end, due, $0, calendar) })
  }

  /// The instant up to which it is in time, with the waits that count.
  private struct Due {
    var at: Instant?
    var waited: Int64 = 0
    /// In the calendar's working time.
    var worked: Int64 = 0
    var lastWait: Wait?
  }

  /// Each wait that begins in time moves the end on.
  private func due(asOf end: Instant, _ calendar: WorkCalendar) -> Due {
    guard let limit, let first = calendar.end(of: limit, from: start.at) else { return Due() }
    var due = Due(at: first)
    guard limit.pauses else { return due }
    for wait in waits {
      let from = max(wait.from.at, start.at)
      let until = min(wait.until?.at ?? end, end)
      guard let at = due.at, from <= at, from <= end, until >= from else { continue }
      due.lastWait = wait
      due.waited += until.microseconds - from.microseconds
      let worked = calendar.work(from: from, to: until)
      due.worked += worked
      if case .minutes = limit {
        due.at = Instant(microseconds: at.microseconds + until.microseconds - from.microseconds)
      } else if worked > 0 {
        due.at = calendar.adding(work: worked, to: at)
      }
    }
    return due
  }

  private func state(asOf now: Instant, _ due: Due) -> (ClockState, since: Instant, because: Int64) {
    if let stop {
      let isLate = due.at.map { stop.at > $0 } ?? false
      return (isLate ? .metLate : .met, stop.at, stop.seq)
    }
    if let wait = due.lastWait, wait.until == nil { return (.paused, max(wait.from.at, start.at), wait.from.seq) }
    if let at = due.at, now > at { return (.overdue, at, start.seq) }
    let resumed = due.lastWait?.until
    return (.running, resumed?.at ?? start.at, resumed?.seq ?? start.seq)
  }

  /// The share of the time that has passed, in basis points: of working time for working days.
  private func used(until end: Instant, _ due: Due, _ at: Instant, _ calendar: WorkCalendar) -> Int {
    let (whole, passed): (Int64, Int64)
    if case .workingDays = limit {
      whole = calendar.work(from: start.at, to: at) - due.worked
      passed = calendar.work(from: start.at, to: end) - due.worked
    } else {
      whole = at.microseconds - start.at.microseconds - due.waited
      passed = end.microseconds - start.at.microseconds - due.waited
    }
    guard whole > 0 else { return 10_000 }
    let share = Double(passed) / Double(whole) * 10_000
    return max(0, Int(min(share, 1e9)))
  }
}
