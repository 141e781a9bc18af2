import AccountHistory
import Events
public import Projection
public import Wire

/// What is heard to say who reached what: targets, then people, then customers.
public struct PerformanceHearing: Hearing {
  public private(set) var targets: [Target] = []
  /// By the number of the person's name.
  public private(set) var careers: [Int64: Career] = [:]
  public private(set) var attainment: Attainment?
  private let keepsEvidence: Bool

  /// What is to be added up.
  public struct Wanted {
    let spans: [Attainment.Span]
    let measures: [Measure]
    /// The positions of the events by which spans were locked.
    let locks: [Attainment.Span: Int64]

    public init(_ spans: [Attainment.Span], _ measures: [Measure], locks: [Attainment.Span: Int64] = [:]) {
      (self.spans, self.measures, self.locks) = (spans, measures, locks)
    }
  }

  public init(about subject: CensusSubject?) { keepsEvidence = subject != nil }

  public mutating func take(_ facts: Targets.Facts, _ series: borrowing SeriesStore, _ key: Int, asOf now: Instant) {
    if let target = facts.target(key, in: series, asOf: now) { targets.append(target) }
  }

  public mutating func take(
    _ facts: Staff.Facts, _ series: borrowing SeriesStore, _ key: Int, asOf now: Instant, _ names: any Names
  ) {
    guard let name = names.id(.employee, Int64(key)).flatMap({ names.number($0) }) else { return }
    careers[name] = facts.career(in: series, asOf: now)
  }

  /// What customers brought, which is added up from here on.
  /// - Parameter wanted: which spans, by what was heard of targets and people.
  public mutating func attain(
    asOf now: Instant, wanted: (PerformanceHearing) -> Wanted,
    _ change: (inout Attainment) -> Void
  ) {
    if attainment == nil {
      attainment = make(wanted(self), asOf: now)
    }
    guard var sums = attainment.take() else { return }  // held once while it is changed
    if !sums.isEmpty { change(&sums) }
    attainment = sums
  }

  /// The sums, also where no customer was heard.
  public func sums(
    asOf now: Instant, wanted: (PerformanceHearing) -> Wanted
  ) -> Attainment {
    if let attainment { return attainment }
    return make(wanted(self), asOf: now)
  }

  private func make(_ wanted: Wanted, asOf now: Instant) -> Attainment {
    Attainment(
      wanted.spans, wanted.measures, careers: careers, locks: wanted.locks, asOf: now, keepsEvidence: keepsEvidence)
  }
}
