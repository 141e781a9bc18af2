import Statistics
import Testing
import Wire

@testable import Backtest

private func day(_ text: String) -> Day { Day(text)! }

@Suite struct `How often history is judged` {
  @Test(arguments: [
    ("2023-12-31", 1, ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]),
    ("2023-01-30", 1, ["2023-01-30", "2023-02-28", "2023-03-30", "2023-04-30"]),
    ("2024-01-15", 3, ["2024-01-15", "2024-04-15"]),
    ("2024-02-29", 12, ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
    ("2023-11-30", 1, ["2023-11-30", "2023-12-31", "2024-01-31"]),
  ])
  func `months keep their day, and last days stay last`(start: String, months: Int, expected: [String]) {
    let cadence = Cadence.months(months)
    for (step, text) in expected.enumerated() {
      #expect(cadence.day(step, from: day(start)) == day(text), "step \(step)")
    }
    #expect(cadence.days(from: day(start), through: day(expected[expected.count - 1])).map(\.description) == expected)
  }

  @Test func `back from the last day`() {
    let back = Cadence.months(1).days(back: 4, to: day("2024-03-31"), notBefore: day("2023-01-01"))
    #expect(back.map(\.description) == ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31"])
    #expect(
      Cadence.days(10).days(back: 9, to: day("2024-03-31"), notBefore: day("2024-03-11")).map(\.description) == [
        "2024-03-11", "2024-03-21", "2024-03-31",
      ])
    #expect(Cadence.months(1).days(back: 3, to: day("0001-02-15"), notBefore: day("0001-01-01")).count == 2)
  }

  @Test func `never more than the limit, never beyond the calendar`() {
    #expect(Cadence.days(1).days(from: day("2024-01-01"), through: day("2030-01-01")).count == Cadence.limit)
    #expect(Cadence.months(1).days(from: day("9999-11-30"), through: day("9999-12-31")).count == 2)
    #expect(Cadence.months(1).day(2, from: day("9999-11-30")) == nil)
    #expect(Cadence.days(1).days(from: day("2024-01-02"), through: day("2024-01-01")).isEmpty)
  }

  @Test(arguments: [("2024-03-31", "2024-03-31"), ("2024-03-30", "2024-02-29"), ("2024-03-01", "2024-02-29")])
  func `the last month end`(until: String, expected: String) {
    #expect(Cadence.months(1).lastEnd(notAfter: day(until)) == day(expected))
    #expect(Cadence.days(7).lastEnd(notAfter: day(until)) == day(until))
  }
}

@Suite struct `Runs of warnings` {
  @Test func `a run counts once, by the first outcome it caught; a break begins another`() {
    var runs = WarningRuns()
    runs.warn(1, since: day("2024-01-10"))
    #expect(runs.caught(1, on: day("2024-03-10")) == 60)
    runs.keep([1])
    // A worse level begins later; the warning itself does not.
    runs.warn(1, since: day("2024-02-01"))
    #expect(runs.caught(1, on: day("2024-04-10")) == 91)
    #expect(runs.leads == [60])
    runs.keep([])
    #expect(runs.caught(1, on: day("2024-05-01")) == nil)
    runs.warn(1, since: day("2024-05-01"))
    runs.warn(2, since: day("2024-05-01"))
    #expect(runs.caught(1, on: day("2024-05-06")) == 5)
    runs.keep([1, 2])
    #expect(runs.leads.sorted() == [5, 60])
  }

  @Test func `tallies of days add up`() {
    var totals: [Tally] = []
    for (risk, outcome) in [(3.0, true), (1, false), (2, true)] {
      var tally = Tally(score: nil)
      tally.count(risk, flagged: risk > 1, outcome: outcome)
      Tally.add(tally, to: &totals)
    }
    var other = Tally(score: "other")
    other.count(0, flagged: false, outcome: true)
    Tally.add(other, to: &totals)
    let lines = totals.map { $0.line(asOf: nil) }
    #expect(lines.map(\.score) == [nil, "other"] && lines[0].hits.flagged == 2 && lines[0].area == 1)
    #expect(lines[1].area == nil && lines[1].hits.judged == 1)
  }
}
