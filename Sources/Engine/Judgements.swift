import Facts
public import Projection
import Vocabulary
public import Wire

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
  /// Judges every account by several projections as a view sees them, and gives the rows of each, in the order asked.
  ///
  /// Only what happened until the view's time is folded, so that no row knows of what came after. Accounts come in no
  /// order that may be relied on; one that has a row of none is left out. Complexity: one pass over the facts, and one
  /// judgement for each account and projection; memory for the facts alone.
  /// - Precondition: every projection is keyed by account, and none is a census.
  public func judgeAccounts(
    by asked: [Asked], view: View, progress: @escaping Progress = { _, _ in },
    _ body: (_ account: Int, _ rows: [AnyRow?]) throws -> Void
  ) throws {
    let run = try fold(asked.map(\.projection), view: view, progress: progress)
    let asOf = view.asOf ?? run.latest ?? Instant(microseconds: 0)
    let rules = try asked.map { asked in
      try asked.rule ?? rule(for: asked.projection, view, asOf: asOf)?.rule ?? RuleVersion(0, why: Name("", ""), [:])
    }
    let parts = run.results.first?.parts.count ?? 0
    for part in 0..<parts {
      let folds = run.results.map { $0.parts[part] }
      let judges = zip(run.results, rules).map { result, rule in
        result.projection.each.judge(result.parts[part], by: rule, asOf: asOf, result.names)
      }
      for account in Set(folds.flatMap(\.keys)) {
        let rows = judges.map { $0(account) }
        if rows.contains(where: { $0 != nil }) { try body(account, rows) }
      }
    }
  }

  /// The days of the earliest and the latest business time that the log knows; `nil` of an empty log. Complexity:
  /// O(events).
  public func businessDays() throws -> ClosedRange<Day>? {
    var earliest = Int64.max
    var latest = Int64.min
    var times: [Int64] = []
    for stretch in try facts().stretches {
      stretch.unpackTimes(into: &times)
      for time in times { (earliest, latest) = (min(earliest, time), max(latest, time)) }
    }
    return earliest > latest ? nil : Instant(microseconds: earliest).day...Instant(microseconds: latest).day
  }
}
