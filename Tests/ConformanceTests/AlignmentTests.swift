import Conformance
import TestSupport
import Testing
import Wire

@Suite struct `An alignment` {
  private func net(_ block: Block, _ activities: String) throws -> PetriNet {
    try PetriNet(block, steps: activities.enumerated().map { ("t\($0)", String($1)) })
  }

  private func cost(_ trace: String, _ block: Block, _ activities: String) throws -> (Int, Double) {
    let alignment = try Aligner(try net(block, activities)).align(trace.map { String($0) })
    return (alignment.cost, alignment.fitness)
  }

  private static let abc = Block.sequence([.step(0), .step(1), .step(2)])

  /// Trace, cost, worst cost: events and the shortest run.
  @Test(arguments: [
    ("abc", 0, 6), ("ab", 1, 5), ("", 3, 3), ("abbc", 1, 7), ("acb", 2, 6), ("xyz", 6, 6), ("abcx", 1, 7), ("cba", 4, 6),
  ]) func `of a sequence counts what is skipped and what is inserted`(trace: String, cost: Int, worst: Int) throws {
    let found = try Aligner(try net(Self.abc, "abc")).align(trace.map { String($0) })
    #expect(found.cost == cost && found.worst == worst, "\(trace): \(found)")
    #expect(found.fitness == 1 - Double(cost) / Double(worst))
  }

  @Test func `of two empty things fits`() throws {
    let nothing = try net(.optional(.step(0)), "a")
    let found = try Aligner(nothing).align([])
    #expect(found.cost == 0 && found.worst == 0 && found.fitness == 1 && found.fits)
  }

  @Test func `names the events and the transitions, in order`() throws {
    let found = try Aligner(try net(Self.abc, "abc")).align(["a", "x", "c"])
    #expect(found.moves.filter { if case .silent = $0 { false } else { true } }.count == 4)
    #expect(found.moves.contains(.log(event: 1)) && found.moves.contains(.model(transition: 1)))
    #expect(found.moves.first == .both(event: 0, transition: 0) && found.moves.last == .both(event: 2, transition: 2))
  }

  @Test func `takes branches in any order, choices once, rounds as often as they come`() throws {
    let side = Block.parallel([.sequence([.step(0), .step(1)]), .step(2), .optional(.step(3))])
    for trace in ["abc", "acb", "cab", "dcab", "acdb"] { #expect(try cost(trace, side, "abcd").0 == 0, "\(trace)") }
    for trace in ["bac", "ab", "abcdd"] { #expect(try cost(trace, side, "abcd").0 > 0, "\(trace)") }
    let rounds = Block.repeated(.sequence([.step(0), .step(1)]), between: .step(2))
    for trace in ["ab", "abcab", "abcabcab"] { #expect(try cost(trace, rounds, "abc").0 == 0, "\(trace)") }
    #expect(try cost("abab", rounds, "abc").0 == 1)
    #expect(try cost("ab", .choice([.step(0), .step(1)]), "ab").0 == 1)
  }

  @Test func `of an open case does not count what is still to come`() throws {
    let aligner = try Aligner(try net(Self.abc, "abc"))
    #expect(try aligner.align(["a"], .open).cost == 0)
    #expect(try aligner.align(["a", "c"], .open).cost == 1)
    #expect(try aligner.align(["a"], .open).worst == 1)
    #expect(try aligner.align([], .open).fitness == 1)
  }

  @Test func `costs the least that any could, over random nets and cases`() throws {
    for seed in UInt64(1)...120 {
      var random = RandomModel(seed: seed)
      let net = try random.net(depth: 3, activities: 6)
      let aligner = try Aligner(net)
      for _ in 0..<8 {
        let trace = random.trace(of: net, longest: 12, faults: random.dice.roll(4), activities: 6)
        for ending in [CaseEnding.over, .open] {
          let found = try aligner.align(trace, ending)
          #expect(found.cost == plainCost(trace, net, mayStop: ending == .open), "seed \(seed), \(trace), \(ending)")
          try check(found, trace, net, seed)
        }
      }
    }
  }

  @Test func `costs the least over nets of any shape, with weights`() throws {
    var judged = 0
    for seed in UInt64(1)...200 {
      var random = RandomModel(seed: seed)
      guard let net = try? random.wildNet(weights: true), Soundness(of: net, limit: 300).isComplete else { continue }
      let aligner = try Aligner(net)
      for _ in 0..<5 {
        let trace = random.trace(of: net, longest: 8, faults: random.dice.roll(4), activities: 5)
        let found = try aligner.align(trace)
        #expect(found.cost == plainCost(trace, net), "seed \(seed), \(trace)")
        try check(found, trace, net, seed)
        judged += 1
      }
    }
    #expect(judged > 100)
  }

  /// The moves replay the case and a run, and cost what they say.
  private func check(_ found: Alignment, _ trace: [String], _ net: PetriNet, _ seed: UInt64) throws {
    var tokens = net.initial.map { Int($0) }
    var (events, cost) = ([Int](), 0)
    for move in found.moves {
      var fired: Int?
      switch move {
      case .both(let event, let transition):
        events.append(event)
        fired = transition
        #expect(net.transitions[transition].activity == trace[event], "seed \(seed)")
      case .log(let event):
        events.append(event)
        cost += 1
      case .model(let transition):
        fired = transition
        cost += 1
        #expect(net.transitions[transition].activity != nil)
      case .silent(let transition):
        fired = transition
        #expect(net.transitions[transition].activity == nil)
      }
      for arc in fired.map({ net.transitions[$0].inputs }) ?? [] { tokens[arc.place] -= arc.weight }
      #expect(tokens.allSatisfy { $0 >= 0 }, "seed \(seed): fired without a token")
      for arc in fired.map({ net.transitions[$0].outputs }) ?? [] { tokens[arc.place] += arc.weight }
    }
    #expect(events == Array(trace.indices) && cost == found.cost, "seed \(seed)")
  }

  @Test func `is the same by one worker and by several`() throws {
    var random = RandomModel(seed: 7)
    let net = try random.net(depth: 4, activities: 8)
    var log = ProcessLog()
    for number in 0..<300 {
      let trace = random.trace(of: net, longest: 20, faults: random.dice.roll(4), activities: 8)
      try log.add("\(number)", trace.map { ProcessLog.Entry($0, at: .init(microseconds: 0)) })
    }
    let aligner = try Aligner(net)
    let one = LogAlignment(log, to: aligner, workers: 1)
    let many = LogAlignment(log, to: aligner, workers: 4)
    #expect(one.results == many.results && one.summary == many.summary && one.results.count > 50)
    #expect(one.results.map { try? $0.get() } == one.variants.map { try? aligner.align($0.activities) })
  }
}
