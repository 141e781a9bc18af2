import Events
import Projection
import Vocabulary
import Wire

/// A version of a rule as it was published.
struct PublishedVersion {
  let moment: Moment
  let kind: Rule.Kind
  let number: Int64
  let effective: Instant
  /// The first bits of the hash of its body.
  let hash: Int64?
  /// Names.
  let approvedBy: Int64?
  let proposedBy: Int64?
  /// When a later version takes its place; `nil` while none does.
  var until: Instant?

  func isInForce(at now: Instant) -> Bool { effective <= now && (until.map { now < $0 } ?? true) }
}

/// The rules' history as of an instant: what was published, and what waits for a second person.
struct RuleHistory {
  private(set) var versions: [PublishedVersion] = []
  /// Proposals that were neither published nor rejected.
  private(set) var waiting: [(kind: Rule.Kind, version: Int64, moment: Moment)] = []
  private(set) var rejected = 0

  init(_ events: [[Saying<RuleEvents.Said>]]) {
    for event in events.sorted(by: { $0[0].moment < $1[0].moment }) { take(event) }
    versions.sort { ($0.kind.rawValue, $0.effective, $0.number) < ($1.kind.rawValue, $1.effective, $1.number) }
    for place in versions.indices.dropLast() where versions[place].kind == versions[place + 1].kind {
      versions[place].until = versions[place + 1].effective
    }
  }

  private mutating func take(_ event: [Saying<RuleEvents.Said>]) {
    guard let first = event.first, let kind = Rule.Kind(rawValue: UInt8(truncatingIfNeeded: first.number)) else { return }
    let said = { (kind: RuleEvents.Said) in event.number(of: kind) }
    guard let number = said(.version) else { return }
    switch first.kind {
    case .proposed: waiting.append((kind, number, first.moment))
    case .rejected:
      rejected += 1
      waiting.removeAll { $0.kind == kind && $0.version == number }
    default:
      waiting.removeAll { $0.kind == kind && $0.version == number }
      versions.append(
        PublishedVersion(
          moment: first.moment, kind: kind, number: number,
          effective: said(.effectiveOn).map { Instant(microseconds: $0) } ?? first.moment.at, hash: said(.hash),
          approvedBy: said(.approvedBy), proposedBy: said(.proposedBy)))
    }
  }
}

extension RuleEvents.Facts {
  /// What each event said that happened by `now`.
  func events(in series: borrowing SeriesStore, asOf now: Instant) -> [[Saying<RuleEvents.Said>]] {
    said.events(in: series, asOf: now) { $0.begins }
  }
}
