/// What a token-based replay of one case counted (Rozinat & van der Aalst 2008, Conformance checking of processes based
/// on monitoring real behavior, Information Systems 33(1), §4).
///
/// The initial marking counts as produced, the final one as consumed. Where an event's activity is not enabled the
/// tokens that it misses are added, counted as missing, and it fires nevertheless. Tokens beside the final marking at
/// the end remain; tokens of the final marking that are not there are missing.
///
/// Nothing is skipped: an activity that the model lacks counts as a transition of its own, whose token nobody produced
/// and whose product nobody consumes, so one missing of one consumed and one remaining of one produced.
public struct Replay: Hashable, Sendable {
  public enum Deviation: Hashable, Sendable {
    /// Before this event so many tokens were missing: it came when the model did not allow it.
    case missing(event: Int, tokens: Int)
    /// The model has no such activity.
    case unknown(event: Int)
    /// At the end the model waits in this place, with so many tokens beside the final marking.
    case remaining(place: Int, tokens: Int)
    /// At the end so many tokens of the final marking are not in this place.
    case unfinished(place: Int, tokens: Int)
  }

  public internal(set) var produced = 0
  public internal(set) var consumed = 0
  public internal(set) var missing = 0
  public internal(set) var remaining = 0
  /// Events whose activity the model lacks. They are among the numbers above.
  public internal(set) var unknown = 0
  /// In the order of the events, what is left at the end last.
  public internal(set) var deviations: [Deviation] = []

  public var fits: Bool { missing == 0 && remaining == 0 }

  /// ½ (1 − missing ÷ consumed) + ½ (1 − remaining ÷ produced).
  public var fitness: Double { Replay.fitness(missing, consumed, remaining, produced) }

  static func fitness(_ missing: Int, _ consumed: Int, _ remaining: Int, _ produced: Int) -> Double {
    let asked = consumed == 0 ? 1 : 1 - Double(missing) / Double(consumed)
    let left = produced == 0 ? 1 : 1 - Double(remaining) / Double(produced)
    return 0.5 * asked + 0.5 * left
  }
}
