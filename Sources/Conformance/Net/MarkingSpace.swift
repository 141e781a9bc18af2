/// The markings of a net that have been come to, each with a number, and what fires at each.
///
/// Numbers are given in the order of discovery, so that the same questions give the same numbers. A marking's firings
/// are found when they are first asked for.
struct MarkingSpace: Sendable {
  struct Firing: Sendable {
    let transition: Int32
    let target: Int32
  }

  let net: PetriNet
  private let stride: Int
  private let limit: Int
  /// Tokens of marking m: `stride` bytes from m × stride.
  private var tokens: [UInt8] = []
  /// Open addressing with linear probing: number + 1, 0 where nothing is.
  private var slots: [Int32] = Array(repeating: 0, count: 256)
  /// Where a marking's firings begin in `firings`, -1 where they have not been asked for.
  private var begins: [Int32] = []
  private var lengths: [Int32] = []
  private(set) var firings: [Firing] = []
  private var scratch: [UInt8]

  /// The initial marking is number 0, the final one number 1 or, where they are one, 0.
  init(_ net: PetriNet) throws(CaseRefusal) {
    self.net = net
    stride = net.places.count
    limit = min(ConformanceLimit.searchedMarkings, ConformanceLimit.searchedBytes / max(1, net.places.count))
    scratch = net.initial
    _ = try number(of: net.initial)
    _ = try number(of: net.final)
  }

  var count: Int { begins.count }
  var initial: Int { 0 }
  var final: Int { net.initial == net.final ? 0 : 1 }

  /// Tokens by place.
  func marking(_ number: Int) -> ArraySlice<UInt8> { tokens[number * stride..<(number + 1) * stride] }

  /// The number of a marking, which is given to it where it has none.
  mutating func number(of marking: [UInt8]) throws(CaseRefusal) -> Int {
    let hash = MarkingSpace.hash(marking)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let found = Int(slots[slot]) - 1
      if isSame(found, marking) { return found }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard count < limit else { throw .tooManyMarkings(limit: limit) }
    let number = count
    tokens.append(contentsOf: marking)
    begins.append(-1)
    lengths.append(0)
    slots[slot] = Int32(number + 1)
    if count * 2 > slots.count { grow() }
    return number
  }

  private func isSame(_ number: Int, _ marking: [UInt8]) -> Bool {
    tokens.withUnsafeBufferPointer { mine in
      marking.withUnsafeBufferPointer { other in
        for place in 0..<stride where mine[number * stride + place] != other[place] { return false }
        return true
      }
    }
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for number in 0..<count {
      var slot = Int(truncatingIfNeeded: MarkingSpace.hash(marking(number))) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number + 1)
    }
  }

  /// FNV-1a with a last mix, because its low bits choose the slot.
  private static func hash(_ marking: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for count in marking { hash = (hash ^ UInt64(count)) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 29)
  }

  /// What fires at a marking, as a range of `firings`, in the order of the transitions.
  /// - Complexity: O(arcs) the first time, O(1) after it.
  mutating func firings(at number: Int) throws(CaseRefusal) -> Range<Int> {
    if begins[number] < 0 { try expand(number) }
    let begin = Int(begins[number])
    return begin..<begin + Int(lengths[number])
  }

  private mutating func expand(_ number: Int) throws(CaseRefusal) {
    let begin = firings.count
    for transition in net.transitions.indices where isEnabled(transition, at: number) {
      firings.append(Firing(transition: Int32(transition), target: Int32(try fire(transition, at: number))))
    }
    begins[number] = Int32(begin)
    lengths[number] = Int32(firings.count - begin)
  }

  func isEnabled(_ transition: Int, at number: Int) -> Bool {
    net.transitions[transition].inputs.allSatisfy { Int(tokens[number * stride + $0.place]) >= $0.weight }
  }

  /// The marking after a transition that is enabled, or is given the tokens that it misses.
  mutating func fire(_ transition: Int, at number: Int) throws(CaseRefusal) -> Int {
    scratch.withUnsafeMutableBufferPointer { scratch in
      for place in 0..<stride { scratch[place] = tokens[number * stride + place] }
    }
    for arc in net.transitions[transition].inputs { scratch[arc.place] -= UInt8(min(arc.weight, Int(scratch[arc.place]))) }
    for arc in net.transitions[transition].outputs {
      guard Int(scratch[arc.place]) + arc.weight <= ConformanceLimit.tokens else {
        throw .tooManyTokens(limit: ConformanceLimit.tokens)
      }
      scratch[arc.place] += UInt8(arc.weight)
    }
    return try self.number(of: scratch)
  }

  /// Tokens that a transition misses at a marking.
  func missing(for transition: Int, at number: Int) -> Int {
    net.transitions[transition].inputs.reduce(0) { $0 + max(0, $1.weight - Int(tokens[number * stride + $1.place])) }
  }
}

extension MarkingSpace {
  /// The first place with more tokens at the later marking; `nil` where there is none, or any place has fewer.
  func placeGrown(from earlier: Int, to later: Int) -> Int? {
    tokens.withUnsafeBufferPointer { tokens in
      let (a, b) = (earlier * stride, later * stride)
      var grown: Int?
      for place in 0..<stride {
        if tokens[a + place] > tokens[b + place] { return nil }
        if tokens[a + place] < tokens[b + place], grown == nil { grown = place }
      }
      return grown
    }
  }

  /// Looks at every marking that can be reached, the nearest first, until there are no more or too many.
  /// - Returns: whether all were looked at.
  /// - Complexity: O(markings × arcs).
  mutating func explore(limit: Int) -> Bool {
    var next = 0
    do {
      while next < count {
        guard next < limit else { return false }
        // The final marking has a number from the beginning, whether or not anything leads to it.
        _ = try firings(at: next)
        next += 1
      }
      return true
    } catch { return false }
  }
}
