import AccountHistory
import CompanyRules
import Events
import Projection
import Vocabulary
import Wire

/// A customer's owner at present, and the clocks that run against them.
///
/// Follow-up is a visit, or a talk that is no note of our own. A deal is an order that was not cancelled, a contract that
/// was signed or came into force, or an opportunity that was won. Both clocks begin anew with each owner. Whoever claimed
/// a customer is safe while they are protected; a contract in force keeps the customer where the rule says so, however
/// long nobody followed up, and once none is in force the clocks count as they stand.
struct Tenure {
  let rules: PoolRules
  let today: Day
  let holdings: [Holding]
  /// Who leads the relation, or that the customer lies in the pool; `nil` where there never was anybody.
  let leading: Holding?
  /// From when the days without follow-up, and without a deal, count.
  let quiet: Moment?
  let dealless: Moment?
  /// The days on which contracts are in force: from the first to the one on which each is no longer.
  private let spans: [Span]

  private struct Span {
    let from: Day
    /// `nil` of a contract without an end.
    let until: Day?
    let seq: Int64

    func covers(_ day: Day) -> Bool { from <= day && (until.map { day < $0 } ?? true) }
  }

  /// `nil` for who is no customer and has no owner.
  init?(_ facts: Dossier.Facts, _ series: borrowing SeriesStore, by rules: PoolRules, asOf now: Instant) {
    holdings = facts.holdings.all(in: series, asOf: now)
    guard !holdings.isEmpty || facts.isCustomer else { return nil }
    self.rules = rules
    today = now.day
    leading = holdings.leading
    guard let leading, leading.holder != nil else {
      (quiet, dealless, spans) = (nil, nil, [])
      return
    }
    let contracts = facts.contracts.contracts(in: series, asOf: now)
    quiet = max(leading.since, facts.lastContact ?? leading.since)
    dealless = max(leading.since, facts.lastDeal(contracts, in: series, asOf: now) ?? leading.since)
    spans = contracts.compactMap { contract in
      contract.inForceFrom.map { Span(from: $0.day, until: contract.inForceUntil?.day, seq: $0.seq) }
    }
  }
}

extension Dossier.Facts {
  /// The latest deal; see `Tenure`.
  fileprivate func lastDeal(
    _ contracts: [ContractReading], in series: borrowing SeriesStore, asOf now: Instant
  ) -> Moment? {
    let ordered = orders.all(in: series, asOf: now).filter { $0.cancelled == nil }.compactMap(\.placed)
    let agreed = contracts.flatMap { [$0.signed, $0.activated] }.compactMap(\.self)
    let won = opportunities.opportunities(in: series, asOf: now).compactMap { $0.closed }.filter { $0.outcome == .won }
    return (ordered + agreed + won.map(\.moment)).max()
  }
}

// MARK: What follows

extension Tenure {
  var owner: Int64? { leading?.holder ?? nil }
  var quietDays: Int? { quiet.map { today - $0.at.day } }
  var daysWithoutDeal: Int? { dealless.map { today - $0.at.day } }

  /// The first day on which a claimed customer is no longer protected.
  var protectedUntil: Day? {
    guard let leading, leading.holder != nil, leading.cause == .claim else { return nil }
    return leading.since.at.day + rules.protectionDays
  }

  /// The clock that runs out first: on which day, which one, and since which event it runs.
  var release: (on: Day, cause: ReleaseCause, since: Moment)? {
    guard let quiet, let dealless else { return nil }
    let quietEnd = quiet.at.day + rules.releaseAfterQuietDays
    let dealEnd = dealless.at.day + rules.releaseAfterDaysWithoutDeal
    return quietEnd <= dealEnd ? (quietEnd, .quiet, quiet) : (dealEnd, .noDeal, dealless)
  }

  /// The contract in force that ends last; without a day where it has no end.
  var contract: (end: Day?, seq: Int64)? {
    let running = spans.filter { $0.covers(today) }
    let last = running.first { $0.until == nil } ?? running.max { ($0.until ?? today) < ($1.until ?? today) }
    return last.map { ($0.until, $0.seq) }
  }

  var isKept: Bool { rules.keepsCustomersInContract && spans.contains { $0.covers(today) } }

  /// The day on which the customer falls, or fell due, to the pool; `nil` where they do not.
  var releaseOn: Day? {
    guard let release else { return nil }
    let unprotected = max(release.on, protectedUntil ?? release.on)
    guard rules.keepsCustomersInContract else { return unprotected }
    return uncovered(from: isKept ? max(unprotected, today) : unprotected)
  }

  /// The first day from one on that no contract covers; `nil` where there is none.
  private func uncovered(from day: Day) -> Day? {
    var day = day
    // In the order of their beginnings, so that each is looked at once.
    for span in spans.sorted(by: { $0.from < $1.from }) where span.covers(day) {
      guard let until = span.until else { return nil }
      day = until
    }
    return day
  }

  var state: OwnerState {
    guard let leading else { return .unowned }
    guard leading.holder != nil else { return .pool }
    if isKept { return .kept }
    guard let releaseOn else { return .held }
    if today >= releaseOn { return .due }
    return rules.remindDaysBefore.contains { today >= releaseOn + -$0 } ? .reminded : .held
  }

  /// The day of the next reminder; `nil` where none is to come.
  var nextReminderOn: Day? {
    guard let releaseOn, !isKept else { return nil }
    return rules.remindDaysBefore.map { releaseOn + -$0 }.filter { $0 > today }.min()
  }

  /// Who held the customer before they fell to the pool, and from when they may claim them again.
  var barred: (owner: Int64, until: Day)? {
    guard let leading, leading.holder == nil, let before = holdings.leadingCourse.dropLast().last, let owner = before.holder
    else { return nil }
    let until = leading.since.at.day + rules.reclaimAfterDays
    return today < until ? (owner, until) : nil
  }

  /// Since when the state is as it is, and because of which event.
  var cause: Moment? {
    guard let leading else { return nil }
    guard let release, let releaseOn else { return leading.since }
    switch state {
    case .unowned, .pool, .held, .kept: return leading.since
    case .due: return Moment(at: releaseOn.start, seq: release.since.seq)
    case .reminded:
      let first = releaseOn + -(rules.remindDaysBefore.first ?? 0)
      return Moment(at: max(first.start, leading.since.at), seq: release.since.seq)
    }
  }

  /// What a row says.
  struct Summary: Hashable, Sendable {
    let state: OwnerState
    let owner: Int64?
    let ownedSince: Day?
    let releaseCause: ReleaseCause?
    let quietDays: Int?
    let daysWithoutDeal: Int?
    let releaseOn: Day?
    let daysToRelease: Int?
    let nextReminderOn: Day?
    let protectedUntil: Day?
    let barredOwner: Int64?
    let barredUntil: Day?
    /// Account, solution, fulfilment, sponsor.
    let team: [Int64?]
  }

  var summary: Summary {
    let roles: [Owner.Role] = [.account, .solution, .fulfilment, .sponsor]
    return Summary(
      state: state, owner: owner, ownedSince: owner == nil ? nil : leading?.since.at.day, releaseCause: release?.cause,
      quietDays: quietDays, daysWithoutDeal: daysWithoutDeal, releaseOn: releaseOn,
      daysToRelease: releaseOn.map { $0 - today }, nextReminderOn: nextReminderOn,
      protectedUntil: protectedUntil.flatMap { today < $0 ? $0 : nil }, barredOwner: barred?.owner, barredUntil: barred?.until,
      team: roles.map { holdings.present($0)?.holder })
  }
}
