public import CompanyRules
import Events
public import Matters
public import Projection
import Statistics
public import Vocabulary
public import Wire

/// Complaints month by month, all and by severity: how many, how many late, and how long they took.
///
/// A complaint counts in the month in which it was filed, by the rule's calendar. Times are on any clock without those
/// in which the customer was waited for; a median of an even number is the mean of the middle two.
public enum ComplaintFigures: Census {
  public typealias Source = ComplaintBook
  public typealias Rules = TimeLimitRules
  public static let name = "complaint-figures"
  public static let shape = 1
  public static let title = Name("Complaints by month", "投诉月度统计")
  public static let ruleKind: String? = "sla"
  public static let shippedRules = TimeLimitRules.shipped

  /// One complaint as the figures count it.
  public struct Return: Sendable {
    let month: Month
    let severity: SeverityWord
    let seq: Int64
    let isClosed: Bool
    let isLate: Bool
    let reopenings: Int
    /// Minutes; `nil` while there is none.
    let firstResponse: Int?
    let closing: Int?
  }

  public static func report(
    _ facts: ComplaintBook.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<TimeLimitRules>,
    asOf now: Instant, to returns: inout [Return]
  ) {
    for one in facts.complaints(in: series, asOf: now) {
      let course = one.course
      let readings = course.readings(by: rule.body, asOf: now)
      func taken(_ step: ComplaintStep) -> Int? {
        guard let found = readings.first(where: { $0.step == step }), let stop = found.clock.stop else { return nil }
        return Int((stop.at.microseconds - found.clock.start.at.microseconds - found.reading.waited) / 60_000_000)
      }
      returns.append(
        Return(
          month: Month(rule.body.calendar.day(of: course.filed.at)), severity: course.severity(by: rule.body),
          seq: course.filed.seq, isClosed: course.closed != nil,
          isLate: readings.contains { $0.reading.state.isBreach }, reopenings: course.reopenings,
          firstResponse: taken(.firstResponse), closing: taken(.solution)))
    }
  }

  public static func conclude(
    _ returns: [Return], by rule: Ruled<TimeLimitRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<ComplaintFiguresRow>] {
    let sorted = returns.sorted { ($0.month, $0.seq) < ($1.month, $1.seq) }
    var rows: [CensusRow<ComplaintFiguresRow>] = []
    var start = 0
    for place in sorted.indices where place + 1 == sorted.count || sorted[place + 1].month != sorted[place].month {
      let month = sorted[start...place]
      start = place + 1
      add(Array(month), nil, &rows, &trace)
      for severity in SeverityWord.allCases { add(month.filter { $0.severity == severity }, severity, &rows, &trace) }
    }
    return rows
  }

  private static func add(
    _ returns: [Return], _ severity: SeverityWord?, _ rows: inout [CensusRow<ComplaintFiguresRow>],
    _ trace: inout some CensusTrace
  ) {
    guard let month = returns.first?.month else { return }
    let part = severity.map { "\(month)/\($0.word.text)" } ?? "\(month)"
    let subject = CensusSubject(.fixed("company:all"), part: part)
    let late = returns.filter(\.isLate)
    trace.note(
      subject,
      Finding(
        "late", Name("Complaints with a step that was or is late", "有步骤逾期的投诉"), value: "\(late.count)",
        threshold: "0 of \(returns.count)", holds: late.isEmpty, evidence: late.prefix(10).map(\.seq)))
    rows.append(CensusRow(subject, ComplaintFiguresRow(month, severity, returns)))
  }
}

public struct ComplaintFiguresRow: Row {
  public let month: Month
  public let severity: SeverityWord?
  public let filed: Int
  public let closed: Int
  public let late: Int
  public let reopened: Int
  public let medianFirstResponseMin: Int64?
  public let medianClosingMin: Int64?
  public let since: Instant?
  public let because: Int64?

  init(_ month: Month, _ severity: SeverityWord?, _ returns: [ComplaintFigures.Return]) {
    (self.month, self.severity, filed) = (month, severity, returns.count)
    closed = returns.count(where: \.isClosed)
    late = returns.count(where: \.isLate)
    reopened = returns.count { $0.reopenings > 0 }
    medianFirstResponseMin = median(returns.compactMap { $0.firstResponse.map(Double.init) }).map { Int64($0) }
    medianClosingMin = median(returns.compactMap { $0.closing.map(Double.init) }).map { Int64($0) }
    (since, because) = (nil, nil)
  }

  public static let columns: [Column] = [
    Column("month", .text, "Month of filing", "受理月份"),
    .code("severity", SeverityWord.self, "Severity", "级别"),
    Column("filed", .integer, "Filed", "受理"),
    Column("closed", .integer, "Closed since", "其中已结"),
    Column("late", .integer, "With a step late", "有逾期步骤"),
    Column("lateBp", .integer, "Share late, in hundredths of a percent", "逾期占比（万分之一）"),
    Column("reopened", .integer, "Reopened", "曾重开"),
    Column("medianFirstResponseMin", .integer, "Median minutes to the first response", "首次响应中位数（分钟）"),
    Column("medianClosingMin", .integer, "Median minutes to the closing", "结案中位数（分钟）"),
  ]

  public var values: [Value] {
    [
      .text("\(month)"), severity.map { Value($0) } ?? .null, Value(filed), Value(closed), Value(late),
      Value(filed == 0 ? 0 : late * 10_000 / filed), Value(reopened), Value(medianFirstResponseMin),
      Value(medianClosingMin),
    ]
  }
  public var outcome: Int? { nil }
}
