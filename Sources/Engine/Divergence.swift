import Facts
import Projection
import Wire

/// Where the conclusions of two rules about one subject first part.
public struct Divergence: Hashable, Sendable {
  /// The first instant at which they differ.
  public let at: Instant
  /// The event that made them differ: the one that happened then; where time alone made the difference, the one that
  /// the new conclusion rests on, or the old one, or else the newest by then.
  public let seq: Int64

  /// Plays a subject's events through by business time, and judges by both rules at each of them and at each UTC
  /// midnight between them; the instant is then found to the microsecond. A difference that begins and ends between two
  /// of these is not seen.
  ///
  /// - Parameters:
  ///   - events: as a view sees them, none later than `now`.
  ///   - wanted: `.outcome` looks for another outcome, `.particulars` for any other row.
  /// - Complexity: a judgement by each rule for every event and every day of the subject's history.
  static func first(
    _ projection: AnyProjection, _ events: AccountEvents, _ old: RuleVersion, _ new: RuleVersion, until now: Instant,
    wanted: Difference, _ names: any Names = NoNames()
  ) -> Divergence? {
    let order = (0..<events.count).sorted { (events.at($0), events.seq($0)) < (events.at($1), events.seq($1)) }
    let fold = projection.source.makeFold(.whole, nil)
    let difference = projection.each.difference(fold, old, new, names)
    func differs(_ now: Instant) -> Bool {
      let found = difference(0, now)
      return wanted == .outcome ? found == .outcome : found != .none
    }
    var place = 0
    while place < order.count {
      let at = events.at(order[place])
      while place < order.count, events.at(order[place]) == at {
        events.fold(order[place], into: fold)
        place += 1
      }
      let seq = events.seq(order[place - 1])
      if differs(at) { return Divergence(at: at, seq: seq) }
      let end = place < order.count ? Instant(microseconds: events.at(order[place]).microseconds - 1) : now
      if let found = first(after: at, until: end, differs) {
        let because = [new, old].lazy.compactMap { projection.each.judge(fold, by: $0, asOf: found, names)(0)?.because }.first
        return Divergence(at: found, seq: because ?? seq)
      }
    }
    return nil
  }

  /// The first instant in `start` < t ≤ `end` that is found to differ.
  private static func first(after start: Instant, until end: Instant, _ differs: (Instant) -> Bool) -> Instant? {
    var low = start
    while low < end {
      let high = min((low.day + 1).start, end)
      if differs(high) { return Foresight.firstInstant(after: low, until: high, differs) }
      low = high
    }
    return nil
  }
}
