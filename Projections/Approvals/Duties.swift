public import CompanyRules
import Events
public import Projection
public import Vocabulary
public import Wire

/// Who united two duties that one person must not unite, within a customer, a contract or one request, over all of
/// history?
///
/// A row for each person and pair: under the customer, `customer:4/selling+invoicing/Li Na`, or under the contract or the
/// approval. It stands since both had been done, and names the event that completed the pair.
public enum Duties: Register {
  public typealias Source = DutyBook
  public typealias Rules = DutyRules
  public static let name = "duties"
  public static let shape = 1
  public static let about = "customer/duty"
  public static let title = Name("Duties united in one person", "不相容职责")
  public static let ruleKind: String? = "duty"
  public static let shippedRules = DutyRules.shipped

  public static func conclude(
    _ facts: DutyBook.Facts, _ series: borrowing SeriesStore, of account: Int, by rule: Ruled<DutyRules>,
    asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<DutyRow>] {
    guard facts.deeds.count > 1 else { return [] }
    let deeds = facts.all(in: series, asOf: now)
    var rows: [CensusRow<DutyRow>] = []
    for pair in rule.body.pairs {
      for group in scopes(deeds, pair) {
        for person in group.people {
          let own = group.deeds.filter { $0.actor == person }
          guard let union = Union(own, pair) else { continue }
          let name = rule.names.text(person) ?? "\(person)"
          let subject = CensusSubject(group.subject.map { .own($0) } ?? .key(account), part: "\(pair.id)/\(name)")
          trace.note(subject, union.finding(pair, pair.a))
          trace.note(subject, union.finding(pair, pair.b))
          rows.append(CensusRow(subject, DutyRow(pair, person: person, union)))
        }
      }
    }
    return rows
  }

  /// What was done of a pair's duties, scope by scope.
  private static func scopes(_ deeds: [Deed], _ pair: DutyRules.Pair) -> [Scope] {
    let concerned = deeds.filter { $0.duty == pair.a || $0.duty == pair.b }
    guard pair.within != .customer else { return [Scope(subject: nil, deeds: concerned)] }
    var scopes: [Scope] = []
    for deed in concerned {
      guard let subject = subject(of: deed, pair.within, deeds) else { continue }
      if let place = scopes.firstIndex(where: { $0.subject == subject }) {
        scopes[place].deeds.append(deed)
      } else {
        scopes.append(Scope(subject: subject, deeds: [deed]))
      }
    }
    return scopes
  }

  /// The approval, or the contract that it is about, under which a deed counts.
  private static func subject(of deed: Deed, _ scope: DutyScope, _ deeds: [Deed]) -> OwnSubject? {
    guard let subject = deed.subject else { return nil }
    let isApproval = deed.duty == .requesting || deed.duty == .approving
    switch scope {
    case .customer: return nil
    case .matter: return isApproval ? subject : nil
    case .contract:
      return isApproval ? deeds.first { $0.duty == .requesting && $0.subject == subject }?.about : subject
    }
  }
}

private struct Scope {
  let subject: OwnSubject?
  var deeds: [Deed]

  /// Those who did something here, in the order in which they first did.
  var people: [Int64] { deeds.reduce(into: []) { if !$0.contains($1.actor) { $0.append($1.actor) } } }
}

/// Both duties of a pair in one person's hands.
struct Union {
  let first: [Deed]
  let second: [Deed]
  /// The deed that first completed the pair.
  let completed: Moment

  /// - Parameter deeds: of one person within one scope, by time; `nil` where the pair is not complete, or never within
  ///   the days that the rule gives it.
  init?(_ deeds: [Deed], _ pair: DutyRules.Pair) {
    first = deeds.filter { $0.duty == pair.a }
    second = deeds.filter { $0.duty == pair.b }
    let days = pair.days ?? Int(Int32.max)
    var completed: Moment?
    for (place, deed) in deeds.enumerated() where completed == nil {
      let isNear = deeds[..<place].contains { $0.duty != deed.duty && deed.moment.at.day - $0.moment.at.day <= days }
      if isNear { completed = deed.moment }
    }
    guard let completed else { return nil }
    self.completed = completed
  }

  func finding(_ pair: DutyRules.Pair, _ duty: Duty) -> Finding {
    let deeds = duty == pair.a ? first : second
    return Finding(
      duty.word.text, duty.word.title, value: "\(deeds.count)", threshold: "0 within \(pair.within.word.text)",
      holds: true, evidence: deeds.prefix(5).map(\.moment.seq) + deeds.dropFirst(5).suffix(5).map(\.moment.seq))
  }
}

public struct DutyRow: NamingRow {
  let pair: DutyRules.Pair
  /// A name.
  let person: Int64
  public let firstCount: Int
  public let secondCount: Int
  public let lastAt: Instant
  public let since: Instant?
  public let because: Int64?

  init(_ pair: DutyRules.Pair, person: Int64, _ union: Union) {
    (self.pair, self.person) = (pair, person)
    (firstCount, secondCount) = (union.first.count, union.second.count)
    lastAt = max(union.first.last?.moment.at ?? .distantPast, union.second.last?.moment.at ?? .distantPast)
    (since, because) = (union.completed.at, union.completed.seq)
  }

  public static let columns: [Column] = [
    Column("person", .text, "Person", "人员"),
    .code("duty", Duty.self, "Duty", "职责"),
    Column("times", .integer, "Times", "次数"),
    .code("otherDuty", Duty.self, "Other duty", "另一职责"),
    Column("otherTimes", .integer, "Times of the other", "另一职责次数"),
    .code("within", DutyScope.self, "Within", "范围"),
    Column("lastAt", .instant, "Last at", "最近一次"),
  ]
  public func values(_ names: any Names) -> [Value] {
    [
      Value(name: person, names), Value(pair.a), Value(firstCount), Value(pair.b), Value(secondCount),
      Value(pair.within), .instant(lastAt),
    ]
  }
  public var outcome: Int? { Int(pair.a.rawValue) - 1 }
}
