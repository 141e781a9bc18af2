import Events
import Projection
import Vocabulary
import Wire

// The log's events about rules → the rule book.

extension RuleBook {
  /// The types of events that say which rules there are.
  static let types: Set<TypeCode> = [TypeCode(Rule.published), TypeCode(Rule.proposed), TypeCode(Rule.rejected)]

  /// Takes one event about a rule; others change nothing. Events come in the log's order.
  mutating func take(_ stored: StoredEvent, _ kind: RuleKind) {
    switch stored.event.type {
    case "rule.published": publish(stored, kind)
    case "rule.proposed":
      guard let draft = version(stored, kind, Publication(proposal: stored.event)) else { return }
      propose(RuleProposal(draft: draft, id: stored.event.id))
    case "rule.rejected":
      reject(
        stored.event.data.number("version"), of: kind.name, hash: stored.event.data.text("bodyHash"), at: stored.seq)
    default: break
    }
  }

  private mutating func publish(_ stored: StoredEvent, _ kind: RuleKind) {
    guard let body = stored.event.data["body"]?.object else { return }
    do { try kind.check(body) } catch {
      let message = Name("body." + error.message(in: .en), "body." + error.message(in: .zh))
      return refuse(
        stored.event.data.number("version"), of: kind.name,
        because: .badRule(kind: kind.name, seq: stored.seq, message: message))
    }
    if let rule = version(stored, kind, Publication(stored.event)) { add(rule) }
  }

  private func version(_ stored: StoredEvent, _ kind: RuleKind, _ publication: Publication) -> PublishedRule? {
    let data = stored.event.data
    guard let body = data["body"]?.object, data.text("kind") == kind.name else { return nil }
    let effective = data["effectiveOn"]?.string.flatMap { Instant($0) } ?? stored.event.occurredAt
    let why = stored.event.about.reason ?? data["expectedImpact"]?.string ?? ""
    return PublishedRule(
      kind: kind.name, rule: RuleVersion(data.number("version"), effective: effective, why: Name(why, why), body),
      seq: stored.seq, publication: publication)
  }
}

extension Publication {
  init(_ event: Event) {
    self.init(
      author: event.data["proposedBy"]?.string ?? event.about.actor, approvedBy: event.data["approvedBy"]?.string,
      recordedAt: event.recordedAt, expectation: event.data["expectedImpact"]?.string,
      impact: event.data["impact"]?.object, supersedes: event.data["supersedes"]?.int.map { Int($0) })
  }

  init(proposal event: Event) {
    self.init(
      author: event.about.actor, approvedBy: nil, recordedAt: event.recordedAt, expectation: nil,
      impact: event.data["impact"]?.object, supersedes: event.data["supersedes"]?.int.map { Int($0) })
  }
}
extension Snapshot {
  /// The rules as far as a view knows the log.
  public func ruleBook(_ view: View) throws -> RuleBook { try ruleBook().known(at: try position(of: view)) }
}
