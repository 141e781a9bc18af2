import Conformance
import Wire

/// Optimal alignments of a made-up log: a procedure with choices, work side by side and rounds, and cases of which most
/// were done otherwise in some places.
public struct AlignmentBench {
  private let net: PetriNet
  private let log: ProcessLog

  /// - Throws: `ConformanceError`, which the model and the log do not give.
  public init(cases: Int, seed: UInt64) throws {
    net = try PetriNet(AlignmentBench.flow, steps: (0..<18).map { ("step-\($0)", "activity \($0)") })
    var player = Player(net, seed: seed)
    var log = ProcessLog()
    for number in 0..<cases {
      let entries = player.trace().enumerated().map { place, activity in
        ProcessLog.Entry(activity, at: Instant(microseconds: Int64(place) * 3_600_000_000))
      }
      try log.add("case:\(number)", entries)
    }
    self.log = log
  }

  private static let flow = Block.sequence([
    .step(0), .optional(.repeated(.step(1), between: nil)),
    .parallel([
      .sequence([.step(2), .step(3)]), .repeated(.sequence([.step(4), .step(5)]), between: .step(6)), .optional(.step(7)),
    ]),
    .choice([
      .sequence([.step(8), .parallel([.step(9), .step(10), .step(11)]), .step(12)]), .sequence([.step(13), .step(14)]), .step(15),
    ]),
    .repeated(.step(16), between: .step(6)), .step(17),
  ])

  /// Aligns every variant and takes both averages.
  public func run(workers: Int) throws -> Figure {
    let start = nanoseconds()
    let aligned = LogAlignment(log, to: try Aligner(net), workers: workers)
    let summary = aligned.summary
    let seconds = Double(nanoseconds() - start) / 1e9
    return Figure(
      "alignments",
      [
        ("cases", .whole(Int64(summary.cases))), ("events", .whole(Int64(log.events))),
        ("variants", .whole(Int64(aligned.variants.count))), ("judged", .whole(Int64(summary.judged))),
        ("fitting", .whole(Int64(summary.fitting))), ("cost", .whole(Int64(summary.totalCost))),
        ("workers", .whole(Int64(workers))), ("seconds", .number(seconds)),
        ("casesPerSecond", .number(Double(summary.cases) / seconds)), ("load", .number(Load.average)),
      ])
  }
}

/// Plays a net, and makes mistakes.
private struct Player {
  private let net: PetriNet
  private var state: UInt64

  init(_ net: PetriNet, seed: UInt64) { (self.net, state) = (net, seed) }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  /// A run with none to five mistakes: a step left out, two swapped, one inserted.
  mutating func trace() -> [String] {
    var trace = run()
    for _ in 0..<next(6) {
      let place = next(trace.count + 1)
      switch next(3) {
      case 0 where place < trace.count: trace.remove(at: place)
      case 1 where place + 1 < trace.count: trace.swapAt(place, place + 1)
      default: trace.insert("activity \(next(20))", at: place)
      }
    }
    return trace
  }

  private mutating func run() -> [String] {
    var tokens = net.initial.map { Int($0) }
    let final = net.final.map { Int($0) }
    var trace: [String] = []
    while tokens != final {
      let enabled = net.transitions.filter { $0.inputs.allSatisfy { tokens[$0.place] >= $0.weight } }
      guard !enabled.isEmpty else { break }
      let transition = enabled[next(enabled.count)]
      for arc in transition.inputs { tokens[arc.place] -= arc.weight }
      for arc in transition.outputs { tokens[arc.place] += arc.weight }
      if let activity = transition.activity { trace.append(activity) }
    }
    return trace
  }
}
