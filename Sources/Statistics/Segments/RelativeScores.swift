/// Values placed against each other, in so many steps of about equal size.
///
/// The score is 1 + the whole number of n-ths of all that are strictly worse. So equal values have equal scores, the
/// order of the list does not matter, the best has the greatest score only where enough are worse, and all are 1 where
/// all are equal.
///
/// - Parameters:
///   - steps: 5 for quintiles, 4 for quartiles; 2…100.
///   - isLowBetter: for days since the last purchase.
/// - Returns: a score 1…steps for each value, `steps` the best; nothing unless the steps are within their bounds.
/// Complexity: O(n log n).
public func relativeScores(_ values: [Int64], steps: Int, isLowBetter: Bool = false) -> [Int] {
  guard (2...100).contains(steps) else { return [] }
  let order = values.indices.sorted { isLowBetter ? values[$0] > values[$1] : values[$0] < values[$1] }
  var scores = [Int](repeating: 1, count: values.count)
  var worse = 0
  for (place, index) in order.enumerated() {
    if place > 0, values[order[place - 1]] != values[index] { worse = place }
    scores[index] = 1 + steps * worse / values.count
  }
  return scores
}

/// Which values lie above the mean of all, exactly; none where all are equal. Complexity: O(n).
public func areAboveMean(_ values: [Int64]) -> [Bool] {
  let sum = Exact.total(values)
  return values.map { Int128($0) * Int128(values.count) > sum }
}
