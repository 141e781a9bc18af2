public import Vocabulary
import Wire

/// A procedure with its net, ready to compare cases with.
public struct ProcedureModel: Sendable {
  public let procedure: Procedure
  public let net: PetriNet
  /// The step of each transition of the net; `nil` where it is silent.
  public let stepOfTransition: [Int?]
  public let naming: ActivityNaming
  public let aligner: Aligner
  public let replayer: Replayer
  /// Patterns by event type, of steps and of what may happen at any time.
  private let patterns: [String: [(pattern: EventPattern, activity: String?)]]
  private let activities: Set<String>

  /// - Throws: `ConformanceError` where the net passes a limit. It is sound by the way it is built.
  public init(_ procedure: Procedure, naming: ActivityNaming = .types) throws(ConformanceError) {
    var builder = BlockNet(procedure.steps.map { ($0.id, $0.pattern.activity) })
    let net = try builder.net(of: procedure.flow)
    try self.init(procedure, net, builder.stepOfTransition, naming)
  }

  /// A net from a file as a procedure: each transition that is recorded is a step, and its activity an event's name.
  ///
  /// Its cases are over: what the net still asks for was skipped.
  ///
  /// - Parameter about: the kind of thing that one case is about.
  /// - Throws: `ConformanceError` where the final marking cannot be reached or a limit is passed.
  public init(_ net: PetriNet, id: String, about: String, naming: ActivityNaming) throws(ConformanceError) {
    var steps: [Procedure.Step] = []
    var stepOfTransition: [Int?] = []
    for transition in net.transitions {
      stepOfTransition.append(transition.activity == nil ? nil : steps.count)
      guard let activity = transition.activity else { continue }
      steps.append(Procedure.Step(transition.id, Name(activity, activity), EventPattern(activity: activity)))
    }
    let procedure = Procedure(
      id: id, version: 0, title: Name(id, id), about: about, quietDays: 0, steps: steps, flow: .nothing)
    try self.init(procedure, net, stepOfTransition, naming)
  }

  private init(
    _ procedure: Procedure, _ net: PetriNet, _ stepOfTransition: [Int?], _ naming: ActivityNaming
  ) throws(ConformanceError) {
    (self.procedure, self.net, self.stepOfTransition, self.naming) = (procedure, net, stepOfTransition, naming)
    aligner = try Aligner(net)
    replayer = try Replayer(net)
    var patterns: [String: [(pattern: EventPattern, activity: String?)]] = [:]
    for step in procedure.steps { patterns[step.pattern.type, default: []].append((step.pattern, step.pattern.activity)) }
    for pattern in procedure.anytime { patterns[pattern.type, default: []].append((pattern, nil)) }
    self.patterns = patterns
    activities = Set(net.activities)
  }

  /// What an event is to the procedure.
  public enum Meaning: Hashable, Sendable {
    /// One of the model's activities.
    case activity(String)
    /// It may happen at any time.
    case free
    /// The procedure does not know it; by the name that it has.
    case unknown(String)
  }

  /// The narrowest pattern that means the event decides. Files in which two could mean it equally are refused.
  public func meaning(of event: Event) -> Meaning {
    var best: (pattern: EventPattern, activity: String?)?
    for candidate in patterns[event.type] ?? [] where candidate.pattern.matches(event) {
      guard let found = best else {
        best = candidate
        continue
      }
      if candidate.pattern.relation(to: found.pattern) == .narrower { best = candidate }
    }
    if let best { return best.activity.map { .activity($0) } ?? .free }
    let name = naming.name(of: event)
    if activities.contains(name) { return .activity(name) }
    return procedure.isClosed ? .unknown(name) : .free
  }
}

/// What an event is called in a process: its type, or what another system calls it.
public struct ActivityNaming: Sendable {
  /// Events of this type say in this field what was done; `nil`: there are none.
  private let noted: (type: String, field: String)?

  /// Every event is called by its type.
  public static let types = ActivityNaming(nil)

  private init(_ noted: (type: String, field: String)?) { self.noted = noted }

  /// Events of one type are called by one of their fields.
  public init(notedBy type: String, in field: String) { noted = (type, field) }

  public func name(of event: Event) -> String {
    guard let noted, event.type == noted.type, let name = event.data[noted.field]?.string else { return event.type }
    return name
  }
}
