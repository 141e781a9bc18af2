public import CompanyRules
import Events
import Matters
public import Projection
public import Vocabulary
public import Wire

/// Who may do what, since when and until when, when must it be looked at again, and who still may though they left?
///
/// A row for each right that was ever given: `employee:E-7/sales/north`. A right is confirmed by granting it again, and by
/// a review of access after it, which is of all rights.
public enum AccessRights: Census {
  public typealias Source = AccessBook
  public typealias Rules = DataGradeRules
  public static let name = "access-rights"
  public static let shape = 1
  public static let title = Name("Rights and their review", "权限与复核")
  public static let ruleKind: String? = "data-grade"
  public static let shippedRules = DataGradeRules.shipped

  public enum Return: Sendable {
    case change(Grant)
    case review(Moment)
    case departure(person: Int64, lastDay: Day, moment: Moment)
  }
  /// A right given or taken.
  public struct Grant: Sendable {
    /// Names.
    let person: Int64
    let role: Int64
    let scope: Int64
    let isGiven: Bool
    let until: Day?
    let by: Int64?
    let moment: Moment
  }

  public static func report(
    _ facts: AccessBook.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<DataGradeRules>,
    asOf now: Instant, to returns: inout [Return]
  ) {
    typealias Fact = Access.Fact
    for note in facts.notes.all(in: series, asOf: now) {
      if note.type.family == Process.code {
        returns.append(.review(note.moment))
      } else if let day = note.day(People.Fact.lastDay), note.type.family == People.code {
        let name = rule.names.holder(ofAccount: key).flatMap { rule.names.name(of: $0) } ?? ""
        guard let person = rule.names.number(String(name.drop { $0 != ":" }.dropFirst())) else { continue }
        returns.append(.departure(person: person, lastDay: day, moment: note.moment))
      } else if note.type(in: Access.self) == .changed {
        returns.append(
          .change(
            Grant(
              person: note.number(Fact.employee) ?? -1, role: note.number(Fact.role) ?? -1,
              scope: note.number(Fact.scope) ?? -1, isGiven: note.flag(Fact.granted) ?? false,
              until: note.day(Fact.until), by: note.actor, moment: note.moment)))
      }
    }
  }

  public static func conclude(
    _ returns: [Return], by rule: Ruled<DataGradeRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<AccessRightRow>] {
    var changes: [Grant] = []
    var reviews: [Moment] = []
    var departures: [(person: Int64, lastDay: Day, moment: Moment)] = []
    for one in returns {
      switch one {
      case .change(let grant): changes.append(grant)
      case .review(let moment): reviews.append(moment)
      case .departure(let person, let day, let moment): departures.append((person, day, moment))
      }
    }
    func key(_ grant: Grant) -> (Int64, Int64, Int64, Moment) { (grant.person, grant.role, grant.scope, grant.moment) }
    let sorted = changes.sorted { key($0) < key($1) }
    var rows: [CensusRow<AccessRightRow>] = []
    for (place, grant) in sorted.enumerated() {
      let next = place + 1 < sorted.count ? sorted[place + 1] : nil
      if let next, (next.person, next.role, next.scope) == (grant.person, grant.role, grant.scope) { continue }
      let first = sorted[...place].last { $0.isGiven && ($0.person, $0.role, $0.scope) == (grant.person, grant.role, grant.scope) }
      let right = Right(
        last: grant, given: first, reviewed: reviews.max(),
        left: departures.filter { $0.person == grant.person }.max { $0.moment < $1.moment }.map { ($0.lastDay, $0.moment) },
        months: rule.body.recertifyMonths, on: now.day)
      let parts = [grant.role, grant.scope].compactMap { rule.names.text($0) }
      let base: CensusSubject.Base = grant.person < 0 ? .fixed("employee:?") : .named(.employee, grant.person)
      let subject = CensusSubject(base, part: parts.joined(separator: "/"))
      right.note(subject, in: &trace)
      rows.append(CensusRow(subject, AccessRightRow(right)))
    }
    return rows
  }
}

/// A right as it stands.
struct Right {
  /// The last word on it.
  let last: AccessRights.Grant
  /// When it was last given.
  let given: AccessRights.Grant?
  let confirmed: Moment?
  let dueOn: Day?
  let leftOn: (day: Day, moment: Moment)?
  let state: RightState

  init(
    last: AccessRights.Grant, given: AccessRights.Grant?, reviewed: Moment?, left: (Day, Moment)?, months: Int?, on day: Day
  ) {
    (self.last, self.given) = (last, given)
    leftOn = left.map { (day: $0.0, moment: $0.1) }
    let confirmed = [given?.moment, reviewed].compactMap { $0 }.max()
    self.confirmed = confirmed
    let due = months.flatMap { months in confirmed.flatMap { $0.at.day.adding(months: months) } }
    dueOn = due
    state =
      if !last.isGiven {
        .revoked
      } else if let until = last.until, until < day {
        .expired
      } else if let left, left.0 < day {
        .leftBehind
      } else if let due, due < day {
        .toReview
      } else {
        .held
      }
  }

  func note(_ subject: CensusSubject, in trace: inout some CensusTrace) {
    trace.note(
      subject,
      Finding(
        "granted", Name("Granted", "授予"), value: last.isGiven ? "yes" : "revoked", threshold: "yes", holds: last.isGiven,
        evidence: [given?.moment.seq, last.moment.seq]))
    trace.note(
      subject,
      Finding(
        "review", Name("Looked at in time", "按期复核"), value: confirmed?.at.day.description ?? "–",
        threshold: dueOn.map { "due \($0)" } ?? "–", holds: state != .toReview, evidence: [confirmed?.seq]))
    trace.note(
      subject,
      Finding(
        "left", Name("Works here", "在职"), value: leftOn.map { "left \($0.day)" } ?? "yes", threshold: "yes",
        holds: leftOn == nil, evidence: [leftOn?.moment.seq]))
  }
}

/// Whether a right is held.
public enum RightState: UInt8, CodeSet {
  case held = 1
  case toReview = 2
  case leftBehind = 3
  case expired = 4
  case revoked = 5

  public var word: Word {
    switch self {
    case .held: Word("held", "Held", "有效")
    case .toReview: Word("to-review", "Held, review overdue", "有效，复核逾期")
    case .leftBehind: Word("left-behind", "Held by somebody who left", "离职后仍有效")
    case .expired: Word("expired", "Run out", "已到期")
    case .revoked: Word("revoked", "Revoked", "已撤销")
    }
  }
}

public struct AccessRightRow: NamingRow {
  public let state: RightState
  let person: Int64
  let role: Int64
  let scope: Int64
  let by: Int64?
  public let givenOn: Day?
  public let until: Day?
  public let confirmedOn: Day?
  public let dueOn: Day?
  public let leftOn: Day?
  public let since: Instant?
  public let because: Int64?

  init(_ right: Right) {
    state = right.state
    (person, role, scope) = (right.last.person, right.last.role, right.last.scope)
    (by, givenOn) = (right.given?.by, right.given?.moment.at.day)
    (until, confirmedOn) = (right.last.until, right.confirmed?.at.day)
    (dueOn, leftOn) = (right.dueOn, right.leftOn?.day)
    (since, because) = (right.last.moment.at, right.last.moment.seq)
  }

  public static let columns: [Column] = [
    .code("state", RightState.self, "State", "状态"),
    Column("person", .text, "Person", "人员"),
    Column("role", .text, "Role", "角色"),
    Column("scope", .text, "Scope", "范围"),
    Column("by", .text, "Granted by", "授权人"),
    Column("givenOn", .day, "Granted on", "授予日期"),
    Column("until", .day, "Until", "有效期至"),
    Column("confirmedOn", .day, "Last confirmed on", "最近确认日期"),
    Column("dueOn", .day, "To be looked at again on", "应复核日期"),
    Column("leftOn", .day, "Left on", "离职日期"),
  ]
  public func values(_ names: any Names) -> [Value] {
    [
      Value(state), Value(name: person, names), Value(name: role, names), Value(name: scope, names), Value(name: by, names),
      Value(givenOn), Value(until), Value(confirmedOn), Value(dueOn), Value(leftOn),
    ]
  }
  public var outcome: Int? { Int(state.rawValue) - 1 }
}
