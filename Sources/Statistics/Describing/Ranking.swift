/// How well a score tells two groups apart: the probability that one who has the outcome scores higher than one who has
/// it not, ties counting half. The area under the receiver operating characteristic (Hanley & McNeil 1982, Radiology
/// 143, 29–36), computed from ranks (Mann & Whitney 1947).
///
/// `nil` where one group is empty. What is no number has no rank, and the answer is `nil` too. Complexity: O(n log n).
public func areaUnderCurve(_ scored: [(score: Double, outcome: Bool)]) -> Double? {
  let positives = scored.count { $0.outcome }
  let negatives = scored.count - positives
  guard positives > 0, negatives > 0, !scored.contains(where: { $0.score.isNaN }) else { return nil }
  let sorted = scored.sorted { $0.score < $1.score }
  // Twice the count of pairs in which the positive stands above, so that ties stay whole.
  var doubled = 0
  var below = 0
  var place = 0
  while place < sorted.count {
    var end = place
    var tiedPositives = 0
    while end < sorted.count, sorted[end].score == sorted[place].score {
      tiedPositives += sorted[end].outcome ? 1 : 0
      end += 1
    }
    let tiedNegatives = end - place - tiedPositives
    doubled += tiedPositives * (2 * below + tiedNegatives)
    below += tiedNegatives
    place = end
  }
  return Double(doubled) / 2 / (Double(positives) * Double(negatives))
}

/// Warnings against what happened, as counts that add up over months.
public struct Hits: Hashable, Sendable {
  /// Judged.
  public private(set) var judged = 0
  /// Warned of.
  public private(set) var flagged = 0
  /// Who had the outcome.
  public private(set) var outcomes = 0
  /// Warned of, and had the outcome.
  public private(set) var caught = 0

  public init() {}

  public mutating func count(flagged isFlagged: Bool, outcome: Bool) {
    judged += 1
    flagged += isFlagged ? 1 : 0
    outcomes += outcome ? 1 : 0
    caught += isFlagged && outcome ? 1 : 0
  }

  public static func + (a: Hits, b: Hits) -> Hits {
    var sum = a
    sum.judged += b.judged
    sum.flagged += b.flagged
    sum.outcomes += b.outcomes
    sum.caught += b.caught
    return sum
  }

  /// The share of all who had the outcome; `nil` where nobody was judged.
  public var baseRate: Double? { judged > 0 ? Double(outcomes) / Double(judged) : nil }
  /// Of those warned of, the share who had the outcome; `nil` where nobody was warned of.
  public var precision: Double? { flagged > 0 ? Double(caught) / Double(flagged) : nil }
  /// Of those who had the outcome, the share warned of; `nil` where nobody had it.
  public var recall: Double? { outcomes > 0 ? Double(caught) / Double(outcomes) : nil }
}

/// The middle value, the mean of the two in the middle where there is no one; `nil` of nothing.
public func median(_ values: [Int]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  return (Double(sorted[(sorted.count - 1) / 2]) + Double(sorted[sorted.count / 2])) / 2
}
