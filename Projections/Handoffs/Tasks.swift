import Events
public import Projection
public import Vocabulary
import Wire

/// What is gathered of tasks: who asked whom for what by when, and what became of it.
public enum Tasks: Gathering {
  public static let key = Key.subject(.task)
  public static let families: [any Family.Type] = [Task.self]

  /// Late entries: the first assignment and the first completion by business time.
  public struct Facts: BitwiseCopyable, Sendable {
    var assigned = Moment(at: .distantFuture, seq: -1)
    var completed = Moment(at: .distantFuture, seq: -1)
    /// The last microsecond in time; `Int64.max` where none was set.
    var due = Int64.max
    /// Names; −1 for nobody.
    var from: Int32 = -1
    var to: Int32 = -1
    var kind: UInt8 = 0
    var result: UInt8 = 0
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Task.self) else { return }
    typealias Fact = Task.Fact
    switch type {
    case .assigned:
      guard event.moment < facts.assigned else { return }
      facts.assigned = event.moment
      facts.kind = UInt8(truncatingIfNeeded: event.number(Fact.kind) ?? 0)
      facts.from = Int32(clamping: event.actor ?? -1)
      facts.to = Int32(clamping: event.number(Fact.to) ?? -1)
      facts.due = event.number(Fact.dueAt) ?? event.day(Fact.dueOn).map { ($0 + 1).start.microseconds - 1 } ?? .max
    case .completed:
      guard event.moment < facts.completed else { return }
      facts.completed = event.moment
      facts.result = UInt8(truncatingIfNeeded: event.number(Fact.result) ?? 0)
    }
  }
}
