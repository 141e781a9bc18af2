/// The states of one search, each once: pairs of a marking and a place in the case, found by hash.
struct SearchStates {
  static let begin: Int32 = -2
  static let logMove: Int32 = -1

  private struct State {
    let marking: Int32
    let place: Int32
    var cost: Int32
    /// The state before, and the transition that fired, or `logMove`.
    var parent: Int32
    var move: Int32
    var isClosed = false
  }

  private var states: [State] = []
  /// Open addressing with linear probing: number + 1, 0 where nothing is.
  private var slots: [Int32] = Array(repeating: 0, count: 1024)

  func marking(_ state: Int) -> Int { Int(states[state].marking) }
  func place(_ state: Int) -> Int { Int(states[state].place) }
  func cost(_ state: Int) -> Int32 { states[state].cost }
  func parent(_ state: Int) -> Int { Int(states[state].parent) }
  func move(_ state: Int) -> Int32 { states[state].move }

  mutating func clear() {
    states.removeAll(keepingCapacity: true)
    if slots.count > 1 << 16 { slots = Array(repeating: 0, count: 1024) } else { for slot in slots.indices { slots[slot] = 0 } }
  }

  /// `false` where it was closed before.
  mutating func close(_ state: Int) -> Bool {
    if states[state].isClosed { return false }
    states[state].isClosed = true
    return true
  }

  /// Notes a way to a state.
  /// - Returns: the state, where this way is the first or cheaper than those before; else `nil`.
  mutating func improve(
    _ marking: Int, _ place: Int, cost: Int32, parent: Int32, move: Int32
  ) throws(CaseRefusal) -> Int? {
    var slot = SearchStates.hash(marking, place) & (slots.count - 1)
    while slots[slot] != 0 {
      let found = Int(slots[slot]) - 1
      if states[found].marking == marking, states[found].place == place {
        guard cost < states[found].cost, !states[found].isClosed else { return nil }
        (states[found].cost, states[found].parent, states[found].move) = (cost, parent, move)
        return found
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard states.count < ConformanceLimit.states else { throw .tooManyStates(limit: ConformanceLimit.states) }
    states.append(State(marking: Int32(marking), place: Int32(place), cost: cost, parent: parent, move: move))
    slots[slot] = Int32(states.count)
    if states.count * 2 > slots.count { grow() }
    return states.count - 1
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for number in states.indices {
      var slot = SearchStates.hash(Int(states[number].marking), Int(states[number].place)) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number + 1)
    }
  }

  private static func hash(_ marking: Int, _ place: Int) -> Int {
    var mixed = (UInt64(truncatingIfNeeded: marking) << 32 | UInt64(truncatingIfNeeded: place)) &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 32
    return Int(truncatingIfNeeded: mixed & 0x7FFF_FFFF)
  }
}
