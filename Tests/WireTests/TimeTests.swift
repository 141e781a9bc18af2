import Testing
import Wire

@Suite struct DayTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-11-23", 20_780), ("0001-01-01", -719_162),
    ("9999-12-31", 2_932_896), ("2024-02-29", 19_782), ("2400-02-29", 157_113), ("1900-03-01", -25_508),
  ])
  func known(_ text: String, _ number: Int) throws {
    let day = try #require(Day(text))
    #expect(Int(day.number) == number)
    #expect(Day(number: Int32(number)).description == text)
  }

  @Test(arguments: [
    "2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32",
    "0000-01-01", "10000-01-01", "2026-1-01", "2026/01/01", "20260101", "2026-01-01 ", "-001-01-01", "２０２６-01-01", "",
  ])
  func noDay(_ text: String) { #expect(Day(text) == nil) }

  /// Every day of the calendar: its date leads back to it, and dates follow one another.
  @Test func calendarIsContinuous() throws {
    let first = try #require(Day("0001-01-01")).number
    let last = try #require(Day("9999-12-31")).number
    var before = (year: 1, month: 1, day: 0)
    for number in first...last {
      let (year, month, day) = Day(number: number).civil
      let next =
        day == before.day + 1
        ? year == before.year && month == before.month
        : day == 1 && before.day == Day.length(ofMonth: before.month, in: before.year)
      guard next, Day(year: year, month: month, day: day)?.number == number else {
        Issue.record("\(Day(number: number)) after \(before)")
        return
      }
      before = (year, month, day)
    }
  }

  @Test func arithmetic() throws {
    let day = try #require(Day("2024-02-28"))
    #expect((day + 2).description == "2024-03-01")
    #expect(day + 2 - day == 2)
    #expect(day.start.day == day)
    #expect((day.start - .microseconds(1)).day == day + -1)
  }
}

@Suite struct InstantTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999999Z", -1), ("1969-12-31T23:59:59Z", -1_000_000),
    ("2026-11-23T11:40:03Z", 1_795_434_003_000_000), ("2026-11-23T11:40:03.120Z", 1_795_434_003_120_000),
    ("2026-11-23T11:40:03.000001Z", 1_795_434_003_000_001), ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
    ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999), ("1900-02-28T12:00:00.001Z", -2_203_934_399_999_000),
  ])
  func canonical(_ text: String, _ microseconds: Int64) {
    #expect(Instant(text)?.microseconds == microseconds)
    #expect(Instant(microseconds: microseconds).description == text)
  }

  /// Other texts of an instant that has one canonical text.
  @Test(arguments: [
    ("2026-11-23T19:40:03+08:00", "2026-11-23T11:40:03Z"), ("2026-11-23T00:10:00-23:59", "2026-11-24T00:09:00Z"),
    ("2026-01-01T00:00:00+14:00", "2025-12-31T10:00:00Z"), ("2026-11-23 11:40:03Z", "2026-11-23T11:40:03Z"),
    ("2026-11-23T11:40:03.1Z", "2026-11-23T11:40:03.100Z"), ("2026-11-23T11:40:03.12Z", "2026-11-23T11:40:03.120Z"),
    ("2026-11-23T11:40:03.1200Z", "2026-11-23T11:40:03.120Z"), ("2026-11-23T11:40:03.000000Z", "2026-11-23T11:40:03Z"),
    ("2026-11-23T11:40:03.000010+00:00", "2026-11-23T11:40:03.000010Z"),
    ("2026-11-23T11:40:03-00:00", "2026-11-23T11:40:03Z"),
  ])
  func read(_ text: String, _ expected: String) throws {
    #expect(try #require(Instant(text)).description == expected)
  }

  @Test(arguments: [
    "2026-11-23", "2026-11-23T11:40:03", "2026-11-23T11:40Z", "2026-11-23T24:00:00Z", "2026-11-23T11:60:00Z",
    "2026-11-23T11:40:60Z", "2026-11-23T11:40:03.Z", "2026-11-23T11:40:03.1234567Z", "2026-11-23T11:40:03+0800",
    "2026-11-23T11:40:03+24:00", "2026-11-23T11:40:03z", "2026-11-23t11:40:03Z", "2026-02-29T00:00:00Z",
    "2026-11-23T11:40:03Zx", "2026-11-23T11:40:03.", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "",
  ])
  func noInstant(_ text: String) { #expect(Instant(text) == nil) }

  @Test func daysRoundDown() throws {
    let start = try #require(Instant("2026-03-01T12:00:00Z"))
    #expect(start.adding(days: 3).days(since: start) == 3)
    #expect((start + .seconds(86_399)).days(since: start) == 0)
    #expect((start - .microseconds(1)).days(since: start) == -1)
    #expect(start.adding(days: -2).days(since: start) == -2)
    #expect(Instant(microseconds: -1).day.description == "1969-12-31")
  }

  @Test func bounds() {
    #expect(Instant.distantPast.description == "0001-01-01T00:00:00Z")
    #expect(Instant.distantFuture.description == "9999-12-31T23:59:59.999999Z")
  }
}
