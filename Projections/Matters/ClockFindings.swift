public import CompanyRules
public import Projection
public import Vocabulary
import Wire

extension Clock {
  /// What it shows as a finding: whether it was kept, by when it must be, and the events that start, rest and stop it.
  public func finding(_ id: String, _ title: Name, _ reading: ClockReading) -> Finding {
    let limit = self.limit.map { $0.words } ?? "–"
    let due = reading.dueAt.map { " (\($0))" } ?? ""
    return Finding(
      id, title, value: "\(reading.state.word.text) \(reading.since)", threshold: limit + due,
      holds: !reading.state.isBreach,
      evidence: [start.seq] + waits.flatMap { [$0.from.seq, $0.until?.seq] } + [stop?.seq])
  }
}

extension TimeLimit {
  fileprivate var words: String {
    switch self {
    case .minutes(let minutes): "≤ \(minutes) min"
    case .workingDays(let days): "≤ \(days) working days"
    case .at(let instant): "≤ \(instant)"
    case .through(let day): "≤ \(day)"
    case .years(let years): "≤ \(years) years"
    }
  }
}

extension ClockReading {
  /// Whether so much of the time has passed that a warning is due, while it is not late yet.
  public func isNear(_ rule: TimeLimitRules) -> Bool {
    state.isOpen && !state.isBreach && usedBp.map { $0 >= rule.warnAtBp } ?? false
  }
}
