import Events
public import Projection
public import Vocabulary
import Wire

/// What is gathered of procedures, policies and templates: their versions, and where work was done otherwise.
public enum Procedures: Gathering {
  public static let key = Key.subject(.process)
  public static let families: [any Family.Type] = [Process.self]

  /// Late entries: one series, sorted when read.
  public struct Facts: BitwiseCopyable, Sendable {
    var said = Series()
  }
  public static let initial = Facts()

  /// What an entry says: the kind in its lowest bits, a number above them. The first two begin what one event says.
  enum Said: Int64 {
    static let bits: Int64 = 3

    /// The kind of document.
    case published = 0
    case deviated = 1
    case version = 2
    case effectiveOn = 3
    case retires = 4
    /// A name.
    case step = 5
  }

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Process.self) else { return }
    typealias Fact = Process.Fact
    switch type {
    case .published:
      facts.say(.published, event.number(Fact.kind), event.moment, &series)
      facts.say(.effectiveOn, event.number(Fact.effectiveOn), event.moment, &series)
      facts.say(.retires, event.number(Fact.retires), event.moment, &series)
    case .deviationRecorded:
      facts.say(.deviated, 0, event.moment, &series)
      facts.say(.step, event.number(Fact.step), event.moment, &series)
    case .auditPerformed, .improvementProposed, .improvementClosed: return  // these have histories of their own
    }
    facts.say(.version, event.number(Fact.version), event.moment, &series)
  }
}

extension Procedures.Facts {
  fileprivate mutating func say(
    _ said: Procedures.Said, _ number: Int64?, _ moment: Moment, _ series: inout SeriesStore
  ) {
    guard let number else { return }
    series.append(moment, number << Procedures.Said.bits | said.rawValue, to: &self.said)
  }
}
