public import CompanyRules
public import Projection
import Vocabulary
public import Wire

/// Until when a claim can be brought (诉讼时效).
public struct Limitation: Sendable {
  public let clock: Clock
  /// What last counted the time anew; `nil` where nothing did.
  public let restarted: (by: LimitationRestart, moment: Moment)?

  /// - Parameters:
  ///   - known: when the one who claims knew that it was due and not met.
  ///   - named: a day that somebody named as the last; it counts until the time is counted anew.
  ///   - kind: of the contract, as contracts name theirs.
  ///   - events: what may count the time anew. One that comes after the end revives nothing. From arbitration or court on
  ///     nothing runs out while the matter is before them.
  ///   - over: when the claim was settled.
  public init(
    known: Moment, named: Day? = nil, kind: String?, events: [(by: LimitationRestart, moment: Moment)], over: Moment?,
    by rule: LimitationRule, in calendar: WorkCalendar
  ) {
    let years = TimeLimit.years(rule.years(ofKind: kind))
    var (start, limit) = (known, named.map { TimeLimit.through($0) } ?? years)
    var restarted: (by: LimitationRestart, moment: Moment)?
    var stop = over
    for event in events.sorted(by: { $0.moment < $1.moment }) where rule.restartedBy.contains(event.by) {
      guard start.at <= event.moment.at, calendar.end(of: limit, from: start.at).map({ event.moment.at <= $0 }) ?? true
      else { continue }
      if event.by == .proceedings {
        stop = [stop, event.moment].compactMap { $0 }.min()
      } else {
        (start, limit) = (event.moment, years)
      }
      restarted = event
    }
    clock = Clock(start: start, limit: limit, stop: stop)
    self.restarted = restarted
  }
}
