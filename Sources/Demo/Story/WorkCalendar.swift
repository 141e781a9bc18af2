import Wire

/// When the company works and when its customers buy: weeks, holidays, the Spring Festival, the year's end.
enum WorkCalendar {
  /// First days of the lunar year, 2018 … 2040. They follow the moon; a table is shorter than the astronomy.
  private static let newYears: [(month: Int, day: Int)] = [
    (2, 16), (2, 5), (1, 25), (2, 12), (2, 1), (1, 22), (2, 10), (1, 29), (2, 17), (2, 6), (1, 26), (2, 13), (2, 3),
    (1, 23), (2, 11), (1, 31), (2, 19), (2, 8), (1, 28), (2, 15), (2, 4), (1, 24), (2, 12),
  ]

  /// The first day of the lunar year that begins in `year`; outside the table a day in the middle of its range.
  static func lunarNewYear(in year: Int) -> Day {
    let date = newYears.indices.contains(year - 2018) ? newYears[year - 2018] : (month: 2, day: 5)
    return Day(date: year, date.month, date.day)
  }

  static func isWorkday(_ day: Day) -> Bool {
    let weekday = (Int(day.number) % 7 + 10) % 7  // 0 = Monday; 1970-01-01 was a Thursday
    if weekday >= 5 { return false }
    let (year, month, dayOfMonth) = day.civil
    switch month {
    case 1 where dayOfMonth == 1: return false
    case 1, 2: return !(-1...6).contains(day - lunarNewYear(in: year))
    case 5: return dayOfMonth > 5
    case 10: return dayOfMonth > 7
    default: return true
    }
  }

  static func workday(onOrAfter day: Day) -> Day {
    var day = day
    while !isWorkday(day) { day = day + 1 }
    return day
  }

  /// A moment between half past eight and six in the evening, China time, rarely at lunch.
  static func officeMoment(on day: Day, _ random: inout SplitMix64) -> Instant {
    var minute = random.int(510...1_079)
    if (720..<780).contains(minute) { minute = random.int(510...1_079) }
    return day.start + .seconds((minute - 480) * 60 + random.below(60))
  }

  /// How much is bought on a day, in thousandths of a usual day: little around the Spring Festival, most at year's end.
  static func demand(on day: Day) -> Int {
    let (year, month, _) = day.civil
    if (-12...15).contains(day - lunarNewYear(in: year)) { return 250 }
    return [1_000, 950, 1_080, 1_050, 1_000, 980, 900, 900, 1_080, 1_000, 1_260, 1_380][month - 1]
  }

  /// The day on which, from `start`, so many usual days of demand have gathered.
  static func day(after usualDays: Int, from start: Day) -> Day {
    var gathered = 0
    var day = start
    repeat {
      day = day + 1
      gathered += demand(on: day)
    } while gathered < usualDays * 1_000
    return day
  }
}

extension Day {
  /// A date that the calendar has.
  init(date year: Int, _ month: Int, _ day: Int) {
    guard let made = Day(year: year, month: month, day: day) else { preconditionFailure("no such date") }
    self = made
  }

  var year: Int { civil.year }

  /// The same date `years` on; 29 February becomes the 28th.
  func adding(years: Int) -> Day {
    let (year, month, day) = civil
    return Day(date: year + years, month, min(day, Day.length(ofMonth: month, in: year + years)))
  }
}
