import Events
import Matters
public import Projection
public import Vocabulary
import Wire

/// What is gathered of the people at a customer and of what they allowed and asked.
public enum PersonBook: Gathering {
  public static let key = Key.account
  public static let families: [any Family.Type] = [Customer.self, Privacy.self]
  public static let readsSubjects = true

  public struct Facts: BitwiseCopyable, Sendable {
    /// Contacts and consents.
    var people = Notes()
    var matters = Notes()
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Customer.self) {
      switch type {
      case .contactAdded, .contactUpdated, .consentRecorded: facts.people.take(event, &series)
      case .registered, .updated, .assessed, .merged, .statusChanged: break
      }
    } else if event.type.family == Privacy.code {
      facts.matters.take(event, &series)
    }
  }
}
