import AccountHistory
import Projection
import Vocabulary
import Wire

/// What a customer bought and paid, in the currency in which they are judged, up to the as-of instant.
struct Collected {
  /// Amounts by business time; what was returned or given back is negative.
  let money: [Movement]
  let purchases: Int
  let otherPurchases: Int
  let recentPurchases: Int
  let currency: Currency?
  let first: Moment?

  init(_ facts: Purchases, _ series: borrowing SeriesStore, by rules: TierRules, asOf now: Instant) {
    let history = PurchaseHistory(facts, series, by: rules.basis)
    // Money is counted where it came in; what was bought is counted by orders where there are any, as one order may be
    // paid in parts.
    let bought = rules.basis == .paymentsFirst ? PurchaseHistory(facts, series, by: .ordersFirst) : history
    let counted = bought.purchases.filter { $0.moment.at <= now }
    let currency = rules.currency ?? history.currency ?? bought.currency
    let own = counted.filter { $0.currency == currency?.number }
    self.currency = currency
    money = history.movements.filter { $0.moment.at <= now && $0.currency == currency?.number }
    purchases = own.count
    otherPurchases = counted.count - own.count
    recentPurchases = counted.count { now < $0.moment.at.adding(days: rules.windowDays) }
    first = [history.movements.first?.moment, bought.movements.first?.moment].compactMap { $0 }.min()
  }
}

/// A customer's way through the tiers, played through from the first movement to the as-of instant.
///
/// - Upgrade: at once, in the instant in which the amount of the window reaches a higher tier's threshold.
/// - Period: a tier is held for `periodDays`. At its end the amount of the window must earn the tier again, which begins
///   the next period; otherwise the grace begins.
/// - Downgrade: when the grace ends, to the tier that the amount of the window then earns, unless a movement in the
///   grace earned the tier anew.
/// - Return: money given back re-checks the tier at once, against everything since the window in which it was last
///   earned. A purchase that merely grew old takes no tier away; a purchase that was returned does.
struct TierCourse {
  private let money: [Movement]
  /// Sums of the first n amounts.
  private let sums: [Int64]
  private let rules: TierRules
  private var taken = 0

  private(set) var tier = Tier.base
  private(set) var began: Moment
  private(set) var periodEnd: Instant?
  private(set) var graceEnd: Instant?
  /// When, and by which event, the tier was last earned.
  private var earned: Moment

  init(_ money: [Movement], by rules: TierRules, first: Moment) {
    self.money = money
    self.rules = rules
    sums = money.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.amount) }
    began = first
    earned = first
  }

  mutating func advance(to now: Instant) {
    while taken < money.count, money[taken].moment.at <= now {
      passDeadlines(until: money[taken].moment.at)
      taken += 1
      take(money[taken - 1])
    }
    passDeadlines(until: now)
  }

  /// The amount of the window that ends at `instant`, of the movements taken so far.
  func rolling(at instant: Instant) -> Int64 {
    sum(after: Instant(microseconds: instant.microseconds).adding(days: -rules.windowDays))
  }

  /// The amount of the movements taken so far that lie after `instant`. Complexity: O(log movements).
  private func sum(after instant: Instant) -> Int64 {
    var low = 0
    var high = taken
    while low < high {
      let middle = (low + high) / 2
      if money[middle].moment.at <= instant { low = middle + 1 } else { high = middle }
    }
    return sums[taken] - sums[low]
  }

  private mutating func take(_ movement: Movement) {
    let moment = movement.moment
    let reached = rules.earned(rolling(at: moment.at))
    if reached > tier {
      hold(reached, since: moment, earnedBy: moment)
    } else if graceEnd != nil, reached == tier {
      hold(tier, since: began, earnedBy: moment)
    } else if tier != .base, movement.amount < 0 {
      let kept = rules.earned(sum(after: earned.at.adding(days: -rules.windowDays)))
      if kept < tier { hold(kept, since: moment, earnedBy: moment) }
    }
  }

  private mutating func hold(_ tier: Tier, since: Moment, earnedBy: Moment) {
    self.tier = tier
    began = since
    earned = earnedBy
    periodEnd = tier == .base ? nil : earnedBy.at.adding(days: rules.periodDays)
    graceEnd = nil
  }

  /// Lets the ends of period and grace pass that lie at or before `now`.
  private mutating func passDeadlines(until now: Instant) {
    while let end = graceEnd ?? periodEnd, end <= now {
      let reached = rules.earned(rolling(at: end))
      if reached >= tier {
        hold(tier, since: began, earnedBy: Moment(at: end, seq: earned.seq))
      } else if graceEnd == nil, rules.graceDays > 0 {
        graceEnd = end.adding(days: rules.graceDays)
      } else {
        hold(reached, since: Moment(at: end, seq: earned.seq), earnedBy: Moment(at: end, seq: earned.seq))
      }
    }
  }
}

extension TierCourse {
  var next: Tier? { Tier(rawValue: tier.rawValue + 1) }
  var reviewAt: Instant? { graceEnd ?? periodEnd }

  /// What is missing to the next tier.
  func missingToNext(at now: Instant) -> Int64? { next.map { max(0, rules.threshold(of: $0) - rolling(at: now)) } }

  /// What is missing at the next review, when part of today's amount will have left the window.
  var missingToKeep: Int64? { reviewAt.map { max(0, rules.threshold(of: tier) - rolling(at: $0)) } }

  func note(asOf now: Instant, in trace: inout some Trace) {
    let amount = rolling(at: now)
    for step in Tier.allCases.dropFirst().reversed() {
      trace.note(
        Finding(
          step.word.text, step.word.title, value: "\(amount)", threshold: "\(rules.threshold(of: step))",
          holds: amount >= rules.threshold(of: step), evidence: step == tier ? [began.seq] : []))
    }
    trace.note(
      Finding(
        "held", Name("Tier held since", "当前等级起始"), value: "\(began.at)", threshold: reviewAt.map { "\($0)" } ?? "–",
        holds: true, evidence: [began.seq]))
  }
}

extension LoyaltyRow {
  init(
    _ course: TierCourse, _ account: Collected, points: Int64, earned: Int64, nps: Int?, attitude: Attitude?,
    asOf now: Instant
  ) {
    tier = course.tier
    reviewOn = course.reviewAt?.day
    inGrace = course.graceEnd != nil
    self.points = points
    points12m = earned
    purchases = account.purchases
    otherPurchases = account.otherPurchases
    currency = account.currency
    revenueMinor = account.money.reduce(0) { $0 + $1.amount }
    revenue12mMinor = course.rolling(at: now)
    toNextMinor = course.missingToNext(at: now)
    toKeepMinor = course.missingToKeep
    self.nps = nps
    self.attitude = attitude
    since = course.began.at
    because = course.began.seq
  }
}
