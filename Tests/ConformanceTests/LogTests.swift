import Conformance
import TestSupport
import Testing
import Vocabulary
import Wire

@Suite struct `A process log` {
  private func log(_ cases: [(String, String)], _ times: [String: [Int64]] = [:]) throws -> ProcessLog {
    var log = ProcessLog()
    for (name, trace) in cases {
      let entries = trace.enumerated().map { place, activity in
        ProcessLog.Entry(String(activity), at: Instant(microseconds: times[name]?[place] ?? Int64(place) * 10))
      }
      try log.add(name, entries)
    }
    return log
  }

  @Test func `has variants, the most frequent first, equals by name, whatever the order of cases`() throws {
    var cases = [("1", "abc"), ("2", "acb"), ("3", "abc"), ("4", "ab"), ("5", ""), ("6", "b"), ("7", "b"), ("8", "ab")]
    let expected = [("ab", 2), ("abc", 2), ("b", 2), ("", 1), ("acb", 1)]
    var dice = Dice(3)
    for _ in 0..<20 {
      let found = try log(cases).variants()
      #expect(found.map { $0.activities.joined() } == expected.map(\.0) && found.map(\.count) == expected.map(\.1))
      cases.shuffle(using: &dice)
    }
    let first = try log([("x", "ab"), ("y", "b"), ("z", "ab")]).variants()
    #expect(first[0].cases == [0, 2] && first[1].cases == [1])
  }

  @Test func `shows what follows what, how often, and where cases begin and end`() throws {
    let graph = FlowGraph(try log([("1", "abc"), ("2", "acb"), ("3", "abb"), ("4", "c"), ("5", "")]))
    #expect(graph.cases == 5)
    #expect(graph.activities.map { "\($0.activity)\($0.count)" } == ["b4", "a3", "c3"])
    #expect(graph.starts.map { "\($0.activity)\($0.count)" } == ["a3", "c1"])
    #expect(graph.ends.map { "\($0.activity)\($0.count)" } == ["b2", "c2"])
    #expect(graph.edges.map { "\($0.from)\($0.to)\($0.count)" } == ["ab2", "ac1", "bb1", "bc1", "cb1"])
  }

  /// Times; median, and the least that nine in ten do not exceed.
  @Test(arguments: [
    ([], 0, 0), ([7], 7, 7), ([1, 2], 1, 2), ([3, 1, 2], 2, 3), ([1, 2, 3, 10], 2, 10), (Array(1...10), 5, 9),
    (Array(1...11), 6, 10), (Array(1...20), 10, 18), ([5, 5, 5, 5], 5, 5), ([-4, -2], -3, -2),
  ] as [([Int64], Int64, Int64)]) func `spreads times by nearest rank`(times: [Int64], median: Int64, p90: Int64) {
    let spread = TimeSpread(times)
    #expect(spread.median == median && spread.p90 == p90, "\(times): \(spread)")
    #expect(spread.total == times.reduce(0, +) && spread.least == times.min() ?? 0 && spread.greatest == times.max() ?? 0)
  }

  @Test func `finds bottlenecks by the time that counts`() throws {
    let hour: Int64 = 3_600_000_000
    let given = try log([("1", "abc"), ("2", "abc"), ("3", "ac")], ["1": [0, 5 * hour, 6 * hour], "2": [0, 7 * hour, 30 * hour], "3": [0, hour]])
    let wall = FlowGraph(given)
    #expect(wall.bottlenecks().map { $0.from + $0.to } == ["bc", "ab", "ac"])
    #expect(wall.bottlenecks()[0].time.median == 12 * hour && wall.throughput.median == 6 * hour)
    #expect(wall.bottlenecks(least: 2).count == 2)
    // Nothing counts after the eighth hour.
    let worked = FlowGraph(given) { from, to in max(0, min(to.microseconds, 8 * hour) - min(from.microseconds, 8 * hour)) }
    #expect(worked.bottlenecks().map { $0.from + $0.to } == ["ab", "bc", "ac"])
    #expect(worked.bottlenecks()[1].time.median == hour)
  }

  @Test func `refuses one activity too many, and is as before`() throws {
    var log = ProcessLog()
    let names = (0..<ConformanceLimit.activities).map { ProcessLog.Entry("a\($0)", at: Instant(microseconds: 0)) }
    try log.add("all", names)
    #expect(throws: ConformanceError.self) {
      try log.add("more", [names[0], ProcessLog.Entry("new", at: Instant(microseconds: 0))])
    }
    #expect(log.cases == ["all"] && log.events == ConformanceLimit.activities)
    try log.add("again", [names[5]])
    #expect(log.variants().map(\.count) == [1, 1])
  }
}

@Suite struct `Beyond a limit` {
  @Test func `a case is refused and the others are judged`() throws {
    let net = try PetriNet(.repeated(.step(0), between: nil), steps: [("t", "a")])
    var log = ProcessLog()
    let entry = ProcessLog.Entry("a", at: Instant(microseconds: 0))
    try log.add("short", [entry])
    try log.add("limit", Array(repeating: entry, count: ConformanceLimit.events))
    try log.add("beyond", Array(repeating: entry, count: ConformanceLimit.events + 1))
    let alignment = LogAlignment(log, to: try Aligner(net))
    let replay = LogReplay(log, on: try Replayer(net))
    for summary in [alignment.summary, replay.summary] {
      #expect(summary.cases == 3 && summary.judged == 2 && summary.refused == 1 && summary.fitting == 2)
      #expect(summary.meanTraceFitness == 1 && summary.logFitness == 1)
    }
    let refusals = alignment.results.compactMap { if case .failure(let refusal) = $0 { refusal } else { nil } }
    #expect(refusals == [.tooManyEvents(ConformanceLimit.events + 1, limit: ConformanceLimit.events)])
    for refusal in refusals { #expect(refusal.message(in: .en) != refusal.message(in: .zh) && refusal.code == "E-CASE-EVENTS") }
  }

  /// Fifteen silent branches that may be skipped: more markings than a replay chooses among.
  @Test func `a replay among too many silent ways is refused`() throws {
    let wide = Block.sequence([.parallel((0..<15).map { .optional(.step($0)) }), .step(15)])
    let net = try PetriNet(wide, steps: (0..<16).map { ("t\($0)", "a\($0)") })
    let replayer = try Replayer(net)
    #expect(throws: CaseRefusal.tooManyMarkings(limit: ConformanceLimit.silentMarkings)) { try replayer.replay(["a15"]) }
  }

  @Test func `a net with more markings than are looked at is aligned without knowing them`() throws {
    let wide = Block.parallel((0..<5).map { .step($0) })
    let net = try PetriNet(wide, steps: (0..<5).map { ("t\($0)", "a\($0)") })
    #expect(try Aligner(net, lookAhead: 34).knowsAllMarkings && !Aligner(net, lookAhead: 33).knowsAllMarkings)
    for seed in UInt64(1)...40 {
      var random = RandomModel(seed: seed)
      let net = try random.net(depth: 3, activities: 6)
      let (far, near) = (try Aligner(net), try Aligner(net, lookAhead: 2))
      #expect(far.shortestRun == near.shortestRun, "seed \(seed)")
      for ending in [CaseEnding.over, .open] {
        let trace = random.trace(of: net, longest: 12, faults: 3, activities: 6)
        #expect(try far.align(trace, ending).cost == near.align(trace, ending).cost, "seed \(seed), \(trace)")
      }
    }
  }
}
