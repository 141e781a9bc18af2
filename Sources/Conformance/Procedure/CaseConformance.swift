public import Vocabulary
public import Wire

/// How one case was done, against what its procedure asks.
public struct CaseConformance: Hashable, Sendable {
  public enum Standing: String, CaseIterable, Sendable {
    /// It came to an end that the procedure has.
    case complete
    /// It goes on; what is still to come is no deviation.
    case running
    /// Nothing has happened for longer than the procedure lets it rest: what it still asks for was skipped.
    case abandoned

    public var title: Name {
      switch self {
      case .complete: Name("Complete", "已完成")
      case .running: Name("Running", "进行中")
      case .abandoned: Name("Abandoned", "已中止")
      }
    }
  }

  public var subject: Subject { events.subject }
  /// `complaint-handling@1`.
  public let procedure: String
  public let events: CaseEvents
  public let standing: Standing
  /// What was done, skipped and inserted, in order; what may happen at any time is left out.
  public let moves: [CaseMove]
  public let deviations: [Deviation]
  /// For a running case: what may come next.
  public let next: [NextStep]
  /// The alignment: its cost and fitness. Of a running case, to the beginning of a run.
  public let alignment: Alignment
  /// Token-based replay; of a running case the tokens on their way count as remaining. `nil` where it passed a limit.
  public let replay: Replay?

  /// Nothing skipped, inserted, late, or done by somebody who may not.
  public var conforms: Bool { deviations.isEmpty }
}

/// One step of the comparison.
public struct CaseMove: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case done, skipped, inserted

    public var title: Name {
      switch self {
      case .done: Name("Done", "已办")
      case .skipped: Name("Skipped", "跳过")
      case .inserted: Name("Inserted", "插入")
      }
    }
  }
  public let kind: Kind
  /// The procedure's step; `nil` for an event that is inserted.
  public let step: Procedure.Step?
  /// `nil` for a step that was skipped.
  public let event: CaseEvent?
  /// Of whoever did it; of a step that was skipped, of whoever went on without it.
  public let training: TrainingState
}

/// An event as a case quotes it.
public struct CaseEvent: Hashable, Sendable {
  public let seq: Int64?
  public let type: String
  public let subject: Subject
  public let at: Instant
  public let actor: String?
  public let role: String?
  public let sopVersion: String?
  /// Place in the case, from 0; what may happen at any time is not counted.
  public let place: Int
}

/// What may come next in a running case.
public struct NextStep: Hashable, Sendable {
  public let step: Procedure.Step
  /// Whether the case cannot come to its end without it.
  public let isMandatory: Bool
  /// Until when, where the step has a limit and its time has begun.
  public let due: Instant?
}
