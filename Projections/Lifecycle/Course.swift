import AccountHistory
import Projection
import Vocabulary
import Wire

/// A customer's course as stretches of time, one list per stage, by one rule.
///
/// Every stage is judged over the whole past and not only for today, because the present stage began when the last
/// stage above it ended, and because the answer must hold as of any day.
///
/// A threshold takes effect in the instant in which it is reached: new until 180 days have passed, dormant from the
/// instant at which 365 have.
///
/// A class, because its many lists would be counted at each of many copies; it lives as long as one judgement.
final class Course {
  private(set) var rules: LifecycleRules
  let purchases: [Movement]
  let touches: [Moment]
  let turns: [SeriesStore.Entry]
  /// Time in which a contract was in force.
  private let cover: [Stretch]
  let known: Moment
  /// The first purchase or contract: from here on this is a customer.
  let first: Moment?
  /// What own stages ask; `nil` where there are none.
  private let own: CourseMeasures?
  /// Stretches of the shipped stages that were worked out and are true by `rules`.
  private var worked = InlineArray<10, [Stretch]?>(repeating: nil)

  init(_ facts: Lifecycle.Facts, _ series: borrowing SeriesStore, by rules: LifecycleRules) {
    self.rules = rules
    purchases = PurchaseHistory(facts.purchases, series, by: rules.purchaseEvents).purchases
    touches = series.momentsInOrder(facts.touches)
    turns = series.inOrder(facts.turns)
    cover = facts.contracts.terms(in: series).map { Stretch(from: $0.start, until: $0.end ?? Stretch.open) }.merged
    known = facts.known
    first = [purchases.first?.moment, cover.first?.from].compactMap { $0 }.min()
    own =
      rules.ownStages.isEmpty
      ? nil : CourseMeasures(facts, series, purchases: purchases, touches: touches, turns: turns, by: rules)
  }

  /// What another rule makes of the same past.
  enum Turned {
    /// The same: every stretch that a judgement looked at is equal.
    case alike
    /// Perhaps something else.
    case anew
    /// It reads the facts otherwise, and this course says nothing by it.
    case unread
  }

  /// Takes another rule for the same past. What both rules make alike is not worked out again.
  func turn(to other: LifecycleRules) -> Turned {
    guard own == nil, other.ownStages.isEmpty, other.purchaseEvents == rules.purchaseEvents else { return .unread }
    var isAlike = rules.precedence == other.precedence
    let (before, old) = (worked, rules)
    rules = other
    var changed: UInt16 = 0
    for (place, stage) in Course.shipped.enumerated() where !old.makes(stage, as: other) {
      worked[place] = nil
      changed |= 1 << place
    }
    for (place, stage) in Course.shipped.enumerated() where isAlike && changed >> place & 1 == 1 {
      guard let known = before[place] else { continue }  // no judgement came so far
      isAlike = stretches(of: stage) == known
    }
    return isAlike ? .alike : .anew
  }

  /// Calls `body` with each stage and its stretches, first in precedence first, until it says that it has seen enough.
  /// By the shipped stages alone each is worked out when its turn comes: whoever is lost need not be asked whether they
  /// were active.
  func forEachStage<Noting: Trace>(
    asOf now: Instant, noting trace: inout Noting, _ body: (Stage, [Stretch], inout Noting) -> Bool
  ) {
    guard own == nil, rules.precedence.isEmpty else {
      for (stage, stretches) in stages(asOf: now, noting: &trace) {
        guard body(stage, stretches, &trace) else { return }
      }
      return
    }
    forEachShipped { body($0, $1, &trace) }
  }

  /// Each stage with its stretches, first in precedence first.
  private func stages<Noting: Trace>(asOf now: Instant, noting trace: inout Noting) -> [(Stage, [Stretch])] {
    var stages: [(Stage, [Stretch])] = []
    forEachShipped { stage, stretches in
      stages.append((stage, stretches))
      return true
    }
    if let own, !rules.ownStages.isEmpty { add(own, to: &stages, asOf: now, noting: &trace) }
    guard !rules.precedence.isEmpty else { return stages }
    return rules.precedence.compactMap { stage in stages.first { $0.0 == stage } }
  }

  /// In the order of precedence; each stage's place is its number less one.
  private static let shipped = Stage.allCases

  private func forEachShipped(_ body: (Stage, [Stretch]) -> Bool) {
    for stage in Course.shipped {
      guard body(stage, stretches(of: stage)) else { return }
    }
  }

  /// The stretches of a shipped stage. Each is worked out once.
  private func stretches(of stage: Stage) -> [Stretch] {
    let place = Int(stage.rawValue) - 1
    if let known = worked[place] { return known }
    let stretches =
      switch stage {
      case .lost: lost
      case .wonBack: wonBack(after: self.stretches(of: .lost))
      case .dormant: dormant
      case .declining: declining(besides: self.stretches(of: .active))
      case .advocate: self.stretches(of: .active).intersection(recommending)
      case .active: active(after: self.stretches(of: .wonBack))
      case .new: fresh
      case .prospect: prospect
      case .qualified: qualified
      case .lead: known.at == .distantFuture ? [] : [Stretch(from: known, until: Stretch.open)]
      }
    worked[place] = stretches
    return stretches
  }

  // MARK: Lost and won back

  /// From a loss, said or concluded, to the next purchase, contract or word that the customer is back.
  private var lost: [Stretch] {
    var losses = lapses
    for turn in turns where turn.turn == .playLost || turn.turn == .statusLost { losses.append(turn.moment) }
    guard !losses.isEmpty else { return [] }
    var returns = purchases.map(\.moment) + cover.map(\.from)
    for turn in turns where turn.turn == .statusActive || turn.turn == .statusWonBack { returns.append(turn.moment) }
    returns.sort()
    return losses.map { loss in Stretch(from: loss, until: returns.first { $0 > loss } ?? Stretch.open) }.merged
  }

  /// The instants at which the time to renew ran out, without a contract or a purchase since the last one ended.
  private var lapses: [Moment] {
    cover.indices.compactMap { place in
      let end = cover[place].until
      guard end.at < .distantFuture else { return nil }
      let lapse = Moment(at: end.at.adding(days: rules.lostGraceDays), seq: end.seq)
      let renewed = place + 1 < cover.count && cover[place + 1].from.at <= lapse.at
      let bought = purchases.contains { $0.moment.at >= end.at && $0.moment.at <= lapse.at }
      return renewed || bought ? nil : lapse
    }
  }

  private func wonBack(after lost: [Stretch]) -> [Stretch] {
    var returns = lost.map(\.until).filter { $0.at < .distantFuture }
    for turn in turns where turn.turn == .statusWonBack { returns.append(turn.moment) }
    return returns.map { Stretch(from: $0, until: $0.adding(days: rules.wonBackForDays)) }
  }

  // MARK: Dormant and declining

  /// Without purchase, visit and use for so long, and without a contract in force. Only who was a customer can sleep.
  private var dormant: [Stretch] {
    guard let first else { return [] }
    var signs: [Moment] = []
    signs.reserveCapacity(purchases.count + touches.count + 1)
    signs.append(first)
    for purchase in purchases where purchase.moment >= first { signs.append(purchase.moment) }
    for touch in touches where touch >= first { signs.append(touch) }
    signs.sort()
    let quiet = signs.indices.compactMap { place -> Stretch? in
      let from = signs[place].adding(days: rules.dormantDays)
      let stretch = Stretch(from: from, until: place + 1 < signs.count ? signs[place + 1] : Stretch.open)
      return stretch.isEmpty ? nil : stretch
    }
    return quiet.subtracting(cover)
  }

  /// Warned of, silent beyond the usual gap, or a customer who is neither new nor, by any measure, active.
  private func declining(besides active: [Stretch]) -> [Stretch] {
    guard let first else { return warned }
    let idle = [Stretch(from: first, until: Stretch.open)].subtracting(active + fresh)
    return warned + silent + idle
  }

  /// From an orange or red warning to its dismissal, the recovery or the loss of the customer.
  private var warned: [Stretch] {
    runs(
      begun: { $0 == .warned }, ended: { $0 == .calmed || $0 == .playLost })
  }

  private var silent: [Stretch] {
    var rhythm = PurchaseRhythm()
    return purchases.indices.compactMap { place in
      rhythm.take(purchases[place].moment.at.day)
      guard rhythm.count >= rules.decliningGaps, let median = rhythm.doubledMedian else { return nil }
      let limit = Int64(median) * Int64(rules.decliningGapFactorPercent) * (Instant.microsecondsPerDay / 200)
      let last = purchases[place].moment
      let from = Moment(at: Instant(microseconds: last.at.microseconds + limit), seq: last.seq)
      let stretch = Stretch(from: from, until: place + 1 < purchases.count ? purchases[place + 1].moment : Stretch.open)
      return stretch.isEmpty ? nil : stretch
    }
  }

  // MARK: Active, advocate, new

  /// Enough purchases in the window, a contract of some standing, or won back and past that stage's time.
  private func active(after wonBack: [Stretch]) -> [Stretch] {
    let needed = rules.activeOrders
    var stretches = cover.map { Stretch(from: $0.from.adding(days: rules.activeContractDays), until: $0.until) }
    for place in purchases.indices.dropFirst(needed - 1) {
      let oldest = purchases[place - needed + 1].moment
      stretches.append(Stretch(from: purchases[place].moment, until: oldest.adding(days: rules.activeWindowDays)))
    }
    for back in wonBack {
      let window = rules.activeWindowDays - rules.wonBackForDays
      if window > 0 { stretches.append(Stretch(from: back.until, until: back.until.adding(days: window))) }
    }
    return stretches.merged
  }

  /// While the latest answer recommends us and is not too old.
  private var recommending: [Stretch] {
    let answers = turns.filter { $0.turn == .recommended }
    return answers.indices.compactMap { place in
      guard answers[place].number >= rules.advocateNps else { return nil }
      let from = answers[place].moment
      let old = from.adding(days: rules.advocateWindowDays)
      return Stretch(from: from, until: place + 1 < answers.count ? min(old, answers[place + 1].moment) : old)
    }
  }

  private var fresh: [Stretch] {
    first.map { [Stretch(from: $0, until: $0.adding(days: rules.newForDays))] } ?? []
  }

  // MARK: Before the first purchase

  /// While an opportunity is open and nothing was bought yet.
  private var prospect: [Stretch] {
    var open = 0
    var begun: Moment?
    var stretches: [Stretch] = []
    for turn in turns {
      if turn.turn == .opportunityOpened {
        open += 1
        if open == 1 { begun = turn.moment }
      } else if turn.turn == .opportunityClosed, open > 0 {
        open -= 1
        if open == 0, let begun { stretches.append(Stretch(from: begun, until: turn.moment)) }
      }
    }
    if open > 0, let begun { stretches.append(Stretch(from: begun, until: Stretch.open)) }
    return stretches.subtracting(first.map { [Stretch(from: $0, until: Stretch.open)] } ?? [])
  }

  private var qualified: [Stretch] { runs(begun: { $0 == .qualified }, ended: { $0 == .unqualified }) }

  /// Stretches between the first turn that begins a condition and the next that ends it.
  private func runs(begun begins: (Turn?) -> Bool, ended ends: (Turn?) -> Bool) -> [Stretch] {
    var stretches: [Stretch] = []
    var begun: Moment?
    for turn in turns {
      if begins(turn.turn) {
        begun = begun ?? turn.moment
      } else if ends(turn.turn), let from = begun {
        stretches.append(Stretch(from: from, until: turn.moment))
        begun = nil
      }
    }
    if let begun { stretches.append(Stretch(from: begun, until: Stretch.open)) }
    return stretches
  }
}

extension Course {
  /// Notes the measurements on which the stages rest.
  func note<Noting: Trace>(asOf now: Instant, in trace: inout Noting) {
    guard !Noting.isSilent else { return }
    let recent = purchases.filter { $0.moment.at <= now && now < $0.moment.at.adding(days: rules.activeWindowDays) }
    trace.note(
      Finding(
        "purchases", Name("Purchases in \(rules.activeWindowDays) days", "\(rules.activeWindowDays) 天内购买次数"),
        value: "\(recent.count)", threshold: "\(rules.activeOrders)", holds: recent.count >= rules.activeOrders,
        evidence: recent.suffix(10).map(\.moment.seq)))
    var rhythm = PurchaseRhythm()
    for purchase in purchases { rhythm.take(purchase.moment.at.day) }
    if let last = purchases.last(where: { $0.moment.at <= now })?.moment, let median = rhythm.doubledMedian {
      let days = now.days(since: last.at)
      let limit = median * rules.decliningGapFactorPercent / 200
      trace.note(
        Finding(
          "silence", Name("Days since the last purchase, against the usual gap", "距上次购买天数（对比平常间隔）"), value: "\(days)",
          threshold: "\(limit)", holds: rhythm.count >= rules.decliningGaps && days >= limit, evidence: [last.seq]))
    }
    if let sign = (purchases.map(\.moment) + touches).filter({ $0.at <= now }).max() {
      let days = now.days(since: sign.at)
      trace.note(
        Finding(
          "sign-of-life", Name("Days since the last purchase, visit or use", "距上次购买、拜访或使用天数"), value: "\(days)",
          threshold: "\(rules.dormantDays)", holds: days >= rules.dormantDays, evidence: [sign.seq]))
    }
    if let term = cover.last(where: { $0.from.at <= now }) {
      trace.note(
        Finding(
          "contract", Name("A contract is in force", "合同履行中"), value: term.contains(now) ? "in force" : "ended",
          threshold: "in force", holds: term.contains(now),
          evidence: [term.from.seq, term.until.seq < 0 ? nil : term.until.seq]))
    }
  }
}

extension Moment {
  /// The same event's effect, so many days later.
  fileprivate func adding(days: Int) -> Moment { Moment(at: at.adding(days: days), seq: seq) }
}

extension Stage {
  func finding(_ stretch: Stretch?) -> Finding {
    Finding(
      word.text, word.title, value: stretch.map { "since \($0.from.at)" } ?? "no", threshold: "yes",
      holds: stretch != nil,
      evidence: [stretch.flatMap { $0.from.seq < 0 ? nil : $0.from.seq }])
  }
}
