import AccountHistory
public import CompanyHistory
public import CompanyRules
import Events
public import Projection
public import Vocabulary
public import Wire

/// What does each person's score sheet come to, computed now from targets and what was done, against the score that was
/// locked; and why do they differ?
///
/// A row for each person and period with a target or a locked score: `employee:E-7/2026Q3`.
public enum Scorecards: Census {
  public typealias Source = Targets
  public typealias Rules = PerformanceRules
  public static let name = "scorecards"
  public static let shape = 1
  public static let title = Name("Score sheets", "绩效计分卡")
  public static let about = "employee; period"
  public static let ruleKind: String? = "kpi"
  public static let shippedRules = PerformanceRules.shipped

  public static func report(
    _ facts: Targets.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<PerformanceRules>,
    asOf now: Instant, to returns: inout PerformanceHearing
  ) {
    returns.take(facts, series, key, asOf: now)
  }

  public static let witnesses: [Witness<Scorecards>] = [
    Witness(Staff.self) { facts, series, key, rule, now, heard in heard.take(facts, series, key, asOf: now, rule.names) },
    Witness(Merits.self) { facts, series, account, rule, now, heard in
      heard.attain(asOf: now, wanted: { ScoreSheets($0, by: rule).wanted }) { sums in
        sums.take(merits: facts, series, of: account, rule.names)
      }
    },
    Witness(Dossier.self) { facts, series, account, rule, now, heard in
      heard.attain(asOf: now, wanted: { ScoreSheets($0, by: rule).wanted }) { sums in
        sums.take(money: facts, series, of: account, rule.names)
      }
    },
  ]

  public static func conclude(
    _ returns: PerformanceHearing, by rule: Ruled<PerformanceRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<ScorecardRow>] {
    let sheets = ScoreSheets(returns, by: rule)
    let sums = returns.sums(asOf: now) { _ in sheets.wanted }
    return sheets.all.map { sheet in
      let scored = ScoredSheet(sheet, sums[sheet.span], by: rule, asOf: now)
      scored.note(rule, in: &trace)
      return CensusRow(sheet.subject, ScorecardRow(scored))
    }
  }
}

/// One person's score sheet of one period: the targets for it, and what was locked.
struct ScoreSheet {
  /// A name.
  let person: Int64
  let period: Period
  var targets: [Target] = []
  /// By revision, then by business time.
  var scores: [Career.Score] = []

  var span: Attainment.Span { Attainment.Span(.employee(person), period) }
  var subject: CensusSubject { CensusSubject(.named(.employee, person), part: "\(period)") }
  var locked: Career.Score? { scores.first }
  /// The last revision.
  var latest: Career.Score? { scores.last }
}

/// The score sheets that there are.
struct ScoreSheets {
  private(set) var all: [ScoreSheet] = []
  private var places: [Attainment.Span: Int] = [:]
  private let measures: [Measure]

  init(_ heard: PerformanceHearing, by rule: Ruled<PerformanceRules>) {
    measures = rule.body.items.compactMap(\.measure)
    let names = rule.names
    for target in heard.targets {
      guard case .employee(let person)? = target.scope.flatMap({ names.text($0) }).flatMap({ Scope($0, names) }),
        let period = target.period.flatMap({ names.text($0) }).flatMap({ Period($0) })
      else { continue }
      update(person, period) { $0.targets.append(target) }
    }
    for (person, career) in heard.careers.sorted(by: { $0.key < $1.key }) {
      for score in career.scores {
        guard let period = score.period.flatMap({ names.text($0) }).flatMap({ Period($0) }) else { continue }
        update(person, period) { $0.scores.append(score) }
      }
    }
    for place in all.indices { all[place].scores.sort { ($0.revision, $0.moment) < ($1.revision, $1.moment) } }
  }

  private mutating func update(_ person: Int64, _ period: Period, _ change: (inout ScoreSheet) -> Void) {
    let span = Attainment.Span(.employee(person), period)
    let place = places[span] ?? all.count
    if place == all.count {
      places[span] = place
      all.append(ScoreSheet(person: person, period: period))
    }
    change(&all[place])
  }

  var wanted: PerformanceHearing.Wanted {
    var locks: [Attainment.Span: Int64] = [:]
    for sheet in all { locks[sheet.span] = sheet.locked?.moment.seq }
    return PerformanceHearing.Wanted(all.map(\.span), measures, locks: locks)
  }
}
