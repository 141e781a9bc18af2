public import Vocabulary
public import Wire

/// A question that Keshi answers about every customer, contract or opportunity.
///
/// Two steps, kept apart: `evolve` gathers facts, without opinion and without a clock; `conclude` judges them by a rule
/// that it is handed, as of a time that it is handed. Facts never depend on rules, so a new rule re-judges and does not
/// read the log again.
public protocol Projection: Sendable {
  /// What the judgement rests on, and nothing else.
  associatedtype Facts: BitwiseCopyable & Sendable
  associatedtype Rules: RuleBody
  associatedtype Conclusion: Row

  /// The word by which commands, files and rules name it.
  static var name: String { get }
  /// Goes up when `Facts` or `Row` change, so that an older read model is seen to be old.
  static var shape: Int { get }
  static var title: Name { get }
  /// Whose rows these are: accounts (customers with all that belongs to them), or one kind of subject.
  static var key: Key { get }
  /// The families that `evolve` looks at; events of others are not shown to it.
  static var families: [any Family.Type] { get }
  /// The rule's kind and its shipped versions; `nil` for a read model that judges nothing.
  static var ruleKind: String? { get }
  static var shippedRules: [RuleVersion] { get }
  static var initial: Facts { get }

  /// Gathers facts. No rule, no clock, no `default:`, so that a new type of a family must be placed here.
  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore)

  /// Judges by the rule and the time that it is handed. `nil`: this subject has no row.
  static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<Rules>, asOf now: Instant, trace: inout some Trace
  ) -> Conclusion?
}

/// Whose facts are gathered together.
public enum Key: Sendable {
  case account
  case subject(EntityKind)
}

extension Projection {
  public static var ruleKind: String? { nil }
  public static var shippedRules: [RuleVersion] { [] }
}
