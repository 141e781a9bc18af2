import Conformance
import Engine
import Events
import Vocabulary
import Wire

/// Cases compared with a model, as everything that is answered about a process is made from.
public struct ProcessCheck: Sendable {
  /// By the time of their first event, then by their subject, version by version.
  public let results: [Result<CaseConformance, CaseRefusal>]
  public let cases: [CaseEvents]
  /// The version by which each case was judged: `complaint-handling@1`.
  public let marks: [String]
  public let procedures: [Procedure]
  public let asOf: Instant
  /// Events of the log that were seen.
  public let position: Int64

  /// What long work reports: what is being done, and how far it is.
  public typealias Report = @Sendable (Stage, Int64, Int64) -> Void
  public enum Stage: CaseIterable, Sendable {
    case reading, aligning

    public var title: Name {
      switch self {
      case .reading: Name("Reading", "读取")
      case .aligning: Name("Aligning", "对齐")
      }
    }
  }

  /// Gathers cases from the log and compares them.
  ///
  /// - Parameters:
  ///   - subject: only the case of this thing.
  ///   - report: from any thread.
  /// - Throws: `EngineError`; `Trouble` where the subject is no case.
  /// - Complexity: O(events of the procedure's types), and what aligning each order of steps takes; memory grows with the
  ///   events of the cases.
  public init(
    _ models: [ProcessModel], subject: String? = nil, view: View, of snapshot: Snapshot, report: @escaping Report = { _, _, _ in }
  ) throws {
    (position, asOf) = try snapshot.moment(of: view)
    let name = try subject.map { try snapshot.resolve($0) }
    var gathered = try ProcessCheck.gather(models, holding: name, asOf, view, of: snapshot, report)
    if let name {
      gathered = gathered.map { cases in cases.filter { $0.subject.description == name } }
      if gathered.allSatisfy(\.isEmpty) { throw Trouble.unknownCase(name, models.first?.procedure.id ?? "") }
    }
    let training = try TrainingBook(snapshot, view: view)
    let clock = try ProcessClock.company(snapshot, view: view, asOf: asOf)
    var (results, cases, marks) = ([Result<CaseConformance, CaseRefusal>](), [CaseEvents](), [String]())
    for (one, own) in zip(models, gathered) {
      let own = own.sorted { ($0.first ?? .distantPast, $0.subject) < ($1.first ?? .distantPast, $1.subject) }
      results += one.model.check(
        own, asOf: asOf, clock: clock, progress: { report(.aligning, Int64($0), Int64($1)) },
        training: { training.state(of: $0, $1, $2) })
      cases += own
      marks += own.map { _ in one.procedure.mark }
    }
    (self.results, self.cases, self.marks, procedures) = (results, cases, marks, models.map(\.procedure))
  }

  /// The cases of each model.
  private static func gather(
    _ models: [ProcessModel], holding subject: String?, _ asOf: Instant, _ view: View, of snapshot: Snapshot,
    _ report: @escaping Report
  ) throws -> [[CaseEvents]] {
    var gathered: [[CaseEvents]] = models.map { _ in [] }
    let types = models.reduce(into: Set<String>()) { $0.formUnion($1.procedure.types(in: .keshi)) }
    try snapshot.standingEventsByAccount(of: types, holding: subject, view: view, progress: { report(.reading, $0, $1) }) {
      events in
      for (place, one) in models.enumerated() {
        for found in one.procedure.cases(in: events) where one.covers(found) {
          gathered[place].append(one.model.events(of: found, asOf: asOf))
        }
      }
    }
    return gathered
  }

  public var summary: ConformanceSummary { ConformanceSummary(results) }

  /// The title of an activity: of the step that it is, or its own name.
  func title(of activity: String, in language: Language) -> String {
    for procedure in procedures.reversed() {
      if let step = procedure.steps.first(where: { $0.pattern.activity == activity }) { return step.title[language] }
    }
    return Catalogue.keshi.entry(named: activity)?.declaration.title[language] ?? activity
  }

  /// The steps by their ids, or the name of what is none, as programs read an order of steps.
  func word(of activity: String) -> String {
    for procedure in procedures.reversed() where procedure.version > 0 {
      if let step = procedure.steps.first(where: { $0.pattern.activity == activity }) { return step.id }
    }
    return activity
  }

  /// The model by which cases were judged, for people: `complaint-handling@1`, or all versions that judged any.
  var mark: String {
    let used = procedures.map(\.mark).filter(Set(marks).contains)
    return (used.isEmpty ? procedures.map(\.mark) : used).joined(separator: ", ")
  }
}
