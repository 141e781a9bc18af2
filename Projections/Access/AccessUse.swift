public import CompanyRules
import Events
public import Matters
public import Projection
public import Vocabulary
public import Wire

/// Who saw, printed or exported what, person by person and month by month?
///
/// Months are those of UTC. What a grade demands of who reads it is said by the rule.
public enum AccessUse: Census {
  public typealias Source = AccessBook
  public typealias Rules = DataGradeRules
  public static let name = "access"
  public static let shape = 1
  public static let title = Name("Who looked at what", "查阅与导出")
  public static let ruleKind: String? = "data-grade"
  public static let shippedRules = DataGradeRules.shipped

  /// One look.
  public struct Return: Sendable {
    let person: Int64
    let month: Month
    let moment: Moment
    let way: Access.Way?
    let grade: Access.Grade?
    let rows: Int64
    let subjects: Int64
    /// The account that was looked at.
    let account: Int
    let role: String?
  }

  public static func report(
    _ facts: AccessBook.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<DataGradeRules>,
    asOf now: Instant, to returns: inout [Return]
  ) {
    typealias Fact = Access.Fact
    for note in facts.notes.all(in: series, asOf: now) where note.type(in: Access.self) == .dataAccessed {
      returns.append(
        Return(
          person: note.actor ?? -1, month: Month(note.moment.at.day), moment: note.moment,
          way: note.code(Fact.way, of: Access.Way.self), grade: note.code(Fact.grade, of: Access.Grade.self),
          rows: note.number(Fact.rows) ?? 0, subjects: note.number(Fact.subjects) ?? 0, account: key,
          role: note.role.flatMap { rule.names.text($0) }))
    }
  }

  public static func conclude(
    _ returns: [Return], by rule: Ruled<DataGradeRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<AccessUseRow>] {
    let sorted = returns.sorted { ($0.person, $0.month, $0.moment) < ($1.person, $1.month, $1.moment) }
    var rows: [CensusRow<AccessUseRow>] = []
    var start = 0
    for place in sorted.indices {
      let isLast = place + 1 == sorted.count
      guard isLast || sorted[place + 1].person != sorted[place].person || sorted[place + 1].month != sorted[place].month
      else { continue }
      let own = Array(sorted[start...place])
      start = place + 1
      let base: CensusSubject.Base = own[0].person < 0 ? .fixed("employee:?") : .named(.employee, own[0].person)
      let subject = CensusSubject(base, part: "\(own[0].month)")
      let use = Use(own, rule.body)
      use.note(subject, in: &trace)
      rows.append(CensusRow(subject, AccessUseRow(use)))
    }
    return rows
  }
}

/// The looks of one person in one month, held against the rule.
struct Use {
  let looks: [AccessUse.Return]
  /// Exports and prints of grades whose export needs approval.
  let toApprove: [AccessUse.Return]
  /// Looks in a role that the grade does not name.
  let outsideRoles: [AccessUse.Return]

  init(_ looks: [AccessUse.Return], _ rule: DataGradeRules) {
    self.looks = looks
    func demand(_ look: AccessUse.Return) -> DataGradeRules.Demand? {
      rule.demands.first { $0.grade.rawValue == look.grade?.rawValue }
    }
    toApprove = looks.filter { look in
      look.way != .view && (demand(look)?.exportNeedsApproval ?? false)
    }
    outsideRoles = looks.filter { look in
      guard let roles = demand(look)?.roles, !roles.isEmpty else { return false }
      return !(look.role.map { role in roles.contains { Role.word(for: $0) == role } } ?? false)
    }
  }

  func note(_ subject: CensusSubject, in trace: inout some CensusTrace) {
    for (id, title, found) in [
      ("exports", Name("Taken out of grades whose export needs approval", "导出须审批级别的数据"), toApprove),
      ("roles", Name("Looked at in a role that the grade does not name", "以该级别未列的角色查阅"), outsideRoles),
    ] {
      trace.note(
        subject,
        Finding(
          id, title, value: "\(found.count)", threshold: "0 of \(looks.count)", holds: !found.isEmpty,
          evidence: found.prefix(10).map(\.moment.seq)))
    }
    trace.note(
      subject,
      Finding(
        "last", Name("Last looks", "最近查阅"), value: "\(looks.count)", threshold: "–", holds: true,
        evidence: looks.suffix(10).map(\.moment.seq)))
  }
}

public struct AccessUseRow: NamingRow {
  let person: Int64
  public let month: Month
  public let views: Int
  public let prints: Int
  public let exports: Int
  public let programs: Int
  public let rows: Int64
  public let subjects: Int64
  public let accounts: Int
  public let sensitive: Int
  public let highlySensitive: Int
  public let toApprove: Int
  public let outsideRoles: Int
  public let since: Instant?
  public let because: Int64?

  init(_ use: Use) {
    let looks = use.looks
    func count(_ way: Access.Way) -> Int { looks.count { $0.way == way } }
    (person, month) = (looks[0].person, looks[0].month)
    (views, prints, exports, programs) = (count(.view), count(.print), count(.export), count(.api))
    rows = looks.reduce(0) { $0.addingReportingOverflow($1.rows).partialValue }
    subjects = looks.reduce(0) { $0.addingReportingOverflow($1.subjects).partialValue }
    let touched = looks.map(\.account).sorted()
    accounts = touched.indices.count { $0 == 0 || touched[$0] != touched[$0 - 1] }
    sensitive = looks.count { $0.grade == .sensitive }
    highlySensitive = looks.count { $0.grade == .highlySensitive }
    (toApprove, outsideRoles) = (use.toApprove.count, use.outsideRoles.count)
    (since, because) = (looks.last?.moment.at, looks.last?.moment.seq)
  }

  public static let columns: [Column] = [
    Column("person", .text, "Person", "人员"),
    Column("month", .text, "Month", "月份"),
    Column("views", .integer, "Views", "查阅"),
    Column("prints", .integer, "Prints", "打印"),
    Column("exports", .integer, "Exports", "导出"),
    Column("programs", .integer, "By program", "接口调用"),
    Column("rows", .integer, "Rows", "行数"),
    Column("subjects", .integer, "Subjects", "对象数"),
    Column("accounts", .integer, "Customers or other accounts", "客户或其他账户数"),
    Column("sensitive", .integer, "Of grade L3", "L3 级"),
    Column("highlySensitive", .integer, "Of grade L4", "L4 级"),
    Column("toApprove", .integer, "Taken out, needing approval", "须审批的导出"),
    Column("outsideRoles", .integer, "In a role that the grade does not name", "超出级别所列角色"),
  ]
  public func values(_ names: any Names) -> [Value] {
    [
      Value(name: person, names), .text("\(month)"), Value(views), Value(prints), Value(exports), Value(programs),
      .integer(rows), .integer(subjects), Value(accounts), Value(sensitive), Value(highlySensitive), Value(toApprove),
      Value(outsideRoles),
    ]
  }
  public var outcome: Int? { nil }
  public static let conditions = [
    Word("to-approve", "Took out what needs approval", "有须审批的导出"),
    Word("outside-roles", "Looked in a role that the grade does not name", "超出级别所列角色"),
  ]
  public var holding: UInt64 { (toApprove > 0 ? 1 : 0) | (outsideRoles > 0 ? 2 : 0) }
}
