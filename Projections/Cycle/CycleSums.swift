import AccountHistory
import CompanyHistory
import Events
import Projection
import Vocabulary
import Wire

/// What a row of the cycle says of: all opportunities of a group, a cohort, a period, a stage, or a step of leads.
enum CycleKind: UInt8, CodeSet {
  case all = 1
  case opened = 2
  case closed = 3
  case stage = 4
  case lead = 5

  var word: Word {
    switch self {
    case .all: Word("all", "All", "全部")
    case .opened: Word("opened", "Opened in the period", "期内立项")
    case .closed: Word("closed", "Closed in the period", "期内关闭")
    case .stage: Word("stage", "Entered the stage", "进入阶段")
    case .lead: Word("lead", "Leads that reached the step", "到达步骤的线索")
    }
  }
}

/// Counts, days and money of one row.
struct CycleSum {
  /// Positions that a finding names at most.
  static let evidenceLimit = 10

  let kind: CycleKind
  var entered = 0
  var open = 0
  /// Of a stage or step: went on.
  var advanced = 0
  var won = 0
  var lost = 0
  var abandoned = 0
  /// Days of those that were won, or went on.
  var days: [Int] = []
  var lostDays: [Int] = []
  var money = CycleMoney()
  /// The newest event counted.
  var last: Moment?
  private(set) var evidence: [CycleCount: [Int64]] = [:]
  let keepsEvidence: Bool

  init(_ kind: CycleKind, keepsEvidence: Bool) { (self.kind, self.keepsEvidence) = (kind, keepsEvidence) }

  mutating func note(_ count: CycleCount, _ moment: Moment) {
    last.advance(to: moment)
    guard keepsEvidence else { return }
    evidence[count, default: []].append(moment.seq)
  }

  /// The newest events that were counted so.
  func newest(_ count: CycleCount) -> [Int64] { Array((evidence[count] ?? []).sorted().suffix(CycleSum.evidenceLimit)) }
}

/// What events are evidence of.
enum CycleCount: Hashable { case open, advanced, won, lost, abandoned }

/// Money of a row by currency.
struct CycleMoney {
  struct Sum: Hashable {
    let currency: Currency
    var won: Int64 = 0
    var wins = 0
    var open: Int64 = 0
    var weighted: Int64 = 0
  }
  private(set) var sums: [Sum] = []

  mutating func add(_ currency: Currency, _ change: (inout Sum) -> Void) {
    let place = sums.firstIndex { $0.currency == currency } ?? sums.count
    if place == sums.count { sums.append(Sum(currency: currency)) }
    change(&sums[place])
  }

  /// The currency with the most money won, then with the most that is open; of equals the first by its letters.
  var main: Sum? { sums.sorted { ($0.won, $0.open, $1.currency.number) > ($1.won, $1.open, $0.currency.number) }.first }
  var others: [Sum] { sums.filter { $0.currency != main?.currency }.sorted { $0.currency.number < $1.currency.number } }
}

/// The sums of all rows.
struct CycleSums {
  var tally = Tally<CycleSum>()
  let keepsEvidence: Bool

  init(keepsEvidence: Bool) { self.keepsEvidence = keepsEvidence }

  private static let company = CensusSubject.Base.fixed("company:all")

  private mutating func update(_ base: CensusSubject.Base, _ part: String?, _ kind: CycleKind, _ change: (inout CycleSum) -> Void) {
    tally.update(CensusSubject(base, part: part), from: CycleSum(kind, keepsEvidence: keepsEvidence), change)
  }

  // MARK: Opportunities

  mutating func add(_ deal: DealLine, source: Int64?, _ names: any Names) {
    update(CycleSums.company, nil, .all) { $0.add(deal) }
    addPeriods(deal, CycleSums.company, [.month, .quarter, .year])
    addStages(deal, CycleSums.company, names)
    for base in CycleSums.groups(of: deal, source: source, names) {
      update(base, nil, .all) { $0.add(deal) }
      addPeriods(deal, base, [.quarter, .year])
      addStages(deal, base, names)
    }
  }

  private static func groups(of deal: DealLine, source: Int64?, _ names: any Names) -> [CensusSubject.Base] {
    let kinds: [(String, Int64?)] = [
      ("team", deal.team), ("region", deal.region), ("product", deal.product), ("source", source),
    ]
    return (deal.owner.map { [.named(.employee, $0)] } ?? [])
      + kinds.compactMap { kind, name in name.flatMap { names.text($0) }.map { .fixed("\(kind):\($0)") } }
  }

  private mutating func addPeriods(_ deal: DealLine, _ base: CensusSubject.Base, _ lengths: [Period.Length]) {
    for length in lengths {
      update(base, "opened-\(Period(length, of: deal.began.at.day))", .opened) { $0.add(deal) }
      guard let closed = deal.closed else { continue }
      update(base, "closed-\(Period(length, of: closed.moment.at.day))", .closed) { $0.add(deal) }
    }
  }

  /// A stage that it stood in twice counts once, with all days in it; it went on from there if it went on at last.
  private mutating func addStages(_ deal: DealLine, _ base: CensusSubject.Base, _ names: any Names) {
    for (place, stay) in deal.stays.enumerated() where !deal.stays[..<place].contains(where: { $0.stage == stay.stage }) {
      let own = deal.stays.filter { $0.stage == stay.stage }
      update(base, "stage-\(names.text(stay.stage) ?? "?")", .stage) { $0.add(deal, in: own) }
    }
  }

  // MARK: Leads

  mutating func add(_ lead: LeadCourse, _ names: any Names) {
    addSteps(lead, CycleSums.company)
    if let source = lead.source.flatMap({ names.text($0) }) { addSteps(lead, .fixed("source:\(source)")) }
  }

  /// A lead that came to a later step counts as having reached every step before.
  private mutating func addSteps(_ lead: LeadCourse, _ base: CensusSubject.Base) {
    for step in LeadStep.allCases where step.rawValue <= lead.furthest.rawValue {
      update(base, "lead-\(step.word.text)", .lead) { $0.add(lead, at: step) }
    }
  }
}

extension CycleSum {
  fileprivate mutating func add(_ deal: DealLine) {
    entered += 1
    let currency = deal.currency
    guard let closed = deal.closed else {
      open += 1
      note(.open, deal.began)
      if let currency {
        money.add(currency) {
          $0.open = $0.open.plusMoney(deal.value ?? 0)
          $0.weighted = $0.weighted.plusMoney(deal.weighted ?? 0)
        }
      }
      return
    }
    switch closed.outcome {
    case .won:
      won += 1
      note(.won, closed.moment)
      if let cycle = deal.cycleDays { days.append(cycle) }
      guard let currency else { return }
      money.add(currency) {
        $0.won = $0.won.plusMoney(deal.value ?? 0)
        $0.wins += 1
      }
    case .lost:
      lost += 1
      note(.lost, closed.moment)
      if let cycle = deal.cycleDays { lostDays.append(cycle) }
    case .abandoned:
      abandoned += 1
      note(.abandoned, closed.moment)
    }
  }

  /// - Parameter stays: all times in which it stood in the stage.
  fileprivate mutating func add(_ deal: DealLine, in stays: [Deal.Stay]) {
    entered += 1
    guard let last = stays.last else { return }
    guard let end = last.until else {
      open += 1
      return note(.open, last.since)
    }
    let total = stays.reduce(0) { sum, stay in sum + ((stay.until ?? end).at.day - stay.since.at.day) }
    let endedHere = deal.closed.map { $0.moment == end } ?? false
    switch deal.closed?.outcome {
    case .lost where endedHere:
      lost += 1
      lostDays.append(total)
      note(.lost, end)
    case .abandoned where endedHere:
      abandoned += 1
      note(.abandoned, end)
    default:
      advanced += 1
      if endedHere { won += 1 }
      days.append(total)
      note(.advanced, end)
    }
  }

  fileprivate mutating func add(_ lead: LeadCourse, at step: LeadStep) {
    entered += 1
    if step == .ordered { won += 1 }
    if step.rawValue < lead.furthest.rawValue {
      advanced += 1
      if let days = lead.days(from: step) { self.days.append(days) }
      if let next = lead.moments[(step.rawValue + 1)...].lazy.compactMap({ $0 }).first { note(.advanced, next) }
    } else if let moment = lead.moments[step.rawValue] {
      if lead.isDisqualified, step.rawValue < LeadStep.converted.rawValue {
        lost += 1
        note(.lost, moment)
      } else if step != .ordered {
        open += 1
        note(.open, moment)
      } else {
        note(.won, moment)
      }
    }
  }
}
