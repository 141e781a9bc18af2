public import CompanyHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// Which version of each procedure is in use, where was it not followed, what did audits find and is it dealt with, and
/// what did improvements change?
///
/// A row for each procedure, policy and template (`sop:S-1`), each audit (`audit:A-1`) and each improvement
/// (`improvement:I-1`). Whether work followed a procedure step by step is asked of the event log itself, not of these.
public enum ProcedureRegister: Census {
  public typealias Source = Procedures
  public typealias Rules = NoRules
  public static let name = "procedures"
  public static let shape = 1
  public static let title = Name("Procedures, audits and improvements", "流程、审核与改进")
  public static let about = "sop, audit, improvement"

  public static func report(
    _ facts: Procedures.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<NoRules>, asOf now: Instant,
    to returns: inout ProcedureHearing
  ) {
    returns.procedures.append((key, facts.procedure(in: series, asOf: now)))
  }

  public static let witnesses: [Witness<ProcedureRegister>] = [
    Witness(Audits.self) { facts, _, key, rule, now, heard in
      guard facts.performed.seq >= 0, facts.performed.at <= now else { return }
      if let id = rule.names.id(.audit, Int64(key)) { heard.audits.append((id, facts)) }
    },
    Witness(Improvements.self) { facts, _, key, rule, now, heard in
      guard let id = rule.names.id(.improvement, Int64(key)) else { return }
      if let improvement = Improvement(facts, id: id, asOf: now, rule.names) { heard.improvements.append(improvement) }
    },
  ]

  public static func conclude(
    _ returns: ProcedureHearing, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<ProcedureRow>] {
    var rows: [CensusRow<ProcedureRow>] = []
    for (key, procedure) in returns.procedures {
      guard let id = rule.names.id(.process, Int64(key)), let row = ProcedureRow(procedure, on: now.day) else { continue }
      let own = returns.improvements.filter { $0.about == "sop:\(id)" }
      let subject = CensusSubject(.key(key))
      rows.append(CensusRow(subject, row.with(own)))
      ProcedureRow.note(procedure, own, about: subject, on: now.day, rule.names, in: &trace)
    }
    for (id, audit) in returns.audits {
      let own = returns.improvements.filter { $0.about == "audit:\(id)" }
      let subject = CensusSubject(.fixed("audit:\(id)"))
      rows.append(CensusRow(subject, ProcedureRow(audit, own, on: now.day)))
      ProcedureRow.note(audit, own, about: subject, in: &trace)
    }
    for improvement in returns.improvements {
      let subject = CensusSubject(.fixed("improvement:\(improvement.id)"))
      rows.append(CensusRow(subject, ProcedureRow(improvement, on: now.day)))
      improvement.note(about: subject, rule.names, in: &trace)
    }
    return rows
  }
}

public struct ProcedureHearing: Hearing {
  var procedures: [(key: Int, procedure: Procedure)] = []
  var audits: [(id: String, audit: Audits.Facts)] = []
  var improvements: [Improvement] = []

  public init(about subject: CensusSubject?) {}
}

/// An improvement as it was proposed and closed.
struct Improvement {
  let id: String
  let facts: Improvements.Facts
  /// The whole name of what it concerns.
  let about: String?
  let proposed: Moment?
  let closed: Moment?

  init?(_ facts: Improvements.Facts, id: String, asOf now: Instant, _ names: any Names) {
    proposed = facts.proposed.seq >= 0 && facts.proposed.at <= now ? facts.proposed : nil
    closed = facts.closed.seq >= 0 && facts.closed.at <= now ? facts.closed : nil
    guard proposed != nil || closed != nil else { return nil }
    (self.id, self.facts) = (id, facts)
    about = facts.about < 0 ? nil : names.text(facts.about)
  }

  var isAdopted: Bool? { closed.map { _ in facts.adopted } }
  /// Whether what was measured is as good as was hoped for, in the direction from the baseline; `nil` where it was not
  /// measured, or no direction is known.
  var isReached: Bool? {
    guard closed != nil, let before = facts.baseline.value, let hoped = facts.expected.value, let came = facts.actual.value,
      hoped != before
    else { return nil }
    return hoped > before ? came >= hoped : came <= hoped
  }
  /// How much of the way from the baseline to what was hoped for was gone, in hundredths of a percent.
  var reachedBp: Int64? {
    guard closed != nil, let before = facts.baseline.value, let hoped = facts.expected.value, let came = facts.actual.value,
      hoped != before
    else { return nil }
    let share = (Double(came) - Double(before)) / (Double(hoped) - Double(before)) * 10_000
    return abs(share) < 1e15 ? Int64(share.rounded(.toNearestOrAwayFromZero)) : nil
  }

  func note(about subject: CensusSubject, _ names: any Names, in trace: inout some CensusTrace) {
    let metric = names.text(facts.expected.metric) ?? names.text(facts.baseline.metric) ?? "–"
    trace.note(
      subject,
      Finding(
        "effect", Name("Effect on \(metric), against what was hoped for", "对 \(metric) 的效果，与预期相比"),
        value: closed == nil ? "–" : facts.actual.text(names) ?? "–", threshold: facts.expected.text(names) ?? "–",
        holds: isReached ?? false, evidence: [proposed?.seq, closed?.seq]))
  }
}
