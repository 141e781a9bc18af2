public import Events
public import Projection
import Vocabulary
public import Wire

/// The grades that people gave a customer, each until it expires.
///
/// Late entries: the entries stand in the order of recording; the reading does not depend on it.
public struct Grades: BitwiseCopyable, Sendable {
  /// Two places for each: the number of the grade, and the day on which it expires.
  private var entries = Series()

  public init() {}

  public var isEmpty: Bool { entries.count == 0 }

  public mutating func take(_ type: Rule, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .assessmentSet:
      typealias Fact = Rule.Fact
      guard event.code(Fact.dimension, of: Rule.Dimension.self) == .grade, let value = event.number(Fact.value) else { return }
      series.append(event.moment, value, to: &entries)
      series.append(event.moment, event.number(Fact.expiresOn) ?? Int64(Instant.distantFuture.day.number), to: &entries)
    case .published, .proposed, .rejected: break  // rules are not facts about a customer
    }
  }
}

/// A grade that a person gave.
public struct GivenGrade: Hashable, Sendable {
  public let grade: Rule.Judgement
  public let moment: Moment
  /// The day from which it no longer holds.
  public let expiresOn: Day
}

extension Grades {
  /// The grade given last of those that have not expired. Complexity: O(grades).
  public func given(in series: borrowing SeriesStore, asOf now: Instant) -> GivenGrade? {
    var latest: GivenGrade?
    var pending: SeriesStore.Entry?
    series.forEach(in: entries) { entry in
      guard let first = pending else { return pending = entry }
      pending = nil
      guard entry.moment.at <= now, entry.value > Int64(now.day.number), latest.map({ $0.moment < entry.moment }) ?? true,
        let grade = Rule.Judgement(rawValue: UInt8(truncatingIfNeeded: first.value))
      else { return }
      latest = GivenGrade(grade: grade, moment: entry.moment, expiresOn: Day(number: Int32(truncatingIfNeeded: entry.value)))
    }
    return latest
  }
}
