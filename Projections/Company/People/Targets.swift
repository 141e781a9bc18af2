public import Events
public import Projection
public import Vocabulary
public import Wire

/// What is gathered of targets: who is to reach what in which period, and whose part it is.
public enum Targets: Gathering {
  public static let key = Key.subject(.target)
  public static let families: [any Family.Type] = [Performance.self]

  public struct Facts: BitwiseCopyable, Sendable {
    var said = Sayings<Said>()
  }
  public static let initial = Facts()

  /// The first begins what one event says.
  enum Said: Int64, SaidKind {
    static let bits: Int64 = 3

    /// The kind of target.
    case set = 0
    case value = 1
    case scope = 2
    case period = 3
    case unit = 4
    case kpi = 5
    /// A target's number.
    case parent = 6
  }

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Performance.self) else { return }
    switch type {
    case .targetSet: facts.take(event, &series)
    case .kpiScored, .commissionPosted: break  // these are about a person
    }
  }
}

extension Targets.Facts {
  fileprivate mutating func take(_ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Performance.Fact
    said.say(.set, event.number(Fact.target), event.moment, &series)
    said.say(.value, event.number(Fact.value), event.moment, &series)
    said.say(.scope, event.number(Fact.scope), event.moment, &series)
    said.say(.period, event.number(Fact.period), event.moment, &series)
    said.say(.unit, event.number(Fact.unit), event.moment, &series)
    said.say(.kpi, event.number(Fact.kpi), event.moment, &series)
    said.say(.parent, event.reference(Fact.parent), event.moment, &series)
  }
}

/// A target as it was set last. Texts are numbers of names.
public struct Target: Sendable {
  /// Its number among targets.
  public let number: Int
  public let kind: Performance.Target
  public let value: Int64
  /// The whole name of whose target it is: `employee:E-7`.
  public let scope: Int64?
  public let period: Int64?
  public let unit: Int64?
  /// The item of a score sheet that it is for.
  public let kpi: Int64?
  /// The number of the target that this one is a part of.
  public let parent: Int64?
  public let moment: Moment
  /// How often it was set anew.
  public let changes: Int
  /// The value that was set first.
  public let firstValue: Int64
}

extension Targets.Facts {
  /// The target as of an instant; `nil` before it was set.
  public func target(_ number: Int, in series: borrowing SeriesStore, asOf now: Instant) -> Target? {
    let events = said.events(in: series, asOf: now) { $0 == .set }.sorted { $0[0].moment < $1[0].moment }
    guard let last = events.last, let first = events.first,
      let kind = last.number(of: .set).flatMap({ Performance.Target(rawValue: UInt8(truncatingIfNeeded: $0)) })
    else { return nil }
    return Target(
      number: number, kind: kind, value: last.number(of: .value) ?? 0, scope: last.number(of: .scope),
      period: last.number(of: .period), unit: last.number(of: .unit), kpi: last.number(of: .kpi),
      parent: last.number(of: .parent), moment: last[0].moment, changes: events.count - 1,
      firstValue: first.number(of: .value) ?? 0)
  }
}
