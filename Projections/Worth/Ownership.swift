import AccountHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// Who answers for a customer now: beside reports about customers, without all that `Dossier` gathers.
public enum Ownership: Gathering, Projection {
  public typealias Rules = NoRules
  public static let name = "ownership"
  public static let shape = 3
  public static let title = Name("Who answers for a customer", "客户负责人")
  public static let key = Key.subject(.customer)
  public static let families: [any Family.Type] = [Owner.self]

  public struct Facts: BitwiseCopyable, Sendable {
    var holdings = Holdings()
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Owner.self) else { return }
    facts.holdings.take(type, event, &series)
  }

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some Trace
  ) -> OwnershipRow? {
    guard let last = facts.holdings.all(in: series, asOf: now).leading else { return nil }
    return OwnershipRow(owner: last.holder, since: last.since.at, because: last.since.seq)
  }
}

// MARK: Row

public struct OwnershipRow: NamingRow {
  /// A name; `nil` while the customer is in the pool.
  public let owner: Int64?
  public let since: Instant?
  public let because: Int64?
  public static let columns: [Column] = [Column("owner", .text, "Owner", "负责人")]
  public func values(_ names: any Names) -> [Value] { [Value(name: owner, names)] }
}
