public import Wire

/// What follows what: the directly-follows graph of a log, with how long it took.
///
/// It shows what was done, not what must be: an arrow may stand for work side by side.
public struct FlowGraph: Sendable {
  public struct Edge: Hashable, Sendable {
    public let from: String
    public let to: String
    public let count: Int
    public let time: TimeSpread
  }

  public struct Count: Hashable, Sendable {
    public let activity: String
    public let count: Int
  }

  public let cases: Int
  /// How often each activity happened; and began, and ended a case. The most frequent first, then by name.
  public let activities: [Count]
  public let starts: [Count]
  public let ends: [Count]
  /// The most frequent first, then by the names.
  public let edges: [Edge]
  /// From the first event of a case to its last.
  public let throughput: TimeSpread

  /// - Parameter elapsed: microseconds between two events as they shall count, for example of working time only. The
  ///   second may lie before the first, where a log is not in the order of time.
  /// - Complexity: O(events × log events). Memory: 8 bytes an event beside the log.
  public init(_ log: ProcessLog, elapsed: (Instant, Instant) -> Int64 = FlowGraph.wallTime) {
    var counts = Counts(log.activities.count)
    for place in log.cases.indices { counts.add(log.letters(of: place), log.times(of: place), elapsed) }
    let names = log.activities
    let ranks = log.ranks()
    func listed(_ counts: [Int]) -> [Count] {
      counts.indices.filter { counts[$0] > 0 }
        .sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : ranks[$0] < ranks[$1] }
        .map { Count(activity: names[$0], count: counts[$0]) }
    }
    cases = log.cases.count
    (activities, starts, ends) = (listed(counts.activities), listed(counts.starts), listed(counts.ends))
    edges = counts.edges.sorted { a, b in
      a.value.count != b.value.count
        ? a.value.count > b.value.count : (ranks[a.key.from], ranks[a.key.to]) < (ranks[b.key.from], ranks[b.key.to])
    }.map { key, times in
      Edge(from: names[key.from], to: names[key.to], count: times.count, time: TimeSpread(times))
    }
    throughput = TimeSpread(counts.throughput)
  }

  /// Nights and weekends count.
  public static func wallTime(_ from: Instant, _ to: Instant) -> Int64 { to.microseconds - from.microseconds }

  /// Where cases wait the longest: edges with at least `least` passages, the greatest median first, then the more
  /// frequent, then by name.
  public func bottlenecks(least: Int = 1) -> [Edge] {
    edges.enumerated().filter { $0.element.count >= least }.sorted { a, b in
      let (x, y) = (a.element.time.median, b.element.time.median)
      return x != y ? x > y : a.offset < b.offset
    }.map(\.element)
  }

  private struct Pair: Hashable {
    let from: Int
    let to: Int
  }

  private struct Counts {
    var activities: [Int]
    var starts: [Int]
    var ends: [Int]
    var edges: [Pair: [Int64]] = [:]
    var throughput: [Int64] = []

    init(_ count: Int) {
      activities = Array(repeating: 0, count: count)
      (starts, ends) = (activities, activities)
    }

    mutating func add(
      _ letters: ArraySlice<Int32>, _ times: ArraySlice<Int64>, _ elapsed: (Instant, Instant) -> Int64
    ) {
      guard let first = letters.first, let last = letters.last, let begin = times.first, let end = times.last else { return }
      for letter in letters { activities[Int(letter)] += 1 }
      starts[Int(first)] += 1
      ends[Int(last)] += 1
      throughput.append(elapsed(Instant(microseconds: begin), Instant(microseconds: end)))
      for place in letters.indices.dropLast() {
        let time = elapsed(Instant(microseconds: times[place]), Instant(microseconds: times[place + 1]))
        edges[Pair(from: Int(letters[place]), to: Int(letters[place + 1])), default: []].append(time)
      }
    }
  }
}

/// How long something took, over many times: microseconds.
public struct TimeSpread: Hashable, Sendable {
  /// The middle value, or the mean of the two in the middle, rounded towards zero; 0 where there are none.
  public let median: Int64
  /// The least value that nine in ten do not exceed (nearest rank).
  public let p90: Int64
  public let least: Int64
  public let greatest: Int64
  public let total: Int64

  /// - Complexity: O(n log n).
  public init(_ times: [Int64]) {
    let sorted = times.sorted()
    guard let first = sorted.first, let last = sorted.last else {
      (median, p90, least, greatest, total) = (0, 0, 0, 0, 0)
      return
    }
    let middle = sorted.count / 2
    median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    p90 = sorted[(sorted.count * 9 + 9) / 10 - 1]
    (least, greatest) = (first, last)
    total = sorted.reduce(0) { $0.addingReportingOverflow($1).partialValue }
  }
}
