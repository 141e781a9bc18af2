public import Projection
public import Wire

// The five parts of the score, in the order of the benchmark's definition.

extension BenchScore {
  public static func conclude(
    _ facts: Facts, _: borrowing SeriesStore, by _: Ruled<NoRules>, asOf now: Instant, trace _: inout some Trace
  ) -> Conclusion? {
    let score =
      facts.cadence(asOf: now) + facts.complaints + facts.satisfaction + facts.contract(asOf: now)
      + facts.failedPayments(asOf: now)
    return Conclusion(score: min(100, score))
  }
}

extension BenchScore.Facts {
  /// How far the customer is behind their usual interval.
  fileprivate func cadence(asOf now: Instant) -> Int {
    guard touches.count > 0 else { return 20 }
    let day = Instant.microsecondsPerDay / 1000
    let span = (touches.latest.microseconds - touches.oldest.microseconds) / 1000
    let gap = touches.count >= 3 ? max(day, span / Int64(touches.count - 1)) : 90 * day
    let overdue = (now.microseconds - touches.latest.microseconds) / 1000 * 100 / gap
    return overdue >= 400 ? 40 : overdue >= 250 ? 30 : overdue >= 150 ? 15 : 0
  }

  fileprivate var complaints: Int { min(30, 10 * Int(openComplaints)) }

  /// Whether the last answer fell below the up to three before it.
  fileprivate var satisfaction: Int {
    guard answerCount > 0 else { return 0 }
    func answer(_ back: Int) -> Int { Int(answers >> UInt32(back * 8) & 255) }
    let latest = answer(0)
    let before = Int(answerCount) - 1
    var fall = -before * latest
    for back in 0..<before { fall += answer(back + 1) }
    let points = before == 0 ? 0 : fall >= 3 * before ? 20 : fall >= before ? 10 : 0
    return points + (latest <= 6 ? 5 : 0)
  }

  fileprivate func contract(asOf now: Instant) -> Int {
    guard hasContract else { return 0 }
    let days = contractEnd - now.day
    return days <= 30 ? 15 : days <= 90 ? 10 : 0
  }

  fileprivate func failedPayments(asOf now: Instant) -> Int {
    failedBefore > now.adding(days: -90) ? 10 : 0
  }
}
