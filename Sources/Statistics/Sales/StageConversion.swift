/// How many deals went on from each stage of a funnel.
///
/// A deal counts as having entered every stage up to the furthest that it reached, also those that it skipped; a won
/// one entered all.
public struct StageConversion: Sendable {
  /// Stages of one funnel.
  public static let stageLimit = 100

  /// How far one deal came.
  public struct Path: Hashable, Sendable {
    /// The furthest stage reached, from 0.
    public let furthest: Int
    /// `nil` while it is open.
    public let outcome: DealRecord.Outcome?

    public init(furthest: Int, outcome: DealRecord.Outcome?) {
      self.furthest = furthest
      self.outcome = outcome
    }
  }

  public struct Step: Hashable, Sendable {
    public let stage: Int
    public let entered: Int
    /// Went on to a later stage, or was won.
    public let advanced: Int
    /// Lost without going on.
    public let lost: Int
    /// Open, and not gone on yet.
    public var waiting: Int { entered - advanced - lost }

    /// Of all that entered; those that wait may still go on, so it rises with time.
    public var conversion: Proportion { Proportion(counted: advanced, of: entered) }
    /// Of those whose fate at this stage is known.
    public var decided: Proportion { Proportion(counted: advanced, of: advanced + lost) }
  }

  /// One for each stage, the first first.
  public let steps: [Step]
  public let won: Int

  /// Won, of all that entered the first stage.
  public var overall: Proportion { Proportion(counted: won, of: steps.first?.entered ?? 0) }

  /// - Throws: `FigureRefusal.outOfScale` for a stage that the funnel does not have; `outOfRange` unless there are
  ///   1…`stageLimit` stages.
  public init(_ paths: [Path], stages: Int) throws(FigureRefusal) {
    guard (1...StageConversion.stageLimit).contains(stages) else { throw .outOfRange(option: .scale, Double(stages)) }
    var ended = [Int](repeating: 0, count: stages)
    var lost = ended
    var won = 0
    for (place, path) in paths.enumerated() {
      guard (0..<stages).contains(path.furthest) else { throw .outOfScale(path.furthest, at: place) }
      if path.outcome == .won {
        won += 1
      } else {
        ended[path.furthest] += 1
        lost[path.furthest] += path.outcome == .lost ? 1 : 0
      }
    }
    var entered = paths.count
    var steps: [Step] = []
    for stage in 0..<stages {
      steps.append(Step(stage: stage, entered: entered, advanced: entered - ended[stage], lost: lost[stage]))
      entered -= ended[stage]
    }
    (self.steps, self.won) = (steps, won)
  }
}
