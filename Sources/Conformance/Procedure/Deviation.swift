public import Vocabulary
public import Wire

/// One way in which a case was done otherwise than its procedure asks.
public struct Deviation: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The step was not done.
    case skipped
    /// The event is no step of the procedure.
    case foreign
    /// The event is a step of the procedure, but not here: too early, too late in the order, or once too often.
    case misplaced
    /// The step was done after its time.
    case late(due: Instant)
    /// The step is not done, and its time is over.
    case overdue(due: Instant)
    /// It was done in this role.
    case wrongRole(String)
    /// Whoever did it had done this step of the same case.
    case samePerson(as: String)
    /// It was done by another version.
    case otherVersion(String)
    /// Whoever did it had not learnt it.
    case untrained
  }

  public let kind: Kind
  /// The procedure's step; of a misplaced event the step that it would be. `nil` for a foreign event.
  public let step: Procedure.Step?
  /// The event; of a skipped step the one before it, after which it is missed, `nil` at the beginning.
  public let event: CaseEvent?
  /// Of whoever did it; of a step that was skipped, of whoever went on without it.
  public let training: TrainingState

  /// Stable, for programs: `skipped`, `late`, …
  public var code: String {
    switch kind {
    case .skipped: "skipped"
    case .foreign: "foreign"
    case .misplaced: "misplaced"
    case .late: "late"
    case .overdue: "overdue"
    case .wrongRole: "wrong-role"
    case .samePerson: "same-person"
    case .otherVersion: "other-version"
    case .untrained: "untrained"
    }
  }

  /// Every code with its title.
  public static let words = [
    Word("skipped", "Skipped", "跳过"), Word("foreign", "No step of the procedure", "非流程步骤"),
    Word("misplaced", "Out of order, or once too often", "次序不符或多做"), Word("late", "Late", "超时"),
    Word("overdue", "Overdue", "逾期未办"), Word("wrong-role", "By the wrong role", "角色不符"),
    Word("same-person", "By the same person", "同一人办理"), Word("other-version", "By another version", "版本不符"),
    Word("untrained", "Without training", "未经培训"),
  ]

  /// Whether the alignment's cost counts it. Time, roles, versions and training are beside the order of steps.
  public var isOfOrder: Bool {
    switch kind {
    case .skipped, .foreign, .misplaced: true
    default: false
    }
  }

  /// One sentence for a person.
  public func message(in language: Language) -> String { text[language] }

  private var text: Name {
    let step = step?.title ?? Name("", "")
    let place = event.map { event in event.seq.map { Name("event \($0)", "事件 \($0)") } ?? Name(event.type, event.type) }
    let event = place ?? Name("the beginning", "开头")
    return switch kind {
    case .skipped: Name("\(step.en): skipped after \(event.en)", "\(step.zh)：在\(event.zh)之后被跳过")
    case .foreign:
      Name("\(self.event?.type ?? "") (\(event.en)): no step of the procedure", "\(self.event?.type ?? "")（\(event.zh)）：不是流程中的步骤")
    case .misplaced:
      Name("\(step.en) (\(event.en)): not at this place, or once too often", "\(step.zh)（\(event.zh)）：次序不符，或多做一次")
    case .late(let due): Name("\(step.en) (\(event.en)): after its time, due \(due)", "\(step.zh)（\(event.zh)）：超过时限 \(due)")
    case .overdue(let due): Name("\(step.en): not done, due \(due)", "\(step.zh)：尚未办理，时限 \(due)")
    case .wrongRole(let role):
      Name("\(step.en) (\(event.en)): done as \(role)", "\(step.zh)（\(event.zh)）：以角色 \(role) 办理")
    case .samePerson(let other):
      Name("\(step.en) (\(event.en)): by whoever did \(other)", "\(step.zh)（\(event.zh)）：与 \(other) 为同一人办理")
    case .otherVersion(let mark): Name("\(step.en) (\(event.en)): done by \(mark)", "\(step.zh)（\(event.zh)）：按 \(mark) 办理")
    case .untrained:
      Name("\(step.en) (\(event.en)): \(training.title.en)", "\(step.zh)（\(event.zh)）：\(training.title.zh)")
    }
  }
}
