public import Events
public import Projection
public import Wire

/// A procedure, policy or template, as events by business time tell of it.
public struct Procedure: Sendable {
  public struct Version: Hashable, Sendable {
    public let moment: Moment
    public let kind: Process.Kind
    public let number: Int64
    /// From this day on it is in use, unless a later one is.
    public let effectiveOn: Day
    /// The version that it puts out of use.
    public let retires: Int64?
  }
  public struct Deviation: Hashable, Sendable {
    public let moment: Moment
    public let version: Int64?
    /// A name.
    public let step: Int64?
  }
  /// By the days from which they are in use.
  public private(set) var versions: [Version] = []
  public private(set) var deviations: [Deviation] = []

  /// The version in use on a day.
  public func inForce(on day: Day) -> Version? { versions.last { $0.effectiveOn <= day } }
  /// The version that comes into use next after a day.
  public func next(after day: Day) -> Version? { versions.first { $0.effectiveOn > day } }

  init(_ events: [[Saying<Procedures.Said>]]) {
    for event in events { take(event) }
    versions.sort { ($0.effectiveOn, $0.number, $0.moment) < ($1.effectiveOn, $1.number, $1.moment) }
  }

  private mutating func take(_ event: [Saying<Procedures.Said>]) {
    guard let first = event.first else { return }
    let said = { (kind: Procedures.Said) in event.number(of: kind) }
    guard first.kind == .published else {
      return deviations.append(Deviation(moment: first.moment, version: said(.version), step: said(.step)))
    }
    guard let kind = Process.Kind(rawValue: UInt8(truncatingIfNeeded: first.number)), let number = said(.version),
      let effective = said(.effectiveOn)
    else { return }
    versions.append(
      Version(
        moment: first.moment, kind: kind, number: number, effectiveOn: Day(number: Int32(truncatingIfNeeded: effective)),
        retires: said(.retires)))
  }
}

extension Procedures.Facts {
  /// The procedure as of an instant. Complexity: O(n log n) in the events about it.
  public func procedure(in series: borrowing SeriesStore, asOf now: Instant) -> Procedure {
    let events = said.events(in: series, asOf: now) { $0 == .published || $0 == .deviated }
    return Procedure(events.sorted { $0[0].moment < $1[0].moment })
  }
}
