/// The search for one best alignment: A* over pairs of a marking and a place in the case.
///
/// States wait in piles by what they cost at least; from a pile the latest is taken first, so that the search runs to
/// the end where the case fits. What the rest must cost comes from `MarkingBounds`, where the whole net could be looked at;
/// else events that the model does not know are all that is known of the rest.
struct AlignmentSearch {
  /// Copied from one that was made once: what one case teaches of the markings serves the next.
  private var space: MarkingSpace
  private let bounds: MarkingBounds?
  private var states = SearchStates()
  private var piles: [[Int32]] = []

  init(_ space: MarkingSpace, _ bounds: MarkingBounds?) {
    self.space = space
    self.bounds = bounds
  }

  /// One case as numbers, and what is left of it at each place.
  private struct Trace {
    /// Numbers of the model's activities; -1 for those that it does not know.
    let events: [Int32]
    let isOpen: Bool
    private let activities: Int
    private var left: [UInt16]
    private var unknown: [Int]

    init(_ events: [Int32], activities: Int, isOpen: Bool) {
      self.events = events
      self.isOpen = isOpen
      self.activities = activities
      left = Array(repeating: 0, count: (events.count + 1) * activities)
      unknown = Array(repeating: 0, count: events.count + 1)
      for place in events.indices.reversed() {
        for activity in 0..<activities { left[place * activities + activity] = left[(place + 1) * activities + activity] }
        if events[place] >= 0 { left[place * activities + Int(events[place])] += 1 }
        unknown[place] = unknown[place + 1] + (events[place] < 0 ? 1 : 0)
      }
    }

    func least(at marking: Int, _ place: Int, _ bounds: MarkingBounds?) -> Int {
      guard let bounds else { return unknown[place] }
      return unknown[place]
        + left.withUnsafeBufferPointer { left in
          // An empty buffer has no address, and then there is no activity to be asked for.
          left.baseAddress.map { bounds.least(at: marking, left: $0 + place * activities, mayStop: isOpen) } ?? 0
        }
    }
  }

  /// - Parameter events: numbers of the net's activities, -1 for what it does not know.
  /// - Throws: a refusal, where a limit is passed. The search can be used again.
  /// - Complexity: O(states × (firings of a marking + activities)), states at most `ConformanceLimit.states`.
  mutating func align(_ events: [Int32], _ ending: CaseEnding) throws(CaseRefusal) -> (moves: [Alignment.Move], cost: Int) {
    guard events.count <= ConformanceLimit.events else {
      throw .tooManyEvents(events.count, limit: ConformanceLimit.events)
    }
    let trace = Trace(events, activities: space.net.activities.count, isOpen: ending == .open)
    states.clear()
    for pile in piles.indices { piles[pile].removeAll(keepingCapacity: true) }
    if bounds?.reachesFinal(space.initial) == false { throw .finalUnreachable }
    try reach(space.initial, 0, cost: 0, from: -1, by: SearchStates.begin, trace)
    var pile = 0
    while pile < piles.count {
      guard let state = piles[pile].popLast() else {
        pile += 1
        continue
      }
      guard states.close(Int(state)) else { continue }
      if isEnd(Int(state), trace) { return (moves(to: Int(state)), Int(states.cost(Int(state)))) }
      try open(Int(state), trace)
    }
    throw .finalUnreachable
  }

  private func isEnd(_ state: Int, _ trace: Trace) -> Bool {
    guard states.place(state) == trace.events.count else { return false }
    return trace.isOpen || states.marking(state) == space.final
  }

  /// What can follow: the event alone, the model alone, and last, so that it is looked at first, both.
  private mutating func open(_ state: Int, _ trace: Trace) throws(CaseRefusal) {
    let (marking, place) = (states.marking(state), states.place(state))
    let cost = Int(states.cost(state))
    let event: Int32 = place < trace.events.count ? trace.events[place] : -2
    if event != -2 { try reach(marking, place + 1, cost: cost + 1, from: state, by: SearchStates.logMove, trace) }
    let firings = try space.firings(at: marking)
    for firing in firings {
      let (transition, target) = (Int(space.firings[firing].transition), Int(space.firings[firing].target))
      let label = space.net.labels[transition]
      try reach(target, place, cost: cost + (label < 0 ? 0 : 1), from: state, by: Int32(transition), trace)
    }
    guard event >= 0 else { return }
    for firing in firings {
      let (transition, target) = (Int(space.firings[firing].transition), Int(space.firings[firing].target))
      guard space.net.labels[transition] == event else { continue }
      try reach(target, place + 1, cost: cost, from: state, by: Int32(transition), trace)
    }
  }

  private mutating func reach(
    _ marking: Int, _ place: Int, cost: Int, from parent: Int, by move: Int32, _ trace: Trace
  ) throws(CaseRefusal) {
    if let bounds, !bounds.reachesFinal(marking) { return }
    guard let state = try states.improve(marking, place, cost: Int32(cost), parent: Int32(parent), move: move) else { return }
    let least = cost + trace.least(at: marking, place, bounds)
    while piles.count <= least { piles.append([]) }
    piles[least].append(Int32(state))
  }

  private func moves(to end: Int) -> [Alignment.Move] {
    var moves: [Alignment.Move] = []
    var state = end
    while states.parent(state) >= 0 {
      let before = states.parent(state)
      let advanced = states.place(before) < states.place(state)
      let move = states.move(state)
      if move == SearchStates.logMove {
        moves.append(.log(event: states.place(before)))
      } else if advanced {
        moves.append(.both(event: states.place(before), transition: Int(move)))
      } else {
        moves.append(space.net.labels[Int(move)] < 0 ? .silent(transition: Int(move)) : .model(transition: Int(move)))
      }
      state = before
    }
    return moves.reversed()
  }
}
