public import CompanyRules
import Events
import Matters
public import Projection
public import Vocabulary
public import Wire

/// Where does each complaint stand, which step is owed by when and by whom, was a time limit missed, and has the same
/// customer complained of the same before?
public enum Complaints: Register {
  public typealias Source = ComplaintBook
  public typealias Rules = TimeLimitRules
  public static let name = "complaints"
  public static let shape = 1
  public static let title = Name("Complaint desk", "投诉台账")
  public static let about = "complaint"
  public static let ruleKind: String? = "sla"
  public static let shippedRules = TimeLimitRules.shipped

  // MARK: Conclude

  public static func conclude(
    _ facts: ComplaintBook.Facts, _ series: borrowing SeriesStore, of account: Int, by rule: Ruled<TimeLimitRules>,
    asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<ComplaintRow>] {
    let all = facts.complaints(in: series, asOf: now)
    let holder = rule.names.holder(ofAccount: account)
    return all.map { one in
      let subject = CensusSubject(one.subject.map { .own($0) } ?? .key(account))
      let earlier = one.course.earlier(in: all.map(\.course), within: rule.body.repeatDays)
      let row = ComplaintRow(
        one.course, customer: one.subject == holder ? nil : holder, repeats: earlier.count, by: rule.body, asOf: now)
      note(one.course, row, earlier, subject, rule.body, now, &trace)
      return CensusRow(subject, row)
    }
  }

  private static func note(
    _ course: ComplaintCourse, _ row: ComplaintRow, _ earlier: [ComplaintCourse], _ subject: CensusSubject,
    _ rule: TimeLimitRules, _ now: Instant, _ trace: inout some CensusTrace
  ) {
    trace.note(
      subject,
      Finding(
        "severity", Name("Severity by which the limits are chosen", "决定时限的级别"), value: row.severity.word.text,
        threshold: course.severity == nil ? "not assessed" : "assessed", holds: course.severity != nil,
        evidence: [course.severity?.moment.seq ?? course.filed.seq]))
    for (step, clock, reading) in course.readings(by: rule, asOf: now) {
      trace.note(subject, clock.finding(step.word.text, step.word.title, reading))
    }
    trace.note(
      subject,
      Finding(
        "repeats", Name("Same customer and category before", "同一客户同一类别的先前投诉"), value: "\(earlier.count)",
        threshold: "≤ 0 in \(rule.repeatDays.map(String.init) ?? "–") days", holds: earlier.isEmpty,
        evidence: earlier.suffix(10).map(\.filed.seq)))
  }
}

extension ComplaintCourse {
  /// Complaints of the same category that were filed at most so many days before this one.
  fileprivate func earlier(in all: [ComplaintCourse], within days: Int?) -> [ComplaintCourse] {
    guard let days, let category else { return [] }
    return all.filter { other in
      other.category == category && other.filed < filed && filed.at < other.filed.at.adding(days: days)
    }.sorted { $0.filed < $1.filed }
  }
}

/// How the time limits of a complaint, all of them together, were kept.
public enum Punctuality: UInt8, CodeSet {
  case openInTime = 1
  case openLate = 2
  case closedInTime = 3
  case closedLate = 4

  public var word: Word {
    switch self {
    case .openInTime: Word("open-in-time", "Open, nothing late", "未结，均在时限内")
    case .openLate: Word("open-late", "Open, something late", "未结，有逾期")
    case .closedInTime: Word("closed-in-time", "Closed, all in time", "已结，均按时")
    case .closedLate: Word("closed-late", "Closed, something late", "已结，曾逾期")
    }
  }
}
