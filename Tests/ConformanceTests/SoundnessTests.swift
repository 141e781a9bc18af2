import Conformance
import TestSupport
import Testing

@Suite struct `The soundness of a net` {
  /// Arcs as `p>t` and `t>p`; place i begins with a token, o is the end.
  private func net(_ arcs: String, tokens: Int = 1) throws -> PetriNet {
    let pairs = arcs.split(separator: " ").map { $0.split(separator: ">").map(String.init) }
    let names = Set(pairs.flatMap { $0 })
    let places = names.filter { $0.first?.isLowercase ?? false }.sorted()
    let transitions = names.filter { $0.first?.isUppercase ?? false }.sorted()
    func number(_ place: String) -> Int { places.firstIndex(of: place) ?? -1 }
    func marking(_ place: String, _ tokens: Int) -> [UInt8] { places.map { $0 == place ? UInt8(tokens) : 0 } }
    return try PetriNet(
      places: places.map { PetriNet.Place($0) },
      transitions: transitions.map { transition in
        PetriNet.Transition(
          transition, activity: transition, from: pairs.filter { $0[1] == transition }.map { .init(number($0[0])) },
          to: pairs.filter { $0[0] == transition }.map { .init(number($0[1])) })
      }, initial: marking("i", tokens), final: marking("o", 1))
  }

  @Test func `holds for whatever is put together of blocks`() throws {
    for seed in UInt64(1)...150 {
      var random = RandomModel(seed: seed)
      let net = try random.net(depth: 3, activities: 8)
      let found = Soundness(of: net)
      #expect(found.isSound == true, "seed \(seed): \(found)")
    }
  }

  @Test func `names what is wrong`() throws {
    let stuck = Soundness(of: try net("i>A A>p A>q i>B B>p p>C q>C C>o"))
    #expect(stuck.isSound == false && stuck.faults == [.stuck(after: ["B"])])
    // B may end it while C is still to be done.
    let over = Soundness(of: try net("i>A A>p A>q p>B B>o q>C C>r i>D D>o"))
    #expect(over.faults.contains(.leftOver(after: ["A", "B"])) && over.faults.contains(.stuck(after: ["A"])))
    #expect(Soundness(of: try net("i>A A>p p>B B>o q>C C>o")).faults == [.dead(transition: "C")])
    #expect(Soundness(of: try net("i>A A>p p>B B>p p>C q>C C>o")).faults == [.noEnd])
    let growing = Soundness(of: try net("i>A A>p A>q q>B B>q B>r p>C C>o r>D D>p"))
    guard case .unbounded(let place)? = growing.faults.first else {
      Issue.record("\(growing)")
      return
    }
    #expect(growing.isSound == false && !growing.isComplete && ["r", "p", "o"].contains(place))
  }

  @Test func `is not decided beyond its limit, and is at it`() throws {
    // n branches side by side: 2ⁿ markings, one before and one after.
    let wide = try PetriNet(.parallel((0..<5).map { .step($0) }), steps: (0..<5).map { ("t\($0)", "a\($0)") })
    let all = Soundness(of: wide)
    #expect(all.markings == 34 && all.isSound == true)
    #expect(Soundness(of: wide, limit: 34).isSound == true)
    let cut = Soundness(of: wide, limit: 33)
    #expect(cut.isSound == nil && !cut.isComplete && cut.faults.isEmpty)
  }

  @Test func `decides whether a net can be aligned to`() throws {
    let stuck = try net("i>A A>p p>C q>C C>o")
    #expect(throws: ConformanceError(.finalUnreachable)) { try Aligner(stuck) }
    // Unsound, but an end can be reached: alignments exist, and keep clear of where it gets stuck.
    let half = try Aligner(try net("i>A A>p A>q i>B B>p p>C q>C C>o"))
    #expect(try half.align(["B", "C"]).cost == 2 && half.align(["A", "C"]).cost == 0)
  }
}
