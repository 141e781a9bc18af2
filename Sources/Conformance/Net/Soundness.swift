/// Whether a net is a model that work can follow to its end (van der Aalst 1998, The Application of Petri Nets to
/// Workflow Management, Definition 7; for nets with an initial and a final marking of any kind).
public struct Soundness: Hashable, Sendable {
  public enum Fault: Hashable, Sendable {
    /// Tokens can gather without end, in this place.
    case unbounded(place: String)
    /// From some marking that can be reached, the final one cannot: work gets stuck. The way there, by transitions.
    case stuck(after: [String])
    /// The end can be reached with tokens left over. The way there.
    case leftOver(after: [String])
    /// This transition can never fire.
    case dead(transition: String)
    /// The final marking cannot be reached at all.
    case noEnd
  }

  /// Markings that can be reached from the initial one, as far as they were looked at.
  public let markings: Int
  /// Whether all of them were looked at. Otherwise nothing is decided beyond the faults found.
  public let isComplete: Bool
  public let faults: [Fault]

  /// `nil` where the limit was reached before it was decided.
  public var isSound: Bool? { faults.isEmpty ? (isComplete ? true : nil) : false }

  /// - Parameter limit: markings to look at.
  /// - Complexity: O(markings × (arcs + length of the way there × places)).
  public init(of net: PetriNet, limit: Int = ConformanceLimit.markings) {
    var walk = Walk(net)
    let end = walk.run(limit: limit)
    markings = walk.reached
    isComplete = end == .all
    switch end {
    case .unbounded(let place): faults = [.unbounded(place: net.places[place].id)]
    case .limit: faults = []
    case .all: faults = walk.faults()
    }
  }
}

/// Looks at the markings that can be reached, the nearest first.
private struct Walk {
  enum End: Equatable {
    case all, limit
    case unbounded(place: Int)
  }

  private let net: PetriNet
  private var space: MarkingSpace?
  /// The marking and transition by which each marking was first reached; -1 where it has not been, or is the initial.
  private var before: [Int] = []
  private var by: [Int] = []
  private var order: [Int] = []

  init(_ net: PetriNet) {
    self.net = net
    space = try? MarkingSpace(net)
  }

  var reached: Int { order.count }

  mutating func run(limit: Int) -> End {
    guard var space else { return .limit }
    defer { self.space = space }
    var isReached = [true]
    (before, by, order) = ([-1], [-1], [space.initial])
    var next = 0
    while next < order.count {
      guard next < limit else { return .limit }
      let marking = order[next]
      next += 1
      guard let range = try? space.firings(at: marking) else { return .limit }
      isReached += Array(repeating: false, count: space.count - isReached.count)
      before += Array(repeating: -1, count: space.count - before.count)
      by += Array(repeating: -1, count: space.count - by.count)
      for firing in space.firings[range] where !isReached[Int(firing.target)] {
        let target = Int(firing.target)
        isReached[target] = true
        (before[target], by[target]) = (marking, Int(firing.transition))
        order.append(target)
        if let place = grown(target, space) { return .unbounded(place: place) }
      }
    }
    return .all
  }

  /// The place that holds more than at a marking on the way, while none holds less: then it can go on so for ever
  /// (Karp & Miller 1969).
  private func grown(_ marking: Int, _ space: MarkingSpace) -> Int? {
    var earlier = before[marking]
    while earlier >= 0 {
      if let place = space.placeGrown(from: earlier, to: marking) { return place }
      earlier = before[earlier]
    }
    return nil
  }

  /// What is wrong with a net whose markings are all known.
  func faults() -> [Soundness.Fault] {
    guard let space else { return [] }
    var faults: [Soundness.Fault] = []
    let ending = endings(space)
    if !ending[space.final] || (space.final != space.initial && before[space.final] < 0) { return [.noEnd] }
    if let stuck = order.first(where: { !ending[$0] }) { faults.append(.stuck(after: way(to: stuck))) }
    let final = space.marking(space.final)
    let over = order.first { $0 != space.final && zip(final, space.marking($0)).allSatisfy { $0 <= $1 } }
    if let over { faults.append(.leftOver(after: way(to: over))) }
    var fires = Array(repeating: false, count: net.transitions.count)
    for firing in space.firings { fires[Int(firing.transition)] = true }
    for (number, transition) in net.transitions.enumerated() where !fires[number] {
      faults.append(.dead(transition: transition.id))
    }
    return faults
  }

  /// Which markings lead to the final one.
  private func endings(_ space: MarkingSpace) -> [Bool] {
    var space = space
    var sources: [[Int]] = Array(repeating: [], count: space.count)
    for marking in order {
      for firing in space.firings[(try? space.firings(at: marking)) ?? 0..<0] { sources[Int(firing.target)].append(marking) }
    }
    var ending = Array(repeating: false, count: space.count)
    var open = [space.final]
    ending[space.final] = true
    while let marking = open.popLast() {
      for source in sources[marking] where !ending[source] {
        ending[source] = true
        open.append(source)
      }
    }
    return ending
  }

  private func way(to marking: Int) -> [String] {
    var way: [String] = []
    var marking = marking
    while by[marking] >= 0 {
      way.append(net.transitions[by[marking]].id)
      marking = before[marking]
    }
    return way.reversed()
  }
}
