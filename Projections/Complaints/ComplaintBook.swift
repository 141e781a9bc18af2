import Events
import Matters
public import Projection
public import Vocabulary
import Wire

/// What is gathered of a customer's complaints, for the desk and for the figures.
public enum ComplaintBook: Gathering {
  public static let key = Key.account
  public static let families: [any Family.Type] = [Complaint.self]
  public static let readsSubjects = true

  public struct Facts: BitwiseCopyable, Sendable {
    var notes = Notes()
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Complaint.self) else { return }
    switch type {
    case .filed, .acknowledged, .assessed, .escalated, .responded, .closed, .reopened, .paused, .resumed:
      facts.notes.take(event, &series)
    }
  }
}

/// One complaint of an account.
struct AccountComplaint {
  let subject: OwnSubject?
  let course: ComplaintCourse
}

extension ComplaintBook.Facts {
  /// The complaints as of an instant, by their numbers.
  func complaints(in series: borrowing SeriesStore, asOf now: Instant) -> [AccountComplaint] {
    notes.all(in: series, asOf: now).bySubject.compactMap { subject, notes in
      ComplaintCourse(notes).map { AccountComplaint(subject: subject, course: $0) }
    }
  }
}
