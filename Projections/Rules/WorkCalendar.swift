import Projection
public import Vocabulary
public import Wire

/// When the company works: the calendar in which working hours and working days are counted.
///
/// All of it is data of a rule, also the holidays and the working weekends that are traded for them (调休), so that a
/// time limit can be computed again as it was computed then.
public struct WorkCalendar: Hashable, Sendable {
  public let offsetMin: Int
  public let opensAtMin: Int
  public let closesAtMin: Int
  private let weekdays: Set<Int>
  private let holidays: Set<Day>
  private let workdays: Set<Day>

  /// Days that a search for working days walks at most: no calendar is closed for longer.
  static let horizonDays = 4_000

  public static let fields: [Field] = [
    .count("offsetMin", "Minutes by which local time is ahead of UTC", "当地时间比 UTC 早多少分钟", -720...840, .minutes),
    .list("weekdays", of: .code(Weekday.codes), "Days of the week that are worked", "每周工作日", limit: 7),
    .count(
      "opensAtMin", "Work begins so many minutes after midnight (540 is 9:00)", "上班时间，自零点起的分钟数（540 为 9:00）", 0...1_439,
      .minutes),
    .count(
      "closesAtMin", "Work ends so many minutes after midnight (1080 is 18:00)", "下班时间，自零点起的分钟数（1080 为 18:00）",
      1...1_440, .minutes),
    .list("holidays", of: .day, "Days that are not worked", "节假日", limit: 2_000).optional,
    .list("extraWorkdays", of: .day, "Days that are worked though their weekday is not", "调休工作日", limit: 2_000)
      .optional,
  ]

  /// For limits that count no working time: every minute is worked, and days are those of UTC.
  public static let always = WorkCalendar([
    "offsetMin": 0, "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opensAtMin": 0, "closesAtMin": 1_440,
  ])

  /// - Parameter values: an object that `fields` and `check` have accepted.
  public init(_ values: JSONObject) {
    offsetMin = values.number("offsetMin")
    opensAtMin = values.number("opensAtMin")
    closesAtMin = values.number("closesAtMin")
    weekdays = Set(
      values.texts("weekdays").compactMap { text in Weekday.allCases.first { $0.word.text == text } }.map {
        Int($0.rawValue)
      })
    holidays = Set(values.texts("holidays").compactMap { Day($0) })
    workdays = Set(values.texts("extraWorkdays").compactMap { Day($0) })
  }

  static func check(_ values: JSONObject, at path: String) throws(RuleFault) {
    guard values.number("opensAtMin") < values.number("closesAtMin") else {
      throw RuleFault(path + ".opensAtMin", Name("work must begin before it ends", "上班时间必须早于下班时间"))
    }
    guard !values.texts("weekdays").isEmpty else {
      throw RuleFault(path + ".weekdays", Name("at least one day of the week is worked", "每周至少有一个工作日"))
    }
    for list in ["weekdays", "holidays", "extraWorkdays"] {
      try requireDistinct(values.texts(list)) { "\(path).\(list)[\($0)]" }
    }
    let both = Set(values.texts("holidays")).intersection(values.texts("extraWorkdays")).min()
    if let both {
      throw RuleFault(
        path + ".extraWorkdays", Name("\(both) is a holiday too; allowed: one of the two", "\(both) 同时是节假日；只能取其一"))
    }
  }

  /// Whether a local day is worked.
  public func isWorked(_ day: Day) -> Bool {
    workdays.contains(day) || (weekdays.contains(day.weekday) && !holidays.contains(day))
  }

  /// The instant at which so many working days have passed: the close of the last of them, or of the first worked day
  /// where none are asked for. The day on which it begins is not counted.
  /// - Complexity: O(days walked), at most 4,000; `nil` beyond.
  public func closing(afterWorkingDays days: Int, from start: Instant) -> Instant? {
    var day = day(of: start)
    var left = days
    for _ in 0..<WorkCalendar.horizonDays {
      if left == 0, isWorked(day) { return utc(day, closesAtMin) }
      day = day + 1
      if left > 0, isWorked(day) { left -= 1 }
    }
    return nil
  }

  /// The instant at which so many minutes of work have passed.
  /// - Complexity: O(days walked), at most 4,000; `nil` beyond.
  public func adding(workingMinutes minutes: Int, to start: Instant) -> Instant? {
    adding(work: Int64(minutes) * WorkCalendar.minute, to: start)
  }

  /// The instant at which so much time of work has passed, in microseconds.
  /// - Complexity: O(days walked), at most 4,000; `nil` beyond.
  func adding(work: Int64, to start: Instant) -> Instant? {
    var day = day(of: start)
    var from = max(start.microseconds, opening(day))
    var left = work
    for _ in 0..<WorkCalendar.horizonDays {
      let close = closing(day)
      if isWorked(day), from < close {
        guard left > close - from else { return Instant(microseconds: from + left) }
        left -= close - from
      }
      day = day + 1
      from = opening(day)
    }
    return nil
  }

  /// How much time of work lies between two instants, in microseconds.
  /// - Complexity: O(days walked), at most 4,000; what lies beyond is not counted.
  public func work(from start: Instant, to end: Instant) -> Int64 {
    var day = day(of: start)
    var work: Int64 = 0
    for _ in 0..<WorkCalendar.horizonDays where opening(day) < end.microseconds {
      if isWorked(day) { work += max(0, min(closing(day), end.microseconds) - max(opening(day), start.microseconds)) }
      day = day + 1
    }
    return work
  }

  /// The local day of an instant.
  public func day(of instant: Instant) -> Day {
    Instant(microseconds: instant.microseconds + Int64(offsetMin) * WorkCalendar.minute).day
  }

  /// The instant at which a local day is over.
  public func end(of day: Day) -> Instant { utc(day + 1, 0) }

  private static let minute: Int64 = 60_000_000
  private func opening(_ day: Day) -> Int64 { utc(day, opensAtMin).microseconds }
  private func closing(_ day: Day) -> Int64 { utc(day, closesAtMin).microseconds }

  private func utc(_ day: Day, _ minute: Int) -> Instant {
    Instant(microseconds: day.start.microseconds + Int64(minute - offsetMin) * WorkCalendar.minute)
  }
}

extension Day {
  /// 1 Monday … 7 Sunday (ISO 8601). Day 0, 1970-01-01, was a Thursday.
  var weekday: Int { ((Int(number) + 3) % 7 + 7) % 7 + 1 }
}

/// Days of the week, numbered as ISO 8601 does.
public enum Weekday: UInt8, CodeSet {
  case monday = 1
  case tuesday = 2
  case wednesday = 3
  case thursday = 4
  case friday = 5
  case saturday = 6
  case sunday = 7

  public var word: Word {
    switch self {
    case .monday: Word("mon", "Monday", "周一")
    case .tuesday: Word("tue", "Tuesday", "周二")
    case .wednesday: Word("wed", "Wednesday", "周三")
    case .thursday: Word("thu", "Thursday", "周四")
    case .friday: Word("fri", "Friday", "周五")
    case .saturday: Word("sat", "Saturday", "周六")
    case .sunday: Word("sun", "Sunday", "周日")
    }
  }
}
