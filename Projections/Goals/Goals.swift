import AccountHistory
public import CompanyHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// Who is to reach what, as part of which goal, and how far are they?
///
/// A row for each target. What was reached is counted from orders, payments, visits and customers for whose target it is:
/// the company, a team, a person, a region or a customer.
public enum Goals: Census {
  public typealias Source = Targets
  public typealias Rules = NoRules
  public static let name = "goals"
  public static let shape = 1
  public static let title = Name("Goals and attainment", "目标与达成")
  public static let about = "target"

  public static func report(
    _ facts: Targets.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<NoRules>, asOf now: Instant,
    to returns: inout PerformanceHearing
  ) {
    returns.take(facts, series, key, asOf: now)
  }

  public static let witnesses: [Witness<Goals>] = [
    Witness(Staff.self) { facts, series, key, rule, now, heard in heard.take(facts, series, key, asOf: now, rule.names) },
    Witness(Merits.self) { facts, series, account, rule, now, heard in
      heard.attain(asOf: now, wanted: { wanted($0, rule.names) }) { sums in
        sums.take(merits: facts, series, of: account, rule.names)
      }
    },
    Witness(Dossier.self) { facts, series, account, rule, now, heard in
      heard.attain(asOf: now, wanted: { wanted($0, rule.names) }) { sums in
        sums.take(money: facts, series, of: account, rule.names)
      }
    },
  ]

  private static func wanted(_ heard: PerformanceHearing, _ names: any Names) -> PerformanceHearing.Wanted {
    let goals = heard.targets.map { Goal($0, names) }
    return PerformanceHearing.Wanted(
      goals.compactMap(\.span), Measure.allCases.filter { measure in goals.contains { $0.measure == measure } })
  }

  public static func conclude(
    _ returns: PerformanceHearing, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<GoalRow>] {
    let sums = returns.sums(asOf: now) { wanted($0, rule.names) }
    let goals = returns.targets.map { target in
      let goal = Goal(target, rule.names)
      return MeasuredGoal(goal, goal.span.map { sums[$0] }, asOf: now)
    }
    let tree = GoalTree(goals)
    return goals.map { goal in
      tree.note(goal, rule.names, in: &trace)
      return CensusRow(CensusSubject(.key(goal.goal.target.number)), GoalRow(goal, tree, rule.names))
    }
  }
}
