import CompanyHistory
import Events
import Projection
import Vocabulary
import Wire

/// A target, and what is counted for it.
struct Goal {
  let target: Target
  let scope: Scope?
  let period: Period?
  /// What is counted; `nil` where nobody can count it.
  let measure: Measure?
  let currency: Currency?
  /// The value in the measure's unit: minor units, a count, hundredths of a percent.
  let value: Int64

  /// What a target counts is said by the item that it names, or else by its kind. A share is written in percent (`%`) or
  /// in hundredths of it.
  init(_ target: Target, _ names: any Names) {
    self.target = target
    scope = target.scope.flatMap { names.text($0) }.flatMap { Scope($0, names) }
    period = target.period.flatMap { names.text($0) }.flatMap { Period($0) }
    let unit = target.unit.flatMap { names.text($0) } ?? ""
    currency = Currency(unit)
    let kpi = target.kpi.flatMap { names.text($0) }
    measure = kpi.flatMap { text in Measure.allCases.first { $0.word.text == text } } ?? (kpi == nil ? Goal.measure(of: target.kind) : nil)
    value = (measure?.isShare ?? false) && unit == "%" ? target.value * 100 : target.value
  }

  private static func measure(of kind: Performance.Target) -> Measure {
    switch kind {
    case .revenue: .ordered
    case .collection: .collected
    case .activity: .visits
    case .retention: .retention
    case .development: .training
    }
  }

  var span: Attainment.Span? {
    guard measure != nil, let scope, let period else { return nil }
    return Attainment.Span(scope, period)
  }
}

enum GoalState: UInt8, CodeSet {
  case ahead = 1
  case running = 2
  case reached = 3
  case missed = 4
  case unmeasured = 5

  var word: Word {
    switch self {
    case .ahead: Word("ahead", "Not begun", "未开始")
    case .running: Word("running", "Running", "进行中")
    case .reached: Word("reached", "Reached", "已达成")
    case .missed: Word("missed", "Missed", "未达成")
    case .unmeasured: Word("unmeasured", "Cannot be counted", "无法计量")
    }
  }
}

/// A goal with what was reached.
struct MeasuredGoal {
  let goal: Goal
  let actual: Int64?
  let reached: Reached?
  let state: GoalState
  /// Reached of the value, in hundredths of a percent, rounded down; `nil` of a goal of 0.
  let attainmentBp: Int64?
  /// How much of the period has passed, in hundredths of a percent.
  let elapsedBp: Int64?

  init(_ goal: Goal, _ reached: Reached?, asOf now: Instant) {
    (self.goal, self.reached) = (goal, reached)
    let value = goal.value
    let actual = goal.measure.flatMap { measure in reached.flatMap { $0.value(of: measure, in: goal.currency) } }
    self.actual = actual
    attainmentBp = actual.flatMap { value > 0 ? Int64(clamping: Int128($0) * 10_000 / Int128(value)) : nil }
    let length = goal.period.map { $0.end - $0.first }
    let passed = goal.period.map { min(max(now.day - $0.first + 1, 0), $0.end - $0.first) }
    elapsedBp = length.flatMap { length in passed.map { Int64($0 * 10_000 / length) } }
    if let period = goal.period, now < period.first.start {
      state = .ahead
    } else if let actual, actual >= value, goal.measure?.isShare != true || goal.period.map({ $0.end.start <= now }) ?? false {
      state = .reached
    } else if actual == nil {
      state = .unmeasured
    } else {
      state = goal.period.map { $0.end.start <= now } ?? false ? .missed : .running
    }
  }

  /// Whether as much was reached as time has passed; `nil` but of a running goal that adds up.
  var isOnTrack: Bool? {
    guard state == .running, goal.measure?.isShare == false, goal.measure != .satisfaction else { return nil }
    return attainmentBp.flatMap { attained in elapsedBp.map { attained >= $0 } }
  }
}

/// Which goals are parts of which.
struct GoalTree {
  private let goals: [MeasuredGoal]
  private var places: [Int: Int] = [:]
  private var children: [Int: [Int]] = [:]

  init(_ goals: [MeasuredGoal]) {
    self.goals = goals
    for (place, goal) in goals.enumerated() { places[goal.goal.target.number] = place }
    for (place, goal) in goals.enumerated() {
      if let parent = goal.goal.target.parent { children[Int(parent), default: []].append(place) }
    }
  }

  func parts(of goal: MeasuredGoal) -> [MeasuredGoal] { (children[goal.goal.target.number] ?? []).map { goals[$0] } }

  /// The goals above, the nearest first; a circle ends where it closes.
  func above(_ goal: MeasuredGoal) -> [MeasuredGoal] {
    var above: [MeasuredGoal] = []
    var seen = [goal.goal.target.number]
    var next = goal.goal.target.parent
    while let parent = next, let place = places[Int(parent)], !seen.contains(Int(parent)) {
      seen.append(Int(parent))
      above.append(goals[place])
      next = goals[place].goal.target.parent
    }
    return above
  }

  func note(_ goal: MeasuredGoal, _ names: any Names, in trace: inout some CensusTrace) {
    let subject = CensusSubject(.key(goal.goal.target.number))
    let evidence = goal.goal.measure.flatMap { goal.reached?.evidence(of: $0) } ?? []
    let title = goal.goal.measure?.word.title ?? Name("Nobody can count this", "无法计量")
    trace.note(
      subject,
      Finding(
        "attainment", title, value: goal.actual.map { "\($0)" } ?? "–", threshold: "\(goal.goal.value)",
        holds: goal.state == .reached, evidence: evidence + [goal.goal.target.moment.seq]))
    for part in parts(of: goal) {
      trace.note(subject, GoalTree.finding("part", Name("Part", "下级目标"), part, names))
    }
    for whole in above(goal) {
      trace.note(subject, GoalTree.finding("whole", Name("Part of", "上级目标"), whole, names))
    }
  }

  private static func finding(_ id: String, _ title: Name, _ goal: MeasuredGoal, _ names: any Names) -> Finding {
    let target = goal.goal.target
    let name = "target:\(names.id(.target, Int64(target.number)) ?? "?")"
    let scope = target.scope.flatMap { names.text($0) } ?? "?"
    return Finding(
      id, Name("\(title.en): \(name), \(scope)", "\(title.zh)：\(name)，\(scope)"), value: goal.actual.map { "\($0)" } ?? "–",
      threshold: "\(goal.goal.value)", holds: goal.state == .reached, evidence: [target.moment.seq])
  }
}
