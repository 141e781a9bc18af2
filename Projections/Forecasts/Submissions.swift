import Events
public import Projection
public import Vocabulary
import Wire

/// What is gathered of forecasts: who expected what for which period, each time that they said so.
public enum Submissions: Gathering {
  public static let key = Key.subject(.forecast)
  public static let families: [any Family.Type] = [Decision.self]

  /// Late entries: one series, sorted when read.
  public struct Facts: BitwiseCopyable, Sendable {
    var said = Series()
  }
  public static let initial = Facts()

  /// What an entry says: the kind in its lowest bits, a number above them. The first begins what one event says.
  enum Said: Int64 {
    static let bits: Int64 = 3

    case commit = 0
    case best = 1
    case pipeline = 2
    case currency = 3
    /// Whose: a name.
    case employee = 4
    case period = 5
  }

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Decision.self) else { return }
    switch type {
    case .forecastSubmitted: facts.take(event, &series)
    case .recorded, .projectionRebuilt: break  // no forecasts
    }
  }
}

extension Submissions.Facts {
  fileprivate mutating func take(_ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Decision.Fact
    say(.commit, event.number(Fact.commit), event.moment, &series)
    say(.best, event.number(Fact.best), event.moment, &series)
    say(.pipeline, event.number(Fact.pipeline), event.moment, &series)
    say(.currency, event.number(Fact.currency), event.moment, &series)
    say(.employee, event.number(Fact.employee), event.moment, &series)
    say(.period, event.number(Fact.period), event.moment, &series)
  }

  private mutating func say(_ said: Submissions.Said, _ number: Int64?, _ moment: Moment, _ series: inout SeriesStore) {
    guard let number else { return }
    series.append(moment, number << Submissions.Said.bits | said.rawValue, to: &self.said)
  }
}

/// What somebody expected for a period when they said so, in minor units.
struct Submission {
  let moment: Moment
  let commit: Int64
  let best: Int64?
  let pipeline: Int64?
  let currency: Currency
  /// A name; `nil` for the company's own.
  let person: Int64?
  let period: Period
}

extension Submissions.Facts {
  /// What was submitted by `now`, by business time. A period that is none of the calendar's is left out.
  func all(in series: borrowing SeriesStore, asOf now: Instant, _ names: any Names) -> [Submission] {
    var events: [(moment: Moment, said: [Int64?])] = []
    series.forEach(in: said) { entry in
      guard entry.moment.at <= now else { return }
      let kind = Int(entry.value & (1 << Submissions.Said.bits - 1))
      if kind == 0 { events.append((entry.moment, [Int64?](repeating: nil, count: 8))) }
      if !events.isEmpty { events[events.count - 1].said[kind] = entry.value >> Submissions.Said.bits }
    }
    return events.sorted { $0.moment < $1.moment }.compactMap { moment, said in
      guard let commit = said[0], let currency = said[3], let period = said[5].flatMap({ names.text($0) }).flatMap({ Period($0) })
      else { return nil }
      return Submission(
        moment: moment, commit: commit, best: said[1], pipeline: said[2],
        currency: Currency(number: UInt16(truncatingIfNeeded: currency)), person: said[4], period: period)
    }
  }
}
