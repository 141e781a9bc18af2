import Vocabulary

/// A net as the elements of its file say it, before places have numbers.
struct PNMLDraft {
  enum Kind: String { case place, transition, arc }

  struct Node {
    let id: String
    let line: Int
    var name: String?
    /// Tokens of a place at the beginning.
    var tokens = 0
    var isSilent = false
  }

  struct Arc {
    let source: String
    let target: String
    let line: Int
    var weight = 1
  }

  var name: String?
  private var places: [Node] = []
  private var transitions: [Node] = []
  private var arcs: [Arc] = []
  /// Final markings, each as places with tokens.
  var finals: [[(String, Int)]] = []
  private var last = Kind.place

  /// - Returns: the limit, where it is passed.
  mutating func add(_ kind: Kind, _ id: String, _ attributes: [String: String], line: Int) -> Int? {
    last = kind
    switch kind {
    case .place: places.append(Node(id: id, line: line))
    case .transition: transitions.append(Node(id: id, line: line))
    case .arc: arcs.append(Arc(source: attributes["source"] ?? "", target: attributes["target"] ?? "", line: line))
    }
    if places.count > ConformanceLimit.places { return ConformanceLimit.places }
    if transitions.count > ConformanceLimit.transitions { return ConformanceLimit.transitions }
    return arcs.count > ConformanceLimit.arcs ? ConformanceLimit.arcs : nil
  }

  // What follows speaks of the last node. In a file that nests them otherwise there may be none; it then says nothing.

  mutating func rename(_ text: String) {
    switch last {
    case .place: if let place = places.indices.last { places[place].name = text }
    case .transition: if let transition = transitions.indices.last { transitions[transition].name = text }
    case .arc: break
    }
  }

  mutating func mark(_ tokens: Int) { if let place = places.indices.last { places[place].tokens = tokens } }
  mutating func makeSilent() {
    if let transition = transitions.indices.last { transitions[transition].isSilent = true }
  }
  mutating func weigh(_ weight: Int) { if let arc = arcs.indices.last { arcs[arc].weight = weight } }

  mutating func addFinal(_ place: String) {
    if let marking = finals.indices.last { finals[marking].append((place, 0)) }
  }
  mutating func markFinal(_ tokens: Int) {
    guard let marking = finals.indices.last, let place = finals[marking].indices.last else { return }
    finals[marking][place].1 = tokens
  }

  /// Tokens by place that the file gives, none where it gives none.
  var initial: [Node] { places.filter { $0.tokens > 0 } }
  var final: [(String, Int)] { finals.flatMap { $0 }.filter { $0.1 > 0 } }

  // MARK: As a net

  func net() throws(ConformanceError) -> PetriNet {
    guard finals.filter({ $0.contains { $0.1 > 0 } }).count <= 1 else {
      throw ConformanceError(.tooMany(Name("final markings", "终止标识"), limit: 1))
    }
    let numbers = try PNMLDraft.numbers(of: places)
    let own = try PNMLDraft.numbers(of: transitions)
    if let both = transitions.first(where: { numbers[$0.id] != nil }) { throw both.twice }
    var inputs: [[Int: Int]] = Array(repeating: [:], count: transitions.count)
    var outputs = inputs
    for arc in arcs {
      switch (numbers[arc.source], own[arc.target], own[arc.source], numbers[arc.target]) {
      case (let place?, let transition?, _, _): inputs[transition][place, default: 0] += arc.weight
      case (_, _, let transition?, let place?): outputs[transition][place, default: 0] += arc.weight
      default:
        throw ConformanceError(
          .badReference(
            "\(arc.source.prefix(40)) → \(arc.target.prefix(40))",
            Name("does not lead from a place to a transition or back", "未连接库所与变迁")), line: arc.line)
      }
    }
    return try PetriNet(
      places: places.map { PetriNet.Place($0.id, title: $0.name) },
      transitions: transitions.enumerated().map { number, node in
        PetriNet.Transition(
          node.id, activity: node.isSilent ? nil : node.name ?? node.id, from: PNMLDraft.list(inputs[number]),
          to: PNMLDraft.list(outputs[number]))
      },
      initial: try initialMarking(fed: Set(outputs.flatMap(\.keys))),
      final: try finalMarking(numbers, used: Set(inputs.flatMap(\.keys))))
  }

  private static func numbers(of nodes: [Node]) throws(ConformanceError) -> [String: Int] {
    var numbers: [String: Int] = [:]
    for (number, node) in nodes.enumerated() {
      guard numbers.updateValue(number, forKey: node.id) == nil else { throw node.twice }
    }
    return numbers
  }

  private static func list(_ arcs: [Int: Int]) -> [PetriNet.Arc] { arcs.map { PetriNet.Arc($0.key, weight: $0.value) } }

  private func initialMarking(fed: Set<Int>) throws(ConformanceError) -> [UInt8] {
    if !initial.isEmpty { return places.map { UInt8($0.tokens) } }
    return try only(places.indices.filter { !fed.contains($0) }, or: .noInitialMarking)
  }

  private func finalMarking(_ numbers: [String: Int], used: Set<Int>) throws(ConformanceError) -> [UInt8] {
    if final.isEmpty { return try only(places.indices.filter { !used.contains($0) }, or: .noFinalMarking) }
    var marking = [UInt8](repeating: 0, count: places.count)
    for (id, tokens) in final {
      guard let place = numbers[id], marking[place] == 0 else {
        throw ConformanceError(
          .badReference(
            String(id.prefix(40)), Name("in the final marking is no place, or stands twice", "：终止标识中没有此库所，或重复出现")))
      }
      marking[place] = UInt8(tokens)
    }
    return marking
  }

  private func only(_ found: [Int], or reason: ConformanceError.Reason) throws(ConformanceError) -> [UInt8] {
    guard found.count == 1 else { throw ConformanceError(reason) }
    var marking = [UInt8](repeating: 0, count: places.count)
    marking[found[0]] = 1
    return marking
  }
}

extension PNMLDraft.Node {
  fileprivate var twice: ConformanceError {
    ConformanceError(.badReference(String(id.prefix(40)), Name("stands twice", "重复出现")), line: line)
  }
}
