import Events
public import Projection
public import Vocabulary
public import Wire

/// Which rule was in force when and who approved it, which papers went out with which hash, when were conclusions drawn
/// anew, and what befell the log?
///
/// A row for each published version (`rule:churn/2`), each paper (`report:R-1`), each read model that was rebuilt
/// (`projection:churn`), and one for the company. Versions that ship with the program stand in no event; `keshi rules
/// list` shows those too.
public enum Integrity: Census {
  public typealias Source = RuleEvents
  public typealias Rules = NoRules
  public static let name = "integrity"
  public static let shape = 1
  public static let title = Name("Rules, reports and the log", "规则、报告与日志")
  public static let about = "rule; version, report, projection, company"

  public static func report(
    _ facts: RuleEvents.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<NoRules>, asOf now: Instant,
    to returns: inout IntegrityHearing
  ) {
    returns.rules += facts.events(in: series, asOf: now)
  }

  public static let witnesses: [Witness<Integrity>] = [
    Witness(IssuedReports.self) { facts, _, key, rule, now, heard in
      guard facts.first.seq >= 0, facts.first.at <= now else { return }
      if let id = rule.names.id(.report, Int64(key)) { heard.reports.append((id, facts)) }
    },
    Witness(Rebuilds.self) { facts, _, key, rule, now, heard in
      guard facts.last.seq >= 0, facts.last.at <= now else { return }
      if let id = rule.names.id(.projection, Int64(key)) { heard.rebuilds.append((id, facts)) }
    },
    Witness(Upkeep.self) { facts, _, _, _, _, heard in heard.add(facts) },
  ]

  public static func conclude(
    _ returns: IntegrityHearing, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<IntegrityRow>] {
    let history = RuleHistory(returns.rules)
    var rows: [CensusRow<IntegrityRow>] = []
    for version in history.versions {
      let subject = CensusSubject(.fixed("rule:\(version.kind.word.text)"), part: "\(version.number)")
      version.note(about: subject, at: now, rule.names, in: &trace)
      rows.append(CensusRow(subject, IntegrityRow(version, at: now)))
    }
    for (id, report) in returns.reports {
      let subject = CensusSubject(.fixed("report:\(id)"))
      report.note(about: subject, in: &trace)
      rows.append(CensusRow(subject, IntegrityRow(report)))
    }
    for (id, rebuild) in returns.rebuilds {
      rows.append(CensusRow(CensusSubject(.fixed("projection:\(id)")), IntegrityRow(rebuild)))
    }
    let company = CensusSubject(.fixed("company:all"))
    let row = IntegrityRow(history, returns, at: now)
    guard row.because != nil else { return rows }
    returns.note(history, about: company, in: &trace)
    return rows + [CensusRow(company, row)]
  }
}

public struct IntegrityHearing: Hearing {
  var rules: [[Saying<RuleEvents.Said>]] = []
  var reports: [(id: String, report: IssuedReports.Facts)] = []
  var rebuilds: [(id: String, rebuild: Rebuilds.Facts)] = []
  private(set) var recovered = Upkeep.Facts.Kind()
  private(set) var repaired = Upkeep.Facts.Kind()

  public init(about subject: CensusSubject?) {}

  mutating func add(_ facts: Upkeep.Facts) {
    recovered.add(facts.recovered)
    repaired.add(facts.repaired)
  }

  /// The newest event of all.
  var last: Moment? {
    let moments =
      rules.compactMap { $0.first?.moment } + reports.map(\.report.last) + rebuilds.map(\.rebuild.last)
      + [recovered.last, repaired.last].filter { $0.seq >= 0 }
    return moments.max()
  }

  func note(_ history: RuleHistory, about subject: CensusSubject, in trace: inout some CensusTrace) {
    let counts: [(String, Name, Int, Moment)] = [
      ("recovered", Name("Log recovered after a crash", "日志崩溃恢复"), Int(recovered.count), recovered.last),
      ("repaired", Name("Log repaired from a copy", "日志由副本修复"), Int(repaired.count), repaired.last),
    ]
    for (id, title, count, last) in counts {
      trace.note(
        subject,
        Finding(
          id, title, value: "\(count)", threshold: "0", holds: count > 0, evidence: [last.seq < 0 ? nil : last.seq]))
    }
    for (kind, version, moment) in history.waiting {
      trace.note(
        subject,
        Finding(
          "proposal", Name("Waits for a second person: \(kind.word.title.en) \(version)", "待复核：\(kind.word.title.zh) \(version)"),
          value: "\(moment.at.day)", threshold: "–", holds: true, evidence: [moment.seq]))
    }
  }
}

extension Upkeep.Facts.Kind {
  fileprivate mutating func add(_ other: Self) {
    count += other.count
    last = max(last, other.last)
  }
}

extension PublishedVersion {
  fileprivate func note(
    about subject: CensusSubject, at now: Instant, _ names: any Names, in trace: inout some CensusTrace
  ) {
    trace.note(
      subject,
      Finding(
        "in-force", Name("In force from", "生效起"), value: "\(effective)", threshold: until.map { "\($0)" } ?? "–",
        holds: isInForce(at: now), evidence: [moment.seq]))
    let (approver, proposer) = (approvedBy.flatMap { names.text($0) }, proposedBy.flatMap { names.text($0) })
    trace.note(
      subject,
      Finding(
        "four-eyes", Name("Approved by another than who proposed it", "由提出人以外的人批准"), value: approver ?? "–",
        threshold: proposer ?? "–", holds: approver != nil && approver != proposer, evidence: [moment.seq]))
  }
}

extension IssuedReports.Facts {
  fileprivate func note(about subject: CensusSubject, in trace: inout some CensusTrace) {
    trace.note(
      subject,
      Finding(
        "same-bytes", Name("Issued again with the same hash", "再次签发哈希一致"), value: IntegrityRow.text(ofHash: lastHash) ?? "–",
        threshold: IntegrityRow.text(ofHash: hash) ?? "–", holds: lastHash == hash, evidence: [first.seq, last.seq]))
  }
}
