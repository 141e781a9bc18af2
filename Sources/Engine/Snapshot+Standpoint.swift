import Events
import Facts
public import Projection
public import ReadModels
import Vocabulary
public import Wire

/// What a view comes to for one read model: how many events it sees, as of when, by which rule.
public struct Standpoint: Hashable, Sendable {
  public let position: Int64
  public let asOf: Instant
  /// `nil` for a read model that judges nothing.
  public let ruleHash: String?

  public init(position: Int64, asOf: Instant, ruleHash: String?) {
    (self.position, self.asOf, self.ruleHash) = (position, asOf, ruleHash)
  }

  /// From where a stored model was made.
  public init(_ provenance: Provenance) {
    self.init(position: provenance.position, asOf: provenance.asOf, ruleHash: provenance.rule?.bodyHash)
  }
}

extension Snapshot {
  /// From where a view looks at a read model: two views with the same standpoint see the same rows.
  public func standpoint(of projection: AnyProjection, _ view: View) throws -> Standpoint {
    let position = try position(of: view)
    let asOf = try asOf(view, before: position)
    return Standpoint(position: position, asOf: asOf, ruleHash: try rule(for: projection, view, asOf: asOf)?.hash)
  }
}

extension Snapshot {
  /// How many of the first `position` events a projection must know: behind the last of them, nothing that it reads was
  /// recorded, and nothing that it reads was corrected. Its rows at either position are the same, as of the same time.
  ///
  /// Complexity: O(events behind it), at least one stretch.
  public func concern(of projection: AnyProjection, before position: Int64) throws -> Int64 {
    let codes = catalogue.entries.map(\.code).filter(projection.reads)
    let recent = codes.compactMap { code in tail?.positions(of: code).last { $0 < position } }.max()
    if let recent { return recent + 1 }
    for stretch in try base().stretches.reversed() where stretch.first < position {
      if let last = stretch.last(before: position, projection.reads) { return last + 1 }
    }
    return 0
  }

  /// Whether anything that a projection reads was recorded at one of these positions, or corrected there.
  ///
  /// Complexity: O(events of the range) at most; the same as comparing `concern` before both ends, and quick where the
  /// range is short.
  public func concerns(_ projection: AnyProjection, in range: Range<Int64>) throws -> Bool {
    if let tail, tail.has(in: range, projection.reads) { return true }
    return try base().stretches.reversed().prefix { $0.first + Int64($0.count) > range.lowerBound }
      .contains { $0.has(in: range, projection.reads) }
  }

  /// How many events a view sees, and as of when.
  public func standpoint(_ view: View) throws -> Standpoint {
    let position = try position(of: view)
    return Standpoint(position: position, asOf: try asOf(view, before: position), ruleHash: nil)
  }

  /// The customer to whom a subject belongs: `customer:4` of `contract:K-7`. `nil` where nothing is known of it.
  public func customer(of subject: String) throws -> String? { try account(of: subject)?.holder }
}

extension AnyProjection {
  /// Whether an event of this type can change its rows: one that it reads, or a correction, which may change any of those.
  fileprivate func reads(_ type: TypeCode) -> Bool { type.family == Correction.code || sources.contains { $0.reads(type) } }
}
