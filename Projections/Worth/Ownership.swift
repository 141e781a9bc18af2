import Events
public import Projection
public import Vocabulary
public import Wire

/// Which event says who answers for a customer now. Names are texts, and texts are no facts: who wants the name reads
/// the event.
public enum Ownership: Gathering, Projection {
  public typealias Rules = NoRules
  public static let name = "ownership"
  public static let shape = 1
  public static let title = Name("Who answers for a customer", "客户负责人")
  public static let key = Key.subject(.customer)
  public static let families: [any Family.Type] = [Owner.self]

  // MARK: Facts

  /// A maximum by business time for each role that leads the relation; late entries do no harm. `seq` is −1 before
  /// there is one.
  public struct Facts: BitwiseCopyable, Sendable {
    var owner = Moment(at: .distantPast, seq: -1)
    var account = Moment(at: .distantPast, seq: -1)
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Owner.self) else { return }
    switch type {
    case .changed:
      switch event.code(Owner.Fact.role, of: Owner.Role.self) {
      case .owner: facts.owner = max(facts.owner, event.moment)
      case .account: facts.account = max(facts.account, event.moment)
      case .solution, .fulfilment, .sponsor, nil: break
      }
    }
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some Trace
  ) -> OwnershipRow? {
    let last = facts.owner.seq >= 0 ? facts.owner : facts.account
    guard last.seq >= 0, last.at <= now else { return nil }
    return OwnershipRow(since: last.at, because: last.seq)
  }
}

// MARK: Row

public struct OwnershipRow: Row {
  public let since: Instant?
  public let because: Int64?
  public static let columns: [Column] = [Column("event", .position, "Event", "依据事件")]
  public var values: [Value] { [Value(because)] }
}
