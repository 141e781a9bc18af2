import Conformance
import Projection
import Vocabulary
import Wire

// Cases in which the same was done in the same order; and what follows what.

extension ProcessCheck {
  public static let variantColumns = [
    Column("variant", .integer, "Variant", "变体"), Column("cases", .integer, "Cases", "案例数"),
    Column("share", .integer, "Share", "占比"), Column("running", .flag, "Running", "进行中"),
    Column("events", .integer, "Events", "事件数"), Column("cost", .integer, "Cost", "代价"),
    Column("fitness", .integer, "Fitness", "拟合度"), Column("tokenFitness", .integer, "By tokens", "托肯拟合度"),
    Column("missing", .integer, "Tokens missing", "缺失托肯"), Column("consumed", .integer, "Consumed", "消耗托肯"),
    Column("remaining", .integer, "Remaining", "残留托肯"), Column("produced", .integer, "Produced", "产生托肯"),
    Column("medianHours", .integer, "Median hours", "中位时长（小时）"), Column("example", .text, "One of them", "案例之一"),
    Column("steps", .text, "Order of steps", "步骤次序"),
  ]

  /// The most frequent first. For programs the order of steps is one of ids or names; for people, of titles.
  public func variantRows(in language: Language?) -> [[Cell]] {
    VariantConformance.all(of: results).enumerated().map { number, variant in
      let steps = variant.activities.map { activity in language.map { title(of: activity, in: $0) } ?? word(of: activity) }
      let replay = variant.replay
      func tokens(_ number: Int?) -> Cell { number.map { .integer(Int64($0)) } ?? .null }
      return [
        .integer(Int64(number + 1)), .integer(Int64(variant.cases.count)),
        .decimal(Double(variant.cases.count) / Double(max(1, results.count)), places: 4), .flag(variant.isRunning),
        .integer(Int64(variant.activities.count)), .integer(Int64(variant.alignment.cost)),
        ProcessCheck.share(variant.alignment.fitness), ProcessCheck.share(replay?.fitness), tokens(replay?.missing),
        tokens(replay?.consumed), tokens(replay?.remaining), tokens(replay?.produced), ProcessCheck.hours(variant.throughput.median),
        .text(cases[variant.cases[0]].subject.description), .text(steps.joined(separator: " → ")),
      ]
    }
  }

  static func hours(_ microseconds: Int64) -> Cell { .decimal(Double(microseconds) / 3_600_000_000, places: 2) }

  public static let flowColumns = [
    Column("from", .text, "From", "自"), Column("to", .text, "To", "至"), Column("count", .integer, "How often", "次数"),
    Column("medianHours", .integer, "Median hours", "中位时长（小时）"), Column("p90Hours", .integer, "Nine in ten within", "九成不超过"),
    Column("leastHours", .integer, "Least", "最短"), Column("greatestHours", .integer, "Greatest", "最长"),
    Column("totalHours", .integer, "All together", "合计"),
  ]

  /// The directly-follows graph of the cases, by wall time. An edge from nowhere is a begin, one to nowhere an end.
  ///
  /// - Parameter bottlenecks: only edges between two steps, the greatest median first, of those that were passed at least
  ///   so often.
  /// - Throws: `ConformanceError` where there are too many cases or activities.
  public func flowRows(bottlenecks: Int? = nil, in language: Language?) throws(ConformanceError) -> [[Cell]] {
    let graph = FlowGraph(try log())
    func name(_ activity: String) -> Cell { .text(language.map { title(of: activity, in: $0) } ?? word(of: activity)) }
    func row(_ edge: FlowGraph.Edge) -> [Cell] {
      [
        name(edge.from), name(edge.to), .integer(Int64(edge.count)), ProcessCheck.hours(edge.time.median),
        ProcessCheck.hours(edge.time.p90), ProcessCheck.hours(edge.time.least), ProcessCheck.hours(edge.time.greatest),
        ProcessCheck.hours(edge.time.total),
      ]
    }
    if let bottlenecks { return graph.bottlenecks(least: bottlenecks).map(row) }
    let nothing: [Cell] = [.null, .null, .null, .null, .null]
    let begins = graph.starts.map { [.null, name($0.activity), .integer(Int64($0.count))] + nothing }
    let ends = graph.ends.map { [name($0.activity), .null, .integer(Int64($0.count))] + nothing }
    return begins + graph.edges.map(row) + ends
  }

  private func log() throws(ConformanceError) -> ProcessLog {
    var log = ProcessLog()
    for one in cases {
      try log.add(
        one.subject.description, zip(one.activities, one.events).map { ProcessLog.Entry($0, at: $1.at) })
    }
    return log
  }
}
