import Events
public import Projection
public import Vocabulary
import Wire

/// What is gathered of forecasts: who expected what for which period, each time that they said so.
public enum Submissions: Gathering {
  public static let key = Key.subject(.forecast)
  public static let families: [any Family.Type] = [Decision.self]

  public struct Facts: BitwiseCopyable, Sendable {
    var said = Sayings<Said>()
  }
  public static let initial = Facts()

  /// The first begins what one event says.
  enum Said: Int64, SaidKind {
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
    said.say(.commit, event.number(Fact.commit), event.moment, &series)
    said.say(.best, event.number(Fact.best), event.moment, &series)
    said.say(.pipeline, event.number(Fact.pipeline), event.moment, &series)
    said.say(.currency, event.number(Fact.currency), event.moment, &series)
    said.say(.employee, event.number(Fact.employee), event.moment, &series)
    said.say(.period, event.number(Fact.period), event.moment, &series)
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
    let events = said.events(in: series, asOf: now) { $0 == .commit }
    return events.sorted { $0[0].moment < $1[0].moment }.compactMap { event in
      guard let commit = event.number(of: .commit), let currency = event.number(of: .currency),
        let period = event.number(of: .period).flatMap({ names.text($0) }).flatMap({ Period($0) })
      else { return nil }
      return Submission(
        moment: event[0].moment, commit: commit, best: event.number(of: .best), pipeline: event.number(of: .pipeline),
        currency: Currency(number: UInt16(truncatingIfNeeded: currency)), person: event.number(of: .employee), period: period)
    }
  }
}
