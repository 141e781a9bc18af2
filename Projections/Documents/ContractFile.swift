import Events
import Redline
public import Vocabulary
public import Wire

/// One contract as a reviewer asks for it: every version of its text and terms, who proposed it, who assented, and
/// whether it took effect.
///
/// A document, not a table: it holds prose, so it is read from the events of the one contract when it is asked for, and
/// no rule judges by it. A change takes effect only where the parties' agreement is on record: a change whose content
/// is unclear counts as not made (Civil Code of China, articles 543 and 544).
public struct ContractFile: Sendable {
  public private(set) var customer: String?
  public private(set) var number: String?
  /// By number, ascending.
  public private(set) var versions: [ContractVersion] = []
  /// What happened beside the text: breaches, obligations, the end, the archive.
  public private(set) var steps: [Step] = []

  /// An event, as the file quotes it.
  public struct Step: Hashable, Sendable {
    public let seq: Int64
    public let type: String
    public let at: Instant
    public let actor: String?
    public let reason: String?

    init(_ event: Event) {
      (seq, type, at) = (event.seq ?? 0, event.type, event.occurredAt)
      (actor, reason) = (event.about.actorName ?? event.about.actor, event.about.reason)
    }
  }

  /// - Parameter events: those of the contract that the reader may know, in any order; others are passed over.
  public init(_ events: [Event]) {
    let ordered = events.sorted { ($0.occurredAt, $0.seq ?? 0) < ($1.occurredAt, $1.seq ?? 0) }
    for event in ordered { take(event) }
    versions.sort { $0.number < $1.number }
  }

  private mutating func take(_ event: Event) {
    guard let type = Contract.allCases.first(where: { $0.declaration.name == event.type }) else { return }
    customer = customer ?? event.data["customer"]?.string
    number = number ?? event.data["number"]?.string
    switch type {
    case .drafted: change(1, .draft, event) { $0.draft(event) }
    case .revised: revise(event)
    case .signed: change(version(of: event) ?? 1, .draft, event) { $0.sign(event) }
    case .activated: change(version(of: event) ?? 1, .draft, event) { $0.activate(event) }
    case .amended:
      let number = event.data["toVersion"]?.int.map { Int($0) } ?? latest + 1
      change(number, .amendment, event) { $0.amend(event) }
    case .renewed: change(version(of: event) ?? latest + 1, .renewal, event) { $0.renew(event) }
    case .textFrozen, .obligationMet, .breachRecorded, .ended, .archived: steps.append(Step(event))
    }
  }

  private func version(of event: Event) -> Int? { event.data["version"]?.int.map { Int($0) } }
  private var latest: Int { versions.map(\.number).max() ?? 1 }

  /// A revision says what it is to become, and which version; without a number it is the one being worked on.
  private mutating func revise(_ event: Event) {
    let purpose = Contract.Purpose.allCases.first { $0.word.text == event.data["purpose"]?.string } ?? .draft
    let number = version(of: event) ?? (purpose == .draft ? 1 : latest + 1)
    change(number, purpose, event) { $0.revise(event) }
  }

  /// Changes a version, which begins as a copy of the one before it where it is new.
  private mutating func change(
    _ number: Int, _ purpose: Contract.Purpose, _ event: Event, _ body: (inout ContractVersion) -> Void
  ) {
    if let place = versions.firstIndex(where: { $0.number == number }) { return body(&versions[place]) }
    let earlier = versions.indices.filter { versions[$0].number < number }.max { versions[$0].number < versions[$1].number }
    if let earlier { versions[earlier].learn(from: event) }
    var version = ContractVersion(number, purpose, after: earlier.map { versions[$0] })
    body(&version)
    versions.append(version)
  }
}

// Which version holds.
extension ContractFile {
  public func version(_ number: Int) -> ContractVersion? { versions.first { $0.number == number } }

  /// The version in force on a day: the last one that took effect by then. `nil` before the first did.
  public func inForce(on day: Day) -> ContractVersion? {
    versions.last { $0.effective(by: day) }
  }

  public func state(of version: ContractVersion, on day: Day) -> ContractVersion.State {
    guard version.effective(by: day) else {
      return version.isAgreed ? .agreed : version.isConcluded ? .incomplete(version.missing) : .proposed
    }
    return inForce(on: day)?.number == version.number ? .inForce : .superseded
  }
}
