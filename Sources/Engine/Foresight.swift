import Projection
import Wire

/// What a subject's outcome becomes if nothing happens.
public struct Foresight: Hashable, Sendable {
  /// The first instant at which the outcome is another.
  public let at: Instant
  public let from: Outcome
  public let to: Outcome

  /// Days over which the future is looked at.
  public static let horizonDays = 730

  /// Judges the same facts at each UTC midnight after `now`, and between the last that is as now and the first that is
  /// otherwise finds the instant. A change that is undone before the next midnight is not seen.
  ///
  /// `nil`: as now over the whole horizon.
  static func look(from now: Instant, horizonDays: Int = horizonDays, _ outcome: (Instant) -> Outcome) -> Foresight? {
    let present = outcome(now)
    var low = now
    for days in 1...horizonDays {
      let high = min((now.day + days).start, .distantFuture)
      guard high > low else { return nil }
      let future = outcome(high)
      if future != present {
        let at = firstInstant(after: low, until: high) { outcome($0) != present }
        return Foresight(at: at, from: present, to: outcome(at))
      }
      low = high
    }
    return nil
  }

  /// The first instant in `low` < t ≤ `high` at which `holds` is true, to the microsecond.
  /// - Precondition: it is false at `low`, true at `high`, and changes once between them.
  static func firstInstant(after low: Instant, until high: Instant, _ holds: (Instant) -> Bool) -> Instant {
    var low = low.microseconds
    var high = high.microseconds
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if holds(Instant(microseconds: middle)) { high = middle } else { low = middle }
    }
    return Instant(microseconds: high)
  }
}
