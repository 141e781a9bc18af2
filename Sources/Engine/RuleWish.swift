import Events
import Projection
public import Vocabulary
public import Wire

/// A new version that somebody wants in force.
public struct RuleWish: Hashable, Sendable {
  public var kind: String
  /// Checked, and in the spelling that is hashed.
  public var body: JSONObject
  public var effective: Instant
  public var why: String
  public var author: String
  public var approvedBy: String?
  public var expectation: String?
  public var impact: JSONObject?
  /// A version with this body was there before, and that is meant.
  public var isReturn = false

  public init(kind: String, body: JSONObject, effective: Instant, why: String, author: String) {
    (self.kind, self.body, self.effective, self.why, self.author) = (kind, body, effective, why, author)
  }
}

/// Why a version of a rule is not taken. Nothing has been written when this is thrown.
public enum RuleRefusal: Error, Hashable, Sendable {
  case ownApproval(String)
  case notLater(effective: Instant, than: PublishedRule)
  case sameBody(PublishedRule, isInForce: Bool)
  case noProposal(kind: String, version: Int?)
  case noActor
  /// A version with a higher number was published before the proposal was decided.
  case overtaken(RuleProposal, by: PublishedRule)
}

extension RuleBook {
  /// Where a draft would stand: its number, and the version that it follows. Throws where it cannot be.
  ///
  /// Versions follow one another in time as they do by number, so that no instant has two and none before today's
  /// version changes hands. A body that is in force already would change nothing.
  public func place(of draft: RuleWish) throws -> (number: Int, follows: PublishedRule) {
    let list = try all(draft.kind)
    guard !draft.author.isEmpty, draft.approvedBy?.isEmpty != true else { throw RuleRefusal.noActor }
    if let approver = draft.approvedBy, RuleBook.isSame(approver, draft.author) {
      throw RuleRefusal.ownApproval(approver)
    }
    guard let newest = list.max(by: { ($0.rule.effective, $0.rule.version) < ($1.rule.effective, $1.rule.version) })
    else {
      throw EngineError.unknownRule(kind: draft.kind, version: 0, known: [])
    }
    guard draft.effective > newest.rule.effective else {
      throw RuleRefusal.notLater(effective: draft.effective, than: newest)
    }
    let hash = RuleHash.of(draft.body)
    if newest.hash == hash { throw RuleRefusal.sameBody(newest, isInForce: true) }
    if !draft.isReturn, let same = list.last(where: { $0.hash == hash }) {
      throw RuleRefusal.sameBody(same, isInForce: false)
    }
    return (try nextNumber(draft.kind), newest)
  }

  /// Names are the same whatever their case and the blanks around them: `Li Na` cannot approve what `li na` wrote.
  static func isSame(_ a: String, _ b: String) -> Bool { PersonName.same(a, b) }
}

extension RuleWish {
  /// The event that puts the version in force.
  public func published(_ place: (number: Int, follows: PublishedRule), at now: Instant) -> Event? {
    event("rule.published", place, at: now) { data in
      data["approvedBy"] = approvedBy.map { .string($0) }
      data["expectedImpact"] = expectation.map { .string($0) }
    }
  }

  /// The event that waits for a second person.
  public func proposed(_ place: (number: Int, follows: PublishedRule), at now: Instant) -> Event? {
    event("rule.proposed", place, at: now) { _ in }
  }

  private func event(
    _ type: String, _ place: (number: Int, follows: PublishedRule), at now: Instant, _ more: (inout JSONObject) -> Void
  ) -> Event? {
    guard let subject = Subject(kind: "rule", id: kind) else { return nil }
    var data: JSONObject = [
      "kind": .string(kind), "version": .int(Int64(place.number)), "body": .object(body),
      "bodyHash": .string(RuleHash.of(body)), "effectiveOn": .string(effective.description),
      "supersedes": .int(Int64(place.follows.rule.version)),
    ]
    data["impact"] = impact.map { .object($0) }
    more(&data)
    var event = Event(type, subject, at: now, data)
    event.about.reason = why
    event.about.actor = author
    return event
  }
}

extension RuleProposal {
  /// The event by which a second person puts the proposal in force. Throws where it may not or cannot be.
  public func approved(by approver: String, in book: RuleBook, why: String?, at now: Instant) throws -> Event? {
    var wish = RuleWish(
      kind: draft.kind, body: draft.rule.body, effective: draft.rule.effective, why: why ?? draft.rule.why.en,
      author: draft.publication?.author ?? "")
    wish.approvedBy = approver
    wish.impact = draft.publication?.impact
    wish.isReturn = true
    let place = try book.place(of: wish)
    guard place.follows.rule.version < draft.rule.version else { throw RuleRefusal.overtaken(self, by: place.follows) }
    var event = wish.published((draft.rule.version, place.follows), at: now)
    event?.data["proposedBy"] = .string(wish.author)
    event?.about.actor = approver
    event?.about.causedBy = id
    return event
  }

  /// The event by which somebody turns it down.
  public func rejected(by actor: String, why: String, at now: Instant) -> Event? {
    guard let subject = Subject(kind: "rule", id: draft.kind) else { return nil }
    var event = Event(
      "rule.rejected", subject, at: now,
      ["kind": .string(draft.kind), "version": .int(Int64(draft.rule.version)), "bodyHash": .string(draft.hash)])
    event.about.reason = why
    event.about.actor = actor
    return event
  }
}
