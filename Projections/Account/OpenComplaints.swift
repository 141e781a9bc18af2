public import Events
public import Projection
public import Wire

/// A customer's complaints one by one: which are open, and how grave they are.
///
/// Late entries: the entries stand in the order of recording and are sorted when read.
public struct OpenComplaints: BitwiseCopyable, Sendable {
  /// What the entries hold: the kind in the lowest four bits, a number above them.
  enum Said: Int64 {
    /// Which complaint the entries that follow are about: its number and 1 more.
    case whose = 0
    case filed = 1
    case graded = 2
    case closed = 3
    case reopened = 4
  }
  private var entries = Series()

  public init() {}

  public mutating func take(_ type: Complaint, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .filed: add(.filed, 0, event, &series)
    case .assessed: add(.graded, event.number(Complaint.Fact.severity), event, &series)
    case .closed: add(.closed, 0, event, &series)
    case .reopened: add(.reopened, 0, event, &series)
    case .paused, .resumed: break  // a complaint that waits is open all the same
    case .acknowledged, .escalated, .responded: break
    }
  }

  private mutating func add(_ said: Said, _ number: Int64?, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let number else { return }
    series.append(event.moment, ((event.thing ?? -1) + 1) << 4 | Said.whose.rawValue, to: &entries)
    series.append(event.moment, number << 4 | said.rawValue, to: &entries)
  }

  /// The open complaints as of an instant: since when, and how grave they were found to be.
  public func open(in series: borrowing SeriesStore, asOf now: Instant) -> [(since: Moment, severity: Complaint.Severity?)] {
    series.things(in: entries, whose: Said.whose.rawValue, asOf: now).compactMap { thing in
      var since: Moment?
      var severity: Complaint.Severity?
      for entry in thing.entries {
        switch Said(rawValue: entry.value & 15) {
        case .filed, .reopened: since = since ?? entry.moment
        case .graded: severity = Complaint.Severity(rawValue: UInt8(truncatingIfNeeded: entry.value >> 4)) ?? severity
        case .closed: since = nil
        case .whose, nil: break
        }
      }
      return since.map { ($0, severity) }
    }
  }
}
