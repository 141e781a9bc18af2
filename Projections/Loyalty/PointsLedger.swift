import Projection
import Wire

/// Points posted and spent. Spent points are taken from those that expire first; points count until the day before the
/// one on which they expire.
struct PointsLedger {
  /// Stands for points that do not expire.
  static let never = Int64.max

  private struct Posting {
    var moment: Moment
    var delta: Int64
    var expires: Int64
  }
  private var postings: [Posting] = []

  var first: Moment? { postings.first?.moment }

  init(_ points: Series, _ series: borrowing SeriesStore) {
    guard points.count > 0 else { return }
    var delta: Int64?
    var read: [Posting] = []
    series.forEach(in: points) { entry in
      guard let amount = delta else { return delta = entry.value }
      read.append(Posting(moment: entry.moment, delta: amount, expires: entry.value))
      delta = nil
    }
    postings = read.sorted { $0.moment < $1.moment }
  }

  /// What may be spent on `day`. More spent than there was is owed, and paid by the points that come next.
  func balance(on day: Day) -> Int64 {
    var held: [Posting] = []
    var owed: Int64 = 0
    for posting in postings where posting.moment.at.day <= day {
      if posting.delta > 0 {
        let paid = min(owed, posting.delta)
        owed -= paid
        let place = held.firstIndex { $0.expires > posting.expires } ?? held.endIndex
        held.insert(Posting(moment: posting.moment, delta: posting.delta - paid, expires: posting.expires), at: place)
      } else {
        var due = -posting.delta
        for place in held.indices where held[place].expires > Int64(posting.moment.at.day.number) {
          let spent = min(due, held[place].delta)
          held[place].delta -= spent
          due -= spent
        }
        owed += due
      }
    }
    return held.reduce(-owed) { $1.expires > Int64(day.number) ? $0 + $1.delta : $0 }
  }

  /// What was posted in the days before `now`, whether it still counts or not.
  func earned(within days: Int, asOf now: Instant) -> Int64 {
    postings.reduce(0) { sum, posting in
      let at = posting.moment.at
      return posting.delta > 0 && at <= now && now < at.adding(days: days) ? sum + posting.delta : sum
    }
  }
}
