import Facts
public import Projection
import Vocabulary
import Wire

// Judgements of all accounts as of any instant, for those who compare them with what came after.

/// A projection with the rule by which it is to be judged.
public struct Asked: Sendable {
  public let projection: AnyProjection
  /// `nil`: the rule in force under the view, if the projection judges by one.
  public let rule: RuleVersion?

  public init(_ projection: AnyProjection, by rule: RuleVersion? = nil) {
    self.projection = projection
    self.rule = rule
  }
}

extension Snapshot {
  /// The rows of several projections as a view sees them, by account.
  ///
  /// Only what happened until the view's time is folded, so that no row knows of what came after. Complexity: one pass
  /// over the facts, and one judgement for each account and projection.
  /// - Precondition: every projection is keyed by account.
  public func rows(
    of asked: [Asked], view: View, progress: @escaping Progress = { _, _ in }
  ) throws -> [[Int: AnyRow]] {
    let run = try fold(asked.map(\.projection), view: view, progress: progress)
    let asOf = view.asOf ?? run.latest ?? Instant(microseconds: 0)
    return try zip(asked, run.results).map { asked, result in
      let rule = try asked.rule ?? self.rule(for: asked.projection, view, asOf: asOf)?.rule
      var rows: [Int: AnyRow] = [:]
      for part in result.parts {
        let judge = part.judge(by: rule ?? RuleVersion(0, why: Name("", ""), [:]), asOf: asOf)
        for key in part.keys { rows[key] = judge(key) }
      }
      return rows
    }
  }

  /// The latest business time that the log knows; `nil` of an empty log.
  public func latestTime() throws -> Instant? { try facts().latest(before: size) }

  /// The earliest business time that the log knows; `nil` of an empty log. Complexity: O(events).
  public func earliestTime() throws -> Instant? {
    var earliest: Int64?
    var times: [Int64] = []
    for stretch in try facts().stretches {
      stretch.unpackTimes(into: &times)
      for time in times where time < earliest ?? .max { earliest = time }
    }
    return earliest.map { Instant(microseconds: $0) }
  }
}
