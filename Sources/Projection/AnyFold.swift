public import Vocabulary
public import Wire

/// A gathering among others: what the engine needs to fold it.
public struct AnyGathering: Sendable {
  /// Tells gatherings apart, so that one is folded once for all that judge it.
  public let identity: ObjectIdentifier
  public let key: Key
  /// The codes of the families whose events it is shown.
  public let families: Set<UInt8>
  /// See `Gathering.passesOver`.
  public let passesOver: [TypeCode]
  /// See `Gathering.readsSubjects`.
  public let readsSubjects: Bool
  public let makeFold: @Sendable (Partition, UInt8?) -> AnyFold

  /// Compiles the gathering's fold: the caller's module is where it becomes concrete.
  @inlinable public init<G: Gathering>(_: G.Type) {
    identity = ObjectIdentifier(G.self)
    key = G.key
    families = Set(G.families.map { $0.code })
    passesOver = G.passesOver
    readsSubjects = G.readsSubjects
    makeFold = { AnyFold(Fold<G>($0, kind: $1)) }
  }

  /// Whether an event of this type can change the facts.
  public func reads(_ type: TypeCode) -> Bool { families.contains(type.family) && !passesOver.contains(type) }
}

/// A fold whose gathering is not known by type.
///
/// Its functions are closures over the concrete fold, made where the gathering is known, and so compiled for it. A
/// protocol would be called through the generic code, several times slower in the loop over the log.
public final class AnyFold {
  /// The fold itself, for who knows its type.
  public let base: AnyObject
  @usableFromInline let foldBatch: (borrowing Batch, Instant) -> Void
  @usableFromInline let foldEvent: (borrowing Recorded, Int) -> Void
  @usableFromInline let makeRoom: (Int) -> Void
  @usableFromInline let makeSeriesRoom: (Int) -> Void
  @usableFromInline let families: Set<UInt8>
  @usableFromInline let listKeys: () -> [Int]
  @usableFromInline let measure: () -> (states: Int, series: Int)

  @inlinable public init<G: Gathering>(_ fold: Fold<G>) {
    base = fold
    foldBatch = { batch, limit in fold.fold(batch, until: limit) }
    foldEvent = { event, key in fold.fold(event, key: key) }
    makeRoom = { count in fold.reserve(count) }
    makeSeriesRoom = { count in fold.expect(events: count) }
    families = Set(G.families.map { $0.code })
    listKeys = { fold.keys }
    measure = { fold.memory }
  }

  /// The keys of the subjects that have facts, ascending.
  public var keys: [Int] { listKeys() }
  /// See `Fold.memory`.
  public var memory: (states: Int, series: Int) { measure() }
  public func reserve(_ count: Int) { makeRoom(count) }
  /// Makes room for what the events of a log may add, by how many it has of each family.
  /// - Parameter share: which part of the subjects this fold has.
  public func expect(_ events: [UInt8: Int], share: Int) {
    makeSeriesRoom(events.reduce(0) { $0 + (families.contains($1.key) ? $1.value : 0) } / share)
  }
  public func fold(_ batch: borrowing Batch, until limit: Instant) { foldBatch(batch, limit) }
  public func fold(_ event: borrowing Recorded, key: Int) { foldEvent(event, key) }

  /// The fold by its type.
  /// - Precondition: it gathers `G`.
  @inlinable func of<G: Gathering>(_: G.Type) -> Fold<G> {
    guard let fold = base as? Fold<G> else { preconditionFailure("a fold of another gathering") }
    return fold
  }
}
