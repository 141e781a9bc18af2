import Events
public import Projection
public import Vocabulary
import Wire

/// What is gathered of procedures, policies and templates: their versions, and where work was done otherwise.
public enum Procedures: Gathering {
  public static let key = Key.subject(.process)
  public static let families: [any Family.Type] = [Process.self]

  public struct Facts: BitwiseCopyable, Sendable {
    var said = Sayings<Said>()
  }
  public static let initial = Facts()

  /// The first two begin what one event says.
  enum Said: Int64, SaidKind {
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
      facts.said.say(.published, event.number(Fact.kind), event.moment, &series)
      facts.said.say(.effectiveOn, event.number(Fact.effectiveOn), event.moment, &series)
      facts.said.say(.retires, event.number(Fact.retires), event.moment, &series)
    case .deviationRecorded:
      facts.said.say(.deviated, 0, event.moment, &series)
      facts.said.say(.step, event.number(Fact.step), event.moment, &series)
    case .auditPerformed, .improvementProposed, .improvementClosed: return  // these have histories of their own
    }
    facts.said.say(.version, event.number(Fact.version), event.moment, &series)
  }
}
