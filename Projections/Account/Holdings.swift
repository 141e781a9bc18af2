public import Events
public import Projection
public import Wire

/// Who answered for a customer, role by role, over time.
///
/// Changes that are about an opportunity, a contract or another thing of the customer are not taken: they say who answers
/// for that thing. Late entries: the changes stand in the order of recording and are sorted when read.
public struct Holdings: BitwiseCopyable, Sendable {
  /// One entry a change: who, why and in which role, see `Holdings.packed`.
  var changes = Series()

  public init() {}

  public var isEmpty: Bool { changes.count == 0 }

  public mutating func take(_ type: Owner, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .changed:
      guard event.thing == nil, let role = event.number(Owner.Fact.role) else { return }
      let isPool = event.flag(Owner.Fact.toPool) == true
      let name = isPool ? nil : event.number(Owner.Fact.to)
      series.append(
        event.moment, ((name ?? -1) + 1) << 8 | (event.number(Owner.Fact.cause) ?? 0) << 4 | role & 15, to: &changes)
    }
  }
}

/// The time in which somebody answered for a customer in one role, or nobody did.
public struct Holding: Hashable, Sendable {
  public let role: Owner.Role
  /// A name; `nil` while the customer lies in the pool.
  public let holder: Int64?
  public let cause: Owner.Cause?
  public let since: Moment
  /// The change that ended it; `nil` while it lasts.
  public let until: Moment?

  public func lasts(at now: Instant) -> Bool { since.at <= now && (until.map { now < $0.at } ?? true) }
}

extension Holdings {
  /// All holdings that began by `now`, by business time; one that ends later lasts. Complexity: O(changes).
  public func all(in series: borrowing SeriesStore, asOf now: Instant) -> [Holding] {
    var following = [Moment?](repeating: nil, count: 16)
    var all: [Holding] = []
    for change in series.inOrder(changes).reversed() where change.moment.at <= now {
      let place = Int(change.value & 15)
      guard let role = Owner.Role(rawValue: UInt8(place)) else { continue }
      let name = change.value >> 8
      all.append(
        Holding(
          role: role, holder: name == 0 ? nil : name - 1, cause: Owner.Cause(rawValue: UInt8(change.value >> 4 & 15)),
          since: change.moment, until: following[place]))
      following[place] = change.moment
    }
    all.reverse()
    return all
  }
}

extension [Holding] {
  /// Who holds a role at present.
  public func present(_ role: Owner.Role) -> Holding? { last { $0.role == role } }

  /// Who leads the relation: the owner, and where there never was one, who is responsible for the account.
  public var leading: Holding? { present(.owner) ?? present(.account) }

  /// The holdings of the role that leads the relation.
  public var leadingCourse: [Holding] {
    guard let role = leading?.role else { return [] }
    return filter { $0.role == role }
  }
}
