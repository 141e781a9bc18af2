public import Vocabulary

/// What must still be true of the log when a command is recorded: the boundary within which it is consistent.
///
/// All conditions of a command are looked at, and its events are recorded, in one turn in which nothing else is
/// written. So two commands that rest on each other's absence cannot both succeed.
public enum Condition: Hashable, Sendable {
  /// So many events have this subject.
  case version(Subject, Int)
  /// No event of these types about any of these subjects was recorded at or after a position. No types: of any type.
  case none(of: Set<String>, about: Set<Subject>, from: Int64)
}

/// A command's condition that does not hold any more. Nothing was written; what it rested on must be read again.
public struct ConditionFailed: Error, Hashable, Sendable {
  public let condition: Condition
  /// The event that came between; `nil` for a version that was never right.
  public let seq: Int64?
  /// How many events the subject has, for a version.
  public let actual: Int?

  public var code: String { "E-CONDITION" }

  public func message(in language: Language) -> String {
    switch condition {
    case .version(let subject, let expected):
      Name(
        "\(subject) has \(actual ?? 0) events, not \(expected)",
        "\(subject) 有 \(actual ?? 0) 个事件，而非 \(expected) 个")[language]
    case .none:
      Name(
        "event \(seq ?? 0) was recorded meanwhile, on which this rests", "其间入账的事件 \(seq ?? 0) 影响了此命令的前提")[language]
    }
  }
}
