import CompanyHistory
import Projection
import Statistics
import Vocabulary
import Wire

/// How many work in the company or a team, and how many came and went.
struct Headcount {
  let from: Day
  let to: Day
  private(set) var atStart = 0
  private(set) var atEnd = 0
  private(set) var joined = 0
  private(set) var left = 0
  private(set) var overdueReaders = 0
  private(set) var toRead = 0
  private(set) var gaps = 0
  private var events: [Moment] = []

  init(from: Day, to: Day) { (self.from, self.to) = (from, to) }

  mutating func take(_ person: Person) {
    let career = person.career
    if career.works(on: from) { atStart += 1 }
    if career.works(on: to) { atEnd += 1 }
    if let moment = career.joined, from < moment.at.day, moment.at.day <= to {
      joined += 1
      events.append(moment)
    }
    // Who works for the last time on a day has left on the next.
    if let departure = career.departure, from <= departure.lastDay, departure.lastDay < to {
      left += 1
      events.append(departure.moment)
    }
    if !person.overdue.isEmpty { overdueReaders += 1 }
    toRead += person.unread.count
    if person.isGap { gaps += 1 }
  }

  /// Those who left ÷ the mean of the headcounts at both ends, in hundredths of a percent.
  var turnoverBp: Int64? {
    let sum = atStart + atEnd
    return sum > 0 ? Int64((Double(left) * 20_000 / Double(sum)).rounded(.toNearestOrAwayFromZero)) : nil
  }
  var last: Moment? { events.max() }

  func note(about subject: CensusSubject, in trace: inout some CensusTrace) {
    let newest = events.sorted().suffix(10).map(\.seq)
    trace.note(
      subject,
      Finding(
        "turnover", Name("Left since \(from), of mean headcount", "\(from) 以来离职人数占平均人数"), value: "\(left)",
        threshold: "(\(atStart) + \(atEnd)) ÷ 2", holds: left > 0, evidence: Array(newest)))
  }
}
