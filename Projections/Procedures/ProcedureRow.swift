import CompanyHistory
import Events
public import Projection
public import Vocabulary
public import Wire

enum ProcedureMatter: UInt8, CodeSet {
  case sop = 1
  case policy = 2
  case template = 3
  case audit = 4
  case improvement = 5

  var word: Word {
    switch self {
    case .sop: Word("sop", "Procedure", "作业流程")
    case .policy: Word("policy", "Policy", "制度")
    case .template: Word("contract-template", "Contract template", "合同范本")
    case .audit: Word("audit", "Audit", "检查或审核")
    case .improvement: Word("improvement", "Improvement", "改进")
    }
  }
}

enum ProcedureState: UInt8, CodeSet {
  case planned = 1
  case inForce = 2
  case open = 3
  case closed = 4
  case dropped = 5

  var word: Word {
    switch self {
    case .planned: Word("planned", "Not yet in use", "未生效")
    case .inForce: Word("in-force", "In use", "使用中")
    case .open: Word("open", "Open", "未关闭")
    case .closed: Word("closed", "Closed", "已关闭")
    case .dropped: Word("dropped", "Dropped", "未采用")
    }
  }
}

public struct ProcedureRow: NamingRow {
  /// Deviations of so many days are counted apart.
  static let recentDays = 90

  private let matter: ProcedureMatter
  private let state: ProcedureState
  private var version: Int64?
  private var versionSince: Day?
  private var retired: Int64?
  private var nextVersion: Int64?
  private var nextFrom: Day?
  private var versions: Int?
  private var deviations: Int?
  private var recent: Int?
  /// The step with the most deviations: a name.
  private var weakest: Int64?
  private var findings: Int?
  private var minor: Int?
  private var major: Int?
  private var population: Int64?
  private var improvements: Int?
  private var openImprovements: Int?
  private var openDays: Int?
  private var baseline: Improvements.Facts.Figure?
  private var expected: Improvements.Facts.Figure?
  private var actual: Improvements.Facts.Figure?
  private var reachedBp: Int64?
  private var isReached: Bool?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("kind", ProcedureMatter.self, "Kind", "类别"),
    .code("state", ProcedureState.self, "State", "状态"),
    Column("version", .integer, "Version in use", "使用中版本"),
    Column("versionSince", .day, "In use since", "启用日期"),
    Column("retired", .integer, "Version put out of use by it", "由其废止的版本"),
    Column("nextVersion", .integer, "Next version", "下一版本"),
    Column("nextFrom", .day, "From", "启用日"),
    Column("versions", .integer, "Versions", "版本数"),
    Column("deviations", .integer, "Deviations from the version in use", "使用中版本的偏差数"),
    Column("recentDeviations", .integer, "Of these in 90 days", "其中近 90 天"),
    Column("weakestStep", .text, "Step with the most", "偏差最多的步骤"),
    Column("findings", .integer, "Findings", "发现项"),
    Column("minor", .integer, "Minor", "一般不符合"),
    Column("major", .integer, "Major", "严重不符合"),
    Column("population", .integer, "Population", "总体数量"),
    Column("improvements", .integer, "Improvements of it", "相关改进数"),
    Column("openImprovements", .integer, "Not closed", "未关闭"),
    Column("openDays", .integer, "Open for days", "未关闭天数"),
    Column("metric", .text, "Metric", "指标"),
    Column("baseline", .text, "As it was", "现状"),
    Column("expected", .text, "As it should be", "预期"),
    Column("actual", .text, "As it turned out", "实际"),
    Column("reachedBp", .integer, "Of the way hoped for (0.01 %)", "达成预期改善的比例（万分之一）"),
    Column("isReached", .flag, "As good as hoped for", "达到预期"),
  ]

  public func values(_ names: any Names) -> [Value] {
    let metric = [expected, baseline, actual].compactMap { $0?.metric }.first { $0 >= 0 }
    let text = { (figure: Improvements.Facts.Figure?) -> Value in figure?.text(names).map { .text($0) } ?? .null }
    return [
      Value(matter), Value(state), Value(version), Value(versionSince), Value(retired), Value(nextVersion),
      Value(nextFrom), Value(versions.map { Int64($0) }), Value(deviations.map { Int64($0) }),
      Value(recent.map { Int64($0) }), Value(name: weakest, names), Value(findings.map { Int64($0) }),
      Value(minor.map { Int64($0) }), Value(major.map { Int64($0) }), Value(population),
      Value(improvements.map { Int64($0) }), Value(openImprovements.map { Int64($0) }), Value(openDays.map { Int64($0) }),
      Value(name: metric, names), text(baseline), text(expected), text(actual), Value(reachedBp),
      isReached.map { .flag($0) } ?? .null,
    ]
  }
  public var outcome: Int? { Int(state.rawValue) - 1 }
  public static var outcomes: [Word] { ProcedureState.allCases.map(\.word) }
}

// MARK: Procedures

extension ProcedureRow {
  init?(_ procedure: Procedure, on today: Day) {
    let inForce = procedure.inForce(on: today)
    guard let known = inForce ?? procedure.versions.first else {
      guard let first = procedure.deviations.first else { return nil }
      // Known only from a deviation.
      (matter, state, since, because) = (.sop, .inForce, first.moment.at, first.moment.seq)
      countDeviations(procedure, inForce, on: today)
      return
    }
    switch known.kind {
    case .sop: matter = .sop
    case .policy: matter = .policy
    case .contractTemplate: matter = .template
    }
    state = inForce == nil ? .planned : .inForce
    (since, because) = (known.effectiveOn.start, known.moment.seq)
    (version, versionSince, retired) = (inForce?.number, inForce?.effectiveOn, inForce?.retires)
    let next = procedure.next(after: today)
    (nextVersion, nextFrom, versions) = (next?.number, next?.effectiveOn, procedure.versions.count)
    countDeviations(procedure, inForce, on: today)
  }

  /// Those that name the version in use, or none and came since it is in use.
  private mutating func countDeviations(_ procedure: Procedure, _ inForce: Procedure.Version?, on today: Day) {
    let own = procedure.deviations(from: inForce)
    deviations = own.count
    recent = own.count { today - $0.moment.at.day < ProcedureRow.recentDays }
    weakest = own.mostFrequentStep
  }

  func with(_ own: [Improvement]) -> ProcedureRow {
    var copy = self
    copy.improvements = own.count
    copy.openImprovements = own.count { $0.closed == nil }
    return copy
  }

  static func note(
    _ procedure: Procedure, _ own: [Improvement], about subject: CensusSubject, on today: Day, _ names: any Names,
    in trace: inout some CensusTrace
  ) {
    for version in procedure.versions {
      trace.note(
        subject,
        Finding(
          "version", Name("Version \(version.number) in use from", "版本 \(version.number) 启用日"),
          value: "\(version.effectiveOn)", threshold: "\(today)", holds: procedure.inForce(on: today) == version,
          evidence: [version.moment.seq]))
    }
    let deviations = procedure.deviations(from: procedure.inForce(on: today))
    for step in deviations.steps {
      let events = deviations.filter { $0.step == step }
      let name = step.flatMap { names.text($0) } ?? "–"
      trace.note(
        subject,
        Finding(
          "deviation", Name("Deviations at step \(name)", "步骤 \(name) 的偏差"), value: "\(events.count)", threshold: "0",
          holds: true, evidence: events.suffix(10).map(\.moment.seq)))
    }
    for improvement in own {
      trace.note(
        subject,
        Finding(
          "improvement", Name("Improvement \(improvement.id)", "改进 \(improvement.id)"),
          value: improvement.closed == nil ? "open" : improvement.facts.adopted ? "adopted" : "dropped", threshold: "closed",
          holds: improvement.closed != nil, evidence: [improvement.proposed?.seq, improvement.closed?.seq]))
    }
  }
}

extension Procedure {
  fileprivate func deviations(from inForce: Version?) -> [Deviation] {
    deviations.filter { deviation in
      guard let inForce else { return true }
      return deviation.version.map { $0 == inForce.number } ?? (deviation.moment.at.day >= inForce.effectiveOn)
    }
  }
}

extension [Procedure.Deviation] {
  /// Each step once, in the order of its first deviation.
  fileprivate var steps: [Int64?] { reduce(into: []) { if !$0.contains($1.step) { $0.append($1.step) } } }

  /// Of equals the one that came first.
  fileprivate var mostFrequentStep: Int64? {
    var best: (step: Int64, count: Int)?
    for step in steps.compactMap({ $0 }) {
      let number = count { $0.step == step }
      if number > best?.count ?? 0 { best = (step, number) }
    }
    return best?.step
  }
}

// MARK: Audits

extension ProcedureRow {
  /// An audit is open while it found something that does not conform, and no improvement of it was adopted, or one of
  /// them is not closed.
  init(_ audit: Audits.Facts, _ own: [Improvement], on today: Day) {
    matter = .audit
    let open = own.count { $0.closed == nil }
    let isDone = audit.minor + audit.major == 0 || (open == 0 && own.contains { $0.isAdopted == true })
    state = isDone ? .closed : .open
    (findings, minor, major) = (Int(audit.findings), Int(audit.minor), Int(audit.major))
    population = audit.population < 0 ? nil : audit.population
    (improvements, openImprovements) = (own.count, open)
    openDays = isDone ? nil : today - audit.performed.at.day
    (since, because) = (audit.performed.at, audit.performed.seq)
  }

  static func note(
    _ audit: Audits.Facts, _ own: [Improvement], about subject: CensusSubject, in trace: inout some CensusTrace
  ) {
    trace.note(
      subject,
      Finding(
        "findings", Name("Findings that do not conform", "不符合项"), value: "\(audit.minor + audit.major)", threshold: "0",
        holds: audit.minor + audit.major > 0, evidence: [audit.performed.seq]))
    for improvement in own {
      trace.note(
        subject,
        Finding(
          "improvement", Name("Improvement \(improvement.id)", "改进 \(improvement.id)"),
          value: improvement.closed == nil ? "open" : improvement.facts.adopted ? "adopted" : "dropped", threshold: "adopted",
          holds: improvement.isAdopted == true, evidence: [improvement.proposed?.seq, improvement.closed?.seq]))
    }
  }
}

// MARK: Improvements

extension ProcedureRow {
  init(_ improvement: Improvement, on today: Day) {
    matter = .improvement
    state = improvement.closed == nil ? .open : improvement.facts.adopted ? .closed : .dropped
    let begin = improvement.proposed ?? improvement.closed
    openDays = improvement.closed == nil ? begin.map { today - $0.at.day } : nil
    (baseline, expected) = (improvement.facts.baseline, improvement.facts.expected)
    actual = improvement.closed == nil ? nil : improvement.facts.actual
    (reachedBp, isReached) = (improvement.reachedBp, improvement.isReached)
    let moment = improvement.closed ?? improvement.proposed
    (since, because) = (moment?.at, moment?.seq)
  }
}
