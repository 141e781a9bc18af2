/// One way in which a case may have been replayed so far.
private struct Way {
  let marking: Int32
  var produced: Int32
  var consumed: Int32
  var missing: Int32
  /// The last event that missed tokens on this way, as a place in the search's list; -1 where none did.
  var lack: Int32
}

/// Replays cases on one net.
///
/// Where transitions are silent, or several do the same, a case may be replayed in more than one way. All ways that
/// miss nothing are followed side by side, each marking once, so that a case which the model allows always fits. Where no
/// way goes on, the one is taken that misses the fewest tokens, then the one with the fewest silent firings, then the
/// one that the net names first.
struct ReplaySearch {
  private struct Lack {
    let event: Int
    let tokens: Int
    let before: Int32
  }

  private var space: MarkingSpace
  private let transitions: [[Int]]
  private let initialTokens: Int
  private let finalTokens: Int
  private var lacks: [Lack] = []
  /// By marking: the last round in which it was come to.
  private var seen: [Int32] = []
  private var round: Int32 = 0

  init(_ space: MarkingSpace) {
    self.space = space
    let net = space.net
    var transitions: [[Int]] = Array(repeating: [], count: net.activities.count)
    for (number, label) in net.labels.enumerated() where label >= 0 { transitions[Int(label)].append(number) }
    self.transitions = transitions
    initialTokens = net.initial.reduce(0) { $0 + Int($1) }
    finalTokens = net.final.reduce(0) { $0 + Int($1) }
  }

  /// - Parameter events: numbers of the net's activities, -1 for what it does not know.
  /// - Complexity: O(events × markings among which silent transitions choose × arcs).
  mutating func replay(_ events: [Int32]) throws(CaseRefusal) -> Replay {
    guard events.count <= ConformanceLimit.events else {
      throw .tooManyEvents(events.count, limit: ConformanceLimit.events)
    }
    lacks.removeAll(keepingCapacity: true)
    var replay = Replay()
    var ways = [
      Way(marking: Int32(space.initial), produced: Int32(initialTokens), consumed: 0, missing: 0, lack: -1)
    ]
    for (place, event) in events.enumerated() {
      guard event >= 0 else {
        replay.unknown += 1
        replay.deviations.append(.unknown(event: place))
        continue
      }
      ways = try step(ways, event, place)
    }
    try finish(ways, &replay)
    return replay
  }

  /// The ways, and those that silent transitions open from them, the fewest silent firings first.
  private mutating func closure(_ ways: [Way]) throws(CaseRefusal) -> [Way] {
    round += 1
    var open: [Way] = []
    for way in ways where visit(Int(way.marking)) { open.append(way) }
    var next = 0
    while next < open.count {
      let way = open[next]
      next += 1
      for firing in try space.firings(at: Int(way.marking)) where isSilent(firing) {
        let target = Int(space.firings[firing].target)
        guard visit(target) else { continue }
        guard open.count < ConformanceLimit.silentMarkings else {
          throw .tooManyMarkings(limit: ConformanceLimit.silentMarkings)
        }
        open.append(fired(way, Int(space.firings[firing].transition), to: target))
      }
    }
    return open
  }

  private func isSilent(_ firing: Int) -> Bool { space.net.labels[Int(space.firings[firing].transition)] < 0 }

  /// Whether a marking is come to for the first time in this round.
  private mutating func visit(_ marking: Int) -> Bool {
    if marking >= seen.count { seen += Array(repeating: 0, count: max(space.count, marking + 1) - seen.count) }
    defer { seen[marking] = round }
    return seen[marking] != round
  }

  private func fired(_ way: Way, _ transition: Int, to target: Int) -> Way {
    let (inputs, outputs) = (space.net.transitions[transition].inputs, space.net.transitions[transition].outputs)
    return Way(
      marking: Int32(target), produced: way.produced + Int32(outputs.reduce(0) { $0 + $1.weight }),
      consumed: way.consumed + Int32(inputs.reduce(0) { $0 + $1.weight }), missing: way.missing, lack: way.lack)
  }

  private mutating func step(_ ways: [Way], _ event: Int32, _ place: Int) throws(CaseRefusal) -> [Way] {
    let open = try closure(ways)
    round += 1
    var after: [Way] = []
    for way in open {
      for transition in transitions[Int(event)] where space.isEnabled(transition, at: Int(way.marking)) {
        let target = try space.fire(transition, at: Int(way.marking))
        if visit(target) { after.append(fired(way, transition, to: target)) }
      }
    }
    return after.isEmpty ? [try force(open, event, place)] : after
  }

  /// Fires a transition that is not enabled.
  private mutating func force(_ open: [Way], _ event: Int32, _ place: Int) throws(CaseRefusal) -> Way {
    var best = (way: open[0], transition: transitions[Int(event)][0], missing: Int.max)
    for way in open {
      for transition in transitions[Int(event)] {
        let missing = space.missing(for: transition, at: Int(way.marking))
        if missing < best.missing { best = (way, transition, missing) }
      }
    }
    let target = try space.fire(best.transition, at: Int(best.way.marking))
    var way = fired(best.way, best.transition, to: target)
    way.missing += Int32(best.missing)
    lacks.append(Lack(event: place, tokens: best.missing, before: best.way.lack))
    way.lack = Int32(lacks.count - 1)
    return way
  }

  /// Takes the way that ends best: the fewest tokens missing and remaining, then the fewest silent firings.
  private mutating func finish(_ ways: [Way], _ replay: inout Replay) throws(CaseRefusal) {
    var best: (way: Way, off: Int)?
    for way in try closure(ways) {
      let off = zip(space.marking(Int(way.marking)), space.net.final).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      if off < best?.off ?? Int.max { best = (way, off) }
    }
    guard let way = best?.way else { return }
    replay.produced = Int(way.produced) + replay.unknown
    replay.consumed = Int(way.consumed) + finalTokens + replay.unknown
    replay.missing = Int(way.missing) + replay.unknown
    replay.remaining = replay.unknown
    note(way, &replay)
    for (place, (has, asked)) in zip(space.marking(Int(way.marking)), space.net.final).enumerated() where has != asked {
      if has > asked {
        replay.remaining += Int(has - asked)
        replay.deviations.append(.remaining(place: place, tokens: Int(has - asked)))
      } else {
        replay.missing += Int(asked - has)
        replay.deviations.append(.unfinished(place: place, tokens: Int(asked - has)))
      }
    }
  }

  private func note(_ way: Way, _ replay: inout Replay) {
    var found: [(Int, Replay.Deviation)] = replay.deviations.compactMap { deviation in
      if case .unknown(let event) = deviation { (event, deviation) } else { nil }
    }
    var lack = way.lack
    while lack >= 0 {
      let one = lacks[Int(lack)]
      found.append((one.event, .missing(event: one.event, tokens: one.tokens)))
      lack = one.before
    }
    replay.deviations = found.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
