import Events
import Matters
public import Projection
public import Vocabulary
import Wire

/// What is gathered of who may see what, who looked, who left, and who looked over the rights.
public enum AccessBook: Gathering {
  public static let key = Key.account
  public static let families: [any Family.Type] = [Access.self, People.self, Process.self]
  public static let readsSubjects = true

  public struct Facts: BitwiseCopyable, Sendable {
    var notes = Notes()
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Access.self) {
      switch type {
      case .changed, .dataAccessed: facts.notes.take(event, &series)
      case .retentionDisposed: break  // records that are gone are no right
      }
    } else if let type = event.type(in: People.self) {
      switch type {
      case .departed: facts.notes.take(event, &series)
      case .joined, .positionChanged, .activityHeld, .trainingCompleted: break
      }
    } else if let type = event.type(in: Process.self) {
      switch type {
      case .auditPerformed:
        if event.code(Process.Fact.audit, of: Process.Audit.self) == .accessReview { facts.notes.take(event, &series) }
      case .published, .deviationRecorded, .improvementProposed, .improvementClosed: break
      }
    }
  }
}
