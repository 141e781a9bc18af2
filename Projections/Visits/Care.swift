import AccountHistory
import CompanyRules
import Events
import Projection
import Vocabulary
import Wire

/// How a customer was visited until a day, against what their grade asks for.
///
/// The grade is the one that people gave; the rule's default stands in for the rest.
struct Care {
  /// Days over which visits and plans are counted.
  static let yearDays = 365

  let book: VisitBook
  let today: Day
  let grade: SegmentGrade
  let given: GivenGrade?
  let everyDays: Int
  /// From when the days count: the last visit, or where there was none, what the customer is first known by.
  let from: Moment

  /// `nil` for who was never registered, graded, visited or planned for.
  init?(_ facts: Visits.Facts, _ series: borrowing SeriesStore, by rules: VisitRules, asOf now: Instant) {
    book = VisitBook(facts, series, by: rules, asOf: now)
    today = now.day
    given = facts.grades.given(in: series, asOf: now)
    grade = given.flatMap { SegmentGrade($0.grade) } ?? rules.defaultGrade
    everyDays = rules.everyDays(grade)
    let registered = facts.known.seq >= 0 && facts.known.at <= now ? facts.known : nil
    let firstKnown = [registered, book.plans.map(\.assigned).min(), given?.moment].compactMap(\.self).min()
    guard let from = book.visits.last?.moment ?? firstKnown else { return nil }
    self.from = from
  }

  var days: Int { today - from.at.day }
  var dueOn: Day { from.at.day + everyDays }
  /// Plans that are open, the one due first first.
  var open: [PlannedVisit] { book.plans.filter(\.isOpen) }
  /// The next day that is planned for: by an open plan, or by what was agreed at the last visit.
  var nextPlanned: (on: Day, seq: Int64)? {
    let plan = open.lazy.compactMap { plan in plan.due.map { ($0.day, plan.assigned.seq) } }.first { $0.0 >= today }
    let agreed = book.visits.last.flatMap { visit in visit.nextOn.map { ($0, visit.moment.seq) } }.flatMap { $0.0 >= today ? $0 : nil }
    return [plan, agreed].compactMap(\.self).min { $0.0 < $1.0 }.map { (on: $0.0, seq: $0.1) }
  }
  var overdue: [PlannedVisit] { open.filter { $0.due.map { $0.day < today } ?? false } }
  var state: VisitState { days < everyDays ? .inTime : nextPlanned == nil ? .neglected : .planned }
  /// Plans that were due within the year until today.
  var plansOfYear: [PlannedVisit] {
    book.plans.filter { plan in plan.due.map { (0..<Care.yearDays).contains(today - $0.day) } ?? false }
  }
  var visitsOfYear: [PaidVisit] { book.visits.filter { today - $0.moment.at.day < Care.yearDays } }
}

extension SegmentGrade {
  init?(_ judgement: Rule.Judgement) {
    switch judgement {
    case .a: self = .a
    case .b: self = .b
    case .c: self = .c
    case .lead, .qualified, .prospect, .new, .active, .advocate, .declining, .dormant, .lost, .wonBack, .base, .silver, .gold,
      .platinum, .noWarning, .yellow, .orange, .red:
      return nil
    }
  }
}

extension Care {
  /// Notes the days against what the grade asks for, and the plans.
  func note(in trace: inout some Trace) {
    trace.note(
      Finding(
        "visit", Name("Days since the last visit, or since they are known", "距上次拜访（或建档）天数"), value: "\(days)",
        threshold: "\(everyDays)", holds: days >= everyDays, evidence: [from.seq]))
    trace.note(
      Finding(
        "grade", Name("Grade that somebody gave", "人工评定的等级"), value: given == nil ? "–" : grade.word.text, threshold: "–",
        holds: given != nil, evidence: [given?.moment.seq]))
    trace.note(
      Finding(
        "planned", Name("A visit is planned", "已安排拜访"), value: nextPlanned.map { "\($0.on)" } ?? "–", threshold: "≥ \(today)",
        holds: nextPlanned != nil, evidence: [nextPlanned?.seq]))
    trace.note(
      Finding(
        "overdue-plans", Name("Plans past due", "逾期计划数"), value: "\(overdue.count)", threshold: "0", holds: !overdue.isEmpty,
        evidence: overdue.prefix(10).map(\.assigned.seq)))
    let plans = plansOfYear
    trace.note(
      Finding(
        "done", Name("Plans of 12 months that were done", "近 12 个月已完成的计划"), value: "\(plans.count { $0.done != nil })",
        threshold: "\(plans.count)", holds: plans.allSatisfy { $0.done != nil },
        evidence: plans.suffix(10).map { $0.done?.seq ?? $0.assigned.seq }))
  }
}

extension VisitRow {
  init(_ care: Care) {
    state = care.state
    grade = care.grade
    let last = care.book.visits.last
    lastVisitOn = last?.moment.at.day
    lastVisitor = last?.visitor
    daysSince = care.days
    everyDays = care.everyDays
    visitDueOn = care.dueOn
    nextPlannedOn = care.nextPlanned?.on
    visits = care.visitsOfYear.count
    let due = care.plansOfYear
    plans = due.count
    done = due.count { $0.done != nil }
    onTime = due.count { $0.isOnTime == true }
    overduePlans = care.overdue.count
    since = care.state == .inTime ? care.from.at : max(care.dueOn.start, care.from.at)
    because = care.from.seq
  }
}
