public import CompanyRules
import Events
import Projection
public import Vocabulary
public import Wire

/// The steps of a complaint that are owed by a time.
public enum ComplaintStep: UInt8, CodeSet {
  case firstResponse = 1
  case assessment = 2
  case feedback = 3
  case promise = 4
  case solution = 5

  public var word: Word {
    switch self {
    case .firstResponse: Word("first-response", "First response", "首次响应")
    case .assessment: Word("assessment", "Assessment", "分级")
    case .feedback: Word("feedback", "First feedback", "首次反馈")
    case .promise: Word("promise", "Answer that was promised", "承诺的答复")
    case .solution: Word("solution", "Solution", "解决")
    }
  }
}

extension ComplaintCourse {
  /// How grave it counts as under a rule: as it was assessed, and until then as the rule says.
  public func severity(by rule: TimeLimitRules) -> SeverityWord {
    severity.flatMap { SeverityWord(rawValue: $0.severity.rawValue) } ?? rule.untilAssessed ?? .general
  }

  /// The clocks of its steps, in the order in which they are usually done. A solution has one for the filing and one for
  /// each reopening; what was found to be graver later is reckoned from the filing by the limits of what it was found to
  /// be.
  public func clocks(by rule: TimeLimitRules, asOf now: Instant) -> [(step: ComplaintStep, clock: Clock)] {
    guard let limit = rule.limit(of: severity(by: rule)) else { return [] }
    let waits = rule.pausesWhileWaiting ? waits : []
    let answered = [answers.first, rounds[0].closed].compactMap { $0 }.min()
    var clocks: [(step: ComplaintStep, clock: Clock)] = [
      (
        .firstResponse,
        Clock(start: filed, limit: .minutes(limit.firstResponseMin), waits: waits, stop: firstResponse(asOf: now))
      )
    ]
    if let minutes = limit.assessmentMin {
      clocks.append((.assessment, Clock(start: filed, limit: .minutes(minutes), waits: waits, stop: assessed)))
    }
    if let days = limit.feedbackWorkingDays {
      clocks.append((.feedback, Clock(start: filed, limit: .workingDays(days), waits: waits, stop: answered)))
    }
    if let promise {
      let kept = (answers + rounds.compactMap(\.closed)).filter { promise.moment < $0 }.min()
      clocks.append((.promise, Clock(start: promise.moment, limit: .at(promise.until), stop: kept)))
    }
    for round in rounds {
      let limit = round.dueAt.map { TimeLimit.at($0) } ?? limit.solution
      clocks.append((.solution, Clock(start: round.opened, limit: limit, waits: waits, stop: round.closed)))
    }
    return clocks
  }

  /// The same with what they show.
  public func readings(
    by rule: TimeLimitRules, asOf now: Instant
  ) -> [(step: ComplaintStep, clock: Clock, reading: ClockReading)] {
    clocks(by: rule, asOf: now).map { ($0.step, $0.clock, $0.clock.reading(asOf: now, in: rule.calendar)) }
  }
}
