public import CompanyRules
import Events
import Matters
public import Projection
import Statistics
public import Vocabulary
public import Wire

/// How long decisions take, role by role.
///
/// Hours run on any clock, from the request or the decision of the step before; a step that is open counts as waiting
/// and not in the hours. Under the role that the request asks for, else that in which it was decided.
public enum ApprovalHours: Census {
  public typealias Source = DecisionBook
  public typealias Rules = ApprovalRules
  public static let name = "approval-hours"
  public static let shape = 1
  public static let title = Name("Hours of decisions", "审批用时")
  public static let ruleKind: String? = "approval"
  public static let shippedRules = ApprovalRules.shipped

  public struct Return: Sendable {
    let role: String
    let verdict: Approval.Verdict?
    let hours: Double
    let isLate: Bool
    let seq: Int64
  }

  public static func report(
    _ facts: DecisionBook.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<ApprovalRules>,
    asOf now: Instant, to returns: inout [Return]
  ) {
    for (_, notes) in facts.approvals.all(in: series, asOf: now).bySubject {
      guard let course = ApprovalCourse(notes) else { continue }
      for (step, clock) in course.clocks(by: rule.body) {
        let role = step.role.flatMap { rule.names.text($0) }.map { Role.word(for: $0) }
        let decided = step.decision?.role.flatMap { rule.names.text($0) }
        let reading = clock.reading(asOf: now, in: .always)
        returns.append(
          Return(
            role: role ?? decided ?? "any", verdict: step.decision?.verdict,
            hours: Double((clock.stop?.at ?? now).microseconds - clock.start.at.microseconds) / 3_600_000_000,
            isLate: reading.state.isBreach, seq: step.decision?.moment.seq ?? clock.start.seq))
      }
    }
  }

  public static func conclude(
    _ returns: [Return], by rule: Ruled<ApprovalRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<ApprovalHoursRow>] {
    let sorted = returns.sorted { ($0.role, $0.seq) < ($1.role, $1.seq) }
    var rows: [CensusRow<ApprovalHoursRow>] = []
    var start = 0
    for place in sorted.indices where place + 1 == sorted.count || sorted[place + 1].role != sorted[place].role {
      let own = Array(sorted[start...place])
      start = place + 1
      let subject = CensusSubject(.fixed("role:\(own[0].role)"))
      let late = own.filter(\.isLate)
      trace.note(
        subject,
        Finding(
          "late", Name("Steps that took or take longer than the rule allows", "超过规定时限的步骤"), value: "\(late.count)",
          threshold: "0 of \(own.count), ≤ \(rule.body.decideWithinHours) h", holds: late.isEmpty,
          evidence: late.prefix(10).map(\.seq)))
      rows.append(CensusRow(subject, ApprovalHoursRow(own)))
    }
    return rows
  }
}

public struct ApprovalHoursRow: Row {
  public let role: String
  public let decided: Int
  public let approved: Int
  public let rejected: Int
  public let returned: Int
  public let waiting: Int
  public let late: Int
  public let meanHours: Int64?
  public let medianHours: Int64?
  public var since: Instant? { nil }
  public var because: Int64? { nil }

  init(_ returns: [ApprovalHours.Return]) {
    let done = returns.filter { $0.verdict != nil }
    let hours = done.map(\.hours)
    role = returns[0].role
    (decided, waiting, late) = (done.count, returns.count - done.count, returns.count(where: \.isLate))
    approved = done.count { $0.verdict == .approve }
    rejected = done.count { $0.verdict == .reject }
    returned = done.count { $0.verdict == .returned }
    meanHours = hours.isEmpty ? nil : Int64(hours.reduce(0, +) / Double(hours.count))
    medianHours = median(hours).map { Int64($0) }
  }

  public static let columns: [Column] = [
    Column("role", .text, "Role", "角色"),
    Column("decided", .integer, "Decided", "已决定"),
    Column("approved", .integer, "Approved", "同意"),
    Column("rejected", .integer, "Rejected", "驳回"),
    Column("returned", .integer, "Returned", "退回"),
    Column("waiting", .integer, "Waiting", "待决定"),
    Column("late", .integer, "Longer than the rule allows", "超时"),
    Column("meanHours", .integer, "Mean hours", "平均小时数"),
    Column("medianHours", .integer, "Median hours", "小时数中位数"),
  ]
  public var values: [Value] {
    [
      .text(role), Value(decided), Value(approved), Value(rejected), Value(returned), Value(waiting), Value(late),
      Value(meanHours), Value(medianHours),
    ]
  }
  public var outcome: Int? { nil }
}
