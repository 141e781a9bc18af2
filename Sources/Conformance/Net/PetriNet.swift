import Vocabulary

/// A labelled place/transition net with an initial and a final marking: an accepting Petri net (van der Aalst 2016,
/// Process Mining, §3.2.3).
///
/// A run is an order of transitions that leads from the initial marking to the final one. Transitions without an
/// activity are silent: they steer, and nobody records them.
public struct PetriNet: Hashable, Sendable {
  public struct Place: Hashable, Sendable {
    public let id: String
    public let title: String

    public init(_ id: String, title: String? = nil) {
      self.id = id
      self.title = title ?? id
    }
  }

  public struct Arc: Hashable, Sendable {
    /// The place's number.
    public let place: Int
    public let weight: Int

    public init(_ place: Int, weight: Int = 1) {
      self.place = place
      self.weight = weight
    }
  }

  public struct Transition: Hashable, Sendable {
    public let id: String
    /// What is recorded when it fires; `nil` where it is silent.
    public let activity: String?
    /// At most one arc from and one to each place, in the order of the places.
    public let inputs: [Arc]
    public let outputs: [Arc]

    public init(_ id: String, activity: String?, from inputs: [Arc], to outputs: [Arc]) {
      self.id = id
      self.activity = activity
      self.inputs = inputs.sorted { $0.place < $1.place }
      self.outputs = outputs.sorted { $0.place < $1.place }
    }
  }

  public let places: [Place]
  public let transitions: [Transition]
  /// Tokens by place.
  public let initial: [UInt8]
  public let final: [UInt8]
  /// The different activities, in the order in which the transitions name them.
  public let activities: [String]
  /// The number of each transition's activity in `activities`; -1 where it is silent.
  let labels: [Int32]

  /// - Throws: `ConformanceError` where a limit is passed or an arc leads nowhere.
  public init(
    places: [Place], transitions: [Transition], initial: [UInt8], final: [UInt8]
  ) throws(ConformanceError) {
    try PetriNet.check(places, transitions, initial, final)
    self.places = places
    self.transitions = transitions
    self.initial = initial
    self.final = final
    var numbers: [String: Int32] = [:]
    var names: [String] = []
    labels = transitions.map { transition in
      guard let activity = transition.activity else { return -1 }
      if let number = numbers[activity] { return number }
      names.append(activity)
      numbers[activity] = Int32(names.count - 1)
      return Int32(names.count - 1)
    }
    activities = names
  }

  private static func check(
    _ places: [Place], _ transitions: [Transition], _ initial: [UInt8], _ final: [UInt8]
  ) throws(ConformanceError) {
    try check(places.count, .places, ConformanceLimit.places)
    try check(transitions.count, .transitions, ConformanceLimit.transitions)
    try check(transitions.reduce(0) { $0 + $1.inputs.count + $1.outputs.count }, .arcs, ConformanceLimit.arcs)
    guard initial.contains(where: { $0 > 0 }), initial.count == places.count else {
      throw ConformanceError(.noInitialMarking)
    }
    guard final.contains(where: { $0 > 0 }), final.count == places.count else { throw ConformanceError(.noFinalMarking) }
    for transition in transitions {
      if let name = transition.activity, name.utf8.count > ConformanceLimit.nameBytes {
        throw ConformanceError(.tooLarge(String(name.prefix(40)), limit: ConformanceLimit.nameBytes))
      }
      for arcs in [transition.inputs, transition.outputs] {
        for (number, arc) in arcs.enumerated() {
          guard places.indices.contains(arc.place), number == 0 || arcs[number - 1].place != arc.place else {
            throw ConformanceError(.badReference(transition.id, .arcs))
          }
          guard (1...ConformanceLimit.tokens).contains(arc.weight) else {
            throw ConformanceError(.badNumber(String(arc.weight), allowed: 1...ConformanceLimit.tokens))
          }
        }
      }
    }
  }

  private static func check(_ count: Int, _ what: Name, _ limit: Int) throws(ConformanceError) {
    guard count <= limit else { throw ConformanceError(.tooMany(what, limit: limit)) }
  }
}

extension Name {
  static let places = Name("places", "库所")
  static let transitions = Name("transitions", "变迁")
  static let arcs = Name("arcs", "弧")
}
