import Events
public import Projection
public import Vocabulary
public import Wire

/// Who answers for a customer now.
public enum Ownership: Gathering, Projection {
  public typealias Rules = NoRules
  public static let name = "ownership"
  public static let shape = 2
  public static let title = Name("Who answers for a customer", "客户负责人")
  public static let key = Key.subject(.customer)
  public static let families: [any Family.Type] = [Owner.self]

  // MARK: Facts

  /// A maximum by business time for each role that leads the relation; late entries do no harm. `seq` is −1 before
  /// there is one.
  public struct Facts: BitwiseCopyable, Sendable {
    struct Holder: BitwiseCopyable, Sendable {
      var since = Moment(at: .distantPast, seq: -1)
      /// A name; `nil` while the customer is in the pool.
      var name: Int64?
    }
    var owner = Holder()
    var account = Holder()
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Owner.self) else { return }
    switch type {
    case .changed:
      switch event.code(Owner.Fact.role, of: Owner.Role.self) {
      case .owner: facts.owner.take(event)
      case .account: facts.account.take(event)
      case .solution, .fulfilment, .sponsor, nil: break
      }
    }
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some Trace
  ) -> OwnershipRow? {
    let last = facts.owner.since.seq >= 0 ? facts.owner : facts.account
    guard last.since.seq >= 0, last.since.at <= now else { return nil }
    return OwnershipRow(owner: last.name, since: last.since.at, because: last.since.seq)
  }
}

extension Ownership.Facts.Holder {
  mutating func take(_ event: borrowing Recorded) {
    guard event.moment > since else { return }
    since = event.moment
    name = event.flag(Owner.Fact.toPool) == true ? nil : event.number(Owner.Fact.to)
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
