import Vocabulary
import Wire

/// What marketing does to be found, and what else the company asks of or does for many at once.
struct Campaign: Sendable {
  /// By which leads, answers and talks name it.
  let id: String
  let title: Name
  /// Where its leads say that they come from.
  let source: String
  let startOn: Day
  let days: Int
  /// Fen.
  let budget: Int

  private static let yearly: [(id: String, title: Name, source: String, month: Int, day: Int, budget: Int)] = [
    ("spring-fair", Name("Spring fair for flow equipment", "春季流体设备展"), "fair", 3, 18, 38_000_000),
    ("valve-webinar", Name("Choosing valves, a webinar", "阀门选型线上讲堂"), "web", 5, 20, 6_000_000),
    ("environment-fair", Name("Fair for pumps and environment", "泵与环保展"), "fair", 6, 5, 32_000_000),
    ("parts-weeks", Name("Weeks of spare parts", "备件节"), "mail", 8, 25, 4_500_000),
    ("pump-expo", Name("International pump exhibition", "国际流体机械展"), "fair", 10, 20, 46_000_000),
    ("maintenance-plan", Name("Maintenance plan for the new year", "年终维保计划"), "call", 11, 25, 5_200_000),
  ]

  static func plan(from start: Day, to ending: Day, _ random: inout SplitMix64) -> [Campaign] {
    var plans: [Campaign] = []
    for year in start.year...ending.year {
      plans += yearly.map { line in
        Campaign(
          id: "\(year)-\(line.id)", title: Name("\(line.title.en) \(year)", "\(year) \(line.title.zh)"), source: line.source,
          startOn: Day(date: year, line.month, line.day) + random.int(-5...5), days: line.source == "fair" ? 5 : 45,
          budget: random.around(line.budget, percent: 12) / 100_000 * 100_000)
      }
    }
    return plans.filter { $0.startOn >= start && $0.startOn <= ending }
  }
}
