/// How often each activity must and may still happen from a marking to the end. What is left of a case can then be held
/// against it: the bound from below that makes the search for alignments short.
struct MarkingBounds: Sendable {
  private let activities: Int
  /// By marking and activity, at most `least`.
  private let fewest: [UInt8]
  /// By marking and activity; `unlimited` where there is no end to it, or none that fits.
  private let most: [UInt8]
  /// Visible transitions on the shortest way to the end; -1 where there is none.
  let toFinal: [Int32]

  private static let least: UInt8 = 254
  private static let unlimited: UInt8 = 255

  /// - Parameter space: one whose every marking has its firings.
  /// - Complexity: O(firings × activities).
  init(_ space: MarkingSpace) {
    let graph = FiringGraph(space)
    activities = space.net.activities.count
    toFinal = graph.shortest { $0 >= 0 }
    var fewest = Array(repeating: MarkingBounds.least, count: graph.count * activities)
    for activity in 0..<activities {
      for (marking, count) in graph.shortest({ Int($0) == activity }).enumerated() where count >= 0 {
        fewest[marking * activities + activity] = UInt8(min(count, Int32(MarkingBounds.least)))
      }
    }
    self.fewest = fewest
    most = graph.longest(activities, unlimited: MarkingBounds.unlimited, mayEnd: toFinal.map { $0 >= 0 })
  }

  /// Whether every way to the end from a marking has this activity.
  func mustFire(_ activity: Int, from marking: Int) -> Bool {
    reachesFinal(marking) && fewest[marking * activities + activity] > 0
  }

  func reachesFinal(_ marking: Int) -> Bool { toFinal[marking] >= 0 }

  /// The least that the rest of an alignment costs.
  ///
  /// Every way to the end fires an activity at least so often; what the case has less of it is skipped. No way fires it
  /// more than so often; what the case has more of it was inserted. These moves are all different ones, so their
  /// numbers add up to no more than any alignment costs; along a move the sum falls by no more than the move costs,
  /// so that A* need never open a state again.
  ///
  /// - Parameters:
  ///   - left: how often each activity is still to come in the case.
  ///   - mayStop: the case may end anywhere: what is not yet done was not skipped.
  func least(at marking: Int, left: UnsafePointer<UInt16>, mayStop: Bool) -> Int {
    var sum = 0
    let row = marking * activities
    for activity in 0..<activities {
      let there = Int(left[activity])
      let low = Int(fewest[row + activity])
      let high = most[row + activity]
      if !mayStop, low > there { sum += low - there }
      if high != MarkingBounds.unlimited, there > Int(high) { sum += there - Int(high) }
    }
    return sum
  }
}

/// The firings of a whole space, forwards and backwards.
private struct FiringGraph {
  let space: MarkingSpace
  let count: Int
  /// Firings of each marking, as ranges of the space's list.
  private var ranges: [Range<Int>] = []
  /// Marking before each firing, and firings by the marking behind them.
  private var sources: [Int32]
  private var intoBegins: [Int]
  private var into: [Int32]

  init(_ given: MarkingSpace) {
    var space = given
    count = space.count
    sources = Array(repeating: 0, count: space.firings.count)
    intoBegins = Array(repeating: 0, count: count + 1)
    into = Array(repeating: 0, count: space.firings.count)
    for marking in 0..<count {
      let range = (try? space.firings(at: marking)) ?? 0..<0
      ranges.append(range)
      for firing in range { sources[firing] = Int32(marking) }
    }
    self.space = space
    for firing in space.firings { intoBegins[Int(firing.target) + 1] += 1 }
    for marking in 0..<count { intoBegins[marking + 1] += intoBegins[marking] }
    var fill = intoBegins
    for (number, firing) in space.firings.enumerated() {
      into[fill[Int(firing.target)]] = Int32(number)
      fill[Int(firing.target)] += 1
    }
  }

  private func label(_ firing: Int) -> Int32 { space.net.labels[Int(space.firings[firing].transition)] }

  /// The fewest firings that count, from each marking to the final one; -1 where no way leads there. Breadth first from
  /// the end, what does not count before what does.
  func shortest(_ counts: (Int32) -> Bool) -> [Int32] {
    var distance: [Int32] = Array(repeating: -1, count: count)
    var level = [space.final]
    var next: [Int] = []
    var steps: Int32 = 0
    while !level.isEmpty {
      while let marking = level.popLast() {
        guard distance[marking] < 0 else { continue }
        distance[marking] = steps
        for place in intoBegins[marking]..<intoBegins[marking + 1] {
          let firing = Int(into[place])
          let source = Int(sources[firing])
          guard distance[source] < 0 else { continue }
          if counts(label(firing)) { next.append(source) } else { level.append(source) }
        }
      }
      (level, next) = (next, [])
      steps += 1
    }
    return distance
  }

  /// The most firings of each activity from each marking to the final one, by marking and activity.
  ///
  /// Within a strongly connected part an activity may fire without end; between parts there is no way back, so the
  /// parts are taken from the last to the first.
  func longest(_ activities: Int, unlimited: UInt8, mayEnd: [Bool]) -> [UInt8] {
    let parts = StrongParts(count: count) { marking in
      ranges[marking].lazy.map { Int(space.firings[$0].target) }.filter { mayEnd[$0] }
    }
    var most = [UInt8](repeating: 0, count: parts.count * activities)
    for marking in parts.order where mayEnd[marking] {
      let part = parts.part[marking] * activities
      for firing in ranges[marking] {
        let target = Int(space.firings[firing].target)
        guard mayEnd[target] else { continue }
        let there = parts.part[target] * activities
        let own = Int(label(firing))
        if there == part {
          if own >= 0 { most[part + own] = unlimited }
          continue
        }
        for activity in 0..<activities {
          let more = most[there + activity]
          let sum = more == unlimited ? more : more + (own == activity ? 1 : 0)
          most[part + activity] = max(most[part + activity], sum)
        }
      }
    }
    return (0..<count).flatMap { marking in
      most[parts.part[marking] * activities..<(parts.part[marking] + 1) * activities]
    }
  }
}
