public import AccountHistory
public import CompanyRules
import Events
public import Projection
public import Vocabulary
public import Wire

/// How many customers does each person hold against the limit, and how many did they claim today?
///
/// A row for each person, `employee:Li Na`, and two for whom nobody holds: `company:pool` and `company:unowned`.
public enum Holders: Census {
  public typealias Source = Dossier
  public static let name = "holders"
  public static let shape = 1
  public static let title = Name("Customers held by each person", "人员持有客户数")
  public static let ruleKind: String? = "pool"
  public static let shippedRules = PoolRules.shipped

  public struct Return: Sendable {
    let state: OwnerState
    let owner: Int64?
    let since: Moment?
    let releaseOn: Day?
    /// Who claimed the customer today, and by which event.
    let claims: [(person: Int64, moment: Moment)]
  }

  public static func report(
    _ facts: Dossier.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<PoolRules>, asOf now: Instant,
    to returns: inout [Return]
  ) {
    guard let tenure = Tenure(facts, series, by: rule.body, asOf: now) else { return }
    let claims = tenure.holdings.filter {
      $0.cause == .claim && $0.since.at.day == now.day && ($0.role == .owner || $0.role == .account)
    }
    returns.append(
      Return(
        state: tenure.state, owner: tenure.owner, since: tenure.leading?.since, releaseOn: tenure.releaseOn,
        claims: claims.compactMap { claim in claim.holder.map { ($0, claim.since) } }))
  }

  public static func conclude(
    _ returns: [Return], by rule: Ruled<PoolRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<HolderRow>] {
    var tally = Tally<HolderRow>()
    for one in returns {
      let base: CensusSubject.Base =
        one.owner.map { .named(.employee, $0) } ?? .fixed(one.state == .pool ? "company:pool" : "company:unowned")
      tally.update(CensusSubject(base), from: HolderRow(rule.body, isPerson: one.owner != nil)) { $0.add(one) }
      for claim in one.claims {
        let person = CensusSubject(.named(.employee, claim.person))
        tally.update(person, from: HolderRow(rule.body, isPerson: true)) { $0.claim(claim.moment) }
      }
    }
    for (subject, row) in tally.all { row.note(about: subject, in: &trace) }
    return tally.all.map { CensusRow($0.subject, $0.sum) }
  }
}

// MARK: Row

public struct HolderRow: Row {
  public private(set) var held = 0
  public private(set) var kept = 0
  public private(set) var reminded = 0
  public private(set) var due = 0
  public private(set) var claims = 0
  public private(set) var nextReleaseOn: Day?
  /// `nil` of the pool, which has none.
  public let holdingLimit: Int?
  public let claimLimit: Int?
  private var last: Moment?
  private var lastClaim: Moment?

  init(_ rules: PoolRules, isPerson: Bool) {
    holdingLimit = isPerson ? rules.holdingLimit : nil
    claimLimit = isPerson ? rules.claimsPerDay : nil
  }

  mutating func add(_ one: Holders.Return) {
    held += 1
    switch one.state {
    case .kept: kept += 1
    case .reminded: reminded += 1
    case .due: due += 1
    case .unowned, .pool, .held: break
    }
    if let day = one.releaseOn { nextReleaseOn = min(nextReleaseOn ?? day, day) }
    if let since = one.since { last.advance(to: since) }
  }

  mutating func claim(_ moment: Moment) {
    claims += 1
    lastClaim.advance(to: moment)
  }

  public var isOverLimit: Bool? { holdingLimit.map { held > $0 } }
  public var isOverClaims: Bool? { claimLimit.map { claims > $0 } }
  public var since: Instant? { last?.at }
  public var because: Int64? { last?.seq }

  public static let columns: [Column] = [
    Column("held", .integer, "Customers held", "持有客户数"),
    Column("limit", .integer, "May hold", "持有上限"),
    Column("overLimit", .flag, "Over the limit", "超出持有上限"),
    Column("claimsToday", .integer, "Claimed today", "今日领取数"),
    Column("claimLimit", .integer, "May claim a day", "每日领取上限"),
    Column("overClaims", .flag, "Claimed too many", "超出领取上限"),
    Column("kept", .integer, "Kept by contracts", "合同保留数"),
    Column("reminded", .integer, "Release is near", "临近退回数"),
    Column("due", .integer, "Due for release", "应退回数"),
    Column("nextReleaseOn", .day, "Next release on", "最近退回日期"),
  ]

  public var values: [Value] {
    [
      Value(held), Value(holdingLimit.map { Int64($0) }), isOverLimit.map { .flag($0) } ?? .null, Value(claims),
      Value(claimLimit.map { Int64($0) }), isOverClaims.map { .flag($0) } ?? .null, Value(kept), Value(reminded), Value(due),
      Value(nextReleaseOn),
    ]
  }
  public var outcome: Int? { nil }

  func note(about subject: CensusSubject, in trace: inout some CensusTrace) {
    trace.note(
      subject,
      Finding(
        "held", Name("Customers held", "持有客户数"), value: "\(held)", threshold: holdingLimit.map { "\($0)" } ?? "–",
        holds: isOverLimit ?? false, evidence: [last?.seq]))
    trace.note(
      subject,
      Finding(
        "claims", Name("Claimed today", "今日领取数"), value: "\(claims)", threshold: claimLimit.map { "\($0)" } ?? "–",
        holds: isOverClaims ?? false, evidence: [lastClaim?.seq]))
  }
}
