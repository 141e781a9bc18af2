import AccountHistory
import Events
import Projection
import Vocabulary
import Wire

/// What the entries of visits and plans hold: the kind in the lowest four bits, a number above them.
private enum Said: Int64 {
  /// Which plan the entries that follow are about: its number and 1 more.
  case whose = 0
  /// Who is to go: a name and 1 more; 0 where nobody is named.
  case assigned = 1
  /// Completes `assigned`: the last microsecond in time.
  case due = 2
  case completed = 3
  /// Who went: a name and 1 more; 0 where nobody is named.
  case visited = 4
  /// Completes `visited`: the plan that the visit names, by its number.
  case fulfils = 5
  /// Completes `visited`: the day on which they meet again.
  case next = 6
}

extension Visits.Facts {
  mutating func take(_ type: Visit, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .logged:
      say(.visited, (event.actor ?? -1) + 1, event.moment, to: &visits, &series)
      say(.fulfils, event.reference(Visit.Fact.plan), event.moment, to: &visits, &series)
      say(.next, event.number(Visit.Fact.nextOn), event.moment, to: &visits, &series)
    case .interactionLogged: break  // a talk is no visit
    }
  }

  mutating func take(_ type: Task, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Task.Fact
    switch type {
    case .assigned:
      guard event.code(Fact.kind, of: Task.Kind.self) == .visit else { return }
      say(.whose, (event.thing ?? -1) + 1, event.moment, to: &plans, &series)
      say(.assigned, (event.number(Fact.to) ?? -1) + 1, event.moment, to: &plans, &series)
      let due = event.number(Fact.dueAt) ?? event.day(Fact.dueOn).map { ($0 + 1).start.microseconds - 1 }
      say(.due, due, event.moment, to: &plans, &series)
    case .completed:
      // Whether the task was a visit is known when it is read: what assigned it may come late.
      say(.whose, (event.thing ?? -1) + 1, event.moment, to: &plans, &series)
      say(.completed, event.number(Fact.result), event.moment, to: &plans, &series)
    }
  }

  private func say(
    _ said: Said, _ number: Int64?, _ moment: Moment, to list: inout Series, _ series: inout SeriesStore
  ) {
    guard let number else { return }
    series.append(moment, number << 4 | said.rawValue, to: &list)
  }
}

/// A visit that took place.
struct PaidVisit: Sendable {
  let moment: Moment
  /// A name.
  let visitor: Int64?
  /// The plan that it names.
  var plan: Int64?
  var nextOn: Day?
  /// It fulfilled a plan, named or not.
  var isPlanned = false
}

/// A visit that somebody was asked to pay.
struct PlannedVisit: Sendable {
  let number: Int64?
  let assigned: Moment
  /// A name.
  let person: Int64?
  /// The last microsecond in time; `nil` of a plan without a date.
  let due: Instant?
  /// When it was done, and by which event.
  var done: Moment?
  var rejected: Moment?

  var isOpen: Bool { done == nil && rejected == nil }
  /// `nil` while it is not done, and of a plan without a date.
  var isOnTime: Bool? { due.flatMap { due in done.map { $0.at <= due } } }
}

/// A customer's visits and plans as of an instant, each visit with the plan that it fulfils.
///
/// A plan is done by its own completion, or by a visit that names it. A visit that names none counts for the plan due
/// first of those that were made before it, are not done, and are due within the days that the rule allows. A completion
/// and a visit of one day are the same visit.
struct VisitBook {
  private(set) var visits: [PaidVisit] = []
  private(set) var plans: [PlannedVisit] = []

  init(_ facts: Visits.Facts, _ series: borrowing SeriesStore, by rules: VisitRules, asOf now: Instant) {
    readVisits(facts, series, asOf: now)
    readPlans(facts, series, asOf: now)
    match(earlyDays: rules.earlyDays)
  }

  private mutating func readVisits(_ facts: Visits.Facts, _ series: borrowing SeriesStore, asOf now: Instant) {
    var visits: [PaidVisit] = []
    series.forEach(in: facts.visits) { entry in
      guard entry.moment.at <= now else { return }
      let number = entry.value >> 4
      switch Said(rawValue: entry.value & 15) {
      case .visited: visits.append(PaidVisit(moment: entry.moment, visitor: number == 0 ? nil : number - 1))
      case .fulfils: if !visits.isEmpty { visits[visits.count - 1].plan = number }
      case .next: if !visits.isEmpty { visits[visits.count - 1].nextOn = Day(number: Int32(truncatingIfNeeded: number)) }
      case .whose, .assigned, .due, .completed, nil: break
      }
    }
    self.visits = visits.sorted { $0.moment < $1.moment }
  }

  /// Plans by when they are due; those without a date come last.
  private mutating func readPlans(_ facts: Visits.Facts, _ series: borrowing SeriesStore, asOf now: Instant) {
    plans = series.things(in: facts.plans, whose: Said.whose.rawValue, asOf: now).compactMap { thing in
      var plan: PlannedVisit?
      var done: Moment?
      var rejected: Moment?
      for entry in thing.entries {
        let number = entry.value >> 4
        switch Said(rawValue: entry.value & 15) {
        case .assigned:
          plan = PlannedVisit(number: thing.number, assigned: entry.moment, person: number == 0 ? nil : number - 1, due: nil)
        case .due:
          plan = plan.map {
            PlannedVisit(number: $0.number, assigned: $0.assigned, person: $0.person, due: Instant(microseconds: number))
          }
        case .completed:
          if number == Int64(Task.Result.done.rawValue) {
            done = done ?? entry.moment
          } else {
            rejected = rejected ?? entry.moment
          }
        case .whose, .visited, .fulfils, .next, nil: break
        }
      }
      plan?.done = done
      plan?.rejected = done == nil ? rejected : nil
      return plan
    }
    plans.sort { ($0.due ?? .distantFuture, $0.assigned) < ($1.due ?? .distantFuture, $1.assigned) }
  }
}

// MARK: Which visit fulfils which plan

extension VisitBook {
  /// Complexity: O(n log n) where each visit has few open plans before its own.
  private mutating func match(earlyDays: Int) {
    guard !plans.isEmpty, !visits.isEmpty else { return }
    var used = [Bool](repeating: false, count: visits.count)
    let completed = plans.indices.filter { plans[$0].done != nil }
    let named = matchNamed(&used)
    for plan in completed where !named.contains(plan) { absorb(plan, &used) }
    var open = plans.indices.filter { plans[$0].isOpen }
    for visit in visits.indices where !used[visit] {
      let at = visits[visit].moment
      let place = open.firstIndex { plan in
        plans[plan].assigned <= at && (plans[plan].due.map { $0.day - at.at.day <= earlyDays } ?? true)
      }
      guard let place else { continue }
      plans[open[place]].done = at
      visits[visit].isPlanned = true
      open.remove(at: place)
    }
  }

  /// The plans that visits name.
  private mutating func matchNamed(_ used: inout [Bool]) -> [Int] {
    let naming = visits.indices.filter { visits[$0].plan != nil }
    guard !naming.isEmpty else { return [] }
    let places = plans.indices.sorted { (plans[$0].number ?? -1) < (plans[$1].number ?? -1) }
    var found: [Int] = []
    for visit in naming {
      guard let number = visits[visit].plan else { continue }
      let place = places.partitioningIndex { (plans[$0].number ?? -1) >= number }
      guard place < places.count, plans[places[place]].number == number else { continue }
      plans[places[place]].done.retreat(to: visits[visit].moment)
      plans[places[place]].rejected = nil
      (used[visit], visits[visit].isPlanned) = (true, true)
      found.append(places[place])
    }
    return found
  }

  /// A completion and a visit of the same day are the same visit.
  private mutating func absorb(_ plan: Int, _ used: inout [Bool]) {
    guard let day = plans[plan].done?.at.day else { return }
    var visit = visits.indices.partitioningIndex { visits[$0].moment.at.day >= day }
    while visit < visits.count, visits[visit].moment.at.day == day {
      if !used[visit] {
        (used[visit], visits[visit].isPlanned) = (true, true)
        return
      }
      visit += 1
    }
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first place from which on something holds, of a collection in which it holds of all behind. Complexity:
  /// O(log n).
  fileprivate func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
