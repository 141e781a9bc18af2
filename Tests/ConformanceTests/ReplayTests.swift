import Conformance
import TestSupport
import Testing
import Wire

@Suite struct `A token-based replay` {
  private func replay(_ trace: String, _ block: Block, _ activities: String) throws -> Replay {
    let net = try PetriNet(block, steps: activities.enumerated().map { ("t\($0)", String($1)) })
    return try Replayer(net).replay(trace.map { String($0) })
  }

  private static let abc = Block.sequence([.step(0), .step(1), .step(2)])

  /// Trace; missing, consumed, remaining, produced.
  @Test(arguments: [
    ("abc", [0, 4, 0, 4]), ("ab", [1, 3, 1, 3]), ("ac", [1, 3, 1, 3]), ("", [1, 1, 1, 1]), ("aabc", [1, 5, 1, 5]),
    ("acb", [1, 4, 1, 4]), ("c", [1, 2, 1, 2]),
  ]) func `counts tokens as the paper does`(trace: String, counts: [Int]) throws {
    let found = try replay(trace, Self.abc, "abc")
    #expect([found.missing, found.consumed, found.remaining, found.produced] == counts, "\(trace): \(found)")
    #expect(found.fits == (counts[0] + counts[2] == 0))
    let fitness = 0.5 * (1 - Double(counts[0]) / Double(counts[1])) + 0.5 * (1 - Double(counts[2]) / Double(counts[3]))
    #expect(abs(found.fitness - fitness) < 1e-12)
  }

  @Test func `does not pass over what the model lacks`() throws {
    let found = try replay("axbc", Self.abc, "abc")
    #expect([found.missing, found.consumed, found.remaining, found.produced, found.unknown] == [1, 5, 1, 5, 1])
    #expect(!found.fits && found.fitness == 0.8 && found.deviations == [.unknown(event: 1)])
    #expect(try replay("xyz", Self.abc, "abc").fitness < 0.3)
  }

  @Test func `says which event came too early and what is left`() throws {
    let found = try replay("acx", Self.abc, "abc")
    #expect(found.deviations.prefix(2) == [.missing(event: 1, tokens: 1), .unknown(event: 2)])
    guard case .remaining(let place, 1)? = found.deviations.last else {
      Issue.record("\(found)")
      return
    }
    #expect(place > 0 && found.deviations.count == 3)
  }

  @Test func `finds its way through silent transitions, also where the near one is wrong`() throws {
    let side = Block.parallel([.optional(.step(0)), .sequence([.step(1), .optional(.step(2))])])
    for trace in ["ab", "ba", "b", "bc", "bca", "abc"] {
      #expect(try replay(trace, .sequence([side, .step(3)]), "abcd").missing == (1), "\(trace): d is not done")
      #expect(try replay(trace + "d", .sequence([side, .step(3)]), "abcd").fits, "\(trace)d")
    }
    // After a, both branches go on by b; only what comes later says which was meant.
    let twins = Block.choice([
      .sequence([.step(0), .step(1), .step(2)]), .sequence([.step(3), .step(4), .step(5)]),
    ])
    for trace in ["abc", "abd"] { #expect(try replay(trace, twins, "abcabd").fits, "\(trace)") }
  }

  @Test func `fits exactly where the alignment costs nothing, over random nets`() throws {
    var fitting = 0
    for seed in UInt64(1)...80 {
      var random = RandomModel(seed: seed)
      let net = try random.net(depth: 3, activities: 6)
      let (aligner, replayer) = (try Aligner(net), try Replayer(net))
      for _ in 0..<6 {
        let trace = random.trace(of: net, longest: 40, faults: random.dice.roll(2), activities: 6)
        let found = try replayer.replay(trace)
        let fits = try aligner.align(trace).fits
        #expect(found.fits == fits, "seed \(seed), \(trace)")
        #expect((0...1).contains(found.fitness) && (found.fitness == 1) == found.fits, "seed \(seed), \(trace)")
        #expect(found.produced >= found.remaining && found.consumed >= found.missing, "seed \(seed), \(trace)")
        // Tokens are neither made nor lost: initial and produced and missing are consumed or remain.
        #expect(found.produced + found.missing == found.consumed + found.remaining, "seed \(seed), \(trace)")
        if fits { fitting += 1 }
      }
    }
    #expect(fitting > 100)
  }

  @Test func `of a log has two averages`() throws {
    var log = ProcessLog()
    for (name, trace) in [("1", "abc"), ("2", "abc"), ("3", "c")] {
      try log.add(name, trace.map { ProcessLog.Entry(String($0), at: Instant(microseconds: 0)) })
    }
    let net = try PetriNet(Self.abc, steps: [("a", "a"), ("b", "b"), ("c", "c")])
    let summary = LogReplay(log, on: try Replayer(net)).summary
    #expect(summary.cases == 3 && summary.judged == 3 && summary.fitting == 2 && summary.fittingShare == 2.0 / 3)
    #expect(abs((summary.meanTraceFitness ?? 0) - (1 + 1 + 0.5) / 3) < 1e-12)
    #expect(abs((summary.logFitness ?? 0) - 0.9) < 1e-12)
  }

  @Test func `of nothing says nothing`() throws {
    let net = try PetriNet(Self.abc, steps: [("a", "a"), ("b", "b"), ("c", "c")])
    let summary = LogReplay(ProcessLog(), on: try Replayer(net)).summary
    #expect(summary.cases == 0 && summary.meanTraceFitness == nil && summary.logFitness == nil && summary.fittingShare == nil)
  }
}
