public import Vocabulary
public import Wire

/// Whether somebody had learnt a procedure when they did a step of it.
public enum TrainingState: Hashable, Sendable {
  /// This version, since then.
  case trained(since: Instant)
  /// Only an earlier version.
  case earlierVersion(Int)
  /// It had run out on this day.
  case expired(on: Day)
  case untrained
  /// Nobody is named, or nothing is recorded of training at all.
  case unknown

  /// Whether it is a fault that this person did the step.
  public var isLacking: Bool {
    switch self {
    case .trained, .unknown: false
    case .earlierVersion, .expired, .untrained: true
    }
  }

  /// Stable, for programs: `trained`, `earlier-version`, …
  public var code: String {
    switch self {
    case .trained: "trained"
    case .earlierVersion: "earlier-version"
    case .expired: "expired"
    case .untrained: "untrained"
    case .unknown: "unknown"
    }
  }

  /// Every code with its title.
  public static let words = [
    Word("trained", "Trained", "已培训"), Word("earlier-version", "Earlier version only", "仅培训过旧版"),
    Word("expired", "Expired", "已到期"), Word("untrained", "Not trained", "未培训"), Word("unknown", "Not known", "不详"),
  ]

  public var title: Name {
    switch self {
    case .trained(let since): Name("trained since \(since.day)", "自 \(since.day) 起已培训")
    case .earlierVersion(let version): Name("trained for version \(version) only", "仅培训过第 \(version) 版")
    case .expired(let day): Name("training expired on \(day)", "培训已于 \(day) 到期")
    case .untrained: Name("not trained", "未培训")
    case .unknown: Name("training not known", "培训情况不详")
    }
  }
}

/// Says whether a person (an event's `actor`) had learnt a version of a procedure at a time.
public typealias TrainingLookup = @Sendable (_ person: String, _ procedure: Procedure, _ at: Instant) -> TrainingState
