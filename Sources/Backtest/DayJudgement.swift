import Engine
import Projection
import Statistics
import Wire

/// All judgements of one day, with what came of them.
struct DayJudgement {
  /// One account that could have the outcome.
  private struct Judged {
    let account: Int
    let isFlagged: Bool
    let risk: Double
    /// Since when the warning holds.
    let since: Day
    /// For the scores that are compared, where there are any.
    let material: AnyRow?
    var outcome: Day?
  }
  private let horizon: Horizon
  private var judged: [Judged] = []
  private var scores: [Comparison.Score] = []

  init(_ question: Question, on day: Day, of snapshot: Snapshot) throws {
    horizon = Horizon(asOf: day, days: question.horizonDays)
    var view = View()
    view.rules = question.rules
    view.asOf = day.end
    if question.asKnownThen { view.knownAt = .recorded(day.end) }
    try judge(question, of: snapshot, view)
    // What happened is asked of all that is known now, whatever was known then.
    view.asOf = horizon.end.end
    view.knownAt = nil
    try findOutcomes(question.outcome, of: snapshot, view)
  }

  private mutating func judge(_ question: Question, of snapshot: Snapshot, _ view: View) throws {
    let asked = [question.warning.asked, question.outcome.asked] + (question.comparison.map { [$0.material] } ?? [])
    var material: [(account: Int, row: AnyRow)] = []
    try snapshot.judgeAccounts(by: asked, view: view) { account, rows in
      let row = rows.count > 2 ? rows[2] : nil
      if let row { material.append((account, row)) }
      guard let warning = rows[0], let before = rows[1], question.outcome.isPossible(before) else { return }
      judged.append(
        Judged(
          account: account, isFlagged: question.warning.isFlagged(warning), risk: question.warning.risk(warning),
          since: min(warning.since?.day ?? horizon.asOf, horizon.asOf), material: row))
    }
    judged.sort { $0.account < $1.account }
    material.sort { $0.account < $1.account }
    scores = question.comparison?.scores(material.map(\.row), horizon) ?? []
  }

  private mutating func findOutcomes(_ outcome: Aftermath, of snapshot: Snapshot, _ view: View) throws {
    // One without a row at the end of the horizon had nothing left to go on: what that means is the outcome's to say.
    var days: [Int: Day?] = [:]
    try snapshot.judgeAccounts(by: [outcome.asked], view: view) { account, rows in
      days[account] = .some(outcome.happened(rows[0], horizon))
    }
    for place in judged.indices {
      judged[place].outcome = days[judged[place].account] ?? outcome.happened(nil, horizon)
    }
  }

  /// The warning's tally, then one for each other score.
  func tallies(_ runs: inout WarningRuns) -> [Tally] {
    var tallies = [Tally(score: nil)] + scores.map { Tally(score: $0.name) }
    for judged in judged {
      let happened = judged.outcome != nil
      tallies[0].count(judged.risk, flagged: judged.isFlagged, outcome: happened)
      if judged.isFlagged {
        runs.warn(judged.account, since: judged.since)
        if let day = judged.outcome, let lead = runs.caught(judged.account, on: day) { tallies[0].leads.append(lead) }
      }
      for (place, score) in scores.enumerated() {
        guard let risk = judged.material.flatMap(score.risk) else { continue }
        tallies[place + 1].count(risk, flagged: false, outcome: happened)
      }
    }
    runs.keep(Set(judged.lazy.filter(\.isFlagged).map(\.account)))
    return tallies
  }
}

extension Day {
  /// The last microsecond of the day.
  fileprivate var end: Instant { Instant(microseconds: start.microseconds + Instant.microsecondsPerDay - 1) }
}
