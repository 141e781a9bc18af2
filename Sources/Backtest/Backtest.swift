public import Engine
import Projection
public import Statistics
public import Wire

/// Warnings as they would have been given, against what came after.
public struct Backtest: Sendable {
  /// How one score did on one day, or over all days.
  public struct Line: Sendable {
    /// `nil` for all days together.
    public let asOf: Day?
    /// `nil` for the warning itself.
    public let score: String?
    public let hits: Hits
    /// Of the score, whatever is flagged.
    public let area: Double?
    /// The median of the days from a first warning to the outcome, over those warned of in time.
    public let leadDays: Double?
  }
  /// Day by day, the warning before the other scores; then the same for all days.
  public let lines: [Line]

  /// Judges all days.
  ///
  /// Who cannot have the outcome (any more) is not judged. Over all days each judgement counts: a customer judged on
  /// twelve days counts twelve times, and the area is that of all judgements together. Lead times count once for each
  /// unbroken run of warnings.
  /// Complexity: two or three passes over the facts for each day.
  public init(
    _ question: Question, of snapshot: Snapshot, progress: @escaping Progress = { _, _ in }
  ) throws {
    var lines: [Line] = []
    var tallies: [Tally] = []
    var runs = Runs()
    for (number, day) in question.days.enumerated() {
      progress(Int64(number), Int64(question.days.count))
      let judged = try Judged(question, on: day, of: snapshot)
      let here = judged.tallies(&runs)
      lines += here.map { $0.line(asOf: day) }
      for (place, tally) in here.enumerated() {
        if let known = tallies.firstIndex(where: { $0.score == tally.score }) {
          tallies[known].add(tally)
        } else {
          tallies.insert(tally, at: min(place, tallies.count))
        }
      }
    }
    progress(Int64(question.days.count), Int64(question.days.count))
    if !tallies.isEmpty { tallies[0].leads = runs.leads }
    self.lines = lines + tallies.map { $0.line(asOf: nil) }
  }
}

/// One score's judgements.
private struct Tally {
  let score: String?
  var hits = Hits()
  var scored: [(score: Double, outcome: Bool)] = []
  var leads: [Int] = []

  init(score: String?) { self.score = score }

  mutating func add(_ other: Tally) {
    hits = hits + other.hits
    scored += other.scored
  }

  func line(asOf day: Day?) -> Backtest.Line {
    Backtest.Line(asOf: day, score: score, hits: hits, area: areaUnderCurve(scored), leadDays: median(leads))
  }
}

/// Since when each account has been warned of without a break, and how long before the outcome that was.
private struct Runs {
  private var began: [Int: Day] = [:]
  private var lead: [Int: Int] = [:]
  private var closed: [Int] = []

  /// The days from the first warning of the run to the outcome.
  var leads: [Int] { closed + lead.values }

  mutating func warn(_ account: Int, since day: Day) { began[account] = min(began[account] ?? day, day) }

  /// Ends the runs of all who are not warned of, or not judged, any more.
  mutating func keep(_ warned: Set<Int>) {
    for account in began.keys.filter({ !warned.contains($0) }) {
      began[account] = nil
      if let days = lead.removeValue(forKey: account) { closed.append(days) }
    }
  }

  /// The lead of this outcome; the run counts by the first outcome that it caught.
  mutating func caught(_ account: Int, on day: Day) -> Int? {
    guard let began = began[account] else { return nil }
    let days = day - began
    if lead[account] == nil { lead[account] = days }
    return days
  }
}

/// All rows that one day's judgement rests on.
private struct Judged {
  let question: Question
  let horizon: Horizon
  let warnings: [Int: AnyRow]
  let before: [Int: AnyRow]
  let after: [Int: AnyRow]
  let material: [Int: AnyRow]

  init(_ question: Question, on day: Day, of snapshot: Snapshot) throws {
    self.question = question
    horizon = Horizon(asOf: day, days: question.horizonDays)
    var view = View()
    view.rules = question.rules
    view.asOf = day.end
    if question.asKnownThen { view.knownAt = .recorded(day.end) }
    let asked = [question.warning.asked, question.outcome.asked] + (question.material.map { [$0] } ?? [])
    let rows = try snapshot.rows(of: asked, view: view)
    (warnings, before, material) = (rows[0], rows[1], rows.count > 2 ? rows[2] : [:])
    // What happened is asked of all that is known now, whatever was known then.
    view.asOf = horizon.end.end
    view.knownAt = nil
    after = try snapshot.rows(of: [question.outcome.asked], view: view)[0]
  }

  func tallies(_ runs: inout Runs) -> [Tally] {
    let scores = question.material == nil ? [] : question.scores(material.keys.sorted().compactMap { material[$0] }, horizon)
    var tallies = [Tally(score: nil)] + scores.map { Tally(score: $0.name) }
    var warned: Set<Int> = []
    defer { runs.keep(warned) }
    for account in before.keys.sorted() {
      guard let was = before[account], question.outcome.isPossible(was), let row = warnings[account] else { continue }
      let happened = question.outcome.happened(was, after[account], horizon)
      let isFlagged = question.warning.isFlagged(row)
      tallies[0].hits.count(flagged: isFlagged, outcome: happened != nil)
      tallies[0].scored.append((question.warning.risk(row), happened != nil))
      if isFlagged {
        warned.insert(account)
        runs.warn(account, since: min(row.since?.day ?? horizon.asOf, horizon.asOf))
        if let happened, let days = runs.caught(account, on: happened) { tallies[0].leads.append(days) }
      }
      for (place, score) in scores.enumerated() {
        guard let risk = material[account].flatMap(score.risk) else { continue }
        tallies[place + 1].hits.count(flagged: false, outcome: happened != nil)
        tallies[place + 1].scored.append((risk, happened != nil))
      }
    }
    return tallies
  }
}

extension Day {
  /// The last microsecond of the day.
  fileprivate var end: Instant { Instant(microseconds: start.microseconds + Instant.microsecondsPerDay - 1) }
}
