public import Vocabulary

/// A quantity that conditions may ask for, such as the days since the last purchase.
///
/// A projection publishes its measures beside its rules. Their names are part of the rule language: a rule that was
/// published years ago still says them, so a name that has shipped is never taken away and never means another thing.
public struct Measure: Hashable, Sendable {
  /// What a measure counts, which decides what it can be compared with.
  public enum Unit: String, Hashable, Sendable, CaseIterable {
    case days, count, score, minor, points, word
    /// What is left when like is divided by like.
    case number
  }

  /// How the measure changes from one day to the next while nothing happens.
  public enum Motion: Hashable, Sendable {
    case still, rising, falling
  }

  /// Whether the measure is taken over a window of days.
  public enum WindowUse: Hashable, Sendable {
    case never, optional, always
  }

  /// Stable within its vocabulary; how the source of the values knows it.
  public let id: UInt8
  public let name: Name
  public let unit: Unit
  public let motion: Motion
  public let window: WindowUse
  /// The source gives so many times the value: 2 where halves occur.
  public let scale: Int64
  /// The words that it may be, where `unit` is `word`.
  public let words: [Word]
  /// Passes over the subject's history that one look takes at most; 1 for a number that lies ready.
  public let cost: Int

  public init(
    _ id: UInt8, _ en: String, _ zh: String, _ unit: Unit, _ motion: Motion = .still, window: WindowUse = .never,
    scale: Int64 = 1, words: [Word] = [], cost: Int = 1
  ) {
    self.id = id
    name = Name(en, zh)
    self.unit = unit
    self.motion = motion
    self.window = window
    self.scale = scale
    self.words = words
    self.cost = cost
  }
}

extension Measure.Unit {
  public var title: Name {
    switch self {
    case .days: Name("days", "天")
    case .count: Name("count", "次")
    case .score: Name("score", "分")
    case .minor: Name("money", "金额")
    case .points: Name("points", "积分")
    case .word: Name("word", "词")
    case .number: Name("number", "数")
    }
  }
}

/// The days that a measure is taken over: `length` of them, up to the day `skip` days before the day of judgement.
public struct Window: Hashable, Sendable {
  public let length: Int
  public let skip: Int

  public init(length: Int, skip: Int = 0) {
    self.length = length
    self.skip = skip
  }
}

/// A measure as a condition uses it.
public struct MeasureUse: Hashable, Sendable {
  public let measure: Measure
  public let window: Window?

  public init(_ measure: Measure, window: Window? = nil) {
    self.measure = measure
    self.window = window
  }
}

extension Measure.Unit {
  /// The largest value, in either direction, that a source may give; what lies beyond counts as this much.
  var bound: Int64 {
    switch self {
    case .days: 10_000_000
    case .count, .score, .points, .number: 1_000_000_000
    case .minor: 10_000_000_000_000_000
    case .word: 255
    }
  }
}
