public import Vocabulary

/// A procedure with its net, ready to compare cases with.
public struct ProcedureModel: Sendable {
  public let procedure: Procedure
  public let net: PetriNet
  /// The step of each transition of the net; `nil` where it is silent.
  public let stepOfTransition: [Int?]
  let aligner: Aligner
  let replayer: Replayer
  /// Patterns by event type, of steps and of what may happen at any time.
  private let patterns: [String: [(pattern: EventPattern, isStep: Bool)]]

  /// - Throws: `ConformanceError` where the net passes a limit. It is sound by the way it is built.
  public init(_ procedure: Procedure) throws(ConformanceError) {
    self.procedure = procedure
    var builder = BlockNet(procedure.steps.map { ($0.id, $0.pattern.activity) })
    net = try builder.net(of: procedure.flow)
    stepOfTransition = builder.stepOfTransition
    aligner = try Aligner(net)
    replayer = try Replayer(net)
    var patterns: [String: [(pattern: EventPattern, isStep: Bool)]] = [:]
    for step in procedure.steps { patterns[step.pattern.type, default: []].append((step.pattern, true)) }
    for pattern in procedure.anytime { patterns[pattern.type, default: []].append((pattern, false)) }
    self.patterns = patterns
  }

  /// What an event is to the procedure.
  public enum Meaning: Hashable, Sendable {
    /// One of the model's activities.
    case activity(String)
    /// It may happen at any time.
    case free
    /// The procedure does not know it.
    case unknown
  }

  /// The narrowest pattern that means the event decides. Files in which two could mean it equally are refused.
  public func meaning(of event: Event) -> Meaning {
    var best: (pattern: EventPattern, isStep: Bool)?
    for candidate in patterns[event.type] ?? [] where candidate.pattern.matches(event) {
      guard let found = best else {
        best = candidate
        continue
      }
      if candidate.pattern.relation(to: found.pattern) == .narrower { best = candidate }
    }
    guard let best else { return .unknown }
    return best.isStep ? .activity(best.pattern.activity) : .free
  }
}
