public import Engine
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
  /// Complexity: two passes over the facts for each day.
  public init(
    _ question: Question, of snapshot: Snapshot, progress: @escaping Progress = { _, _ in }
  ) throws {
    var lines: [Line] = []
    var totals: [Tally] = []
    var runs = WarningRuns()
    for (number, day) in question.days.enumerated() {
      progress(Int64(number), Int64(question.days.count))
      let tallies = try DayJudgement(question, on: day, of: snapshot).tallies(&runs)
      lines += tallies.map { $0.line(asOf: day) }
      for tally in tallies { Tally.add(tally, to: &totals) }
    }
    progress(Int64(question.days.count), Int64(question.days.count))
    if !totals.isEmpty { totals[0].leads = runs.leads }
    self.lines = lines + totals.map { $0.line(asOf: nil) }
  }
}

/// One score's judgements.
struct Tally {
  let score: String?
  var hits = Hits()
  var scored: [(score: Double, outcome: Bool)] = []
  var leads: [Int] = []

  init(score: String?) { self.score = score }

  mutating func count(_ risk: Double, flagged: Bool, outcome: Bool) {
    hits.count(flagged: flagged, outcome: outcome)
    scored.append((risk, outcome))
  }

  /// Adds one day's judgements to those of the days before. A score that some days lack stands behind the others.
  static func add(_ tally: Tally, to totals: inout [Tally]) {
    guard let place = totals.firstIndex(where: { $0.score == tally.score }) else { return totals.append(tally) }
    totals[place].hits = totals[place].hits + tally.hits
    totals[place].scored += tally.scored
  }

  func line(asOf day: Day?) -> Backtest.Line {
    Backtest.Line(asOf: day, score: score, hits: hits, area: areaUnderCurve(scored), leadDays: median(leads))
  }
}

/// Since when each account has been warned of without a break, and how long before the outcome that was.
struct WarningRuns {
  private var began: [Int: Day] = [:]
  private var lead: [Int: Int] = [:]
  private var closed: [Int] = []

  /// The days from the first warning of each run to the first outcome that the run caught.
  var leads: [Int] { closed + lead.values }

  mutating func warn(_ account: Int, since day: Day) { began[account] = min(began[account] ?? day, day) }

  /// Ends the runs of all who are not warned of, or not judged, any more.
  mutating func keep(_ warned: Set<Int>) {
    for account in began.keys.filter({ !warned.contains($0) }) {
      began[account] = nil
      if let days = lead.removeValue(forKey: account) { closed.append(days) }
    }
  }

  /// The days from the first warning to this outcome.
  mutating func caught(_ account: Int, on day: Day) -> Int? {
    guard let began = began[account] else { return nil }
    let days = day - began
    if lead[account] == nil { lead[account] = days }
    return days
  }
}
