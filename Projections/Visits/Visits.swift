import AccountHistory
public import CompanyRules
import Events
public import Projection
public import Vocabulary
public import Wire

/// Is this customer visited as often as their grade asks for, and were planned visits paid?
public enum Visits: Gathering, Projection {
  public static let name = "visits"
  public static let shape = 1
  public static let title = Name("Visits", "客户拜访")
  public static let key = Key.account
  public static let families: [any Family.Type] = [Customer.self, Visit.self, Task.self, Rule.self]
  public static let ruleKind: String? = "visit"
  public static let shippedRules = VisitRules.shipped

  // MARK: Facts

  /// Late entries: `known` is a minimum, series are sorted by business time when read.
  public struct Facts: BitwiseCopyable, Sendable {
    var visits = Series()
    var plans = Series()
    var grades = Grades()
    /// When the customer was registered; `seq` is −1 before.
    var known = Moment(at: .distantFuture, seq: -1)
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Visit.self) {
      facts.take(type, event, &series)
    } else if let type = event.type(in: Task.self) {
      facts.take(type, event, &series)
    } else if let type = event.type(in: Rule.self) {
      facts.grades.take(type, event, &series)
    } else if let type = event.type(in: Customer.self) {
      switch type {
      case .registered: facts.known = min(facts.known, event.moment)
      case .updated, .assessed, .merged, .statusChanged, .contactAdded, .contactUpdated, .consentRecorded: break
      }
    }
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<VisitRules>, asOf now: Instant, trace: inout some Trace
  ) -> VisitRow? {
    guard let care = Care(facts, series, by: rule.body, asOf: now) else { return nil }
    care.note(in: &trace)
    return VisitRow(care)
  }
}

// MARK: Row

public enum VisitState: UInt8, CodeSet {
  case inTime = 1
  case planned = 2
  case neglected = 3

  public var word: Word {
    switch self {
    case .inTime: Word("in-time", "Visited in time", "按期拜访")
    case .planned: Word("planned", "Overdue, a visit is planned", "已超期，已安排拜访")
    case .neglected: Word("neglected", "Neglected", "疏于拜访")
    }
  }
}

public struct VisitRow: NamingRow {
  public let state: VisitState
  public let grade: SegmentGrade
  public let lastVisitOn: Day?
  /// A name.
  public let lastVisitor: Int64?
  /// Since the last visit, or where there was none, since the customer became known.
  public let daysSince: Int
  public let everyDays: Int
  public let visitDueOn: Day
  public let nextPlannedOn: Day?
  /// Of the year until today: visits paid; plans that were due, that were done of them, and in time.
  public let visits: Int
  public let plans: Int
  public let done: Int
  public let onTime: Int
  /// Plans that are past due and not done, whenever they were due.
  public let overduePlans: Int
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("state", VisitState.self, "State", "状态"),
    .code("grade", SegmentGrade.self, "Grade", "客户等级"),
    Column("lastVisitOn", .day, "Last visit", "上次拜访"),
    Column("lastVisitor", .text, "Visited by", "拜访人"),
    Column("daysSince", .integer, "Days since", "距今天数"),
    Column("everyDays", .integer, "To be visited every (days)", "应拜访间隔（天）"),
    Column("visitDueOn", .day, "Visit due on", "应拜访日期"),
    Column("nextPlannedOn", .day, "Next visit planned on", "下次计划拜访"),
    Column("visits12m", .integer, "Visits of 12 months", "近 12 个月拜访数"),
    Column("plans12m", .integer, "Plans due in 12 months", "近 12 个月应执行计划数"),
    Column("done12m", .integer, "Done of them", "其中已完成"),
    Column("onTime12m", .integer, "Done in time", "其中按时完成"),
    Column("overduePlans", .integer, "Plans past due", "逾期计划数"),
  ]

  public func values(_ names: any Names) -> [Value] {
    [
      Value(state), Value(grade), Value(lastVisitOn), Value(name: lastVisitor, names), Value(daysSince), Value(everyDays),
      Value(visitDueOn), Value(nextPlannedOn), Value(visits), Value(plans), Value(done), Value(onTime), Value(overduePlans),
    ]
  }
  public var outcome: Int? { Int(state.rawValue) - 1 }
}
