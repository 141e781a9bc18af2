import Events
import Matters
public import Projection
public import Vocabulary
import Wire

/// What is gathered of one risk.
public enum RiskBook: Gathering {
  public static let key = Key.subject(.risk)
  public static let families: [any Family.Type] = [Risk.self]

  public struct Facts: BitwiseCopyable, Sendable {
    var notes = Notes()
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Risk.self) else { return }
    switch type {
    case .identified, .treated: facts.notes.take(event, &series)
    case .complianceChecked: break  // held against a checklist, and no risk
    }
  }
}

/// A risk as its steps, taken by business time, describe it.
struct RiskCourse {
  let identified: Moment?
  let kind: Risk.Kind?
  let about: OwnSubject?
  let exposure: (minor: Int64, currency: Currency?)?
  private(set) var likelihood: Int?
  private(set) var impact: Int?
  private(set) var measured: Moment?
  let inherent: Int?
  private(set) var action: Risk.Action?
  private(set) var treatments = 0
  private(set) var closed: Moment?
  let first: Moment
  private(set) var last: Moment
  /// Who saw it, and who treated it last; names.
  private(set) var owner: Int64?

  init?(_ notes: [Note]) {
    typealias Fact = Risk.Fact
    guard let first = notes.first else { return nil }
    let found = notes.first { $0.type(in: Risk.self) == .identified }
    identified = found?.moment
    kind = found?.code(Fact.kind, of: Risk.Kind.self)
    about = found?.subject(Fact.about)
    exposure = found.flatMap { found in found.number(Fact.exposure).map { ($0, found.currency(Fact.currency)) } }
    inherent = found.flatMap { found in
      found.number(Fact.likelihood).flatMap { a in found.number(Fact.impact).map { Int(a * $0) } }
    }
    (self.first, last) = (first.moment, first.moment)
    for note in notes { take(note) }
  }

  private mutating func take(_ note: Note) {
    typealias Fact = Risk.Fact
    last = note.moment
    owner = note.actor ?? owner
    if let likelihood = note.number(Fact.likelihood), let impact = note.number(Fact.impact) {
      (self.likelihood, self.impact, measured) = (Int(likelihood), Int(impact), note.moment)
    }
    guard note.type(in: Risk.self) == .treated else { return }
    treatments += 1
    action = note.code(Fact.action, of: Risk.Action.self)
    // A risk that is treated again after it was closed is open again.
    closed = note.flag(Fact.closed) == true ? note.moment : nil
  }

  /// Likelihood × impact as they were measured last: what is left of the risk.
  var product: Int? { likelihood.flatMap { a in impact.map { a * $0 } } }
}
