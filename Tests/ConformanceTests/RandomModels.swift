import Conformance
import TestSupport

/// Nets and cases from a seed.
struct RandomModel {
  var dice: Dice

  init(seed: UInt64) { dice = Dice(seed) }

  /// A procedure's flow over the activities a, b, c, …; some of them may come twice.
  mutating func block(depth: Int, activities: Int, steps: inout [String]) -> Block {
    let kind = depth == 0 ? 0 : dice.roll(8)
    switch kind {
    case 1: return .sequence(blocks(2...3, depth, activities, &steps))
    case 2: return .choice(blocks(2...3, depth, activities, &steps))
    case 3, 4: return .parallel(blocks(2...3, depth, activities, &steps))
    case 5: return .optional(block(depth: depth - 1, activities: activities, steps: &steps))
    case 6:
      let part = block(depth: depth - 1, activities: activities, steps: &steps)
      let between = dice.roll(2) == 0 ? nil : block(depth: depth - 1, activities: activities, steps: &steps)
      return .repeated(part, between: between)
    case 7: return .sequence(blocks(2...4, depth, activities, &steps))
    default:
      steps.append(RandomModel.name(dice.roll(activities)))
      return .step(steps.count - 1)
    }
  }

  private mutating func blocks(_ count: ClosedRange<Int>, _ depth: Int, _ activities: Int, _ steps: inout [String]) -> [Block] {
    let many = count.lowerBound + dice.roll(count.count)
    var found: [Block] = []
    for _ in 0..<many { found.append(block(depth: depth - 1, activities: activities, steps: &steps)) }
    return found
  }

  static func name(_ number: Int) -> String { String(UnicodeScalar(UInt8(97 + number % 26))) }

  mutating func net(depth: Int, activities: Int) throws -> PetriNet {
    var steps: [String] = []
    let flow = block(depth: depth, activities: activities, steps: &steps)
    return try PetriNet(flow, steps: steps.enumerated().map { ("t\($0)", $1) })
  }

  /// A run of the net, cut off after so many activities, with so many faults in it.
  mutating func trace(of net: PetriNet, longest: Int, faults: Int, activities: Int) -> [String] {
    var trace = play(net, longest: longest)
    for _ in 0..<faults {
      let place = dice.roll(trace.count + 1)
      switch dice.roll(4) {
      case 0 where place < trace.count: trace.remove(at: place)
      case 1 where place + 1 < trace.count: trace.swapAt(place, place + 1)
      case 2: trace.insert(RandomModel.name(dice.roll(activities)), at: place)
      default: trace.insert("stranger", at: place)
      }
    }
    return trace
  }

  /// Fires transitions at random until the final marking.
  private mutating func play(_ net: PetriNet, longest: Int) -> [String] {
    var tokens = net.initial.map { Int($0) }
    var trace: [String] = []
    for _ in 0..<2_000 where trace.count < longest {
      if tokens == net.final.map({ Int($0) }) { break }
      let enabled = net.transitions.filter { $0.inputs.allSatisfy { tokens[$0.place] >= $0.weight } }
      guard !enabled.isEmpty else { break }
      let transition = enabled[dice.roll(enabled.count)]
      for arc in transition.inputs { tokens[arc.place] -= arc.weight }
      for arc in transition.outputs { tokens[arc.place] += arc.weight }
      if let activity = transition.activity { trace.append(activity) }
    }
    return trace
  }
}

/// The least cost of an alignment, found by looking at everything that could be cheaper: no bounds, no piles, no numbers.
/// Written apart from the product, to hold against it.
func plainCost(_ trace: [String], _ net: PetriNet, mayStop: Bool = false) -> Int? {
  struct Spot: Hashable {
    let tokens: [Int]
    let place: Int
  }
  var level: Set<Spot> = [Spot(tokens: net.initial.map { Int($0) }, place: 0)]
  var seen: Set<Spot> = []
  let final = net.final.map { Int($0) }
  for cost in 0...(trace.count + 100) {
    var open = Array(level)
    var next: Set<Spot> = []
    while let spot = open.popLast() {
      guard seen.insert(spot).inserted else { continue }
      if spot.place == trace.count, mayStop || spot.tokens == final { return cost }
      if spot.place < trace.count { next.insert(Spot(tokens: spot.tokens, place: spot.place + 1)) }
      for transition in net.transitions where transition.inputs.allSatisfy({ spot.tokens[$0.place] >= $0.weight }) {
        var tokens = spot.tokens
        for arc in transition.inputs { tokens[arc.place] -= arc.weight }
        for arc in transition.outputs { tokens[arc.place] += arc.weight }
        if transition.activity == nil {
          open.append(Spot(tokens: tokens, place: spot.place))
        } else {
          next.insert(Spot(tokens: tokens, place: spot.place))
          if spot.place < trace.count, trace[spot.place] == transition.activity {
            open.append(Spot(tokens: tokens, place: spot.place + 1))
          }
        }
      }
    }
    level = next
  }
  return nil
}

extension RandomModel {
  /// Places and transitions with arcs as they fall, weights among them; the final marking is one that was reached.
  mutating func wildNet(weights: Bool) throws -> PetriNet {
    let places = 3 + dice.roll(4)
    var transitions: [PetriNet.Transition] = []
    for number in 0..<3 + dice.roll(3) {
      transitions.append(
        PetriNet.Transition("t\(number)", activity: RandomModel.name(number), from: arcs(places, weights), to: arcs(places, weights)))
    }
    var initial = [UInt8](repeating: 0, count: places)
    initial[0] = 1 + UInt8(dice.roll(2))
    var tokens = initial.map { Int($0) }
    for _ in 0..<1 + dice.roll(6) {
      let enabled = transitions.filter { $0.inputs.allSatisfy { tokens[$0.place] >= $0.weight } }
      guard !enabled.isEmpty else { break }
      let transition = enabled[dice.roll(enabled.count)]
      for arc in transition.inputs { tokens[arc.place] -= arc.weight }
      for arc in transition.outputs { tokens[arc.place] += arc.weight }
    }
    return try PetriNet(
      places: (0..<places).map { PetriNet.Place("p\($0)") }, transitions: transitions, initial: initial,
      final: tokens.map { UInt8($0) })
  }

  private mutating func arcs(_ places: Int, _ weights: Bool) -> [PetriNet.Arc] {
    let first = dice.roll(places)
    guard dice.roll(3) == 0 else { return [PetriNet.Arc(first, weight: weights && dice.roll(5) == 0 ? 2 : 1)] }
    return [PetriNet.Arc(first), PetriNet.Arc((first + 1 + dice.roll(places - 1)) % places)]
  }
}
