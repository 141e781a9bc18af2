import Events
import Vocabulary
import Wire

/// An event as it was entered.
public struct Entry: Sendable {
  public let event: Event
  /// Later than it happened where it was entered late.
  public let enteredAt: Instant
}

/// What all share: the calendar of the story, the team, the agenda, the numbers on the papers, the books.
struct World {
  /// The first and the last day.
  let start: Day
  let ending: Day
  let team: Team
  /// Deliveries went wrong here, in a quarter of the second year.
  let badRegion: Region
  let badQuarter: ClosedRange<Day>
  let campaigns: [Campaign]
  let handbook: Handbook
  let companyRules: RuleHistory
  var agenda = Agenda()
  /// What the current step has recorded.
  var entries: [Entry] = []
  var now: Instant
  /// The position that the next event gets: a company's log begins with its story.
  private(set) var position: Int64 = 0
  /// Customers so content that they recommend the company.
  var promoters: [String] = []
  /// Customers that were registered a second time, so far.
  var doubles = 0
  /// What people were asked to do and have not done yet, by its number.
  private(set) var openTasks: [String: OpenTask] = [:]
  var desk: Desk
  var books: Books
  var plants: Plants
  private var numbers: [Int] = [Int](repeating: 0, count: Series.allCases.count)

  /// What is numbered through.
  enum Series: Int, CaseIterable {
    case lead, opportunity, quote, order, invoice, payment, contract, complaint, task
    case approval, target, risk, dispute, audit, improvement, decision, compliance, insight, access, document, seal

    var prefix: String {
      [
        "L", "OP", "Q", "SO", "INV", "PAY", "HT", "CP", "T", "AP", "TG", "RK", "DS", "AU", "IM", "DC", "CC", "MI", "AC", "DOC",
        "YY",
      ][rawValue]
    }
  }

  init(customers: Int, ending: Day, _ random: inout SplitMix64) {
    let start = ending.adding(years: -3) + 1
    self.start = start
    self.ending = ending
    team = Team(serving: customers, from: start, to: ending, &random)
    badRegion = random.pick([.south, .north, .central])
    let bad = start + 365 + random.int(60...200)
    badQuarter = bad...(bad + 90)
    campaigns = Campaign.plan(from: start, to: ending, &random)
    handbook = Handbook(from: start)
    companyRules = RuleHistory(from: start)
    desk = Desk(random.split())
    books = Books(sellers: team.sellers)
    plants = Plants(from: start)
    now = start.start
  }

  var today: Day { now.day }

  /// A new number on a paper: `SO-000123`.
  mutating func number(_ series: Series) -> String {
    numbers[series.rawValue] += 1
    return series.prefix + "-" + String(1_000_000 + numbers[series.rawValue]).dropFirst()
  }

  /// Whether deliveries to that region go wrong around `day`, or went wrong in the `aftermath` days before.
  func isTroubled(_ region: Region, on day: Day, aftermath: Int = 0) -> Bool {
    region == badRegion && day >= badQuarter.lowerBound && day <= badQuarter.upperBound + aftermath
  }

  /// The campaign from which a lead of today would come.
  func campaign() -> Campaign? { campaigns.last { ($0.startOn...($0.startOn + 45)).contains(today) } }
}

// When things happen.
extension World {
  /// Minutes of a UTC day after which nobody begins anything: seven in the evening.
  private static let lastMinute = 660

  /// Plans a step on the first working day from `day` on; what lies behind the end never happens.
  mutating func plan(_ step: Step, for life: Int? = nil, on day: Day, _ random: inout SplitMix64) {
    guard let moment = moment(on: day, &random) else { return }
    agenda.add(step, for: life, at: moment)
  }

  /// A moment in office hours on the first working day from `day` on that is yet to come; `nil` behind the end.
  func moment(on day: Day, _ random: inout SplitMix64) -> Instant? {
    let day = WorkCalendar.workday(onOrAfter: max(day, today))
    guard day <= ending else { return nil }
    var moment = WorkCalendar.officeMoment(on: day, &random)
    if moment <= now { moment = now + .seconds(random.int(180...2_700)) }
    if moment.microseconds - day.start.microseconds > Int64(World.lastMinute) * 60_000_000 {
      let next = WorkCalendar.workday(onOrAfter: day + 1)
      moment = WorkCalendar.officeMoment(on: next, &random)
    }
    return moment.day <= ending ? moment : nil
  }
}

// What is written down.
extension World {
  private static let assigned = Task.assigned.declaration.name

  /// Records an event: now, or as one that happened before and is entered only now.
  ///
  /// - Returns: its position.
  @discardableResult
  mutating func record<F: Family>(
    _ type: F, _ data: JSONObject, on subject: Subject, by person: Person, as role: String? = nil,
    reason: String? = nil, channel: String = "ui", happened: Instant? = nil
  ) -> Int64 {
    record(
      Declared(type), data, on: subject, by: person, as: role, reason: reason, channel: channel, happened: happened)
  }

  @discardableResult
  mutating func record(
    _ type: Declared, _ data: JSONObject, on subject: Subject, by person: Person, as role: String? = nil,
    reason: String? = nil, channel: String = "ui", happened: Instant? = nil
  ) -> Int64 {
    var event = Event(type.name, subject, at: happened ?? now, data, version: type.version)
    event.about.actor = person.id
    event.about.actorName = person.name
    event.about.role = role ?? type.capacity(of: person)
    event.about.channel = channel
    event.about.reason = reason
    event.about.sopVersion = handbook.mark(of: event)
    if channel == "import" { event.about.batch = "opening-\(start)" }
    entries.append(Entry(event: event, enteredAt: now))
    if subject.kind == "task" { openTasks[subject.id] = type.name == World.assigned ? OpenTask(data) : nil }
    position += 1
    return position - 1
  }
}
