import CompanyRules
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

/// China's clock; Monday to Friday, 9:00 to 18:00. 2026-10-01 to -07 are holidays, Saturday the 10th is worked for them.
private let calendar = WorkCalendar([
  "offsetMin": 480, "weekdays": ["mon", "tue", "wed", "thu", "fri"], "opensAtMin": 540, "closesAtMin": 1_080,
  "holidays": ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"], "extraWorkdays": ["2026-10-10"],
])

/// An instant by China's clock.
private func local(_ text: String) -> Instant { Instant(text + "+08:00") ?? .distantPast }

private func moment(_ text: String, _ seq: Int64 = 0) -> Moment { Moment(at: local(text), seq: seq) }

private func wait(_ from: String, _ until: String? = nil) -> Clock.Wait {
  Clock.Wait(from: moment(from, 1), until: until.map { moment($0, 2) })
}

@Suite struct `A clock` {
  // Wednesday 2026-09-23 16:00.
  private let begun = moment("2026-09-23T16:00:00")

  @Test(arguments: [
    (TimeLimit.minutes(120), "2026-09-23T18:00:00"), (.minutes(1_440), "2026-09-24T16:00:00"),
    (.workingDays(1), "2026-09-24T18:00:00"), (.workingDays(3), "2026-09-28T18:00:00"),
    (.workingDays(6), "2026-10-08T18:00:00"), (.workingDays(8), "2026-10-10T18:00:00"),
    (.at(local("2026-09-25T12:00:00")), "2026-09-25T12:00:00"), (.through(Day("2026-09-25")!), "2026-09-26T00:00:00"),
  ]) func `is due`(limit: TimeLimit, due: String) {
    let clock = Clock(start: begun, limit: limit)
    let at = local(due)
    #expect(clock.reading(asOf: at, in: calendar).state == .running)
    let after = clock.reading(asOf: Instant(microseconds: at.microseconds + 1), in: calendar)
    #expect(after.state == .overdue && after.dueAt == at && after.since == at && after.because == 0)
    for (stop, state) in [(at, ClockState.met), (Instant(microseconds: at.microseconds + 1), .metLate)] {
      let stopped = Clock(start: begun, limit: limit, stop: Moment(at: stop, seq: 9))
      let reading = stopped.reading(asOf: .distantFuture, in: calendar)
      #expect(reading.state == state && reading.because == 9 && reading.since == stop && reading.dueAt == at)
    }
  }

  @Test(arguments: [
    // The corresponding day; a leap day's is the last of the month; a Saturday and the holidays pass on to a worked day.
    ("2022-03-15T10:00:00", 3, "2025-03-15", "2025-03-17"), ("2022-03-16T00:30:00", 3, "2025-03-16", "2025-03-17"),
    ("2022-03-18T23:59:59", 3, "2025-03-18", "2025-03-18"), ("2024-02-29T09:00:00", 4, "2028-02-29", "2028-02-29"),
    ("2024-02-29T09:00:00", 3, "2027-02-28", "2027-03-01"), ("2023-10-01T09:00:00", 3, "2026-10-01", "2026-10-08"),
  ]) func `of years ends on a day that is worked`(start: String, years: Int, corresponding: String, last: String) {
    let end = calendar.end(of: .years(years), from: local(start))
    #expect(end == calendar.end(of: Day(last)!), "corresponding day \(corresponding)")
  }

  @Test func `not begun, running, waiting, running, overdue, done late`() {
    let clock = Clock(start: begun, limit: .minutes(120), waits: [wait("2026-09-23T17:00:00", "2026-09-25T17:00:00")])
    func reading(_ text: String, _ clock: Clock) -> ClockReading { clock.reading(asOf: local(text), in: calendar) }
    #expect(reading("2026-09-23T15:59:59", clock).state == .notStarted)
    #expect(reading("2026-09-23T16:00:00", clock).state == .running && reading("2026-09-23T16:30:00", clock).usedBp == 2_500)
    let open = Clock(start: begun, limit: .minutes(120), waits: [wait("2026-09-23T17:00:00")])
    let waiting = reading("2026-09-24T17:00:00", open)
    #expect(waiting.state == .paused && waiting.dueAt == nil && waiting.usedBp == 5_000)
    #expect(waiting.since == local("2026-09-23T17:00:00") && waiting.because == 1)
    let resumed = reading("2026-09-25T17:30:00", clock)
    #expect(resumed.state == .running && resumed.dueAt == local("2026-09-25T18:00:00") && resumed.usedBp == 7_500)
    #expect(resumed.because == 2 && resumed.waited == 48 * 3_600_000_000)
    #expect(reading("2026-09-25T18:00:01", clock).state == .overdue)
  }

  @Test func `working days wait by the working time`() {
    // Due Monday 18:00. From Thursday 17:00 to Friday 11:00 three working hours pass; so it is due Tuesday at noon.
    let clock = Clock(start: begun, limit: .workingDays(3), waits: [wait("2026-09-24T17:00:00", "2026-09-25T11:00:00")])
    #expect(clock.reading(asOf: local("2026-09-28T12:00:00"), in: calendar).dueAt == local("2026-09-29T12:00:00"))
    // A night and a weekend take nothing.
    let idle = Clock(start: begun, limit: .workingDays(3), waits: [wait("2026-09-25T18:00:00", "2026-09-28T09:00:00")])
    #expect(idle.reading(asOf: local("2026-09-28T12:00:00"), in: calendar).dueAt == local("2026-09-28T18:00:00"))
    #expect(idle.reading(asOf: local("2026-09-28T18:00:00"), in: calendar).usedBp == 10_000)
  }

  @Test func `waiting does not mend what is late`() {
    let late = Clock(start: begun, limit: .minutes(120), waits: [wait("2026-09-23T18:00:01", "2026-09-24T18:00:00")])
    #expect(late.reading(asOf: local("2026-09-23T20:00:00"), in: calendar).state == .overdue)
    let inTime = Clock(start: begun, limit: .minutes(120), waits: [wait("2026-09-23T18:00:00", "2026-09-24T18:00:00")])
    #expect(inTime.reading(asOf: local("2026-09-23T20:00:00"), in: calendar).state == .running, "it knows when it was resumed")
    #expect(inTime.reading(asOf: local("2026-09-24T18:00:01"), in: calendar).state == .overdue)
  }

  @Test func `a day that was named does not move, and no limit is never late`() {
    let named = Clock(start: begun, limit: .through(Day("2026-09-24")!), waits: [wait("2026-09-23T17:00:00")])
    #expect(named.reading(asOf: local("2026-09-25T00:00:01"), in: calendar).state == .overdue)
    let free = Clock(start: begun, limit: nil, waits: [wait("2026-09-23T17:00:00")])
    let reading = free.reading(asOf: .distantFuture, in: calendar)
    #expect(reading.state == .running && reading.dueAt == nil && reading.usedBp == nil)
  }

  @Test func `stopped while it waits`() {
    let clock = Clock(
      start: begun, limit: .minutes(120), waits: [wait("2026-09-23T17:00:00")], stop: moment("2026-09-29T09:00:00", 5))
    let reading = clock.reading(asOf: local("2026-09-30T09:00:00"), in: calendar)
    #expect(reading.state == .met && reading.usedBp == 5_000 && reading.dueAt == local("2026-09-29T10:00:00"))
  }

  /// Counted minute by minute, by a program that knows nothing of the reckoning above.
  @Test(arguments: UInt64(1)...12) func `agrees with counting`(seed: UInt64) {
    var dice = Dice(seed)
    let start = local("2026-09-21T00:00:00") + .seconds(60 * dice.roll(7 * 1_440))
    var cursor = start
    var waits: [Clock.Wait] = []
    for _ in 0..<dice.roll(4) {
      let from = cursor + .seconds(60 * dice.roll(3_000))
      cursor = from + .seconds(60 * (1 + dice.roll(3_000)))
      waits.append(Clock.Wait(from: Moment(at: from, seq: 1), until: Moment(at: cursor, seq: 2)))
    }
    let minutes = 1 + dice.roll(4_000)
    let days = 1 + dice.roll(8)
    let calendarDue = Clock(start: Moment(at: start, seq: 0), limit: .minutes(minutes), waits: waits)
      .reading(asOf: .distantFuture, in: calendar).dueAt
    #expect(calendarDue == counted(start, waits) { _, passed in passed == minutes }, "seed \(seed)")
    let last = calendar.closing(afterWorkingDays: days, from: start)
    let work = last.map { calendar.work(from: start, to: $0) / 60_000_000 } ?? 0
    let workDue = Clock(start: Moment(at: start, seq: 0), limit: .workingDays(days), waits: waits)
      .reading(asOf: .distantFuture, in: calendar).dueAt
    var done: Int64 = 0
    let expected = counted(start, waits) { minute, _ in
      done += calendar.work(from: minute, to: minute + .seconds(60)) > 0 ? 1 : 0
      return done == work
    }
    #expect(workDue == expected, "seed \(seed)")
  }

  /// The end of the minute at which enough has passed, of minutes in which nobody is waited for.
  private func counted(
    _ start: Instant, _ waits: [Clock.Wait], until enough: (_ minute: Instant, _ passed: Int) -> Bool
  ) -> Instant? {
    var minute = start
    var passed = 0
    for _ in 0..<60_000 {
      let rests = waits.contains { $0.from.at <= minute && minute < $0.until?.at ?? .distantFuture }
      if !rests {
        passed += 1
        if enough(minute, passed) { return minute + .seconds(60) }
      }
      minute = minute + .seconds(60)
    }
    return nil
  }
}
