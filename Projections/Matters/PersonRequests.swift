public import CompanyRules
public import Events
public import Projection
import Vocabulary
import Wire

/// What a person asked of us about their data, or an erasure that was asked for, and what became of it.
public struct PersonRequest: Sendable {
  public enum Kind: Hashable, Sendable {
    case right(Privacy.Right)
    case erasure
  }
  public let moment: Moment
  public let kind: Kind
  /// What it was recorded about.
  public let subject: OwnSubject?
  /// The contact's number at the customer, a name.
  public let contact: Int64?
  public fileprivate(set) var decision: (moment: Moment, decision: Privacy.Decision?)?

  public func clock(by rule: TimeLimitRules) -> Clock {
    let matter: TimeMatter = if case .erasure = kind { .erasure } else { .privacyRequest }
    return Clock(start: moment, limit: rule.limit(of: matter), stop: decision?.moment)
  }
}

/// Requests, restrictions, erasures and legal holds of an account, as its events describe them.
public struct PersonalMatters: Sendable {
  public struct Hold: Sendable {
    public let placed: Moment
    public let subject: OwnSubject?
    public fileprivate(set) var released: Moment?
  }
  public struct Erasure: Sendable {
    public let moment: Moment
    public let subject: OwnSubject?
    public let level: Privacy.Level?
  }
  public private(set) var requests: [PersonRequest] = []
  public private(set) var erasures: [Erasure] = []
  public private(set) var holds: [Hold] = []

  /// - Parameter notes: of an account, by business time.
  public init(_ notes: [Note]) {
    for note in notes.of(Privacy.self) { take(note) }
  }

  private mutating func take(_ note: Note) {
    typealias Fact = Privacy.Fact
    switch note.type(in: Privacy.self) {
    case .requested:
      guard let right = note.code(Fact.right, of: Privacy.Right.self) else { return }
      requests.append(
        PersonRequest(
          moment: note.moment, kind: .right(right), subject: note.subject, contact: note.number(Fact.contact)))
    case .fulfilled: settle(note.number(Fact.request), note, note.code(Fact.decision, of: Privacy.Decision.self))
    case .erasureRequested:
      requests.append(PersonRequest(moment: note.moment, kind: .erasure, subject: note.subject, contact: nil))
    case .erasureExecuted:
      settle(note.number(Fact.request), note, .done)
      erasures.append(
        Erasure(
          moment: note.moment, subject: note.subject, level: note.code(Fact.level, of: Privacy.Level.self)))
    case .holdPlaced: holds.append(Hold(placed: note.moment, subject: note.subject))
    case .holdReleased:
      let number = note.number(Fact.hold)
      if let place = holds.firstIndex(where: { $0.placed.seq == number }) { holds[place].released = note.moment }
    case .erasureApproved, nil: break
    }
  }

  /// A request is named by the position of its event.
  private mutating func settle(_ number: Int64?, _ note: Note, _ decision: Privacy.Decision?) {
    guard let place = requests.firstIndex(where: { $0.moment.seq == number }) else { return }
    requests[place].decision = requests[place].decision ?? (note.moment, decision)
  }

  /// Those that were not released.
  public var openHolds: [Hold] { holds.filter { $0.released == nil } }
}
