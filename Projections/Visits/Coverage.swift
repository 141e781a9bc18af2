import CompanyRules
import Events
public import Projection
public import Vocabulary
public import Wire

/// How many visits did each person plan and pay in each month, and how many in time?
///
/// A row for each person and month, `employee:Li Na/2026-10`, and one for the company, `company:all/2026-10`. A plan counts
/// in the month in which it is due, a visit in the month in which it was paid; months are those of UTC.
public enum Coverage: Census {
  public typealias Source = Visits
  public static let name = "coverage"
  public static let shape = 1
  public static let title = Name("Visits by person and month", "人员月度拜访")
  public static let ruleKind: String? = "visit"
  public static let shippedRules = VisitRules.shipped

  /// What one customer was planned and paid.
  public struct Return: Sendable {
    let key: Int
    let visits: [PaidVisit]
    let plans: [PlannedVisit]
  }

  public static func report(
    _ facts: Visits.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<VisitRules>, asOf now: Instant,
    to returns: inout [Return]
  ) {
    let book = VisitBook(facts, series, by: rule.body, asOf: now)
    if book.visits.isEmpty, book.plans.isEmpty { return }
    returns.append(Return(key: key, visits: book.visits, plans: book.plans))
  }

  public static func conclude(
    _ returns: [Return], by rule: Ruled<VisitRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<CoverageRow>] {
    var tally = Tally<CoverageRow>()
    func count(_ person: Int64?, _ day: Day, _ change: (inout CoverageRow) -> Void) {
      tally.update(CensusSubject(.fixed("company:all"), part: day.month), from: CoverageRow(), change)
      guard let person else { return }
      tally.update(CensusSubject(.named(.employee, person), part: day.month), from: CoverageRow(), change)
    }
    for one in returns {
      for visit in one.visits { count(visit.visitor, visit.moment.at.day) { $0.add(visit, of: one.key) } }
      for plan in one.plans { if let due = plan.due { count(plan.person, due.day) { $0.add(plan, on: now.day) } } }
    }
    for (subject, row) in tally.all { row.note(about: subject, in: &trace) }
    return tally.all.map { CensusRow($0.subject, $0.sum) }
  }
}

extension Day {
  /// `2026-10`.
  var month: String { String(description.prefix(7)) }
}

// MARK: Row

public struct CoverageRow: Row {
  /// Plans that are due in the month.
  public private(set) var planned = 0
  public private(set) var done = 0
  public private(set) var onTime = 0
  /// Not done, and past due.
  public private(set) var missed = 0
  public private(set) var rejected = 0
  /// Visits paid in the month.
  public private(set) var visits = 0
  /// Of them those that fulfilled no plan.
  public private(set) var unplanned = 0
  public private(set) var customers = 0
  /// Visits of a customer come together.
  private var lastCustomer = -1
  private var last: Moment?

  init() {}

  mutating func add(_ plan: PlannedVisit, on today: Day) {
    planned += 1
    if plan.done != nil { done += 1 }
    if plan.isOnTime == true { onTime += 1 }
    if plan.rejected != nil { rejected += 1 }
    if plan.isOpen, let due = plan.due, due.day < today { missed += 1 }
    last.advance(to: plan.done ?? plan.assigned)
  }

  mutating func add(_ visit: PaidVisit, of customer: Int) {
    visits += 1
    if !visit.isPlanned { unplanned += 1 }
    if customer != lastCustomer { customers += 1 }
    lastCustomer = customer
    last.advance(to: visit.moment)
  }

  /// In hundredths of a percent, rounded down; `nil` where nothing was planned.
  public var doneShareBp: Int64? { planned == 0 ? nil : Int64(done * 10_000 / planned) }
  public var onTimeShareBp: Int64? { planned == 0 ? nil : Int64(onTime * 10_000 / planned) }
  public var since: Instant? { last?.at }
  public var because: Int64? { last?.seq }

  public static let columns: [Column] = [
    Column("planned", .integer, "Planned", "计划数"),
    Column("done", .integer, "Done", "完成数"),
    Column("onTime", .integer, "In time", "按时完成数"),
    Column("doneShareBp", .integer, "Done of the planned (0.01 %)", "完成率（万分之一）"),
    Column("onTimeShareBp", .integer, "In time of the planned (0.01 %)", "按时率（万分之一）"),
    Column("missed", .integer, "Past due, not done", "逾期未完成"),
    Column("rejected", .integer, "Rejected", "拒收数"),
    Column("visits", .integer, "Visits", "拜访数"),
    Column("unplanned", .integer, "Without a plan", "计划外拜访数"),
    Column("customers", .integer, "Customers visited", "拜访客户数"),
  ]

  public var values: [Value] {
    [
      Value(planned), Value(done), Value(onTime), Value(doneShareBp), Value(onTimeShareBp), Value(missed), Value(rejected),
      Value(visits), Value(unplanned), Value(customers),
    ]
  }
  public var outcome: Int? { nil }

  func note(about subject: CensusSubject, in trace: inout some CensusTrace) {
    for (id, title, value) in [
      ("done", Name("Plans done", "完成的计划"), done), ("on-time", Name("Plans done in time", "按时完成的计划"), onTime),
      ("missed", Name("Plans past due and not done", "逾期未完成的计划"), missed),
    ] {
      trace.note(
        subject,
        Finding(id, title, value: "\(value)", threshold: "\(planned)", holds: value > 0, evidence: [last?.seq]))
    }
  }
}
