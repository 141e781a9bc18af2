import Events
import Vocabulary
import Wire

/// What all customers share: the calendar of the story, the team, the agenda, the numbers on the papers.
struct World {
  /// The first and the last day.
  let start: Day
  let ending: Day
  let team: Team
  /// Deliveries went wrong here, in a quarter of the second year.
  let badRegion: Region
  let badQuarter: ClosedRange<Day>
  let campaigns: [Campaign]
  var agenda = Agenda()
  /// What the current step has recorded.
  var events: [Event] = []
  var now: Instant
  /// Customers so content that they recommend the company.
  var promoters: [String] = []
  /// Customers that were registered a second time, so far.
  var doubles = 0
  private var numbers: [Int] = [Int](repeating: 0, count: Series.allCases.count)

  /// What is numbered through.
  enum Series: Int, CaseIterable {
    case lead, opportunity, quote, order, invoice, payment, contract, complaint, task

    var prefix: String { ["L", "OP", "Q", "SO", "INV", "PAY", "HT", "CP", "T"][rawValue] }
  }

  init(ending: Day, _ random: inout SplitMix64) {
    let start = ending.adding(years: -3) + 1
    self.start = start
    self.ending = ending
    team = Team(from: start, to: ending, &random)
    badRegion = random.pick([.south, .north, .central])
    let bad = start + 365 + random.int(60...200)
    badQuarter = bad...(bad + 90)
    campaigns = Campaign.plan(from: start, to: ending, &random)
    now = start.start
  }

  var today: Day { now.day }

  /// A new number on a paper: `SO-000123`.
  mutating func number(_ series: Series) -> String {
    numbers[series.rawValue] += 1
    return series.prefix + "-" + String(1_000_000 + numbers[series.rawValue]).dropFirst()
  }

  /// Plans a step on the first working day from `day` on; what lies behind the end never happens.
  mutating func plan(_ step: Step, for life: Int?, on day: Day, _ random: inout SplitMix64) {
    let day = WorkCalendar.workday(onOrAfter: max(day, today))
    guard day <= ending else { return }
    var moment = WorkCalendar.officeMoment(on: day, &random)
    if moment <= now { moment = now + .seconds(random.int(180...2_700)) }
    guard moment.day <= ending else { return }
    agenda.add(step, for: life, at: moment)
  }

  /// Whether deliveries to that region go wrong around `day`, or went wrong in the `aftermath` days before.
  func isTroubled(_ region: Region, on day: Day, aftermath: Int = 0) -> Bool {
    region == badRegion && day >= badQuarter.lowerBound && day <= badQuarter.upperBound + aftermath
  }

  /// The campaign from which a lead of today would come.
  func campaign() -> Campaign? { campaigns.last { ($0.startOn...($0.startOn + 45)).contains(today) } }
}

/// What marketing does to be found.
struct Campaign: Sendable {
  let name: String
  /// Where its leads say that they come from.
  let source: String
  let startOn: Day

  static func plan(from start: Day, to ending: Day, _ random: inout SplitMix64) -> [Campaign] {
    var plans: [Campaign] = []
    for year in start.year...ending.year {
      let yearly: [(String, String, Int, Int)] = [
        ("\(year) 春季流体设备展", "fair", 3, 18), ("\(year) 阀门选型线上讲堂", "web", 5, 20), ("\(year) 泵与环保展", "fair", 6, 5),
        ("\(year) 备件节", "mail", 8, 25), ("\(year) 国际流体机械展", "fair", 10, 20), ("\(year) 年终维保计划", "call", 11, 25),
      ]
      plans += yearly.map { Campaign(name: $0.0, source: $0.1, startOn: Day(date: year, $0.2, $0.3) + random.int(-5...5)) }
    }
    return plans.filter { $0.startOn >= start && $0.startOn <= ending }
  }
}
