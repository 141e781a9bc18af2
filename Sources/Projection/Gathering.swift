public import Vocabulary

/// What is gathered of each customer, contract or opportunity: the facts on which judgements rest.
///
/// Without opinion and without a clock. Facts never depend on rules, so a new rule re-judges and does not read the log
/// again. Several projections may judge the same gathering; it is then folded once for all of them.
public protocol Gathering: Sendable {
  /// What the judgement rests on, and nothing else.
  associatedtype Facts: BitwiseCopyable & Sendable

  /// Of whom facts are gathered: of accounts (customers with all that belongs to them), or of one kind of subject.
  static var key: Key { get }
  /// The families that `evolve` looks at; events of others are not shown to it.
  static var families: [any Family.Type] { get }
  /// Types of these families that leave the facts as they are, whatever was gathered before: an event of such a type makes no
  /// read model old. Has a default: none. Worth saying of types that come often.
  static var passesOver: [TypeCode] { get }
  static var initial: Facts { get }
  /// Whether `evolve` asks what an event is about (`Recorded.subject`). Has a default: it does not.
  static var readsSubjects: Bool { get }

  /// Gathers facts. No rule, no clock, no `default:`, so that a new type of a family must be placed here.
  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore)

  /// Whether `willEvolve` asks for anything. Has a default: it does not.
  static var looksThroughLists: Bool { get }
  /// Asks for the places in series that `evolve` will read or write, of a subject whose event comes soon. Worth saying
  /// where nearly every event does.
  static func willEvolve(_ facts: Facts, _ series: borrowing SeriesStore)

  /// Asks for the series of a subject that will be judged soon (`SeriesStore.willRead`). Has a default that asks for
  /// nothing; worth saying where a million subjects have several series each.
  static func willJudge(_ facts: Facts, _ series: borrowing SeriesStore)
}

extension Gathering {
  @inlinable public static var looksThroughLists: Bool { false }
  @inlinable public static func willEvolve(_ facts: Facts, _ series: borrowing SeriesStore) {}
  @inlinable public static func willJudge(_ facts: Facts, _ series: borrowing SeriesStore) {}
}

extension Gathering {
  @inlinable public static var passesOver: [TypeCode] { [] }
  @inlinable public static var readsSubjects: Bool { false }
}

/// Whose facts are gathered together.
public enum Key: Sendable {
  case account
  case subject(EntityKind)
}
